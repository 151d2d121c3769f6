"""Figures: read exactly, rounded half away from zero, printed without a float in between."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.quantities import (
    MAX_BITS,
    NumberFormat,
    is_too_large,
    parse_decimal,
    parse_figure,
    reads_differently,
    round_half_away,
    to_decimal_text,
    to_exact_text,
    to_grouped_text,
)

decimals = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(-(10**18), 10**18),
    st.integers(0, 12),
)
halves = st.builds(
    lambda whole, places: Fraction(2 * whole + 1, 2 * 10**places),
    st.integers(-(10**6), 10**6),
    st.integers(0, 6),
)
values = decimals | halves | st.fractions(-(10**6), 10**6)


def by_decimal(value: Fraction, digits: int) -> Decimal:
    """ROUND_HALF_UP of the size, which in `decimal` is half away from zero."""
    with localcontext() as context:
        context.prec = 80
        size = Decimal(abs(value).numerator) / Decimal(abs(value).denominator)
        rounded = size.scaleb(digits).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return (-rounded if value < 0 else rounded).scaleb(-digits)


@given(decimals | halves, st.integers(-6, 10))
def test_rounding_is_half_away_from_zero(value: Fraction, digits: int) -> None:
    assert round_half_away(value, digits) == Fraction(by_decimal(value, digits))


@given(values, st.integers(-6, 10))
def test_rounding_is_symmetric_near_and_stays(value: Fraction, digits: int) -> None:
    rounded = round_half_away(value, digits)
    step = Fraction(10) ** -digits
    assert round_half_away(-value, digits) == -rounded
    assert (rounded / step).denominator == 1
    assert abs(rounded - value) <= step / 2
    assert abs(rounded - value) < step / 2 or abs(rounded) > abs(value)
    assert round_half_away(rounded, digits) == rounded


@given(values, st.integers(0, 12))
def test_a_printed_figure_is_the_rounded_one(value: Fraction, digits: int) -> None:
    text = to_decimal_text(value, digits)
    assert Fraction(text) == round_half_away(value, digits)
    assert len(text.partition(".")[2]) == digits
    assert not (text.startswith("-") and Fraction(text) == 0)


@pytest.mark.parametrize("text", ["-0", "-0.00", "-0.004", "-0.0049999"])
def test_negative_zero_is_zero(text: str) -> None:
    assert to_decimal_text(Fraction(text), 2) == "0.00"
    assert to_decimal_text(parse_decimal(text), 0) == "0"


@given(values)
def test_an_exact_figure_is_read_back_from_its_text(value: Fraction) -> None:
    assert Fraction(to_exact_text(value)) == value


@given(st.integers(1, 12_000), st.integers(1, 999), st.sampled_from([1, -1]))
def test_figures_of_any_length_are_printed(zeros: int, lead: int, sign: int) -> None:
    """Python itself refuses to print more than 4,300 digits."""
    number = sign * (lead * 10 ** (zeros + 1) + 7)
    text = f"{'-' if sign < 0 else ''}{lead}{'0' * zeros}7"
    assert to_exact_text(Fraction(number)) == text
    assert to_decimal_text(Fraction(number), 0) == text
    assert to_exact_text(Fraction(1, abs(number))) == f"1/{text.lstrip('-')}"


grouped = st.sampled_from(list(NumberFormat))


@given(decimals, st.integers(0, 8), grouped)
def test_a_grouped_figure_is_read_back(value: Fraction, digits: int, style: NumberFormat) -> None:
    text = to_grouped_text(to_decimal_text(value, digits), style)
    assert parse_figure(text, style) == round_half_away(value, digits)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.234", NumberFormat.ID, "1234"),
        ("1.234", NumberFormat.EN, "1.234"),
        ("1,5", NumberFormat.ID, "1.5"),
        ("1,234,567.5", NumberFormat.EN, "1234567.5"),
        ("-12.345,60", NumberFormat.ID, "-12345.6"),
        ("\N{MINUS SIGN}3", NumberFormat.ID, "-3"),
        ("1.5e-05", NumberFormat.EN, "0.000015"),
        ("0012", NumberFormat.ID, "12"),
    ],
)
def test_a_figure_is_read_in_its_declared_format(
    text: str, style: NumberFormat, value: str
) -> None:
    assert parse_figure(text, style) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("12.34", NumberFormat.ID),
        ("1.2345", NumberFormat.ID),
        ("1,2,3", NumberFormat.EN),
        ("1,23", NumberFormat.EN),
        ("1.234.56", NumberFormat.ID),
        ("1e5", NumberFormat.ID),
        ("1e999", NumberFormat.EN),
        ("1" * 401, NumberFormat.EN),
        ("١٢", NumberFormat.EN),
        ("0x10", NumberFormat.EN),
        ("nan", NumberFormat.EN),
        ("1_000", NumberFormat.EN),
        ("", NumberFormat.EN),
        ("- 5", NumberFormat.EN),
    ],
)
def test_a_figure_outside_its_format_is_refused(text: str, style: NumberFormat) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_figure(text, style)


@pytest.mark.parametrize("text", [".2", "2.", "1e3", "1,5", "1 000", "+-1", "--1", "９", "1" * 401])
def test_a_definition_writes_figures_with_a_point(text: str) -> None:
    with pytest.raises(ValueError, match="figure"):
        parse_decimal(text)


def test_a_figure_that_reads_differently_is_noticed() -> None:
    assert reads_differently("1.234", NumberFormat.ID)
    assert not reads_differently("1234", NumberFormat.ID)
    assert not reads_differently("12.345,6", NumberFormat.ID)


def test_the_bound_on_values_counts_both_parts() -> None:
    large = Fraction(1 << MAX_BITS)
    assert is_too_large(large)
    assert is_too_large(1 / large)
    assert not is_too_large(large - 1)
