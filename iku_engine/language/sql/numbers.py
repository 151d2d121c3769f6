"""Exact numbers in SQL: whole numbers with known bounds, and quotients of two of them.

Nothing is ever divided: a number is a pair of whole numbers, and compared by the sign of what
is above, because what is below is always more than 0. Bounds are followed through every step,
so that a statement that might leave the database's whole numbers is declined before it runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql.dialects import LARGEST_NARROW, Declined, Dialect
from iku_engine.language.sql.expressions import Sql

MOST_NODES = 4_000
"""How long the expression of one column may get."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number: its expression, the bounds it lies in, and how long the expression is.

    It is `fixed` where it is a literal. An unknown one is NULL. `wide` is the type of more than
    64 bits.
    """

    sql: Sql
    low: int
    high: int
    nodes: int = 1
    fixed: bool = False
    wide: bool = False

    @property
    def farthest(self) -> int:
        """The largest size it may have."""
        return max(abs(self.low), abs(self.high))


@dataclass(frozen=True, slots=True)
class Ratio:
    """A number: a whole one over another, which is more than 0 wherever the first is known.

    Where the number is not known the one above is NULL; then nothing is said of the one below.
    """

    above: Whole
    below: Whole

    @property
    def nodes(self) -> int:
        return self.above.nodes + self.below.nodes


class Numbers:
    """Arithmetic for one database."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def fixed(self, value: int) -> Whole:
        """A literal."""
        self._bounded(value, value)
        expression = sql.whole(value, self.dialect)
        return Whole(expression, value, value, 1, True, abs(value) > LARGEST_NARROW)

    def made(self, expression: Sql, low: int, high: int, nodes: int, *, wide: bool) -> Whole:
        """A number that is made of others; `Declined` where it may be too large."""
        self._bounded(low, high)
        if nodes > MOST_NODES:
            raise Declined("too_long")
        return Whole(expression, low, high, nodes, False, wide)

    def plus(self, left: Whole, right: Whole) -> Whole:
        if left.fixed and right.fixed:
            return self.fixed(left.low + right.low)
        low, high = left.low + right.low, left.high + right.high
        return self._combined("+", left, right, low, high)

    def times(self, left: Whole, right: Whole) -> Whole:
        if left.fixed and right.fixed:
            return self.fixed(left.low * right.low)
        if left.fixed and left.low == 1:
            return right
        if right.fixed and right.low == 1:
            return left
        corners = [
            one * other for one in (left.low, left.high) for other in (right.low, right.high)
        ]
        return self._combined("*", left, right, min(corners), max(corners))

    def power(self, base: Whole, exponent: int) -> Whole:
        found = base
        for _ in range(exponent - 1):
            found = self.times(found, base)
        if exponent % 2 == 0 and not found.fixed:  # a square is never below 0
            high = base.farthest**exponent
            found = Whole(found.sql, 0, high, found.nodes, False, found.wide)
        return found

    def negative(self, operand: Whole) -> Whole:
        if operand.fixed:
            return self.fixed(-operand.low)
        made = sql.negative(operand.sql)
        return self.made(made, -operand.high, -operand.low, operand.nodes + 2, wide=operand.wide)

    def size(self, operand: Whole) -> Whole:
        """The number without its sign."""
        if operand.fixed:
            return self.fixed(abs(operand.low))
        made = sql.size_of(operand.sql)
        low = 0 if operand.low <= 0 <= operand.high else min(abs(operand.low), abs(operand.high))
        return self.made(made, low, operand.farthest, operand.nodes + 1, wide=operand.wide)

    def total(self, parts: Sequence[Whole]) -> Whole:
        """The sum of several, as a tree of little depth."""
        if not parts:
            return self.fixed(0)
        if len(parts) == 1:
            return parts[0]
        half = len(parts) // 2
        return self.plus(self.total(parts[:half]), self.total(parts[half:]))

    def chosen(
        self, branches: Sequence[tuple[Sql, Whole]], nodes: int, otherwise: Whole | None = None
    ) -> Whole:
        """The number of the first condition that holds, NULL where none does.

        `nodes` is the length of all the conditions together.
        """
        every = [one for _, one in branches] + ([otherwise] if otherwise else [])
        made = sql.choice(
            [(condition, one.sql) for condition, one in branches],
            otherwise.sql if otherwise else None,
        )
        low, high = min(one.low for one in every), max(one.high for one in every)
        length = nodes + sum(one.nodes for one in every) + len(every)
        if all(one.fixed for one in every):  # small literals would be of 32 bits
            wide = any(one.wide for one in every)
            made = sql.cast(made, self.dialect.wide if wide else self.dialect.narrow)
        return self.made(made, low, high, length, wide=any(one.wide for one in every))

    def where(self, conditions: Sequence[Sql], value: Whole, nodes: int) -> Whole:
        """The number where all conditions hold, otherwise NULL."""
        return self.chosen([(sql.both(conditions), value)], nodes) if conditions else value

    def ratio(self, value: Fraction) -> Ratio:
        """A figure of the formula."""
        return Ratio(self.fixed(value.numerator), self.fixed(value.denominator))

    def polynomial(
        self, terms: Sequence[tuple[int, Sequence[tuple[int, int]]]], slots: Mapping[int, Ratio]
    ) -> tuple[Whole, Whole]:
        """An integer polynomial at numbers: a whole number, and what it is over, more than 0."""
        degrees: dict[int, int] = {}
        for _, powers in terms:
            for slot, power in powers:
                degrees[slot] = max(degrees.get(slot, 0), power)
        parts = [
            self._term(coefficient, dict(powers), degrees, slots) for coefficient, powers in terms
        ]
        below = self.fixed(1)
        for slot, degree in degrees.items():
            below = self.times(below, self.power(slots[slot].below, degree))
        return self.total(parts), below

    def quotient(self, above: tuple[Whole, Whole], below: tuple[Whole, Whole]) -> Ratio:
        """One polynomial over another that is not 0."""
        (top, top_under), (bottom, bottom_under) = above, below
        shared = _shared(top_under, bottom_under)
        if shared > 1:
            top_under = self.fixed(top_under.low // shared)
            bottom_under = self.fixed(bottom_under.low // shared)
        return self._signed(self.times(top, bottom_under), self.times(bottom, top_under))

    def difference(self, left: Ratio, right: Ratio) -> Whole:
        """A whole number with the sign of the difference of two numbers."""
        one, other = left.above, right.above
        shared = _shared(left.below, right.below)
        one = self.times(one, self._cut(right.below, shared))
        other = self.times(other, self._cut(left.below, shared))
        return self.plus(one, self.negative(other))

    def over_one(self, values: Sequence[Ratio]) -> tuple[list[Whole], Whole] | None:
        """Numbers brought over one fixed divisor; None where a divisor is none."""
        if not all(one.below.fixed for one in values):
            return None
        divisor = 1
        for one in values:
            divisor = divisor * one.below.low // gcd(divisor, one.below.low)
        above = [self.times(one.above, self.fixed(divisor // one.below.low)) for one in values]
        return above, self.fixed(divisor)

    def _cut(self, value: Whole, divisor: int) -> Whole:
        return self.fixed(value.low // divisor) if divisor > 1 else value

    def _signed(self, above: Whole, below: Whole) -> Ratio:
        """The pair with what is below made more than 0; a fixed divisor is cut with nothing."""
        if below.fixed:
            if below.low == 0:  # a divisor that is 0 always: its test fails always
                return Ratio(above, self.fixed(1))
            return (
                Ratio(above, below)
                if below.low > 0
                else Ratio(self.negative(above), self.fixed(-below.low))
            )
        if below.low >= 0:
            return Ratio(above, below)
        if below.high <= 0:
            return Ratio(self.negative(above), self.negative(below))
        is_below = sql.compared("<", below.sql, sql.whole(0, self.dialect))
        flipped = self.chosen([(is_below, self.negative(above))], below.nodes + 2, above)
        return Ratio(flipped, self.size(below))

    def _term(
        self,
        coefficient: int,
        powers: Mapping[int, int],
        degrees: Mapping[int, int],
        slots: Mapping[int, Ratio],
    ) -> Whole:
        found = self.fixed(coefficient)
        factors: list[Whole] = []
        for slot, degree in degrees.items():
            power = powers.get(slot, 0)
            number = slots[slot]
            for base, raised in ((number.above, power), (number.below, degree - power)):
                if not raised:
                    continue
                if base.fixed:
                    found = self.times(found, self.fixed(base.low**raised))
                else:
                    factors.append(self.power(base, raised))
        for factor in factors:
            found = self.times(found, factor)
        return found

    def _combined(self, operator: str, left: Whole, right: Whole, low: int, high: int) -> Whole:
        first, wide = left.sql, left.wide or right.wide
        if max(abs(low), abs(high)) > LARGEST_NARROW and not wide:
            self._bounded(low, high)
            first, wide = sql.cast(first, self.dialect.wide), True
        made = sql.arithmetic(operator, first, right.sql)
        return self.made(made, low, high, left.nodes + right.nodes + 2, wide=wide)

    def _bounded(self, low: int, high: int) -> None:
        if max(abs(low), abs(high)) > self.dialect.largest:
            raise Declined("too_large", self.dialect.name)


def _shared(left: Whole, right: Whole) -> int:
    return gcd(left.low, right.low) if left.fixed and right.fixed else 1
