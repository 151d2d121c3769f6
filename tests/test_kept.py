"""A kept binding gives the same bytes, and nothing but our own undamaged file is taken."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from iku_engine import Engine, kept
from iku_engine.binding.encoding import from_data, to_data
from tests.definitions.reading import plugins_of

ROOT = Path(__file__).parents[1]
CATALOGS = sorted(path for path in (ROOT / "definitions").iterdir() if path.is_dir())
RECORDS = ROOT / "tests" / "catalogs" / "empat_rasio"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("IKU_CACHE", str(folder))
    return folder


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda path: path.name)
def test_results_are_the_same_with_and_without(catalog: Path, cache: Path) -> None:
    plugins = plugins_of(catalog.name)
    plain = Engine.open(catalog, plugins=plugins)
    first = Engine.open(catalog, plugins=plugins, keep=True)
    second = Engine.open(catalog, plugins=plugins, keep=True)
    assert len(list(cache.glob("*.json"))) == 1
    by = [name for source in plain.catalog.sources.values() for name in source.dimensions][:1]
    expected = plain.compute(by=by).as_rows()
    assert first.compute(by=by).as_rows() == expected
    assert second.compute(by=by).as_rows() == expected
    assert second.diagnostics == plain.diagnostics
    assert second.catalog == plain.catalog
    assert second.binding.indicators == plain.binding.indicators


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda path: path.name)
def test_data_and_back_is_the_same(catalog: Path) -> None:
    engine = Engine.open(catalog, plugins=plugins_of(catalog.name))
    whole = (engine.catalog, engine.binding.indicators, engine.binding.records)
    assert from_data(json.loads(json.dumps(to_data(whole)))) == whole


def test_the_second_run_asks_neither_plugins_nor_packages(cache: Path) -> None:
    catalog = str(ROOT / "definitions" / "lampung_barat")
    script = f"""
import sys
from iku_engine import Engine
engine = Engine.open({catalog!r}, keep=True, discover=False)
engine.compute()
slow = ("importlib.metadata", "pluggy", "iku_engine.formulas", "iku_engine.plugins")
print([module for module in slow if module in sys.modules])
print(len(engine.library.formulas), len(engine.scales) > 0, engine.plugins[0].name)
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert len(runs[0][0]) > 2
    assert runs[1][0] == "[]"
    assert runs[0][1] == runs[1][1]


def test_the_second_run_imports_neither_sympy_nor_pydantic(cache: Path) -> None:
    catalog = str(ROOT / "definitions" / "kepulauan_tanimbar")
    script = f"""
import sys
from iku_engine import Engine
engine = Engine.open({catalog!r}, keep=True)
engine.compute()
engine.explain("pertumbuhan", "2023")
heavy = ("sympy", "pydantic", "lark", "yaml", "numpy")
print([module for module in heavy if module in sys.modules])
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout.strip()
        for _ in range(2)
    ]
    assert "sympy" in runs[0]
    assert runs[1] == "[]"


def test_a_changed_definition_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "iku.yaml"
    text = (
        "iku: 1\nowner: d\nperiods: 2020\nowners: {d: {title: D}}\n"
        "variables: {a: {label: A, unit: u}}\n"
        "indicators: {x: {name: X, formula: a * 2, unit: u}}\n"
    )
    file.write_text(text, encoding="utf-8")
    data = {"a": {2020: 5}}
    assert Engine.open(file, keep=True).compute(data=data).get("x", "2020").exact == 10
    file.write_text(text.replace("a * 2", "a * 3"), encoding="utf-8")
    assert Engine.open(file, keep=True).compute(data=data).get("x", "2020").exact == 15


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-10],
        lambda text: text.replace("growth", "grwoth"),
        lambda text: "",
        lambda text: "iku-kept-2\n\n[]",
        lambda text: "[" * 100_000,
        lambda text: text.replace("iku-kept-2", "iku-kept-0"),
    ],
)
def test_a_damaged_file_is_ignored_and_made_anew(cache: Path, damage: object) -> None:
    catalog = RECORDS
    expected = Engine.open(catalog, keep=True).compute().as_rows()
    (file,) = cache.glob("*.json")
    good = file.read_text(encoding="ascii")
    assert callable(damage)
    file.write_text(damage(good), encoding="ascii")
    assert Engine.open(catalog, keep=True).compute().as_rows() == expected
    assert file.read_text(encoding="ascii") == good


def test_a_file_that_others_can_write_is_ignored(cache: Path) -> None:
    catalog = RECORDS
    Engine.open(catalog, keep=True)
    (file,) = cache.glob("*.json")
    key = file.stem
    assert kept.load(key) is not None
    file.chmod(0o666)
    assert kept.load(key) is None
    file.chmod(0o600)
    cache.chmod(0o777)
    assert kept.load(key) is None


def test_a_link_in_the_place_of_the_file_is_ignored(cache: Path, tmp_path: Path) -> None:
    Engine.open(RECORDS, keep=True)
    (file,) = cache.glob("*.json")
    moved = tmp_path / "elsewhere.json"
    file.rename(moved)
    file.symlink_to(moved)
    assert kept.load(file.stem) is None


def test_only_listed_records_are_made() -> None:
    for row in (
        ["os.system", "true"],
        ["catalog.model.Owner", "too few"],
        ["enum", "catalog.model.Polarity", "NOPE"],
        ["/", "1", "0"],
        ["same", [5]],
        ["same", [-1]],
        ["same", [0]],
        [["nested"]],
        [],
        "text",
    ):
        with pytest.raises((ValueError, ArithmeticError, LookupError)):
            from_data([row])  # type: ignore[list-item]  # what a foreign file may hold
