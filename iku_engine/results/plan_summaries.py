"""A catalog's plan and the results of its lines -> what every node of the plan came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from iku_engine.catalog.model import (
    Catalog,
    Indicator,
    Measure,
    PlanNode,
    SummaryMethod,
)
from iku_engine.evaluation.model import Reason, Status
from iku_engine.periods import Period
from iku_engine.results.model import Result, Results
from iku_engine.results.plan import TOTAL, NodeResult, PlanFigure, PlanResults
from iku_engine.results.plan_rules import Branch, Line, SummaryRule, SummaryTree, summed_up

BUDGET, SPENT, OUTPUT = "budget", "spent", "output"
"""The measures that are summed up; spending follows the rule of the budget."""


def plan_results(catalog: Catalog, results: Results, periods: Iterable[Period]) -> PlanResults:
    """What every node of the plan came to, from the results of its lines at the whole.

    Money and output are summed up as the catalog declares it, unrounded. Without a declaration
    money is added up and only nodes without children have an output.
    """
    asked = tuple(dict.fromkeys(periods))
    if not catalog.plan:
        return PlanResults.of((), asked)
    rows = [row for period in asked for row in _rows(catalog, results, period)]
    return PlanResults.of(tuple(rows), asked)


def budget_rule(catalog: Catalog) -> SummaryRule:
    """How money is summed up: added, unless the catalog says otherwise."""
    declared = catalog.summaries.get(Measure.BUDGET)
    return SummaryRule.of(declared) if declared else SummaryRule(SummaryMethod.SUM)


def output_rule(catalog: Catalog) -> SummaryRule | None:
    """How output is summed up; None where the catalog does not say."""
    declared = catalog.summaries.get(Measure.OUTPUT)
    return SummaryRule.of(declared) if declared else None


def money_tree(catalog: Catalog, period: Period, measure: str) -> SummaryTree:
    """The tree of `budget` or `spent`, each node's own money as its one line.

    Money belongs to the lowest nodes that declare it. Where nobody below a node declares any, in
    whatever period, the node's own counts.
    """
    declared_below: set[str] = set()
    for node in reversed(tuple(catalog.plan.values())):
        if node.id in declared_below or _money(node, measure):
            declared_below.add(node.parent)
    return SummaryTree.of(
        measure,
        period,
        [
            Branch(
                node.id,
                node.parent,
                lines=(Line(node.id, _own_money(node, period, measure)),),
                own=node.id not in declared_below and bool(_money(node, measure)),
            )
            for node in catalog.plan.values()
        ],
    )


def output_tree(
    catalog: Catalog, results: Results, period: Period, budgets: Mapping[str, PlanFigure]
) -> SummaryTree:
    """The tree of outputs: the achievements of each node's lines, and what each node weighs."""
    lines = _lines_of(catalog)
    return SummaryTree.of(
        OUTPUT,
        period,
        [
            Branch(
                node.id,
                node.parent,
                node.counted,
                node.weight,
                budgets[node.id].value if node.id in budgets else None,
                tuple(
                    Line(line.id, _achievement(results, line, period), line.counted)
                    for line in lines.get(node.id, ())
                ),
            )
            for node in catalog.plan.values()
        ],
    )


def absorption_of(budget: PlanFigure, spent: PlanFigure, period: Period) -> PlanFigure:
    """What was spent in percent of the budget (serapan); undefined where the budget is 0."""
    made = _percent(budget, spent, period)
    return replace(made, behind=min(budget.behind, spent.behind), of=max(budget.of, spent.of))


def average_of(absorption: PlanFigure, output: PlanFigure) -> PlanFigure:
    """The mean of absorption and output, with the count of what stands behind the output."""
    if absorption.value is None or output.value is None:
        return replace(_absent(absorption, output), behind=output.behind, of=output.of)
    return replace(output, value=(absorption.value + output.value) / 2)


def _percent(budget: PlanFigure, spent: PlanFigure, period: Period) -> PlanFigure:
    if budget.value is None or spent.value is None:
        return _absent(budget, spent)
    if budget.value == 0:
        return PlanFigure(None, Status.UNDEFINED, (Reason("zero", BUDGET, period),))
    return PlanFigure(spent.value / budget.value * 100)


def _rows(catalog: Catalog, results: Results, period: Period) -> Iterable[NodeResult]:
    rule = budget_rule(catalog)
    tree = money_tree(catalog, period, BUDGET)
    budgets = summed_up(tree, rule)
    spent = summed_up(money_tree(catalog, period, SPENT), rule)
    outputs = _outputs(catalog, output_tree(catalog, results, period, budgets))
    lines = _lines_of(catalog)
    for place in (*tree.branches, TOTAL):
        absorption = absorption_of(budgets[place], spent[place], period)
        yield NodeResult(
            catalog.plan.get(place),
            period,
            tree.depth(place),
            budgets[place],
            spent[place],
            absorption,
            outputs[place],
            average_of(absorption, outputs[place]),
            _results_of(results, lines.get(place, ()), period),
        )


def _outputs(catalog: Catalog, tree: SummaryTree) -> dict[str, PlanFigure]:
    """The output of every node; that of a parent only where the catalog says how it is made."""
    rule = output_rule(catalog)
    if rule is not None:
        return summed_up(tree, rule)
    reason = Reason("no_summary", OUTPUT)
    return {
        place: figure
        if tree.is_leaf(place)
        else PlanFigure(None, Status.MISSING, (reason,), figure.behind, figure.of)
        for place, figure in summed_up(tree, SummaryRule()).items()
    }


def _lines_of(catalog: Catalog) -> dict[str, list[Indicator]]:
    lines: dict[str, list[Indicator]] = {}
    for indicator in catalog.indicators.values():
        if indicator.node in catalog.plan:
            lines.setdefault(indicator.node, []).append(indicator)
    return lines


def _results_of(results: Results, lines: Iterable[Indicator], period: Period) -> tuple[Result, ...]:
    found = (_result(results, line, period) for line in lines)
    return tuple(result for result in found if result is not None)


def _result(results: Results, line: Indicator, period: Period) -> Result | None:
    try:
        return results.get(line.id, period)
    except KeyError:
        return None


def _achievement(results: Results, line: Indicator, period: Period) -> PlanFigure:
    """The achievement of a line, or why it has none."""
    result = _result(results, line, period)
    if result is None:
        return PlanFigure(None, Status.MISSING, (Reason("not_computed", line.id, period),))
    if result.achievement is not None:
        return PlanFigure(result.achievement)
    named = Reason(result.achievement_status.value, line.id, period)
    return PlanFigure(None, result.achievement_status, result.achievement_reasons or (named,))


def _money(node: PlanNode, measure: str) -> Mapping[Period, Fraction]:
    return node.budget if measure == BUDGET else node.spent


def _own_money(node: PlanNode, period: Period, measure: str) -> PlanFigure:
    value = _money(node, measure).get(period)
    if value is None:
        return PlanFigure(None, Status.MISSING, (Reason(f"no_{measure}", node.id, period),))
    return PlanFigure(value)


def _absent(*figures: PlanFigure) -> PlanFigure:
    """Neither figure can be made where one of these is not there: why, what is missing first."""
    empty = [figure for figure in figures if figure.value is None]
    statuses = [figure.status for figure in empty]
    status = Status.MISSING if Status.MISSING in statuses else statuses[0]
    reasons = dict.fromkeys(reason for figure in empty for reason in figure.reasons)
    return PlanFigure(None, status, tuple(reasons))
