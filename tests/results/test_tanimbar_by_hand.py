"""Kepulauan Tanimbar computed a second time, from the file alone, with `csv` and `Fraction`."""

from __future__ import annotations

import csv
import functools
from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine.engine import Engine
from iku_engine.evaluation.model import Status
from iku_engine.results.model import Results

CATALOG = Path(__file__).parents[2] / "definitions" / "kepulauan_tanimbar"
YEARS = range(2021, 2026)
TOTAL = "64"


@functools.cache
def table() -> dict[tuple[str, int], dict[str, str]]:
    """The rows of the file by industry and year."""
    lines = (CATALOG / "data" / "pdrb.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {(row["no"], int(row["tahun"])): row for row in rows}


def industries() -> list[str]:
    return list(dict.fromkeys(number for number, _ in table()))


def adhb(number: str, year: int) -> Fraction:
    return Fraction(table()[number, year]["adhb_juta"])


def adhk(number: str, year: int) -> Fraction | None:
    """Output at constant prices; None where the deflator is blank, or the year has no row."""
    row = table().get((number, year))
    if row is None or not row["indeks_implisit"].strip():
        return None
    return Fraction(row["adhb_juta"]) / Fraction(row["indeks_implisit"]) * 100


@functools.cache
def results() -> Results:
    engine = Engine.open(CATALOG, discover=False)
    found, diagnostics = engine.compute_with_findings(by=["industri"])
    assert diagnostics == ()
    return found


def growth(now: Fraction | None, then: Fraction | None) -> Fraction | None:
    return None if now is None or not then else (now - then) / then * 100


def test_the_table_is_whole() -> None:
    assert len(industries()) == 64
    assert len(table()) == 64 * len(YEARS)
    assert len(results()) == 5 * 64 * len(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_is_that_of_the_table(year: int) -> None:
    """Exactly, not only to nine digits: 64 rows, five indicators."""
    for number in industries():
        now, then = adhk(number, year), adhk(number, year - 1)
        index, before = (
            Fraction(100) * adhb(number, y) / level if level else None
            for y, level in ((year, now), (year - 1, then))
        )
        expected = {
            "adhk": now,
            "pertumbuhan": growth(now, then),
            "kontribusi": adhb(number, year) / adhb(TOTAL, year) * 100,
            "indeks_harga_implisit": index,
            "laju_indeks_implisit": growth(index, before),
        }
        for indicator, figure in expected.items():
            result = results().get(indicator, str(year), industri=number)
            assert result.exact == figure, (indicator, number)
            assert (result.status is Status.OK) == (figure is not None)


@pytest.mark.parametrize("year", YEARS)
def test_figures_agree_with_floats_to_nine_digits(year: int) -> None:
    for number in industries():
        row, total = table()[number, year], table()[TOTAL, year]
        share = float(row["adhb_juta"]) / float(total["adhb_juta"]) * 100
        found = results().get("kontribusi", str(year), industri=number).exact
        assert found is not None
        assert abs(float(found) - share) <= 1e-9 * abs(share)


@pytest.mark.parametrize("year", YEARS)
def test_the_categories_make_the_printed_total(year: int) -> None:
    categories = [n for n in industries() if table()[n, year]["kategori"] and n != TOTAL]
    assert len(categories) == 17
    summed = sum((adhb(number, year) for number in categories), Fraction(0))
    assert abs(summed - adhb(TOTAL, year)) <= adhb(TOTAL, year) / 10**9
    shares = [results().get("kontribusi", str(year), industri=n).exact for n in categories]
    assert abs(sum((one or Fraction(0) for one in shares), Fraction(0)) - 100) < Fraction(1, 10**6)
    assert results().get("kontribusi", str(year), industri=TOTAL).exact == 100
    every_row = sum((adhb(number, year) for number in industries() if number != TOTAL), Fraction(0))
    assert every_row > adhb(TOTAL, year) * Fraction(3, 2)


def test_a_row_of_zero_with_a_blank_deflator_is_explained() -> None:
    """Its share is 0; its output at constant prices is missing, and the reason names the index."""
    blank = [key for key, row in table().items() if not row["indeks_implisit"].strip()]
    assert blank
    for number, year in blank:
        assert adhb(number, year) == 0
        assert results().get("kontribusi", str(year), industri=number).exact == 0
        level = results().get("adhk", str(year), industri=number)
        assert level.status is Status.MISSING
        missing = f"missing:indeks_implisit@{year}[industri={number}]"
        assert [str(reason) for reason in level.reasons] == [missing]
        rate = results().get("pertumbuhan", str(year), industri=number)
        assert rate.status is Status.MISSING
        assert missing in [str(reason) for reason in rate.reasons]


def test_growth_in_the_first_year_names_the_year_before_it() -> None:
    for number in industries():
        result = results().get("pertumbuhan", "2021", industri=number)
        assert result.status is Status.MISSING
        reasons = {str(reason) for reason in result.reasons}
        assert f"missing:adhb@2020[industri={number}]" in reasons


def test_the_whole_is_the_printed_total() -> None:
    whole = Engine.open(CATALOG, discover=False).compute()
    for year in YEARS:
        for indicator in ("adhk", "pertumbuhan", "kontribusi", "indeks_harga_implisit"):
            split = results().get(indicator, str(year), industri=TOTAL)
            result = whole.get(indicator, str(year))
            assert (result.exact, result.status) == (split.exact, split.status)


def test_each_input_knows_its_cell() -> None:
    engine = Engine.open(CATALOG, discover=False)
    lines = (CATALOG / "data" / "pdrb.csv").read_text(encoding="utf-8").splitlines()
    for number in ("1", "13", "64"):
        explained = engine.explain("kontribusi", "2023", industri=number)
        cells = [cell for one in explained.inputs for cell in one.cells]
        assert len(cells) == 2
        for cell in cells:
            assert cell.printed in lines[cell.origin.row - 1]
            assert cell.origin.column == "adhb_juta"
