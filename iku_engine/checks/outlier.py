"""IKU601: a figure far outside a row that is smooth without it.

The other figures (three or more, all positive) change by at most a quarter a period. The figure
is half as much again, or less than two thirds, of both its neighbours. At an end of the row,
where nothing holds it from one side, it is five times or a fifth of where the row comes from or
goes, and all figures have two digits or more: a pilot of one before tens is no slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.checks.copied_targets import copied_rows
from iku_engine.checks.model import CheckedCatalog, Rule, TargetRow
from iku_engine.checks.series import between, grain, is_smooth, without, written
from iku_engine.checks.slips import Intended, intended
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic

_SMOOTH = Fraction(5, 4)
_INSIDE = Fraction(3, 2)
_AT_AN_END = Fraction(5)
_TWO_DIGITS = 10
_ROOM = Fraction(5, 4)  # around the neighbours, for what may have been meant


def outlier_in(row: TargetRow) -> int | None:
    """The place of the one figure that stands far outside; None where there is none or several."""
    low, high = min(row.values), max(row.values)
    if len(row.cells) < 4 or low <= 0 or high <= _INSIDE * low:
        return None
    found = [index for index in range(len(row.cells)) if _stands_out(row, index)]
    return found[0] if len(found) == 1 and not row.cells[found[0]].made else None


def likely_meant(row: TargetRow, index: int) -> Intended | None:
    """The figure that one slip of the pen explains and that fits between its neighbours."""
    beside = _beside(row, index)
    low, high = min(beside), max(beside)
    if index in (0, len(row.cells) - 1):
        low, high = low / _ROOM, high * _ROOM
    return intended(row.cells[index].value, low, high, between(row, index))


def _stands_out(row: TargetRow, index: int) -> bool:
    if not is_smooth(without(row, index), _SMOOTH):
        return False
    beside = _beside(row, index)
    inside = 0 < index < len(row.cells) - 1
    if not inside and min(row.values) < _TWO_DIGITS * grain(row.values):
        return False
    factor = _INSIDE if inside else _AT_AN_END
    value = row.cells[index].value
    return value > factor * max(beside) or value * factor < min(beside)


def _beside(row: TargetRow, index: int) -> tuple[Fraction, ...]:
    """The neighbours of a figure; at an end its only one and where the row would go on."""
    if index == 0:
        return row.values[1], max(between(row, index), row.values[1] / _ROOM)
    if index == len(row.cells) - 1:
        return row.values[-2], max(between(row, index), row.values[-2] / _ROOM)
    return row.values[index - 1], row.values[index + 1]


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    copied = copied_rows(checked)
    for row in checked.rows:
        index = outlier_in(row)
        if index is None or row.key in copied:
            continue
        cell = row.cells[index]
        others = [row.values[at] for at in (index - 1, index + 1) if 0 <= at < len(row.cells)]
        message = (
            f"the target {written(cell.value)} of {cell.period} stands far outside its row, "
            f"beside {' and '.join(written(other) for other in others)}"
        )
        meant = likely_meant(row, index)
        help_ = meant.advice if meant else f"the row leads to {written(between(row, index), 2)}"
        yield Diagnostic("IKU601", message, cell.location, help_, row.indicator.id)


OUTLIER = Rule(
    code="IKU601",
    name="outlier",
    title="a target far outside its row",
    title_id="target yang jauh di luar barisnya",
    find=_find,
    severity=Severity.WARNING,
)
