"""Sums of many figures: exact while one denominator holds them, else right to 50 digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.evaluation.polynomials import TooLarge
from iku_engine.evaluation.sums import deviation_of, mean_of, total_of
from iku_engine.quantities import is_too_large

figures = st.lists(st.fractions(-(10**9), 10**9), min_size=1, max_size=12)


@given(figures)
def test_a_sum_of_a_few_figures_is_exact(values: list[Fraction]) -> None:
    assert total_of(values) == (sum(values, Fraction(0)), Fraction(0))
    assert mean_of(values) == (sum(values, Fraction(0)) / len(values), Fraction(0))


def test_a_sum_of_nothing_is_zero() -> None:
    assert total_of([]) == (Fraction(0), Fraction(0))


@given(figures, st.fractions(-(10**6), 10**6))
def test_a_deviation_does_not_change_with_the_origin(
    values: list[Fraction], origin: Fraction
) -> None:
    moved = [value + origin for value in values]
    assert deviation_of(values, len(values)) == deviation_of(moved, len(values))


def ratios(count: int) -> list[Fraction]:
    """Ratios of a thousand records: no two denominators have a factor in common."""
    return [Fraction(7 * n + 1, _prime_after(10**6 + 50 * n)) for n in range(count)]


def _prime_after(number: int) -> int:
    candidate = number | 1
    while any(candidate % divisor == 0 for divisor in range(3, int(candidate**0.5) + 1, 2)):
        candidate += 2
    return candidate


def test_a_mean_of_a_thousand_ratios_is_right_to_50_digits_and_says_so() -> None:
    values = ratios(1_200)
    found, error = mean_of(values)
    assert 0 < error <= found / 10**48
    with_decimals = sum((round(value * 10**90) for value in values), 0)
    wanted = Fraction(with_decimals, 10**90 * len(values))
    assert abs(found - wanted) <= wanted / 10**49
    assert not is_too_large(found)
    assert mean_of(values[::-1]) == mean_of(values)
    assert total_of(values)[1] > 0
    root, error = deviation_of(values, len(values) - 1)
    assert 0 < error <= found / 10**48
    assert 0 < root < 1


def test_figures_past_the_bound_are_too_large() -> None:
    with pytest.raises(TooLarge):
        total_of([Fraction(1 << 19_999)] * 8)
    tiny = [Fraction(1, 3**12_000), Fraction(1, 5**8_000)]
    with pytest.raises(TooLarge):
        total_of([Fraction(1 << 19_999)] * 2 + tiny[:1])
    total, error = total_of([Fraction(1), *tiny])
    assert total == 1
    assert sum(tiny) < error < Fraction(1, 10**48)
