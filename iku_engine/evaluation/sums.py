"""Sums, means and deviations of many figures: exact as long as one denominator can hold them.

Ratios of a thousand records share no denominator that a value may have. They are then taken to
600 decimals each and the result to 50 digits, marked `approximate`, as an irrational one is.

`errors` say how far each figure may lie from the true one (nothing: all are exact). Every answer
comes with how far it may lie from the true one, 0 where it is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from iku_engine.evaluation.irrational import nth_root, rounding_error, to_significant
from iku_engine.evaluation.polynomials import TooLarge, Undecided
from iku_engine.quantities import MAX_BITS, is_too_large


class NotShared(ArithmeticError):
    """Figures that share nothing out."""


_COARSE = 1 << 2_000
_NONE = Fraction(0)


def total_of(
    values: Sequence[Fraction], errors: Sequence[Fraction] = ()
) -> tuple[Fraction, Fraction]:
    """The sum, and its error; `TooLarge` past the bound on values."""
    numerators, denominator, each = _together(values)
    own = sum(errors, each * len(values))
    return _kept(Fraction(sum(numerators), denominator), each, own)


def mean_of(
    values: Sequence[Fraction], errors: Sequence[Fraction] = ()
) -> tuple[Fraction, Fraction]:
    """The plain mean of one figure or more, and its error."""
    numerators, denominator, each = _together(values)
    own = each + sum(errors, _NONE) / len(values)
    return _kept(Fraction(sum(numerators), denominator * len(values)), each, own)


def deviation_of(
    values: Sequence[Fraction], divisor: int, errors: Sequence[Fraction] = ()
) -> tuple[Fraction, Fraction]:
    """The root of the summed squares of the distances from the mean over a divisor.

    Figures that are off by no more than a distance move it by less than twice as much.
    """
    numerators, denominator, each = _together(values)
    count, total = len(values), sum(numerators)
    squares = sum((count * number - total) ** 2 for number in numerators)
    variance = Fraction(squares, (count * denominator) ** 2 * divisor)
    return _deviation(variance, each, 2 * (each + max(errors, default=_NONE)))


def deviation_from(
    count: int, total: Fraction, squares: Fraction, divisor: int
) -> tuple[Fraction, Fraction]:
    """The same of exact figures of which only their number, sum and summed squares are known."""
    return _deviation((squares - total**2 / count) / divisor, _NONE, _NONE)


def _deviation(variance: Fraction, each: Fraction, own: Fraction) -> tuple[Fraction, Fraction]:
    root, rational = nth_root(variance, 2)
    return _kept(root, each, own if rational else own + rounding_error(root))


def gini_of(
    values: Sequence[Fraction], errors: Sequence[Fraction] = ()
) -> tuple[Fraction, Fraction]:
    """Gini's coefficient of figures that are not negative, 0 where all are equal.

    `NotShared` where a figure is negative or all are 0: then nothing is shared out. `Undecided`
    where errors leave that open.
    """
    if _is_unshared(values, errors):
        raise NotShared
    numerators, denominator, each = _together(values)
    count, total = len(values), sum(numerators)
    off = sum(errors, each * count)
    surely = Fraction(total, denominator) - off
    if surely <= 0:
        raise Undecided
    ranked = sum((2 * i - count - 1) * n for i, n in enumerate(sorted(numerators), start=1))
    return _kept(Fraction(ranked, count * total), each, 2 * off / surely)


def _is_unshared(values: Sequence[Fraction], errors: Sequence[Fraction]) -> bool:
    pairs = list(zip(values, errors or [_NONE] * len(values), strict=True))
    if min(value + error for value, error in pairs) < 0:
        return True
    if min(value - error for value, error in pairs) < 0:
        raise Undecided
    return not any(values) and not any(errors)


def _together(values: Sequence[Fraction]) -> tuple[list[int], int, Fraction]:
    """Numerators over one denominator, and the error of each of them.

    They are coarse ones where the common denominator is past the bound.
    """
    denominator = 1
    for value in values:
        denominator = lcm(denominator, value.denominator)
        if denominator.bit_length() > MAX_BITS:
            coarse = [round(value * _COARSE) for value in values]
            return coarse, _COARSE, Fraction(1, _COARSE)
    return [v.numerator * (denominator // v.denominator) for v in values], denominator, _NONE


def _kept(value: Fraction, each: Fraction, error: Fraction) -> tuple[Fraction, Fraction]:
    """A value and its error; one made of coarse figures is cut to its digits."""
    if each:
        value = to_significant(value)
        error += rounding_error(value)
    if is_too_large(value):
        raise TooLarge
    return value, error
