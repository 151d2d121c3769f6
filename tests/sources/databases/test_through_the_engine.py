"""Databases as an embedder hands them over: connections by alias, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine import Engine
from iku_engine.sources.databases import private_copy
from tests.sources.building import codes
from tests.sources.databases.building import Store

CATALOG = """iku: 1
owner: dinas
periods: "2022"
owners: {dinas: {title: Dinas contoh}}
sources:
  rekap: {kind: sqlite, connection: gudang, table: rekap, period: tahun, numbers: id}
variables: {umkm: {label: Jumlah UMKM, unit: UMKM, source: rekap, column: jumlah}}
indicators: {banyak: {name: Jumlah UMKM, formula: umkm, unit: UMKM}}
"""


@pytest.fixture
def held(tmp_path: Path) -> Store:
    (tmp_path / "katalog").mkdir()
    (tmp_path / "katalog" / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    made = Store("sqlite", tmp_path)
    made.put("rekap", {"tahun": "integer", "jumlah": "integer"}, (2022, 7))
    return made


def test_an_embedder_hands_connections_over(held: Store) -> None:
    known = {"gudang": {"kind": "sqlite", "path": str(held.file)}}
    engine = Engine.open(held.folder / "katalog", connections=known)
    results, found = engine.compute_with_findings()
    assert not found
    assert [row["actual"] for row in results.as_rows()] == ["7.00"]
    assert str(held.file) not in repr(vars(engine))


def test_without_them_those_of_the_user_hold(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IKU_CONNECTION_GUDANG", held.file.as_uri().replace("file:", "sqlite:"))
    assert not Engine.open(held.folder / "katalog").data().diagnostics
    data = Engine.open(held.folder / "katalog", connections={}).data()
    assert codes(data) == ["IKU426"]


def test_definitions_in_memory_reach_no_database(
    held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IKU_CONNECTION_GUDANG", held.file.as_uri().replace("file:", "sqlite:"))
    assert codes(Engine.from_text(CATALOG).data()) == ["IKU426"]


def test_a_file_that_is_written_while_it_is_copied_is_refused(
    held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([1, 2])
    monkeypatch.setattr(private_copy, "_written", lambda _: next(times))
    assert codes(held.read()) == ["IKU427"]


def test_a_reader_of_a_plugin_may_use_connections_and_the_cache(
    held: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What cannot be used of the user's configuration is no failure of the plugin."""
    plugin = tmp_path / "layanan.py"
    plugin.write_text(
        "from iku_engine.hooks import hookimpl\n"
        "from iku_engine.sources.protocol import Kind\n"
        "seen = []\n"
        "def read(source, permitted):\n"
        "    url = permitted.connections.get(source.connection, {}).get('url')\n"
        "    seen.append((url, permitted.cache, permitted.offline))\n"
        "    raise ValueError('read')\n"
        "@hookimpl\n"
        "def iku_sources():\n"
        "    return [Kind('layanan', read)]\n",
        encoding="utf-8",
    )
    catalog = held.folder / "katalog" / "iku.yaml"
    catalog.write_text(CATALOG.replace("kind: sqlite", "kind: layanan"), encoding="utf-8")
    monkeypatch.setenv("IKU_CONNECTION_GUDANG", "https://layanan.example/api")
    found = Engine.open(catalog.parent, plugins=[plugin], offline=True).data()
    assert codes(found) == ["IKU903"]
    monkeypatch.delenv("IKU_CONNECTION_GUDANG")
    monkeypatch.setenv("IKU_CONNECTIONS", str(tmp_path / "tidak-ada.toml"))
    found = Engine.open(catalog.parent, plugins=[plugin]).data()
    assert codes(found) == ["IKU426"]


def test_a_mistake_in_a_file_is_placed_as_in_every_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = CATALOG.replace("connection: gudang", "file: data.sqlite")
    (tmp_path / "iku.yaml").write_text(named, encoding="utf-8")
    Store("sqlite", tmp_path).put("rekap", {"tahun": "integer", "jumlah": "text"}, (2022, "x"))
    monkeypatch.chdir(tmp_path)
    files = [one.location.file for one in Engine.open(".").data().diagnostics if one.location]
    assert files == ["data.sqlite"]
