"""Cells of a document -> verdicts: reproduced, not printed, or not reproduced and why perhaps."""

from __future__ import annotations

from iku_engine.audit.context import Context
from iku_engine.audit.explain import explanations
from iku_engine.audit.model import Audit, AuditedCell, PrintedCell, Verdict
from iku_engine.audit.trees import Trees
from iku_engine.quantities import round_half_away


def audit(context: Context) -> Audit:
    """Every printed cell beside the recomputed figure.

    A figure is reproduced where the recomputed one, rounded half away from zero to the decimals
    of the print, is the printed one.
    """
    trees = Trees(context)
    return Audit(tuple(_audited(context, trees, cell) for cell in context.cells))


def _audited(context: Context, trees: Trees, cell: PrintedCell) -> AuditedCell:
    ours = context.recomputed(cell.place, cell.column, cell.period)
    if cell.value is None:
        verdict = Verdict.REPRODUCED if ours.value is None else Verdict.NOT_PRINTED
        return AuditedCell(cell, ours, verdict)
    if ours.value is None:
        return AuditedCell(
            cell, ours, Verdict.NOT_COMPUTED, explanations(context, trees, cell, ours)
        )
    if round_half_away(ours.value, cell.decimals) == cell.value:
        return AuditedCell(cell, ours, Verdict.REPRODUCED)
    found = explanations(context, trees, cell, ours)
    return AuditedCell(cell, ours, Verdict.NOT_REPRODUCED, found)
