"""Sums, means and deviations of many figures: exact as long as one denominator can hold them.

Ratios of a thousand records share no denominator that a value may have. They are then taken to
600 decimals each and the result to 50 digits, marked `approximate`, as an irrational one is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from iku_engine.evaluation.irrational import nth_root, to_significant
from iku_engine.evaluation.polynomials import TooLarge
from iku_engine.quantities import MAX_BITS, is_too_large

_COARSE = 1 << 2_000


def total_of(values: Sequence[Fraction]) -> tuple[Fraction, bool]:
    """The sum, and whether it is exact; `TooLarge` past the bound on values."""
    numerators, denominator, exact = _together(values)
    return _kept(Fraction(sum(numerators), denominator), exact)


def mean_of(values: Sequence[Fraction]) -> tuple[Fraction, bool]:
    """The plain mean of one figure or more, and whether it is exact."""
    numerators, denominator, exact = _together(values)
    return _kept(Fraction(sum(numerators), denominator * len(values)), exact)


def deviation_of(values: Sequence[Fraction], divisor: int) -> tuple[Fraction, bool]:
    """The root of the summed squares of the distances from the mean over a divisor."""
    numerators, denominator, exact = _together(values)
    count, total = len(values), sum(numerators)
    squares = sum((count * number - total) ** 2 for number in numerators)
    variance = Fraction(squares, (count * denominator) ** 2 * divisor)
    root, rational = nth_root(variance, 2)
    return _kept(root, exact and rational)


def gini_of(values: Sequence[Fraction]) -> tuple[Fraction, bool] | None:
    """Gini's coefficient of figures that are not negative, 0 where all are equal.

    None where a figure is negative or all are 0: then nothing is shared out.
    """
    numerators, _, exact = _together(values)
    total = sum(numerators)
    if min(numerators) < 0 or total == 0:
        return None
    count = len(numerators)
    ranked = sum((2 * i - count - 1) * n for i, n in enumerate(sorted(numerators), start=1))
    return _kept(Fraction(ranked, count * total), exact)


def _together(values: Sequence[Fraction]) -> tuple[list[int], int, bool]:
    """Numerators over one denominator; coarse ones where the common one is past the bound."""
    denominator = 1
    for value in values:
        denominator = lcm(denominator, value.denominator)
        if denominator.bit_length() > MAX_BITS:
            return [round(value * _COARSE) for value in values], _COARSE, False
    return [v.numerator * (denominator // v.denominator) for v in values], denominator, True


def _kept(value: Fraction, exact: bool) -> tuple[Fraction, bool]:
    kept = value if exact else to_significant(value)
    if is_too_large(kept):
        raise TooLarge
    return kept, exact
