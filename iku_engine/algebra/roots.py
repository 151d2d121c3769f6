"""Where a polynomial in one unknown is zero: rational points exactly, the others isolated.

With `quotients.py` the only module that imports sympy. Polynomials are handed over as lists of
integers, and only within bounds on degree and size, so that no call runs long.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, gcd
from typing import TypeAlias

from iku_engine.algebra.effort import spend
from iku_engine.algebra.univariate import (
    MAX_DEGREE,
    TooHard,
    Univariate,
    primitive,
    remainder,
    sign_of,
)
from iku_engine.sentences import sentence

MAX_BITS_OF_SQUARES = 4_000
MAX_BITS_OF_POWERS = 1_000
"""The longest coefficients of polynomials of degree 2, and of a higher one.

A polynomial made to have roots that lie close together then takes a second or two.
"""

_GUARD = 24  # bits beyond those of the digits asked for


@dataclass(frozen=True, slots=True)
class Irrational:
    """An irrational root: of which irreducible polynomial, and the how manyth from below.

    `low` and `high` are rational points between which it is the only root.
    """

    polynomial: Univariate
    index: int
    low: Fraction = field(compare=False)
    high: Fraction = field(compare=False)

    def halved(self) -> Irrational:
        """The same root in half the interval."""
        middle = (self.low + self.high) / 2
        spend(_work(self.polynomial, middle))
        if sign_of(self.polynomial, middle) == sign_of(self.polynomial, self.low):
            return Irrational(self.polynomial, self.index, middle, self.high)
        return Irrational(self.polynomial, self.index, self.low, middle)


Point: TypeAlias = Fraction | Irrational
"""A place on the line of real numbers."""


def real_roots(polynomial: Univariate) -> tuple[Point, ...]:
    """Every real root once, from the lowest up; none for a constant.

    Raises `TooHard` past the bounds on degree and size, or on the effort of a question.
    """
    if len(polynomial) <= 1:
        return ()
    # Roots known from before cost the same, so that a question ends alike when asked again.
    spend(len(polynomial) ** 2 * max(map(int.bit_length, polynomial)))
    return _real_roots(polynomial)


@functools.lru_cache(maxsize=1024)
def _real_roots(polynomial: Univariate) -> tuple[Point, ...]:
    found: list[Point] = []
    for factor in _factors(primitive(polynomial)):
        if len(factor) == 2:
            found.append(Fraction(-factor[0], factor[1]))
        else:
            found += _isolated(factor)
    return sorted_points(found)


def sorted_points(points: Iterable[Point]) -> tuple[Point, ...]:
    """Each point once, from the lowest up."""
    return tuple(sorted(dict.fromkeys(points), key=functools.cmp_to_key(compared)))


def compared(first: Point, second: Point) -> int:
    """-1, 0 or 1, as the first is below, at or above the second; always decided exactly."""
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return (first > second) - (first < second)
    if first == second:
        return 0
    while True:
        if _high(first) <= _low(second):
            return -1
        if _low(first) >= _high(second):
            return 1
        first, second = _narrowed(first), _narrowed(second)


def between(low: Point | None, high: Point | None) -> Fraction:
    """A short rational point strictly between two; None is infinity."""
    if low is None:
        return Fraction(floor(_low(high)) - 1) if high is not None else Fraction(0)
    if high is None:
        return Fraction(ceil(_high(low)) + 1)
    while _high(low) >= _low(high):
        low, high = _narrowed(low), _narrowed(high)
    return _shortest(_high(low), _low(high))


def sign_at(polynomial: Univariate, point: Point) -> int:
    """-1, 0 or 1: the exact sign of a polynomial at a point."""
    if isinstance(point, Fraction):
        return sign_of(polynomial, point)
    if not remainder(polynomial, point.polynomial):
        return 0
    while True:
        low, high = _range(polynomial, point.low, point.high)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        point = point.halved()


def to_digits(point: Point, digits: int = 50) -> Fraction:
    """A rational point as it is; an irrational one to this many significant digits."""
    if isinstance(point, Fraction):
        return point
    while not _is_narrow(point, int(digits * 3.33) + _GUARD):
        point = point.halved()
    middle = (point.low + point.high) / 2
    scale = Fraction(10) ** (digits - _magnitude(middle))
    return Fraction(round(middle * scale)) / scale


def whole_below(point: Point) -> int:
    """The largest whole number that is not above the point."""
    while isinstance(point, Irrational) and floor(point.low) != floor(point.high):
        point = point.halved()
    return floor(_low(point))


def _is_narrow(point: Irrational, bits: int) -> bool:
    smallest = min(abs(point.low), abs(point.high))
    if point.low < 0 < point.high:
        return False
    return (point.high - point.low) * (1 << bits) <= smallest


def _magnitude(value: Fraction) -> int:
    """How many digits stand before the decimal point; 0 and below for small figures."""
    size = abs(value)
    digits = int((size.numerator.bit_length() - size.denominator.bit_length()) * 0.30103) - 1
    while size >= Fraction(10) ** digits:
        digits += 1
    return digits


def _work(polynomial: Univariate, at: Fraction) -> int:
    """About how many microseconds a sign takes."""
    degree, bits = len(polynomial), at.denominator.bit_length() + at.numerator.bit_length()
    return 20 + degree * degree * bits // 1_000


def _low(point: Point) -> Fraction:
    return point if isinstance(point, Fraction) else point.low


def _high(point: Point) -> Fraction:
    return point if isinstance(point, Fraction) else point.high


def _narrowed(point: Point) -> Point:
    return point if isinstance(point, Fraction) else point.halved()


def _shortest(low: Fraction, high: Fraction) -> Fraction:
    """A point strictly between two with as few bits as halving gives."""
    step = Fraction(1)
    while step >= high - low:
        step /= 2
    point = (floor(low / step) + 1) * step
    return point if point < high else (low + high) / 2


def _range(polynomial: Univariate, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Bounds on the values of a polynomial over an interval."""
    least = most = Fraction(0)
    for coefficient in reversed(polynomial):
        corners = (least * low, least * high, most * low, most * high)
        least, most = min(corners) + coefficient, max(corners) + coefficient
    return least, most


