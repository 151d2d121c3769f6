"""IKU603: one figure that breaks the exact rule which all others of its row follow.

The rule is equal steps, or growth by a percentage with at most one decimal, each figure rounded
as a printed row is. Four other figures must follow it, five where the odd one is the first or
last: a baseline or a ceiling often stands apart. The odd figure is off by more than rounding can
make it, and a row that only levels off is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from iku_engine.checks.copied_targets import copied_rows
from iku_engine.checks.model import CheckedCatalog, Rule, TargetCell, TargetRow
from iku_engine.checks.outlier import outlier_in
from iku_engine.checks.series import grain, line_through, without, written
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.quantities import round_half_away

_INSIDE, _AT_AN_END = 4, 5
_PRECISE = 1_000  # grains in the smallest figure: with fewer, any growth would fit
_CLEARLY = 5  # times what rounding may do
_FASTEST = Fraction(2)


@dataclass(frozen=True, slots=True)
class Broken:
    """The place of the odd figure, what the rule gives there, and the rule in words."""

    index: int
    expected: Fraction
    rule: str


def broken_in(row: TargetRow) -> Broken | None:
    """The one figure without which the row follows a rule; None where the whole row does."""
    if len(row.cells) <= _INSIDE or line_through(row.cells) is not None:
        return None
    unit = grain(row.values)
    if unit == 0 or _grows(row.cells, unit) is not None:
        return None
    found = [broken for index in range(len(row.cells)) if (broken := _broken_at(row, index, unit))]
    return found[0] if len(found) == 1 and not row.cells[found[0].index].made else None


def _broken_at(row: TargetRow, index: int, unit: Fraction) -> Broken | None:
    rest = without(row, index)
    at_an_end = index in (0, len(row.cells) - 1)
    if len(rest) < (_AT_AN_END if at_an_end else _INSIDE) or _levels_off(row, index):
        return None
    cell = row.cells[index]
    line = line_through(rest)
    if line is not None:
        expected = line.at(cell.period.number)
        off = abs(cell.value - expected)
        if line.step == 0 or off <= _rounding(row) * unit:
            return None
        return Broken(index, expected, f"steps of {written(line.step)}")
    ratio = _grows(rest, unit)
    if ratio is None:
        return None
    near = rest[max(0, index - 1)]
    expected = near.value * ratio ** (cell.period.number - near.period.number)
    if abs(cell.value - expected) <= _CLEARLY * _slack(near, cell, ratio, unit):
        return None
    rounded = round_half_away(expected / unit, 0) * unit
    return Broken(index, rounded, f"growth of {written((ratio - 1) * 100)}% a period")


def _rounding(row: TargetRow) -> int:
    """How many grains rounding may put a figure off a line: two where the row passes zero.

    Cut off towards zero, figures move up on one side of it and down on the other.
    """
    return 1 if min(row.values) >= 0 or max(row.values) <= 0 else 2


def _levels_off(row: TargetRow, index: int) -> bool:
    """Whether it is the last figure and only repeats the one before."""
    return index == len(row.cells) - 1 and row.values[-1] == row.values[-2]


def _grows(cells: Sequence[TargetCell], unit: Fraction) -> Fraction | None:
    """The growth factor that all figures follow within their rounding, where it is a simple one."""
    values = [cell.value for cell in cells]
    if min(values) < _PRECISE * unit:
        return None
    first = next(
        (pair for pair in pairwise(cells) if pair[1].period.number - pair[0].period.number == 1),
        None,
    )
    if first is None:
        return None
    ratio = round_half_away(first[1].value / first[0].value, 3)
    if ratio == 1 or not 1 / _FASTEST <= ratio <= _FASTEST:
        return None
    for before, after in pairwise(cells):
        grown = before.value * ratio ** (after.period.number - before.period.number)
        if abs(after.value - grown) > _slack(before, after, ratio, unit):
            return None
    return ratio


def _slack(before: TargetCell, after: TargetCell, ratio: Fraction, unit: Fraction) -> Fraction:
    """How far two rounded figures may be from the growth between them."""
    periods = after.period.number - before.period.number
    return unit * (1 + max(ratio**periods, Fraction(1)))


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    copied = copied_rows(checked)
    for row in checked.rows:
        broken = broken_in(row)
        if broken is None or row.key in copied or outlier_in(row) is not None:
            continue
        cell = row.cells[broken.index]
        message = (
            f"the target {written(cell.value)} of {cell.period} breaks the rule that all others "
            f"of its row follow, {broken.rule}"
        )
        help_ = f"the rule gives {written(broken.expected)}"
        yield Diagnostic("IKU603", message, cell.location, help_, row.indicator.id)


BROKEN_RULE = Rule(
    code="IKU603",
    name="broken_rule",
    title="one target breaks the exact rule of its row",
    title_id="satu target menyimpang dari aturan barisnya",
    find=_find,
    severity=Severity.WARNING,
)
