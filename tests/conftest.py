"""How the tests run: hypothesis profiles, chosen by the environment.

`IKU_HYPOTHESIS=quick|ci` names the profile. Without it, `CI=true` means `ci`, anything else
`quick`. The `ci` profile searches three times as long, the laws of `tests/laws.py` ten times, and
always the same cases, so that a failure there is seen again by whoever looks into it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.postgresql_server import Server

SLOW_IS_FINE = (HealthCheck.too_slow,)
"""Two workers share two cores: a slow draw says nothing about the code."""

SERVICE = "a test of the service"
"""What the reason of a test begins with that is left out because a service is not there."""

settings.register_profile(
    "quick", max_examples=100, deadline=None, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile(
    "ci",
    max_examples=300,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=SLOW_IS_FINE,
)


def chosen_profile(environment: dict[str, str]) -> str:
    """The hypothesis profile an environment asks for."""
    default = "ci" if environment.get("CI", "").lower() in {"1", "true"} else "quick"
    return environment.get("IKU_HYPOTHESIS") or default


settings.load_profile(chosen_profile(dict(os.environ)))


@pytest.fixture(scope="session", autouse=True)
def own_cache() -> Iterator[None]:
    """Kept bindings lie in a folder of the test run, never in the user's."""
    folder = tempfile.mkdtemp(prefix="iku-cache-")
    with _environment(IKU_CACHE=folder):
        yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def no_connections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No connection of the user is known, nor what the user says to libpq."""
    nothing = tmp_path_factory.mktemp("connections") / "connections.toml"
    nothing.touch(mode=0o600)
    others = [name for name in os.environ if name.startswith(("IKU_CONNECTION_", "PG"))]
    with _environment(IKU_CONNECTIONS=str(nothing), **dict.fromkeys(others)):
        yield


@contextmanager
def _environment(**changed: str | None) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changed}
    _set(changed)
    try:
        yield
    finally:
        _set(before)


def _set(changed: Mapping[str, str | None]) -> None:
    for name, value in changed.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """One PostgreSQL for all tests of a process; they are left out where there is none."""
    pytest.importorskip("pwd", reason=f"{SERVICE} PostgreSQL: it is started on Unix only")
    from tests.postgresql_server import binaries, server_user, started

    if binaries() is None or server_user() is None:
        pytest.skip(f"{SERVICE} PostgreSQL: its server is not installed")
    with started() as server:
        yield server


@pytest.fixture
def postgresql(postgresql_server: Server) -> Server:
    """The server with nothing in it."""
    postgresql_server.emptied()
    return postgresql_server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests of services were left out, and why."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", ()):
        # A report that comes from another process has a list in the place of the tuple.
        why = str(report.longrepr[2]) if isinstance(report.longrepr, tuple | list) else ""
        if SERVICE in why:
            reasons[why.partition(SERVICE)[2].strip()] += 1
    ran = sum("service" in one.keywords for one in terminalreporter.stats.get("passed", ()))
    if reasons or ran:
        left_out = "; ".join(f"{count} left out, {why}" for why, count in reasons.items())
        terminalreporter.write_line(f"service tests: {ran} passed, {left_out or 'none left out'}")
