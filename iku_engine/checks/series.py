"""Arithmetic of target rows: their grain, exact lines and growth, and how figures are written.

Everything is relative to the figures themselves, so that a row in thousands is judged like the
same row in ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from iku_engine.checks.model import TargetCell, TargetRow
from iku_engine.quantities import round_half_away, to_decimal_text

_MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """Equal steps: `start` at position `origin`, `step` a period."""

    origin: int
    start: Fraction
    step: Fraction

    def at(self, position: int) -> Fraction:
        return self.start + self.step * (position - self.origin)


def line_through(cells: Sequence[TargetCell]) -> Line | None:
    """The line that all cells lie on exactly; None where there is none."""
    first, second = cells[0], cells[1]
    step = (second.value - first.value) / (second.period.number - first.period.number)
    line = Line(first.period.number, first.value, step)
    fits = all(line.at(cell.period.number) == cell.value for cell in cells)
    return line if fits else None


def without(row: TargetRow, index: int) -> tuple[TargetCell, ...]:
    """The cells of a row but one."""
    return row.cells[:index] + row.cells[index + 1 :]


def grain(values: Sequence[Fraction]) -> Fraction:
    """The largest figure that all are whole multiples of: the precision of a row, or coarser."""
    denominator = math.lcm(*(value.denominator for value in values))
    whole = math.gcd(*(int(value * denominator) for value in values))
    return Fraction(whole, denominator)


def is_smooth(cells: Sequence[TargetCell], factor: Fraction) -> bool:
    """Whether positive figures never change by more than a factor a period."""
    if any(cell.value <= 0 for cell in cells):
        return False
    for before, after in pairwise(cells):
        bound = factor ** (after.period.number - before.period.number)
        if max(before.value, after.value) > bound * min(before.value, after.value):
            return False
    return True


def moves(cells: Sequence[TargetCell]) -> tuple[int, ...]:
    """The direction from each cell to the next: 1, 0 or -1."""
    return tuple((b.value > a.value) - (b.value < a.value) for a, b in pairwise(cells))


def between(row: TargetRow, index: int) -> Fraction:
    """Where a cell would lie on the line through its two neighbours (or the next two cells)."""
    rest = without(row, index)
    left = min(max(0, index - 1), len(rest) - 2)
    a, b = rest[left], rest[left + 1]
    step = (b.value - a.value) / (b.period.number - a.period.number)
    return a.value + step * (row.cells[index].period.number - a.period.number)


def decimals_of(value: Fraction) -> int:
    """How many decimals write a figure exactly, up to 10."""
    for decimals in range(_MOST_DECIMALS):
        if (value * 10**decimals).denominator == 1:
            return decimals
    return _MOST_DECIMALS


def written(value: Fraction, decimals: int | None = None) -> str:
    """A figure with as many decimals as it needs, or rounded to some."""
    if decimals is None:
        return to_decimal_text(value, decimals_of(value))
    shown = round_half_away(value, decimals)
    return to_decimal_text(shown, min(decimals, decimals_of(shown)))
