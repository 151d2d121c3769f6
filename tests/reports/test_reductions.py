"""Where records were reduced, as explanations say it."""

from __future__ import annotations

import ast
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from iku_engine.cli import main
from iku_engine.evaluation.how import How
from iku_engine.reports.labels import Language, has_label
from iku_engine.reports.reductions import how_words, statement_lines

CATALOG = """
iku: 1
owner: dinas
periods: 2020
owners: {dinas: {title: Dinas}}
sources: {neraca: {title: Neraca, file: data.sqlite, table: k, period: tahun, numbers: id}}
records:
  koperasi:
    {label: Koperasi, source: neraca, key: id, fields: {jenis: {type: text}, aset: {unit: rupiah}}}
indicators:
  aset: {name: Aset, formula: 'sum(koperasi.aset where jenis = "a`b|c")', unit: rupiah}
  akar: {name: Akar, formula: sum(koperasi.aset where sqrt(aset) > 1), unit: rupiah}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "data.sqlite")) as connection:
        connection.execute("CREATE TABLE k (id TEXT, tahun INTEGER, jenis TEXT, aset INTEGER)")
        rows = [("A", 2020, "a`b|c", 5), ("B", 2020, "x", 7), ("C", 2020, None, 9)]
        connection.executemany("INSERT INTO k VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    return tmp_path


def explained(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["explain", str(folder), *arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_the_statements_are_shown_where_they_are_asked_for(folder: Path) -> None:
    shown = explained(folder, "aset", "2020", "--lang", "en", "--sql")
    assert "reduced in SQLite" in shown
    assert "SQL (sqlite):" in shown
    assert "SQL (sqlite) of the records that are unknown:" in shown
    assert 'FROM "main"."k"' in shown
    assert "'a`b|c'" in shown


def test_without_asking_there_is_one_line(folder: Path) -> None:
    shown = explained(folder, "aset", "2020", "--lang", "id")
    assert "diringkas di SQLite" in shown
    assert "SELECT" not in shown


def test_the_reason_of_reading_row_by_row_is_said(folder: Path) -> None:
    shown = explained(folder, "akar", "2020", "--lang", "en", "--sql")
    assert "read row by row because roots and logarithms are not exact in SQL" in shown
    assert "SELECT" not in shown


def test_markdown_holds_the_statement_as_code(folder: Path) -> None:
    shown = explained(folder, "aset", "2020", "--lang", "en", "--sql", "--format", "markdown")
    assert "reduced in SQLite" in shown
    assert any(line.startswith("    ") and "'a`b|c'" in line for line in shown.splitlines())


def test_json_always_holds_the_statements(folder: Path) -> None:
    found = json.loads(explained(folder, "aset", "2020", "--format", "json"))
    reduction = found["inputs"][0]["reduction"]
    assert reduction["engine"] == "sqlite"
    assert len(reduction["statements"]) == 2
    assert reduction["cause"] is None


def causes() -> Iterator[str]:
    """Every cause for which something is declined anywhere in the engine."""
    for path in sorted(Path("iku_engine").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            named = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "cause")]
            if node.func.id in {"Declined", "How"}:
                yield from (str(one.value) for one in named if isinstance(one, ast.Constant))


def test_every_cause_has_its_words() -> None:
    found = {*causes(), "changed", "refused"}
    assert {"root", "twice", "handed_over"} <= found
    assert [cause for cause in found if not has_label(f"reduction.because.{cause}")] == []


@pytest.mark.parametrize("language", list(Language))
def test_a_sentence_names_what_it_is_about(language: Language) -> None:
    assert "`modal`" in how_words(How(cause="float_column", subject="modal"), language)
    assert "PostgreSQL" in how_words(How("postgres", ("SELECT 1",)), language)
    assert [line for _, line in statement_lines(How("postgres", ("SELECT 1",)), language)] == [
        "SELECT 1"
    ]
