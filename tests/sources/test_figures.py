"""What the text of one cell says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.quantities import NumberFormat, to_decimal_text, to_grouped_text
from iku_engine.sources.cells import missing_marks, plain_text, read_figure, read_period
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Figure, Mark

ID, EN = NumberFormat.ID, NumberFormat.EN
MISSING = missing_marks(("-", "n/a"))


def figure(text: str, numbers: NumberFormat = ID) -> Figure:
    found = read_figure(text, numbers, MISSING)
    assert isinstance(found, Figure), found
    return found


def refusal(text: str, numbers: NumberFormat = ID) -> Refusal:
    found = read_figure(text, numbers, MISSING)
    assert isinstance(found, Refusal), found
    return found


@pytest.mark.parametrize(
    ("text", "numbers", "value", "decimals"),
    [
        ("1.234,5", ID, "1234.5", 1),
        ("1,234.5", EN, "1234.5", 1),
        ("1.234", ID, "1234", 0),
        ("1.234", EN, "1.234", 3),
        ("\N{NO-BREAK SPACE}5 ", ID, "5", 0),
        ("\N{MINUS SIGN}2,50", ID, "-2.5", 2),
        ("'-5", ID, "-5", 0),
        ("1.5e-05", EN, "0.000015", 6),
        ("1.5e3", EN, "1500", 0),
        ("0", ID, "0", 0),
    ],
)
def test_a_figure_is_read_in_its_format(
    text: str, numbers: NumberFormat, value: str, decimals: int
) -> None:
    found = figure(text, numbers)
    assert (found.value, found.decimals) == (Fraction(value), decimals)


@pytest.mark.parametrize("text", ["", "  ", "-", "N/A", "\N{NO-BREAK SPACE}", "-*"])
def test_blank_and_missing_marks_are_missing_not_zero(text: str) -> None:
    assert figure(text).value is None


def test_marks_stand_behind_a_figure() -> None:
    assert (figure("5*").value, figure("5*").mark) == (Fraction(5), Mark.PROVISIONAL)
    assert (figure("5 **").value, figure("5 **").mark) == (Fraction(5), Mark.VERY_PROVISIONAL)
    assert refusal("5***").code == "IKU404"
    assert refusal("*").code == "IKU404"


@pytest.mark.parametrize("text", ["12.34", "1.23.456", "1,2,3", ".5", "1 234", "1'234"])
def test_digits_that_violate_the_grouping_are_named_as_such(text: str) -> None:
    assert refusal(text).code == "IKU405"


@pytest.mark.parametrize("text", ["lima", "11 Kop", "1e5", "--5", "1" * 401, "\x00", "٣", "inf"])
def test_other_text_is_no_figure(text: str) -> None:
    assert refusal(text).code == "IKU404"


def test_a_percent_sign_is_refused_with_help() -> None:
    assert refusal("10%").code == "IKU404"
    assert "without `%`" in refusal("10 %").help


def test_a_quote_before_a_sign_is_stripped_once() -> None:
    assert plain_text("'=A1") == "=A1"
    assert plain_text("''=A1") == "''=A1"
    assert plain_text("'kata") == "'kata"


def test_a_period_may_carry_the_mark_of_its_row() -> None:
    read = read_period("2018**")
    assert read is not None
    assert (str(read[0]), read[1]) == ("2018", Mark.VERY_PROVISIONAL)
    assert read_period("semester I 2018") is None


@given(st.integers(-(10**12), 10**12), st.integers(0, 6), st.sampled_from([ID, EN]))
def test_a_printed_figure_is_read_back(digits: int, decimals: int, numbers: NumberFormat) -> None:
    value = Fraction(digits, 10**decimals)
    printed = to_grouped_text(to_decimal_text(value, decimals), numbers)
    found = figure(printed, numbers)
    assert (found.value, found.decimals) == (value, decimals)


@given(st.text(max_size=30), st.sampled_from([ID, EN]))
def test_any_text_is_a_figure_or_a_refusal(text: str, numbers: NumberFormat) -> None:
    found = read_figure(text, numbers, MISSING)
    assert isinstance(found, Figure) or found.code in {"IKU404", "IKU405"}
