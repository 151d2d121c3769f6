"""Quotients of two integer polynomials in one unknown: plain integer arithmetic, no library.

Everything but the unknown is put in as exact figures, so that what is left of a formula is short.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from iku_engine.algebra.model import Polynomial
from iku_engine.sentences import Sentence, sentence

Univariate: TypeAlias = tuple[int, ...]
"""Coefficients from the lowest power up, the last one not 0; the zero polynomial is empty."""

MAX_DEGREE = 8
_LARGEST_DEGREE = 64  # before common divisors are taken out
_MOST_BITS = 60_000  # of one coefficient on the way


class TooHard(ArithmeticError):
    """Past a bound on degree or size; the reason says which."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two polynomials in lowest terms; the divisor's leading coefficient is above 0."""

    above: Univariate
    below: Univariate

    @property
    def is_constant(self) -> bool:
        return len(self.above) <= 1 and len(self.below) == 1

    @property
    def value(self) -> Fraction:
        """The figure of a constant."""
        return Fraction(self.above[0], self.below[0]) if self.above else Fraction(0)

    def at(self, x: Fraction) -> Fraction:
        """The value at a point where the divisor is not 0."""
        return _at(self.above, x) / _at(self.below, x)

    def minus(self, level: Fraction) -> Univariate:
        """The polynomial that is 0 where the quotient has this value."""
        return added(scaled(self.above, level.denominator), scaled(self.below, -level.numerator))


UNKNOWN = Ratio((0, 1), (1,))
"""The unknown itself."""


def constant_ratio(value: Fraction) -> Ratio:
    """A figure as a quotient of polynomials."""
    return Ratio((value.numerator,) if value else (), (value.denominator,))


def line_ratio(start: Fraction, slope: Fraction) -> Ratio:
    """`start + slope * x`."""
    below = lcm(start.denominator, slope.denominator)
    return reduced_ratio(_trimmed([int(start * below), int(slope * below)]), (below,))


