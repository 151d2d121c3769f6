"""Definitions that plugins ship: copied as a start, the agency's own from then on."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iku_engine import Engine
from iku_engine.cli import main
from iku_engine.engine import Plugins
from tests.plugins.building import FIGURES, catalog

PLUGIN = """
from importlib.resources import files
from pathlib import Path
from iku_engine.catalog.library import CatalogLibrary
from iku_engine.hooks import hookimpl

IKU_CONTRACT = 1

@hookimpl
def iku_catalogs():
    folder = files(__name__) / "katalog"
    return [
        CatalogLibrary("contoh-dinas", "Example", "Contoh", folder, "contoh"),
        CatalogLibrary("contoh-jalur", "Example", "Contoh", Path(__file__).parent / "katalog"),
    ]
"""
CATALOG = """
iku: 1
owner: dinas
periods: 2021..2022
owners: {dinas: {title: Dinas}}
sources: {berkas: {title: Berkas, file: data/a.csv, period: tahun, numbers: en}}
variables: {a: {label: A, unit: orang, source: berkas, column: a}}
indicators:
  y: {name: Y, formula: a, unit: orang}
"""


@pytest.fixture
def sender(tmp_path: Path) -> Path:
    folder = tmp_path / f"pengirim_{secrets.token_hex(4)}"  # a module is imported once
    held = catalog(folder / "katalog", CATALOG)
    (held / "data").mkdir()
    (held / "a.csv").rename(held / "data" / "a.csv")
    (held / ".rahasia").write_text("x", encoding="utf-8")
    (held / "__pycache__").mkdir()
    (held / "__pycache__" / "x.pyc").write_bytes(b"x")
    (folder / "__init__.py").write_text(PLUGIN, encoding="utf-8")
    return folder


def new(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["new", *map(str, arguments)])


@pytest.mark.parametrize("name", ["contoh-dinas", "contoh-jalur"])
def test_definitions_of_a_plugin_are_copied_and_compute(
    name: str, sender: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "milik"
    done = new(mine, "--from", name, "--plugin", sender)
    assert done.exit_code == 0, done.output
    assert "wrote data/a.csv, iku.yaml" in done.stderr
    files = sorted(p.relative_to(mine).as_posix() for p in mine.rglob("*") if p.is_file())
    assert files == ["data/a.csv", "iku.yaml"]
    engine = Engine.open(mine, discover=False)  # nothing of the plugin is needed any more
    assert engine.compute().get("y", "2022").display == f"{FIGURES[2022]}.00"


def test_a_folder_that_holds_anything_is_left_as_it_is(sender: Path, tmp_path: Path) -> None:
    done = new(sender, "--from", "contoh-dinas", "--plugin", sender)
    assert done.exit_code == 2
    assert "is not empty" in done.stderr


def test_unknown_definitions_list_those_there_are(sender: Path, tmp_path: Path) -> None:
    done = new(tmp_path / "x", "--from", "contoh-dina", "--plugin", sender)
    assert done.exit_code == 2
    said = " ".join(done.stderr.split())
    assert "did you mean `contoh-dinas`?" in said
    assert "`koperasi-contoh`, `contoh-dinas`, `contoh-jalur`" in said
    assert not (tmp_path / "x").exists()


def test_the_starting_catalog_enters_by_the_same_door(tmp_path: Path) -> None:
    listed = Plugins(discover=False).listed()[0].adds
    assert "catalog koperasi-contoh" in listed
    assert {"source csv", "report iku", "check IKU601"} <= set(listed)
    done = new(tmp_path / "x")
    assert done.exit_code == 0
    assert "wrote data/koperasi.csv, iku.yaml" in done.stderr
    assert not Engine.open(tmp_path / "x", discover=False).check()


def test_definitions_that_are_not_there_are_told(sender: Path) -> None:
    text = PLUGIN.replace('"katalog",', '"tiada",').replace('/ "katalog"\n', '/ "tiada"\n')
    (sender / "__init__.py").write_text(text, encoding="utf-8")
    found = Plugins([sender], discover=False)
    assert [one.code for one in found.diagnostics] == ["IKU901"]
    assert "whose folder is not there" in found.diagnostics[0].message
    assert set(found.catalogs) == {"koperasi-contoh", "contoh-jalur"}