def _factors(polynomial: Univariate) -> list[Univariate]:
    if len(polynomial) == 2:
        return [polynomial]
    _hold_bounds(polynomial)
    from sympy import Poly, Symbol  # noqa: PLC0415 - sympy is imported when it is needed

    _, factors = Poly(list(reversed(polynomial)), Symbol("x0"), domain="ZZ").factor_list()
    return [
        primitive(tuple(int(c) for c in reversed(factor.all_coeffs()))) for factor, _ in factors
    ]


def _isolated(factor: Univariate) -> list[Point]:
    """Every real root of an irreducible polynomial between two rational points, by Sturm's chain.

    The interval that holds all of them is halved until each holds one; no rational point is a
    root, since the factor has none.
    """
    chain = _sturm_chain(factor)
    size = Fraction(2) ** (max(map(int.bit_length, factor)) - factor[-1].bit_length() + 2)
    waiting = [(-size, size, _changes(chain, -size), _changes(chain, size))]
    found: list[tuple[Fraction, Fraction]] = []
    while waiting:
        low, high, before, after = waiting.pop()
        if before - after == 1:
            found.append((low, high))
        elif before > after:
            middle = (low + high) / 2
            changed = _changes(chain, middle)
            waiting += [(low, middle, before, changed), (middle, high, changed, after)]
    found.sort()
    return [Irrational(factor, index, low, high) for index, (low, high) in enumerate(found)]


def _sturm_chain(polynomial: Univariate) -> list[Univariate]:
    chain = [polynomial, tuple(i * c for i, c in enumerate(polynomial))[1:]]
    while len(chain[-1]) > 1:
        rest = remainder(chain[-2], chain[-1])
        chain.append(tuple(c // -gcd(*rest) for c in rest))
    return chain


def _changes(chain: list[Univariate], x: Fraction) -> int:
    """How often the sign changes along the chain at a point."""
    signs = [sign for polynomial in chain if (sign := sign_of(polynomial, x))]
    return sum(first != second for first, second in pairwise(signs))


def _hold_bounds(polynomial: Univariate) -> None:
    if len(polynomial) > MAX_DEGREE + 1:
        raise TooHard(sentence("high_power", most=MAX_DEGREE))
    most = MAX_BITS_OF_SQUARES if len(polynomial) == 3 else MAX_BITS_OF_POWERS
    if max(map(int.bit_length, polynomial)) > most:
        raise TooHard(sentence("long_figures"))