def reduced_ratio(above: Univariate, below: Univariate) -> Ratio:
    """Lowest terms; `TooHard` where the degree stays past the bound."""
    if not above:
        return Ratio((), (1,))
    if len(above) > 1 and len(below) > 1:
        common = _common(above, below)
        above, below = _divided(above, common), _divided(below, common)
    if max(len(above), len(below)) > MAX_DEGREE + 1:
        raise TooHard(sentence("high_power", most=MAX_DEGREE))
    content = gcd(*above, *below) * (1 if below[-1] > 0 else -1)
    return Ratio(tuple(c // content for c in above), tuple(c // content for c in below))


def composed(polynomial: Polynomial, values: Mapping[int, Ratio]) -> tuple[Univariate, Univariate]:
    """A polynomial over slots with quotients of the unknown put in; not in lowest terms."""
    moving = {slot: ratio for slot, ratio in values.items() if not ratio.is_constant}
    terms: dict[tuple[tuple[int, int], ...], Fraction] = {}
    for coefficient, powers in polynomial:
        figure = Fraction(coefficient)
        for slot, power in powers:
            if slot not in moving:
                figure *= values[slot].value ** power
        kept = tuple((slot, power) for slot, power in powers if slot in moving)
        terms[kept] = terms.get(kept, Fraction(0)) + figure
    return _put_together(terms, moving)


def _put_together(
    terms: Mapping[tuple[tuple[int, int], ...], Fraction], moving: Mapping[int, Ratio]
) -> tuple[Univariate, Univariate]:
    highest: dict[int, int] = {}
    for powers in terms:
        for slot, power in powers:
            highest[slot] = max(power, highest.get(slot, 0))
    _hold_bounds(terms, highest, moving)
    denominator = lcm(*(figure.denominator for figure in terms.values())) if terms else 1
    above: Univariate = ()
    for powers, figure in terms.items():
        term: Univariate = _trimmed([int(figure * denominator)])
        used = dict(powers)
        for slot, power in highest.items():
            own = used.get(slot, 0)
            term = multiplied(term, _raised(moving[slot].above, own))
            term = multiplied(term, _raised(moving[slot].below, power - own))
        above = added(above, term)
    below: Univariate = (denominator,)
    for slot, power in highest.items():
        below = multiplied(below, _raised(moving[slot].below, power))
    return above, below


def _hold_bounds(
    terms: Mapping[tuple[tuple[int, int], ...], Fraction],
    highest: Mapping[int, int],
    moving: Mapping[int, Ratio],
) -> None:
    """Degree and size are estimated before anything is multiplied out."""
    degree, bits = 0, 0
    for slot, power in highest.items():
        ratio = moving[slot]
        degree += power * (max(len(ratio.above), len(ratio.below)) - 1)
        bits += power * max(c.bit_length() for c in (*ratio.above, *ratio.below))
    if degree > _LARGEST_DEGREE:
        raise TooHard(sentence("high_power", most=MAX_DEGREE))
    figures = [f.numerator.bit_length() + f.denominator.bit_length() for f in terms.values()]
    if bits + max(figures, default=0) > _MOST_BITS:
        raise TooHard(sentence("long_figures"))


def added(first: Univariate, second: Univariate) -> Univariate:
    """The sum of two polynomials."""
    long, short = (first, second) if len(first) >= len(second) else (second, first)
    return _trimmed([c + (short[i] if i < len(short) else 0) for i, c in enumerate(long)])


def scaled(polynomial: Univariate, factor: int) -> Univariate:
    """A polynomial times an integer."""
    return tuple(c * factor for c in polynomial) if factor else ()


def multiplied(first: Univariate, second: Univariate) -> Univariate:
    """The product of two polynomials."""
    if not first or not second:
        return ()
    found = [0] * (len(first) + len(second) - 1)
    for i, left in enumerate(first):
        for j, right in enumerate(second):
            found[i + j] += left * right
    return tuple(found)


def primitive(polynomial: Univariate) -> Univariate:
    """Without common factor of its coefficients, the leading one above 0."""
    content = gcd(*polynomial) * (1 if polynomial and polynomial[-1] > 0 else -1)
    return tuple(c // content for c in polynomial) if polynomial else ()


def sign_of(polynomial: Univariate, x: Fraction) -> int:
    """-1, 0 or 1: the sign at a rational point, by integers alone."""
    total, scale = 0, 1
    for coefficient in reversed(polynomial):
        total = total * x.numerator + coefficient * scale
        scale *= x.denominator
    return (total > 0) - (total < 0)


def remainder(first: Univariate, second: Univariate) -> Univariate:
    """What is left, after division by the second, of a multiple above 0 of the first."""
    left = list(first)
    size = abs(second[-1])
    while len(left) >= len(second):
        lead, place = left[-1] * (1 if second[-1] > 0 else -1), len(left) - len(second)
        left = [c * size for c in left]
        for i, coefficient in enumerate(second):
            left[place + i] -= lead * coefficient
        left = list(_trimmed(left))
    return tuple(left)


def _common(first: Univariate, second: Univariate) -> Univariate:
    """The greatest common divisor; coefficients stay short because contents are taken out."""
    while second:
        first, second = second, primitive(remainder(first, second))
    return primitive(first)


def _divided(polynomial: Univariate, divisor: Univariate) -> Univariate:
    """The exact quotient by a primitive divisor."""
    left = list(polynomial)
    found = [0] * (len(left) - len(divisor) + 1)
    for place in range(len(found) - 1, -1, -1):
        found[place] = left[place + len(divisor) - 1] // divisor[-1]
        for i, coefficient in enumerate(divisor):
            left[place + i] -= found[place] * coefficient
    return tuple(found)


def _raised(polynomial: Univariate, power: int) -> Univariate:
    result: Univariate = (1,)
    for _ in range(power):
        result = multiplied(result, polynomial)
    return result


def _at(polynomial: Univariate, x: Fraction) -> Fraction:
    total, scale = 0, 1
    for coefficient in reversed(polynomial):
        total = total * x.numerator + coefficient * scale
        scale *= x.denominator
    return Fraction(total, x.denominator ** max(0, len(polynomial) - 1))


def _trimmed(coefficients: list[int]) -> Univariate:
    while coefficients and not coefficients[-1]:
        coefficients.pop()
    return tuple(coefficients)
