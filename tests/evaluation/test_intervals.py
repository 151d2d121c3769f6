"""A value that is not exact is kept with an error that covers every value it may have."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine.algebra.model import Polynomial
from iku_engine.evaluation.certainty import (
    ends,
    graded,
    is_open,
    is_unbounded,
    known,
    rounded_up,
    shortened,
    shown,
    sign_of,
)
from iku_engine.evaluation.inexact import Reduction, furthest, reduced, rising
from iku_engine.evaluation.irrational import (
    digits_at_work,
    exponential,
    natural_logarithm,
    nth_root,
    working_digits,
)
from iku_engine.evaluation.model import Outcome, Quality
from iku_engine.evaluation.polynomials import Figures, Ranges, Undecided
from iku_engine.evaluation.sums import NotShared, deviation_of, gini_of, mean_of, total_of
from iku_engine.quantities import round_half_away
from iku_engine.scales import Band, Graded, Scale

values = st.fractions(-100, 100, max_denominator=1_000)
errors = st.fractions(Fraction(1, 1_000), 3, max_denominator=1_000)
shares = st.fractions(-1, 1, max_denominator=7)
"""Where in its interval the true value lies."""


def kept(value: Fraction, error: Fraction) -> Outcome:
    return Outcome(value, quality=Quality(approximate=True), error=error)


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Outcome, Fraction]:
    """A value as it is kept, and the true one."""
    value = draw(values)
    if draw(st.booleans()):
        return Outcome(value), value
    error = draw(errors)
    return kept(value, error), value + draw(shares) * error


several = st.lists(drawn(), min_size=1, max_size=5)


def covers(outcome: Outcome, true: Fraction) -> bool:
    low, high = ends(outcome)
    return low <= true <= high and (outcome.quality.approximate or outcome.value == true)


def _stdev(values: Sequence[Fraction], errors: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    return deviation_of(values, len(values), errors)


@pytest.mark.parametrize("reduce", [total_of, mean_of, _stdev, gini_of])
@given(found=several)
def test_a_reduction_covers_what_it_gives_of_the_true_values(
    reduce: Reduction, found: list[tuple[Outcome, Fraction]]
) -> None:
    try:
        outcome = reduced(reduce, [one for one, _ in found])
    except (NotShared, Undecided):
        assert reduce is gini_of
        return
    true, error = reduce([value for _, value in found], ())
    low, high = ends(outcome)
    assert low - error <= true <= high + error


def test_gini_is_undecided_only_where_the_errors_leave_it_open() -> None:
    with pytest.raises(Undecided):
        reduced(gini_of, [kept(Fraction(1, 10), Fraction(1)), Outcome(Fraction(3))])
    with pytest.raises(NotShared):
        reduced(gini_of, [kept(Fraction(-2), Fraction(1)), Outcome(Fraction(3))])


@pytest.mark.parametrize("function", ["min", "max", "abs"])
@given(found=several)
def test_an_extreme_covers_that_of_the_true_values(
    function: str, found: list[tuple[Outcome, Fraction]]
) -> None:
    true = [value for _, value in found]
    expected = {"min": min(true), "max": max(true), "abs": abs(true[0])}[function]
    assert covers(furthest(function, [one for one, _ in found]), expected)


@given(drawn(), st.sampled_from([3, 5]))
def test_a_function_that_rises_covers_what_it_gives_of_the_true_value(
    found: tuple[Outcome, Fraction], degree: int
) -> None:
    outcome, true = found
    for function in (
        lambda value: nth_root(value, degree),
        exponential,
        lambda value: natural_logarithm(value + 200),
    ):
        low, high = ends(rising(function, outcome))
        with working_digits(90):
            exact = function(true)[0]
        assert low - Fraction(1, 10**40) <= exact <= high + Fraction(1, 10**40)


powers = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), max_size=3).map(
    lambda found: tuple(sorted(dict(found).items()))
)
polynomials: st.SearchStrategy[Polynomial] = st.lists(
    st.tuples(st.integers(-9, 9).filter(bool), powers), min_size=1, max_size=4
).map(tuple)


@given(st.lists(drawn(), min_size=3, max_size=3), polynomials, polynomials)
def test_a_quotient_over_ranges_covers_that_of_the_true_values(
    found: list[tuple[Outcome, Fraction]], above: Polynomial, below: Polynomial
) -> None:
    between = [ends(outcome) for outcome, _ in found]
    ranges = Ranges((0, 1, 2), [low for low, _ in between], [high for _, high in between])
    figures = Figures((0, 1, 2), [true for _, true in found])
    sign = ranges.sign(below)
    assert sign in (None, figures.sign(below))
    quotient = ranges.quotient(above, below)
    assert (quotient is None) == (not sign)
    if quotient is not None:
        assert quotient[0] <= figures.ratio(above, below) <= quotient[1]


@given(drawn(), st.integers(-1, 3))
def test_what_is_said_of_a_value_holds_for_the_true_one(
    found: tuple[Outcome, Fraction], decimals: int
) -> None:
    outcome, true = found
    assert shown(outcome, decimals) in (None, round_half_away(true, decimals))
    assert is_open(outcome, decimals) == (shown(outcome, decimals) is None)
    assert sign_of(outcome) in (None, (true > 0) - (true < 0))


@given(drawn(), st.lists(values, min_size=1, max_size=4), st.sampled_from(list(Graded)))
def test_a_grade_is_that_of_the_true_value(
    found: tuple[Outcome, Fraction], edges: list[Fraction], on: Graded
) -> None:
    outcome, true = found
    steps = sorted({round_half_away(edge, 1) for edge in edges})
    lows, highs = (None, *steps), (*steps, None)
    bands = tuple(
        Band(str(i), low, i % 2 == 0, high, i % 2 == 0)
        for i, (low, high) in enumerate(zip(lows, highs, strict=True))
    )
    scale = Scale("s", bands, on=on, decimals=1)
    figure = graded(scale, outcome)
    if figure is not None:
        assert scale.band_of(figure) == scale.band_of(true)


@given(st.fractions(0, 10**30).filter(bool), st.integers(-300, 300))
def test_an_error_kept_in_few_bits_is_hardly_larger_and_never_smaller(
    error: Fraction, power: int
) -> None:
    scaled = error * Fraction(10) ** power
    assert scaled <= rounded_up(scaled) <= scaled * Fraction(1_001, 1_000)


@given(values, errors)
def test_long_figures_are_cut_and_the_cut_is_part_of_the_error(
    value: Fraction, error: Fraction
) -> None:
    assume(value)
    long = value + Fraction(1, 3**500)
    outcome = known(shortened(long), long - error, long + error, ())
    assert outcome.number.denominator.bit_length() < 300
    low, high = ends(outcome)
    assert low <= long - error
    assert long + error <= high


def test_a_value_that_is_marked_without_an_error_is_not_certain() -> None:
    outcome = Outcome(Fraction(5), quality=Quality(approximate=True))
    assert is_unbounded(outcome)
    assert is_open(outcome, 0)
    assert sign_of(outcome) is None


def test_more_digits_hold_inside_only() -> None:
    before = nth_root(Fraction(2), 2)
    with working_digits(100):
        assert digits_at_work() == 100
        assert nth_root(Fraction(2), 2) != before
    assert nth_root(Fraction(2), 2) == before
