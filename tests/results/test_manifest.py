"""A manifest holds what a run was made with and from, the same bytes for the same run."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from iku_engine import Engine, UsageError
from iku_engine.reports.to_manifest import to_manifest
from iku_engine.results.from_manifest import read_manifest
from tests.definitions.reading import plugins_of
from tests.properties.catalogs import engine_of
from tests.results.manifests import DATA, DEFINITIONS, catalog, kept, opened

DOCUMENTS = sorted(Path("definitions").resolve().glob("*/"))


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda folder: folder.name)
def test_documents_are_verified_by_their_own_manifest(folder: Path) -> None:
    engine = Engine.open(folder, plugins=plugins_of(folder.name), discover=False)
    text = to_manifest(engine.manifest())
    found = engine.verify(read_manifest(text))
    assert found.is_reproduced
    assert found.inputs == ()
    assert len(text.encode()) < 1_000_000


def test_sixty_indicators_over_five_years_and_fifteen_places_stay_below_a_megabyte() -> None:
    names = [f"v{number}" for number in range(60)]
    pairs = zip(names, names[1:] + names[:1], strict=True)
    engine = engine_of(
        {f"i{a}": {"formula": f"share({a}, {a} + {b})", "unit": "%"} for a, b in pairs},
        dict.fromkeys(names, "orang"),
        dimensions={"kecamatan": {"label": "Kecamatan"}},
    )
    data = [
        {"variable": name, "period": year, "kecamatan": f"Kecamatan {place}", "value": year * place}
        for name in names
        for year in range(2018, 2023)
        for place in range(15)
    ]
    manifest = engine.manifest(data=data)
    assert (len(manifest.results), len(manifest.figures)) == (300, 4_500)
    assert len(to_manifest(manifest).encode()) < 1_000_000


def test_the_same_catalog_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    first = to_manifest(kept(catalog(tmp_path / "satu")))
    shutil.copytree(tmp_path / "satu", tmp_path / "dua")
    assert to_manifest(kept(tmp_path / "dua")) == first
    assert str(tmp_path) not in first


def test_a_kept_binding_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = catalog(tmp_path)
    texts = [
        to_manifest(Engine.open(folder, keep=True, discover=False).manifest()) for _ in range(2)
    ]
    assert texts == [to_manifest(kept(folder))] * 2


def test_files_are_recorded_with_the_digest_of_their_bytes(tmp_path: Path) -> None:
    found = kept(catalog(tmp_path))
    (definition,) = found.setting.definitions
    (source,) = found.sources
    assert (definition.file, definition.sha256) == ("iku.yaml", digest(DEFINITIONS))
    assert (source.source, source.file, source.sha256) == ("umkm", "data/umkm.csv", digest(DATA))


def test_a_result_names_exactly_the_cells_it_was_made_from(tmp_path: Path) -> None:
    found = kept(catalog(tmp_path))
    result = next(one for one in found.results if one.key == ("selisih", "2020", ()))
    cells = [found.figures[at] for at in result.figures]
    assert [(one.name, one.period, one.value, one.cell) for one in cells] == [
        ("aktif", "2019", "7", "row 3, column aktif"),
        ("aktif", "2019", "6", "row 2, column aktif"),
        ("aktif", "2020", "9", "row 5, column aktif"),
        ("aktif", "2020", "6", "row 4, column aktif"),
        ("umkm", "2019", "14", "row 3, column jumlah"),
        ("umkm", "2019", "10", "row 2, column jumlah"),
        ("umkm", "2020", "18", "row 5, column jumlah"),
        ("umkm", "2020", "12", "row 4, column jumlah"),
    ]


def test_a_catalog_of_one_file_is_named(tmp_path: Path) -> None:
    file = catalog(tmp_path) / "iku.yaml"
    (tmp_path / "lain.yaml").write_text("iku: 1\n", encoding="utf-8")
    found = kept(file)
    assert found.setting.catalog == "iku.yaml"
    assert [one.file for one in found.setting.definitions] == ["iku.yaml"]


def test_definitions_that_changed_under_an_engine_are_refused(tmp_path: Path) -> None:
    engine = opened(catalog(tmp_path))
    catalog(tmp_path, DEFINITIONS.replace("2019: 20", "2019: 21"))
    with pytest.raises(UsageError, match="changed since they were read"):
        engine.manifest()


def test_data_from_memory_are_recorded_and_verified() -> None:
    engine = Engine.from_text(
        "iku: 1\nowner: d\nowners: {d: {title: D}}\nperiods: 2020..2021\n"
        "variables: {a: {label: A, unit: orang}}\n"
        "indicators: {i: {name: I, formula: 2 * a, unit: orang}}\n",
        discover=False,
    )
    found = engine.manifest(data={"a": {2020: 5, 2021: 6}})
    assert engine.verify(found, data={"a": {2020: 5, 2021: 6}}).is_reproduced
    (change,) = engine.verify(found, data={"a": {2020: 5, 2021: 7}}).changes
    (cause,) = change.causes
    assert (cause.subject, cause.old, cause.new) == ("a 2021", "6", "7")


def test_every_cut_of_a_manifest_is_refused_or_read(tmp_path: Path) -> None:
    text = to_manifest(kept(catalog(tmp_path)))
    for length in range(0, len(text) - 2, 97):
        with pytest.raises(UsageError, match=r"run.json is no manifest"):
            read_manifest(text[:length], "run.json")


def without(part: str, text: str) -> str:
    whole = json.loads(text)
    del whole[part]
    return json.dumps(whole)


def put(text: str, value: object, *path: str | int) -> str:
    whole = json.loads(text)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return json.dumps(whole)


def test_what_is_damaged_is_named_with_its_place(tmp_path: Path) -> None:
    text = to_manifest(kept(catalog(tmp_path)))
    damaged = {
        without("results", text): "results: Field required",
        put(text, 2, "iku_manifest"): "iku_manifest: ",
        put(text, 5, "results", "rows", 2, 4): "results.rows.2.4: Input should be a valid string",
        put(text, "0-99", "results", "rows", 1, 3): "results.rows.1: `0-99` names no figures",
        put(text, "9-0,x", "results", "rows", 1, 3): "results.rows.1: `x` names no figures",
        put(text, "0-1," * 40_000, "results", "rows", 0, 3): "results.rows.0: ",
        put(text, ["a"], "results", "columns"): "results.columns: ",
        put(text, "tahun", "options", "periods", 1): "options.periods.1: `tahun` is no period",
        put(text, "../lain.yaml", "catalog"): "catalog: `../lain.yaml` is not the name of a file",
        put(text, "C:\\lain.yaml", "catalog"): "catalog: ",
        put(text, "x", "lain"): "lain: ",
        "[" * 100_000: "Invalid JSON",
        "\x00": "Invalid JSON",
        "": "Invalid JSON",
    }
    for broken, message in damaged.items():
        with pytest.raises(UsageError) as refused:
            read_manifest(broken, "run.json")
        assert str(refused.value).startswith(f"run.json is no manifest that can be read: {message}")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UsageError, match="is no manifest"):
        read_manifest(b"\xff\xfe\x00")


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
