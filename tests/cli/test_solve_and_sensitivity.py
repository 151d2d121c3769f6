"""`iku solve` and `iku sensitivity`, as a planner calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from iku_engine.cli import main

TANIMBAR = "definitions/kepulauan_tanimbar"
CATALOG = """iku: 1
owner: d
periods: 2020..2021
owners: {d: {title: Dinas}}
defaults: {polarity: higher}
sources: {s: {title: S, file: data.csv, period: tahun, numbers: en}}
variables:
  aktif: {label: Koperasi aktif, unit: koperasi, source: s, column: aktif}
  semua: {label: Semua koperasi, unit: koperasi, source: s, column: semua}
indicators:
  bagian: {name: Bagian aktif, formula: "share(aktif, semua)", unit: "%", targets: {2021: 70}}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> str:
    (tmp_path / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "data.csv").write_text("tahun,aktif,semua\n2021,10,23\n", encoding="utf-8")
    return str(tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    return done.exit_code, done.output


def test_the_input_that_meets_the_target_is_found_with_its_whole_unit(catalog: str) -> None:
    code, output = run("solve", catalog, "bagian", "2021", "--for", "aktif")
    assert code == 0
    assert "its value: 16.1\n" in output
    assert "whole unit that meets it: 17" in output
    assert "the target is met where aktif@2021 >= 16.1" in output


def test_the_line_between_two_inputs(catalog: str) -> None:
    asked = ("solve", catalog, "bagian", "2021", "--for", "aktif", "--for", "semua")
    assert run(*asked) == (
        0,
        "bagian = 70 in 2021\n  the line between them: 10 * aktif@2021 - 7 * semua@2021 = 0\n",
    )


def test_a_target_out_of_reach_says_why(catalog: str) -> None:
    code, output = run("solve", catalog, "bagian", "2021", "--for", "semua", "--goal", "0")
    assert code == 1
    assert "no value meets it" in output


@pytest.mark.parametrize(
    "wrong",
    [
        ("--for", "tidak_ada"),
        ("--for", "aktif", "--goal", "1,5"),
        ("--for", "aktif", "--for", "semua", "--for", "aktif"),
        ("--for", "aktif", "--at", "kecamatan"),
        ("--for", "aktif[kecamatan=Utara]"),
    ],
)
def test_a_wrong_question_is_wrong_usage(catalog: str, wrong: tuple[str, ...]) -> None:
    assert run("solve", catalog, "bagian", "2021", *wrong)[0] == 2


def test_inputs_are_ranked_by_what_they_move() -> None:
    code, output = run("sensitivity", TANIMBAR, "pertumbuhan", "2025")
    assert code == 0
    lines = output.splitlines()
    assert "indeks_implisit@2024[industri=64]" in lines[4]
    assert "22.7633" in lines[4]


def test_a_figure_that_is_missing_has_no_sensitivity() -> None:
    code, output = run("sensitivity", TANIMBAR, "pertumbuhan", "2021")
    assert code == 0
    assert "missing" in output


def test_answers_are_indonesian_with_decimal_commas(catalog: str) -> None:
    told = CliRunner().invoke(main, ["solve", catalog, "bagian", "2021", "--for", "aktif"]).output
    assert "nilainya: 16,1\n" in told
    assert "target tercapai bila aktif@2021 >= 16,1" in told
    never = ["solve", catalog, "bagian", "2021", "--for", "semua", "--goal", "0"]
    told = CliRunner().invoke(main, never).output
    assert "tidak ada nilai yang memenuhi: `bagian` melompati 0" in told
    missing = CliRunner().invoke(main, ["solve", catalog, "bagian", "2020", "--for", "aktif"])
    assert "bagian` tidak punya target pada 2020" in missing.output
    asked = ["solve", catalog, "bagian", "2020", "--for", "aktif", "--goal", "5"]
    missing = CliRunner().invoke(main, asked)
    assert "(belum ada data: Semua koperasi 2020)" in missing.output
    moved = CliRunner().invoke(main, ["sensitivity", catalog, "bagian", "2021"]).output
    assert "4,34783" in moved
