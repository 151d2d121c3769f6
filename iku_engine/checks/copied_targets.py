"""IKU604: targets that look copied from the row of another indicator.

Three signs, each strong enough alone: from one period on the figures are a hundred times larger
or smaller, and smooth on their own; the row turns round where a stretch begins that another
indicator has figure for figure; several figures are printed in the unit of another indicator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from iku_engine.checks.model import CheckedCatalog, Rule, TargetCell, TargetRow
from iku_engine.checks.printed_units import printed_units
from iku_engine.checks.series import is_smooth, moves, written
from iku_engine.checks.slips import intended
from iku_engine.checks.words import unit_of
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Period

_JUMP = 100
_SMOOTH = Fraction(5, 4)
_FEWEST = 3

Stretch: TypeAlias = tuple[tuple[Period, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """The first figure that looks foreign, and why."""

    cell: TargetCell
    why: str


def copied_rows(checked: CheckedCatalog) -> Mapping[str, Copied]:
    """The rows that look copied, by their key, each with the first foreign figure."""
    found: dict[str, Copied] = {}
    turning = {row.key: at for row in checked.rows if (at := _turn(row)) is not None}
    sharing = _sharing(checked.rows, turning)
    units = printed_units(checked)
    declared = Counter(unit_of(one.unit).name for one in checked.catalog.indicators.values())
    for row in checked.rows:
        copied = (
            _of_another_unit(row, units.get(row.indicator.id, {}), declared)
            or _of_another_magnitude(row)
            or _of_another_row(row, turning.get(row.key), sharing)
        )
        if copied is not None:
            found[row.key] = copied
    return found


def _of_another_magnitude(row: TargetRow) -> Copied | None:
    cells = row.cells
    for at in range(1, len(cells)):
        before, after = cells[at - 1].value, cells[at].value
        if min(before, after) <= 0 or max(before, after) < _JUMP * min(before, after):
            continue
        if max(at, len(cells) - at) < _FEWEST:
            continue
        if is_smooth(cells[:at], _SMOOTH) and is_smooth(cells[at:], _SMOOTH):
            if _is_slip(row, at):
                return None
            why = f"{written(after)} is another magnitude than {written(before)}"
            return Copied(cells[at], why)
    return None


def _is_slip(row: TargetRow, at: int) -> bool:
    """Whether the foreign part is one figure that a slip of the pen explains."""
    cells = row.cells
    if at == 1:
        odd, beside = cells[0], cells[1]
    elif at == len(cells) - 1:
        odd, beside = cells[-1], cells[-2]
    else:
        return False
    near = beside.value
    return intended(odd.value, near / _SMOOTH, near * _SMOOTH, near) is not None


def _turn(row: TargetRow) -> int | None:
    """Where a stretch begins that goes the other way than the step into it."""
    going = moves(row.cells)
    for at in range(1, len(row.cells) - _FEWEST + 1):
        inside = set(going[at:])
        if len(inside) == 1 and inside == {-going[at - 1]} and 0 not in inside:
            return at
    return None


def _sharing(
    rows: tuple[TargetRow, ...], turning: Mapping[str, int]
) -> Mapping[Stretch, tuple[TargetRow, ...]]:
    """The rows that end in each of the stretches looked for."""
    wanted: dict[Stretch, list[TargetRow]] = {
        _stretch(row, turning[row.key]): [] for row in rows if row.key in turning
    }
    if not wanted:
        return {}
    for row in rows:
        for at in range(len(row.cells) - _FEWEST + 1):
            ending = wanted.get(_stretch(row, at))
            if ending is not None:
                ending.append(row)
    return {stretch: tuple(ending) for stretch, ending in wanted.items()}


def _stretch(row: TargetRow, at: int) -> Stretch:
    return tuple((cell.period, cell.value) for cell in row.cells[at:])


def _of_another_row(
    row: TargetRow, at: int | None, sharing: Mapping[Stretch, tuple[TargetRow, ...]]
) -> Copied | None:
    if at is None:
        return None
    for other in sharing[_stretch(row, at)]:
        if other.indicator.name != row.indicator.name and _stretch(other, 0) != _stretch(row, 0):
            why = f"from {row.cells[at].period} on they are those of `{other.indicator.id}`"
            return Copied(row.cells[at], why)
    return None


def _of_another_unit(
    row: TargetRow, printed: Mapping[Period, str], declared: Mapping[str, int]
) -> Copied | None:
    own = unit_of(row.indicator.unit).name
    foreign = [
        cell
        for cell in row.cells
        if cell.period in printed and unit_of(printed[cell.period]).name != own
    ]
    if len(foreign) < _FEWEST or len(foreign) == len(row.cells):
        return None
    names = {unit_of(printed[cell.period]).name for cell in foreign}
    if len(names) > 1 or len({cell.value for cell in foreign}) == 1:
        return None
    if not declared.get(next(iter(names))):
        return None
    first = foreign[0]
    why = f"{written(first.value)} is printed in `{printed[first.period]}`"
    return Copied(first, why)


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    copied = copied_rows(checked)
    for row in checked.rows:
        if row.key in copied:
            found = copied[row.key]
            message = (
                f"the targets of `{row.indicator.id}` look copied from another row: {found.why}"
            )
            help_ = "compare the row with the document it is taken from"
            yield Diagnostic("IKU604", message, found.cell.location, help_, row.indicator.id)


COPIED_TARGETS = Rule(
    code="IKU604",
    name="copied_targets",
    title="targets that look copied from another row",
    title_id="target yang tampaknya tersalin dari baris lain",
    find=_find,
    severity=Severity.WARNING,
)
