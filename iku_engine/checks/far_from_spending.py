"""IKU616: an output far from the money spent on it.

A node at the end of the plan whose output is 100 % or more with less than half of the budget
spent, or whose output is under 50 % with nine tenths of the budget spent. The thresholds are
ours: no regulation names any.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.checks.model import CheckedCatalog, Needs, Rule
from iku_engine.checks.series import written
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic

_DONE, _UNSPENT = Fraction(100), Fraction(50)
_UNDONE, _SPENT = Fraction(50), Fraction(90)


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for result in checked.plan or ():
        node = result.node
        output, absorption = result.output.value, result.absorption.value
        if node is None or checked.children.get(node.id) or output is None or absorption is None:
            continue
        cheap = output >= _DONE and absorption < _UNSPENT
        dear = output < _UNDONE and absorption >= _SPENT
        if cheap or dear:
            message = (
                f"`{node.id}` came to {written(output, 2)}% of its output with "
                f"{written(absorption, 2)}% of its budget in {result.period}"
            )
            help_ = "compare output and money with their records, or say why in a note"
            yield Diagnostic("IKU616", message, node.location, help_, node.id)


FAR_FROM_SPENDING = Rule(
    code="IKU616",
    name="far_from_spending",
    title="an output far from the money spent",
    title_id="capaian kinerja jauh dari serapan anggaran",
    find=_find,
    severity=Severity.HINT,
    needs=Needs.PLAN,
)
