"""IKU612: one indicator twice, with different targets.

Twice means one name at one place, or at a place and one above it (a position and its head, a
program and its objective). Below it a count may promise a part of the whole, so that counts are
compared at one place only.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.checks.model import CheckedCatalog, Rule, TargetRow
from iku_engine.checks.related import rows_above_each_other
from iku_engine.checks.series import written
from iku_engine.checks.words import is_counted, unit_of
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for upper, lower in rows_above_each_other(checked):
        one, other = upper.indicator, lower.indicator
        same_unit = unit_of(one.unit).name == unit_of(other.unit).name
        same_place = (one.node, one.owner) == (other.node, other.owner)
        if not same_unit or (is_counted(one.unit) and not same_place):
            continue
        yield from _difference(upper, lower)


def _difference(upper: TargetRow, lower: TargetRow) -> Iterator[Diagnostic]:
    promised = {cell.period: cell.value for cell in upper.cells}
    for cell in lower.cells:
        expected = promised.get(cell.period, cell.value)
        if expected != cell.value:
            message = (
                f"`{lower.indicator.id}` and `{upper.indicator.id}` are one indicator by name, "
                f"and promise {written(cell.value)} and {written(expected)} for {cell.period}"
            )
            help_ = "give both the same targets, or names that tell them apart"
            yield Diagnostic("IKU612", message, cell.location, help_, lower.indicator.id)
            return


DIFFERENT_TARGETS = Rule(
    code="IKU612",
    name="different_targets",
    title="one indicator twice with different targets",
    title_id="indikator yang sama dengan target berbeda",
    find=_find,
    severity=Severity.WARNING,
)
