"""IKU618: targets that are those of the row beside, moved by one period.

Compared are rows under each other with one owner or on one plan node. Four figures must agree,
three of them different and of two digits or more, and the row must not be one that follows an
exact rule: 1, 2, 3 moved by one is 2, 3, 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from iku_engine.checks.model import CheckedCatalog, Rule, TargetRow
from iku_engine.checks.series import line_through
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic

_FEWEST = 4
_DISTINCT = 3
_TWO_DIGITS = 10


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for upper, lower in pairwise(row for row in checked.rows if not row.decree):
        if _is_beside(upper, lower):
            for moved in (1, -1):
                if _agrees(upper, lower, moved):
                    way = "later" if moved > 0 else "earlier"
                    message = (
                        f"the targets of `{lower.indicator.id}` are those of "
                        f"`{upper.indicator.id}` above it, one period {way}"
                    )
                    help_ = "compare both rows with the document: one may be shifted"
                    where = lower.cells[0].location
                    yield Diagnostic("IKU618", message, where, help_, lower.indicator.id)


def _is_beside(upper: TargetRow, lower: TargetRow) -> bool:
    one, other = upper.indicator, lower.indicator
    same_kind = upper.cells[0].period.frequency is lower.cells[0].period.frequency
    return (
        same_kind
        and one.name != other.name
        and (one.owner, one.node)
        == (
            other.owner,
            other.node,
        )
    )


def _agrees(upper: TargetRow, lower: TargetRow, moved: int) -> bool:
    """Whether the lower row holds the figures of the upper one, so many periods later."""
    above = {cell.period.number + moved: cell.value for cell in upper.cells}
    shared = [cell for cell in lower.cells if cell.period.number in above]
    if len(shared) < _FEWEST or line_through(shared) is not None:
        return False
    values = {cell.value for cell in shared}
    if len(values) < _DISTINCT or min(map(abs, values)) < _TWO_DIGITS:
        return False
    return all(above[cell.period.number] == cell.value for cell in shared)


SHIFTED_ROW = Rule(
    code="IKU618",
    name="shifted_row",
    title="targets of the row beside, moved by one period",
    title_id="target sama dengan baris di sebelahnya, bergeser satu periode",
    find=_find,
    severity=Severity.WARNING,
)
