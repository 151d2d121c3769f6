"""IKU613: a part that promises more than the whole above it.

Compared are counts of one unit and one name, on nodes of one branch of the plan or with owners
one above the other: fifty cooperatives cannot be among forty.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.related import rows_above_each_other
from iku_engine.checks.series import written
from iku_engine.checks.words import is_counted, unit_of
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for upper, lower in rows_above_each_other(checked):
        one, other = upper.indicator, lower.indicator
        if (one.node, one.owner) == (other.node, other.owner) or not is_counted(one.unit):
            continue
        if unit_of(one.unit).name != unit_of(other.unit).name:
            continue
        promised = {cell.period: cell.value for cell in upper.cells}
        for cell in lower.cells:
            whole = promised.get(cell.period)
            if whole is not None and cell.value > whole:
                message = (
                    f"`{other.id}` promises {written(cell.value)} for {cell.period}, more than "
                    f"the {written(whole)} of `{one.id}` above it"
                )
                help_ = "compare both with the document"
                yield Diagnostic("IKU613", message, cell.location, help_, other.id)
                break


BEYOND_ITS_PARENT = Rule(
    code="IKU613",
    name="beyond_its_parent",
    title="a target beyond that of its parent",
    title_id="target melebihi target induknya",
    find=_find,
    severity=Severity.WARNING,
)
