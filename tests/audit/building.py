"""Small plans for audits: a catalog as a mapping, its run, and the cells it would print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from iku_engine import Engine
from iku_engine.audit.context import Context
from iku_engine.audit.model import (
    INDICATOR_COLUMNS,
    NODE_COLUMNS,
    Audit,
    AuditedCell,
    Column,
    PrintedCell,
)
from iku_engine.audit.run import audit
from iku_engine.binding.promises import methods_of
from iku_engine.diagnostics import Location
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.periods import Period
from iku_engine.quantities import round_half_away, to_decimal_text
from iku_engine.results.plan import TOTAL
from iku_engine.results.plan_summaries import plan_results
from iku_engine.sources.from_memory import data_from_memory

YEAR = Period.of(2023)
NOWHERE = Location("printed.csv", 1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sub kegiatan: money promised and spent, and lines of target and actual."""

    budget: int
    spent: int
    lines: tuple[tuple[int, int], ...]


Plan = Mapping[str, Mapping[str, tuple[Leaf, ...]]]
"""Programs of kegiatan of leaves."""


def definitions(plan: Plan, *, empty: str = "missing") -> dict[str, object]:
    """A catalog of the plan as a mapping."""
    nodes: dict[str, object] = {}
    variables: dict[str, object] = {}
    indicators: dict[str, object] = {}
    for program, activities in plan.items():
        nodes[program] = {"level": "program", "name": program}
        for activity, leaves in activities.items():
            nodes[activity] = {"level": "kegiatan", "name": activity, "parent": program}
            for number, leaf in enumerate(leaves, start=1):
                name = f"{activity}_{number}"
                nodes[name] = {
                    "level": "sub_kegiatan",
                    "name": name,
                    "parent": activity,
                    "budget": {"2023": leaf.budget},
                    "spent": {"2023": leaf.spent},
                }
                for at, (target, _) in enumerate(leaf.lines, start=1):
                    line = f"{name}_{at}"
                    variables[f"v_{line}"] = {"label": line, "unit": "dokumen"}
                    indicators[line] = {
                        "name": line,
                        "formula": f"reported(v_{line})",
                        "unit": "dokumen",
                        "polarity": "higher",
                        "targets": {"2023": target},
                        "node": name,
                    }
    return {
        "iku": "1",
        "owner": "dinas",
        "periods": "2023",
        "owners": {"dinas": {"title": "Dinas"}},
        "variables": variables,
        "plan": nodes,
        "summaries": {"budget": {"method": "sum"}, "output": {"method": "mean", "empty": empty}},
        "indicators": indicators,
    }


def data_of(plan: Plan) -> list[dict[str, object]]:
    """The actuals of the plan's lines, as rows."""
    return [
        {"variable": f"v_{activity}_{number}_{at}", "period": "2023", "value": actual}
        for activities in plan.values()
        for activity, leaves in activities.items()
        for number, leaf in enumerate(leaves, start=1)
        for at, (_, actual) in enumerate(leaf.lines, start=1)
    ]


def context_of(plan: Plan, cells: Iterable[PrintedCell] = (), *, empty: str = "missing") -> Context:
    """One run of the plan's catalog beside these cells."""
    engine = Engine.from_text(definitions(plan, empty=empty), discover=False)
    assert not engine.diagnostics
    run = ExactEvaluation(engine.binding, data_from_memory(engine.catalog, data_of(plan)))
    results = engine.compute(data=data_of(plan))
    computed = (results, plan_results(engine.catalog, results, (YEAR,)))
    methods = methods_of(engine.catalog, engine.library, engine.methods)
    return Context.of(engine.catalog, run, computed, tuple(cells), methods)


def printed_by_the_engine(context: Context) -> tuple[PrintedCell, ...]:
    """Every cell of nodes, lines and the total as the engine itself prints it."""
    cells = []
    for place in (*context.catalog.plan, TOTAL, *context.catalog.indicators):
        is_node = place == TOTAL or place in context.catalog.plan
        for column in NODE_COLUMNS if is_node else INDICATOR_COLUMNS:
            value = context.recomputed(place, column, YEAR).value
            if value is not None:
                shown = round_half_away(value, 2)
                text = to_decimal_text(shown, 2)
                cells.append(PrintedCell(place, column, YEAR, text, shown, 2, NOWHERE))
    return tuple(cells)


def with_cells(context: Context, cells: Iterable[PrintedCell]) -> Context:
    """The same run beside other cells."""
    computed = (context.results, context.plan)
    return Context.of(context.catalog, context.run, computed, tuple(cells), context.methods)


def printed(place: str, column: Column, value: Fraction | str) -> PrintedCell:
    """One cell printed with two decimals."""
    figure = Fraction(value)
    return PrintedCell(place, column, YEAR, to_decimal_text(figure, 2), figure, 2, NOWHERE)


def audit_of(context: Context, *cells: PrintedCell) -> Audit:
    """The audit of these cells."""
    return audit(with_cells(context, cells))


def only(audited: Audit) -> AuditedCell:
    """The one cell of an audit."""
    (cell,) = audited
    return cell


def with_digit(cell: PrintedCell, position: int, digit: int) -> PrintedCell:
    """The cell with one digit of its printed figure replaced, counted from the right."""
    assert cell.value is not None
    hundredths = int(abs(cell.value) * 100)
    place = 10**position
    changed = hundredths + (digit - hundredths // place % 10) * place
    sign = -1 if cell.value < 0 else 1
    value = Fraction(sign * changed, 100)
    return replace(cell, value=value, text=to_decimal_text(value, 2))
