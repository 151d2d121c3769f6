"""What the tests of the source share: a catalog that reads it, and one run of that catalog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iku_engine.catalog.from_yaml import parse_catalog
from iku_engine.sources.from_files import read_data
from iku_engine.sources.model import Data
from iku_engine.sources.protocol import Permitted
from iku_plugin_bps.replay import KEY
from iku_plugin_bps.service.fetch import Limits
from iku_plugin_bps.service.read import kind

CATALOG = """
iku: 1
owner: d
owners: {{d: {{title: D}}}}
dimensions: {{wilayah: {{label: Wilayah}}, rincian: {{label: Rincian}}}}
sources:
  layanan:
    kind: bps
    period: periode
    dimensions: {{wilayah: {row}, rincian: turvar_id}}
    numbers: {numbers}
    missing: ["-", "...", "NA"]
    options: {options}
variables:
  x: {{label: X, unit: orang, source: layanan, column: nilai, rollup: none}}
"""

FAST = Limits(silence=2, whole=4, most_bytes=300_000, pauses=(0, 0))

Run = Callable[..., Data]


@pytest.fixture(autouse=True)
def no_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The user's own configuration of the service, and what is kept, are none of the tests'."""
    own = tmp_path_factory.mktemp("user")
    (own / "connections.toml").touch(mode=0o600)
    monkeypatch.setenv("IKU_CONNECTIONS", str(own / "connections.toml"))
    monkeypatch.setenv("IKU_CACHE", str(own / "cache"))
    for name in ("IKU_BPS_KEY", "IKU_BPS_URL", "IKU_BPS_REFRESH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run() -> Run:
    """Reads one source of the service at an address."""

    def read(
        address: str,
        options: str = '{domain: "7315", var: "31"}',
        *,
        numbers: str = "id",
        row: str = "vervar_id",
        key: str = KEY,
        cache: Path | None = None,
        offline: bool = False,
        refresh: str = "",
        limits: Limits = FAST,
    ) -> Data:
        catalog, mistakes = parse_catalog(CATALOG.format(options=options, numbers=numbers, row=row))
        assert mistakes == ()
        connection = {"url": address, "key": key, "refresh": refresh}
        permitted = Permitted(connections={"bps": connection}, cache=cache, offline=offline)
        return read_data(catalog, kinds=(kind(limits),), permitted=permitted)

    return read
