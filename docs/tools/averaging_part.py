"""Which averaging rules reproduce the printed outputs of a report: tried one by one, counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from docs.tools.blocks import table
from iku_engine.audit.model import Audit, Column
from iku_engine.catalog.model import CountedLines, Level, SummaryMethod, SummaryWeight
from iku_engine.engine import Engine
from iku_engine.quantities import round_half_away
from iku_engine.results.plan import TOTAL
from iku_engine.results.plan_rules import SummaryRule, SummaryTree, SummedOver, summed_up
from iku_engine.results.plan_summaries import (
    BUDGET,
    SPENT,
    budget_rule,
    money_tree,
    output_tree,
)

_DECIMALS = 2
_LEVELS = {
    "sub kegiatan": Level.SUB_KEGIATAN,
    "kegiatan": Level.KEGIATAN,
    "program": Level.PROGRAM,
    TOTAL: None,
}
_MEAN = SummaryRule()
_RULES: Mapping[str, SummaryRule] = {
    "mean of the lines, mean of the children": _MEAN,
    "first line only, mean of the children": replace(_MEAN, lines=CountedLines.FIRST),
    "mean of all sub kegiatan below": replace(_MEAN, over=SummedOver.LEAVES),
    "mean of all lines below": replace(_MEAN, over=SummedOver.LINES),
    "mean of the children weighted by budget": replace(
        _MEAN, method=SummaryMethod.WEIGHTED_MEAN, weight=SummaryWeight.BUDGET
    ),
    "mean of the children, each rounded first": replace(_MEAN, round_to=_DECIMALS),
}
OWN_ROW = "column 5 in percent of column 4 of its own row"


def averaging_part(engine: Engine, audit: Audit, left_out: str) -> str:
    """Rules as a table: printed outputs reproduced per level, and the places that are not.

    Every rule is tried twice: as it is, and with the node `left_out`.
    """
    period = engine.catalog.periods[0]
    printed = {
        cell.printed.place: cell.printed.value
        for cell in audit
        if cell.printed.column is Column.OUTPUT and cell.printed.value is not None
    }
    results = engine.compute()
    budgets = summed_up(money_tree(engine.catalog, period, BUDGET), budget_rule(engine.catalog))
    tree = output_tree(engine.catalog, results, period, budgets)
    rows = [_row(engine, f"{OWN_ROW}", _own_rows(tree), printed)]
    for name, rule in _RULES.items():
        without = replace(rule, left_out=frozenset({left_out}))
        short = engine.catalog.plan[left_out].no
        rows.append(_row(engine, name, _figures(tree, rule), printed))
        rows.append(_row(engine, f"{name}, without {short}", _figures(tree, without), printed))
    spent = summed_up(money_tree(engine.catalog, period, SPENT), budget_rule(engine.catalog))
    absorption = _value(spent[TOTAL].value) / _value(budgets[TOTAL].value) * 100
    return table(("rule", *_LEVELS, "not reproduced"), rows) + _of_the_total(
        tree, audit, absorption, left_out, engine.catalog.plan[left_out].no
    )


def _figures(tree: SummaryTree, rule: SummaryRule) -> dict[str, Fraction | None]:
    return {place: figure.value for place, figure in summed_up(tree, rule).items()}


def _own_rows(tree: SummaryTree) -> dict[str, Fraction | None]:
    """Each node's own achievement: the mean of the lines that stand on the node itself."""
    found: dict[str, Fraction | None] = {}
    for place, branch in tree.branches.items():
        values = [line.figure.value for line in branch.lines if line.figure.value is not None]
        found[place] = sum(values, Fraction(0)) / len(values) if values else None
    return found


def _row(
    engine: Engine,
    name: str,
    figures: Mapping[str, Fraction | None],
    printed: Mapping[str, Fraction],
) -> tuple[str, ...]:
    missed = [place for place in printed if not _same(figures.get(place), printed[place])]
    counts = []
    for level in _LEVELS.values():
        places = [place for place in printed if _level(engine, place) is level]
        counts.append(f"{len([p for p in places if p not in missed])} of {len(places)}")
    return name, *counts, ", ".join(_named(engine, missed))


def _level(engine: Engine, place: str) -> Level | None:
    return None if place == TOTAL else engine.catalog.plan[place].level


def _named(engine: Engine, places: Sequence[str]) -> Iterator[str]:
    """The numbers of the first places, and how many more there are."""
    most = 4
    for place in places[:most]:
        yield TOTAL if place == TOTAL else engine.catalog.plan[place].no
    if len(places) > most:
        yield f"{len(places) - most} more"


def _same(ours: Fraction | None, printed: Fraction) -> bool:
    return ours is not None and round_half_away(ours, _DECIMALS) == printed


def _of_the_total(
    tree: SummaryTree, audit: Audit, absorption: Fraction, left_out: str, number: str
) -> str:
    """The printed average of the whole report, made in the ways that were tried."""
    printed = {
        cell.printed.column: cell.printed.value for cell in audit if cell.printed.place == TOTAL
    }
    average, output = printed[Column.AVERAGE], _value(printed[Column.OUTPUT])
    every = _value(_figures(tree, _MEAN)[TOTAL])
    rest = _value(_figures(tree, replace(_MEAN, left_out=frozenset({left_out})))[TOTAL])
    tried = {
        "unrounded, all children": (absorption + every) / 2,
        f"unrounded, without {number}": (absorption + rest) / 2,
        "of the two figures as printed": (_value(printed[Column.ABSORPTION]) + output) / 2,
    }
    rows = [
        (name, f"{float(figure):.4f}", "yes" if _same(figure, _value(average)) else "no")
        for name, figure in tried.items()
    ]
    return "\nThe average of the whole report, the mean of absorption and output:\n\n" + table(
        ("made", "figure", "is the print"), rows
    )


def _value(figure: Fraction | None) -> Fraction:
    assert figure is not None, "the report has a figure there"
    return figure
