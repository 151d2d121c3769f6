"""Integer polynomials at exact figures: integer arithmetic over one common denominator.

At figures that are only known within an error, the same arithmetic over intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from iku_engine.algebra.model import Polynomial
from iku_engine.quantities import is_too_large

_Range: TypeAlias = tuple[int, int]
_MOST_BITS = 400_000  # of one product on the way; far more than a value may keep


class TooLarge(ArithmeticError):
    """A value past the bound on its size."""


class Undecided(ArithmeticError):
    """The digits at hand do not say whether there is a value."""


class Figures:
    """Exact figures by slot, brought to one denominator once for all polynomials over them."""

    def __init__(self, slots: Sequence[int], values: Sequence[Fraction]) -> None:
        self._denominator = lcm(*(value.denominator for value in values)) if values else 1
        self._numerators: Mapping[int, int] = {
            slot: value.numerator * (self._denominator // value.denominator)
            for slot, value in zip(slots, values, strict=True)
        }
        sizes = [number.bit_length() for number in self._numerators.values()]
        self._bits = max(self._denominator.bit_length(), *sizes, 1)

    def has(self, slots: Sequence[int]) -> bool:
        """Whether all these slots have a figure."""
        return all(slot in self._numerators for slot in slots)

    def quotient(self, above: Polynomial, below: Polynomial) -> Fraction:
        """The value of one polynomial over another that is not 0; `TooLarge` past the bound."""
        value = self.ratio(above, below)
        if is_too_large(value):
            raise TooLarge
        return value

    def ratio(self, above: Polynomial, below: Polynomial) -> Fraction:
        """The same value, however long its fraction is."""
        numerator, degree = self._value(above)
        denominator, other = self._value(below)
        if degree != other:
            scale = self._denominator ** abs(degree - other)
            numerator, denominator = (
                (numerator, denominator * scale)
                if degree > other
                else (numerator * scale, denominator)
            )
        return Fraction(numerator, denominator)

    def sign(self, polynomial: Polynomial) -> int:
        """-1, 0 or 1; the common denominator is positive and does not change it."""
        value, _ = self._value(polynomial)
        return (value > 0) - (value < 0)

    def _value(self, polynomial: Polynomial) -> tuple[int, int]:
        """An integer and a degree: the value is the integer over the denominator's power."""
        degree = max((sum(power for _, power in powers) for _, powers in polynomial), default=0)
        if self._bits * max(1, degree) > _MOST_BITS:
            raise TooLarge
        total = 0
        for coefficient, powers in polynomial:
            term, used = coefficient, 0
            for slot, power in powers:
                term *= self._numerators[slot] ** power
                used += power
            total += term * self._denominator ** (degree - used)
        return total, degree


class Ranges:
    """Figures by slot that lie somewhere between two ends, brought to one denominator."""

    def __init__(
        self, slots: Sequence[int], lows: Sequence[Fraction], highs: Sequence[Fraction]
    ) -> None:
        self._denominator = lcm(*(end.denominator for end in (*lows, *highs)))
        self._ends: Mapping[int, _Range] = {
            slot: (self._scaled(low), self._scaled(high))
            for slot, low, high in zip(slots, lows, highs, strict=True)
        }

    def has(self, slots: Sequence[int]) -> bool:
        """Whether all these slots have a figure."""
        return all(slot in self._ends for slot in slots)

    def sign(self, polynomial: Polynomial) -> int | None:
        """-1, 0 or 1; None where it is not the same all over the ranges."""
        low, high = ((end > 0) - (end < 0) for end in self._value(polynomial)[0])
        return low if low == high else None

    def quotient(self, above: Polynomial, below: Polynomial) -> tuple[Fraction, Fraction] | None:
        """The ends of one polynomial over another; None where the divisor may be 0."""
        numerators, degree = self._value(above)
        denominators, other = self._value(below)
        if denominators[0] <= 0 <= denominators[1]:
            return None
        scale = Fraction(self._denominator) ** (other - degree)
        found = [Fraction(n, d) for n in numerators for d in denominators]
        return min(found) * scale, max(found) * scale

    def _scaled(self, end: Fraction) -> int:
        return end.numerator * (self._denominator // end.denominator)

    def _value(self, polynomial: Polynomial) -> tuple[_Range, int]:
        """Integer ends and a degree: the value is the integer over the denominator's power."""
        degree = max((sum(power for _, power in powers) for _, powers in polynomial), default=0)
        least = most = 0
        for coefficient, powers in polynomial:
            term, used = (coefficient, coefficient), 0
            for slot, power in powers:
                term = _product(term, _powered(self._ends[slot], power))
                used += power
            scale = self._denominator ** (degree - used)
            least, most = least + term[0] * scale, most + term[1] * scale
        return (least, most), degree


def _product(first: _Range, second: _Range) -> _Range:
    found = [one * other for one in first for other in second]
    return min(found), max(found)


def _powered(ends: _Range, power: int) -> _Range:
    low, high = (end**power for end in ends)
    if power % 2 or ends[0] >= 0:
        return low, high
    return (0 if ends[1] > 0 else high), max(low, high)
