"""How the tests run: hypothesis profiles, chosen by the environment.

`IKU_HYPOTHESIS=quick|ci` names the profile. Without it, `CI=true` means `ci`, anything else
`quick`. The `ci` profile searches three times as long, the laws of `tests/laws.py` ten times, and
always the same cases, so that a failure there is seen again by whoever looks into it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

SLOW_IS_FINE = (HealthCheck.too_slow,)
"""Two workers share two cores: a slow draw says nothing about the code."""

settings.register_profile(
    "quick", max_examples=100, deadline=None, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile(
    "ci",
    max_examples=1000,
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
    before = os.environ.get("IKU_CACHE")
    os.environ["IKU_CACHE"] = folder
    yield
    if before is None:
        del os.environ["IKU_CACHE"]
    else:
        os.environ["IKU_CACHE"] = before
    shutil.rmtree(folder, ignore_errors=True)
