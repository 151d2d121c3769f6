"""Roots, logarithms and exponentials: exact where they are rational, else right to 50 digits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.evaluation.irrational import (
    common_logarithm,
    exponential,
    natural_logarithm,
    nth_root,
    rounding_error,
    to_significant,
    working_digits,
)
from iku_engine.evaluation.model import Status
from iku_engine.evaluation.polynomials import TooLarge
from iku_engine.results.model import row_of
from tests.properties.catalogs import computed, engine_of, reasons_of, sound

positive = st.fractions(min_value=Fraction(1, 10**9), max_value=10**12, max_denominator=10**9)
degrees = st.integers(2, 64)
DIGITS = 50


def near(value: Fraction, wanted: Fraction) -> bool:
    """Whether two figures agree to 50 significant digits (half a unit of the last one)."""
    return abs(value - wanted) <= abs(wanted) * Fraction(6, 10**DIGITS)


def by_sympy(function: str, value: Fraction) -> Fraction:
    """The value of `log` or `exp` as sympy evaluates it to 90 digits."""
    argument = sympy.Rational(value.numerator, value.denominator)
    found = sympy.Rational(getattr(sympy, function)(argument).evalf(90))
    return Fraction(int(found.p), int(found.q))


@given(st.fractions(-(10**6), 10**6), st.integers(2, 9))
def test_a_rational_root_is_exact(root: Fraction, degree: int) -> None:
    power = root**degree
    expected = root if degree % 2 else abs(root)
    assert nth_root(power, degree) == (expected, True)


@given(positive, degrees)
def test_a_root_has_50_digits(value: Fraction, degree: int) -> None:
    root, exact = nth_root(value, degree)
    if exact:
        assert root**degree == value
        return
    step = root / 10**DIGITS * 6
    assert (root - step) ** degree < value < (root + step) ** degree
    assert nth_root(-value, 2 * (degree // 2) + 1)[0] < 0


@given(positive, degrees)
def test_a_root_is_the_same_in_another_scale(value: Fraction, degree: int) -> None:
    """Digits are counted from the first that is not 0, whatever the size."""
    root, _ = nth_root(value, degree)
    for power in (-40, 40):
        scaled, _ = nth_root(value * Fraction(10) ** (power * degree), degree)
        assert scaled == root * Fraction(10) ** power


@given(positive)
def test_logarithms_agree_with_those_of_sympy(value: Fraction) -> None:
    natural = by_sympy("log", value)
    assert near(natural_logarithm(value)[0], natural)
    assert near(common_logarithm(value)[0], natural / by_sympy("log", Fraction(10)))


@given(st.fractions(-300, 300, max_denominator=10**6))
def test_exponentials_agree_with_those_of_sympy(value: Fraction) -> None:
    assert near(exponential(value)[0], by_sympy("exp", value))


@given(st.integers(5, 400), st.sampled_from([1, -1]))
def test_a_logarithm_near_one_loses_no_digits(power: int, sign: int) -> None:
    """ln(1 + d) is d - d²/2 + d³/3 - ...: a few terms are exact enough for so small a d."""
    distance = Fraction(sign, 10**power)
    terms = [distance**n / n * (-1) ** (n + 1) for n in range(1, 2 + 60 // power)]
    found, exact = natural_logarithm(1 + distance)
    assert not exact
    assert near(found, sum(terms, Fraction(0)))


@pytest.mark.parametrize("digits", [50, 100, 200, 400])
@given(positive, st.fractions(-300, 300, max_denominator=10**6).filter(bool), degrees)
def test_the_error_of_a_figure_covers_the_true_one(
    digits: int, value: Fraction, exponent: Fraction, degree: int
) -> None:
    calls: list[Callable[[], tuple[Fraction, bool]]] = [
        lambda: nth_root(value, degree),
        lambda: natural_logarithm(value),
        lambda: common_logarithm(value),
        lambda: exponential(exponent),
    ]
    for call in calls:
        with working_digits(digits):
            found, exact = call()
            error = rounding_error(found)
        with working_digits(digits + 60):
            nearer, _ = call()
        assert exact or abs(found - nearer) < error <= abs(found) / 10 ** (digits - 1)


def test_what_is_rational_is_exact() -> None:
    assert natural_logarithm(Fraction(1)) == (Fraction(0), True)
    assert exponential(Fraction(0)) == (Fraction(1), True)
    for power in (-400, -3, 0, 1, 2, 27, 1_000):
        assert common_logarithm(Fraction(10) ** power) == (Fraction(power), True)
    for other in (9, 11, 10**27 + 1):
        assert not common_logarithm(Fraction(other))[1]
    assert nth_root(Fraction(0), 2) == (Fraction(0), True)
    assert nth_root(Fraction(-8, 27), 3) == (Fraction(-2, 3), True)


def test_huge_figures_keep_their_bounds() -> None:
    large = Fraction(10) ** 6_000
    assert near(natural_logarithm(large)[0], natural_logarithm(Fraction(10))[0] * 6_000)
    assert nth_root(large, 2) == (Fraction(10) ** 3_000, True)
    assert nth_root(2 * large, 2)[0] == nth_root(Fraction(2), 2)[0] * 10**3_000
    assert exponential(Fraction(13_000))[0] > 10**5_600
    assert exponential(Fraction(-13_000))[0] > 0
    for beyond in (Fraction(13_001), Fraction(-13_001), large):
        with pytest.raises(TooLarge):
            exponential(beyond)


@given(st.fractions(-(10**30), 10**30).filter(bool))
def test_significant_digits_are_rounded_half_away_from_zero(value: Fraction) -> None:
    found = to_significant(value)
    with localcontext() as context:
        context.prec = 120
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        context.prec = DIGITS
        context.rounding = "ROUND_HALF_UP"
        assert found == Fraction(context.plus(exact))


@pytest.mark.parametrize(
    ("formula", "given_", "value"),
    [
        ("sqrt(a)", "2.25", "1.5"),
        ("root(a, 3)", "-27", "-3"),
        ("a^0.5", "49", "7"),
        ("a^(1 / 3)", "-8", "-2"),
        ("a^(2 / 3)", "-8", "4"),
        ("a^-0.5", "4", "0.5"),
        ("a^1.5", "4", "8"),
        ("log10(a)", "0.001", "-3"),
        ("ln(a)", "1", "0"),
        ("exp(a)", "0", "1"),
        ("exp(ln(a * 0 + 1))", "5", "1"),
        ("round(-a, 0)", "2.5", "-3"),
        ("round(a, -2)", "150", "200"),
        ("round(a)", "-0.5", "-1"),
        ("a^0", "5", "1"),
    ],
)
def test_a_rational_result_is_exact_and_unmarked(formula: str, given_: str, value: str) -> None:
    result = computed(formula, {"a": {"2020": given_}})
    assert (result.exact, result.quality) == (Fraction(value), ())


@pytest.mark.parametrize(
    ("formula", "given_", "reason"),
    [
        ("sqrt(a)", "-1", "negative_root:a@2020"),
        ("a^0.5", "-1", "negative_root:a@2020"),
        ("root(a - 2, 4)", "1", "negative_root:a - 2@2020"),
        ("ln(a)", "0", "not_positive:a@2020"),
        ("log10(a[t-1])", "0", "not_positive:a@2019"),
        ("a^0", "0", "zero:a@2020"),
        ("a^-1", "0", "zero:a@2020"),
        ("a^-0.5", "0", "zero:a@2020"),
        ("1 / 0", "0", "zero:0@2020"),
        ("1 / sqrt(a)", "0", "zero:sqrt(a)@2020"),
        ("1 / (2 - 2)", "0", "zero:2 - 2@2020"),
    ],
)
def test_outside_its_domain_a_function_is_undefined(formula: str, given_: str, reason: str) -> None:
    result = computed(formula, {"a": {"2019": given_, "2020": given_}})
    assert result.status is Status.UNDEFINED
    assert reasons_of(result) == {reason}


def test_an_irrational_result_is_marked_and_printed_to_50_digits() -> None:
    result = computed("sqrt(a)", {"a": {"2020": 2}})
    assert result.quality == ("approximate",)
    assert row_of(result, ())["exact"] == "1.4142135623730950488016887242096980785696718753769"


def test_a_figure_of_thousands_of_digits_is_printed_and_explained() -> None:
    """Python refuses to print more than 4,300 digits by itself."""
    for formula in ("exp(a)", "a^64 * 1", "a^64 * a^64 * a^64 * a^64"):
        engine = sound(engine_of({"hasil": formula}))
        data = {"a": {"2020": "12345.678901234" if "exp" in formula else "9" * 20}}
        row = engine.compute("2020", data=data).as_rows()[0]
        assert row["status"] == "ok"
        assert len(row["exact"]) > 1_000
        assert engine.explain("hasil", "2020", data=data).figures
