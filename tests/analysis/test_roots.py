"""Real roots: rational ones exactly, the others in order and to the digits asked for."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from itertools import pairwise

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine.algebra.roots import (
    MAX_BITS_OF_POWERS,
    between,
    compared,
    real_roots,
    sign_at,
    to_digits,
    whole_below,
)
from iku_engine.algebra.univariate import (
    Ratio,
    TooHard,
    Univariate,
    multiplied,
    reduced_ratio,
    sign_of,
)
from tests.laws import SOLVING

rationals = st.fractions(-50, 50, max_denominator=20)
polynomials = st.lists(st.integers(-9, 9), min_size=3, max_size=9).filter(lambda c: c[-1] != 0)


def product(factors: list[Univariate]) -> Univariate:
    return reduce(multiplied, factors, (1,))


@given(st.lists(rationals, min_size=1, max_size=6))
def test_rational_roots_come_back_exactly(roots: list[Fraction]) -> None:
    factors = [(-root.numerator, root.denominator) for root in roots]
    with_none = product([*factors, (1, 0, 1)])
    assert real_roots(with_none) == tuple(sorted(set(roots)))


@given(polynomials)
def test_every_real_root_is_found_once_and_in_order(coefficients: list[int]) -> None:
    roots = real_roots(tuple(coefficients))
    expected = sympy.Poly(coefficients[::-1], sympy.Symbol("x")).sqf_part().count_roots()
    assert len(roots) == expected
    for low, high in pairwise(roots):
        assert compared(low, high) == -1
        assert compared(high, low) == 1
        middle = between(low, high)
        assert compared(low, middle) == compared(middle, high) == -1
    for root in roots:
        assert sign_at(tuple(coefficients), root) == 0


@given(st.integers(2, 10**30), st.integers(1, 60))
def test_digits_of_a_square_root(number: int, digits: int) -> None:
    low, high = real_roots((-number, 0, 1))
    found = to_digits(high, digits)
    assert to_digits(low, digits) == -found
    if not isinstance(high, Fraction):
        unit = Fraction(10) ** (len(str(int(found))) - digits)
        assert (found - unit / 2) ** 2 < number < (found + unit / 2) ** 2
        assert whole_below(high) == sympy.integer_nthroot(number, 2)[0]


@SOLVING
@given(polynomials, polynomials)
def test_the_sign_at_a_root_is_that_of_points_close_by(first: list[int], second: list[int]) -> None:
    other = tuple(second)
    for root in real_roots(tuple(first)):
        sign = sign_at(other, root)
        if sign:
            assert sign == sign_of(other, to_digits(root, 200))
        else:
            assert root in real_roots(other)


@given(polynomials, polynomials, polynomials, rationals)
def test_lowest_terms_change_no_value(
    above: list[int], below: list[int], common: list[int], x: Fraction
) -> None:
    try:
        ratio = reduced_ratio(
            multiplied(tuple(above), tuple(common)), multiplied(tuple(below), tuple(common))
        )
    except TooHard:
        assume(False)
    assume(sign_of(tuple(below), x) != 0)
    assert ratio.at(x) == Ratio(tuple(above), tuple(below)).at(x)
    assert ratio.below[-1] > 0
    assert max(len(ratio.above), len(ratio.below)) <= max(len(above), len(below))


def test_past_the_bounds_nothing_is_tried() -> None:
    with pytest.raises(TooHard):
        real_roots((1, *([0] * 8), 1))
    with pytest.raises(TooHard):
        real_roots((1 << MAX_BITS_OF_POWERS, 0, 1, 1))
    assert real_roots((-(1 << 9_000), 1)) == (Fraction(1 << 9_000),)
