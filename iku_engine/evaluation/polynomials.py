"""Integer polynomials at exact figures: integer arithmetic over one common denominator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from iku_engine.algebra.model import Polynomial
from iku_engine.quantities import is_too_large

_MOST_BITS = 400_000  # of one product on the way; far more than a value may keep


class TooLarge(ArithmeticError):
    """A value past the bound on its size."""


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
        numerator, degree = self._value(above)
        denominator, other = self._value(below)
        if degree != other:
            scale = self._denominator ** abs(degree - other)
            numerator, denominator = (
                (numerator, denominator * scale)
                if degree > other
                else (numerator * scale, denominator)
            )
        value = Fraction(numerator, denominator)
        if is_too_large(value):
            raise TooLarge
        return value

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
