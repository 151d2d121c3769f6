"""What is found in one row of targets, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iku_engine.catalog.model import Phasing
from iku_engine.checks.against_the_row import AGAINST_THE_ROW
from iku_engine.checks.broken_rule import BROKEN_RULE
from iku_engine.checks.outlier import OUTLIER
from tests.checks.building import (
    catalog,
    codes_of_row,
    found_in,
    indicator,
    months,
    quarters,
    years,
)


def row(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ("806.05 37.96 870.03 887.43 905.17", "IKU601"),
        ("806.05 8379.6 870.03 887.43 905.17", "IKU601"),
        ("96.05 837.96 870.03 887.43 905.17", "IKU601"),
        ("320.55 364.09 351.35 358.37 365.57", "IKU602"),
        ("90 80 85 70 60", "IKU602"),
        ("40 80 102 160 200", "IKU603"),
        ("1000 1020 1040.4 1016.21 1082.43 1104.08", "IKU603"),
        ("2 656081.37 662642.19 669268.61 675961.30", "IKU604"),
        ("2 2 2 250171.34 252673.06 255199.79", "IKU604"),
    ],
)
def test_a_row_with_a_slip_is_found(values: str, code: str) -> None:
    assert codes_of_row(row(values)) == [code]


@pytest.mark.parametrize(
    "values",
    [
        "11 17 22 23 25",
        "31 189 317 330 340",
        "5 4 2 2 2",
        "0 5 5 5 5",
        "0 0 0 0 1",
        "30 33 36 38 42",
        "21 22 23 24 24",
        "12 15 20 23 24",
        "160 162 162 165 170",
        "1.6 2.3 2.9 3.1 3.6",
        "2 3 3.9 4.7 5",
        "2 12 12 12 12",
        "150 190 200 214 250",
        "32 22 22",
        "15 15",
        "-5 -2 1 4 7",
    ],
)
def test_a_sound_row_is_left_alone(values: str) -> None:
    assert codes_of_row(row(values)) == []


@pytest.mark.parametrize(
    "values",
    ["70 585 120 170", "75 65 55 35", "14 16 15 15", "11 12 11 11", "26 29 33 37", "7 3 4 4"],
)
def test_quarters_of_their_own_may_go_up_and_down(values: str) -> None:
    assert codes_of_row(row(values), quarters(4)) == []


@pytest.mark.parametrize("values", ["1 2 3 4 5 6 7 8 9 10 11 12", "40 80 120 160", "5 10 20 30"])
def test_cumulative_rows_are_sound(values: str) -> None:
    assert codes_of_row(row(values), months(12)) == []


def test_a_fall_inside_a_year_is_found_where_the_row_is_cumulative() -> None:
    falling = indicator("i", row("20 40 35 80 90"), quarters(5))
    assert not found_in(catalog([falling]), AGAINST_THE_ROW)
    declared = replace(falling, phasing=Phasing.CUMULATIVE)
    assert [one.code for one in found_in(catalog([declared]), AGAINST_THE_ROW)] == ["IKU602"]


def test_the_likely_figure_is_named() -> None:
    values = row("806.05 37.96 870.03 887.43 905.17")
    (found,) = found_in(catalog([indicator("i", values)]), OUTLIER)
    assert found.help == "837.96 would fit (a digit lost)"
    assert found.location is not None
    assert found.location.line == 2


@pytest.mark.parametrize(
    ("odd", "help_"),
    [
        ("8.4", "84 would fit (the decimal mark moved)"),
        ("48", "84 would fit (two digits swapped)"),
        ("184", "84 would fit (a digit too many)"),
        ("14", "84 would fit (one digit changed)"),
    ],
)
def test_each_slip_of_the_pen_is_known(odd: str, help_: str) -> None:
    (found,) = found_in(catalog([indicator("i", ["82", "83", odd, "85", "86"])]), OUTLIER)
    assert found.help == help_


def test_the_rule_of_a_row_is_named_with_what_it_gives() -> None:
    (found,) = found_in(catalog([indicator("i", row("40 80 102 160 200"))]), BROKEN_RULE)
    assert found.message.endswith("all others of its row follow, steps of 40")
    assert found.help == "the rule gives 120"


def test_growth_is_named_in_percent() -> None:
    values = row("1000 1020 1040.4 1016.21 1082.43 1104.08")
    (found,) = found_in(catalog([indicator("i", values)]), BROKEN_RULE)
    assert found.message.endswith("growth of 2% a period")
    assert found.help == "the rule gives 1061.21"


def test_figures_of_years_and_quarters_are_rows_apart() -> None:
    values = row("100 101 102 103 25 25 25 28")
    assert codes_of_row(values, (*years(4, 2020), *quarters(4, 2024))) == []
