"""IKU619: an actual that looks like an achievement: 100 beside a target of 1.90.

The indicator stands on a plan node with children; its actual is, to two decimals, the output that
the children come to, and is at least a quarter above its own target; for an indicator that is no
percentage, also where the target is at least a quarter above it. An actual that merely reaches a
high target is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.checks.model import CheckedCatalog, Needs, Rule
from iku_engine.checks.series import written
from iku_engine.checks.words import is_percent
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.quantities import round_half_away
from iku_engine.results.plan import NodeResult

_BEYOND = Fraction(5, 4)


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for node in checked.plan or ():
        if node.node is not None and checked.children.get(node.node.id):
            yield from _lines(node)


def _lines(node: NodeResult) -> Iterator[Diagnostic]:
    output = node.output.value
    for line in node.lines:
        actual, target = line.exact, line.target
        if output is None or actual is None or target is None or target <= 0:
            continue
        indicator = line.indicator
        apart = actual >= _BEYOND * target or (
            target >= _BEYOND * actual and not is_percent(indicator.unit)
        )
        if apart and round_half_away(actual, 2) == round_half_away(output, 2):
            message = (
                f"the actual {written(actual, 2)} of `{indicator.id}` in {line.period} is the "
                f"output of `{node.place}`, and its target is {written(target)}"
            )
            help_ = "write what was reached, in the unit of the target"
            yield Diagnostic("IKU619", message, indicator.location, help_, indicator.id)


ACTUAL_IS_ACHIEVEMENT = Rule(
    code="IKU619",
    name="actual_is_achievement",
    title="an actual that holds the achievement",
    title_id="kolom realisasi berisi capaian",
    find=_find,
    severity=Severity.WARNING,
    needs=Needs.PLAN,
)
