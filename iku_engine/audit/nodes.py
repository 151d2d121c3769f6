"""Variants of the rules of plan nodes: another child, line, averaging, divisor or rounding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from iku_engine.audit.candidates import Candidate
from iku_engine.audit.context import Context
from iku_engine.audit.model import Cause, Column
from iku_engine.audit.trees import Summed, Trees
from iku_engine.catalog.model import CountedLines, SummaryMethod, SummaryWeight
from iku_engine.quantities import Rounding, rounded
from iku_engine.results.plan import TOTAL, NodeResult
from iku_engine.results.plan_rules import SummaryRule, SummedOver

DECIMALS = 2
"""How many decimals achievements are printed with, where they are rounded on the way."""

_CAPS = (100, 120)
_MOST_NODES = 500  # nodes of a plan of which each is left out in turn
_MOST_PAIRED = 40  # parts of which two may be left out: 780 pairs


def of_node(
    context: Context, trees: Trees, node: NodeResult, column: Column
) -> Iterator[Candidate]:
    """What else the figure of a node, or of the total, might be."""
    match column:
        case Column.BUDGET | Column.SPENT:
            yield from _other_parts(context, trees.of(column, node.period), node, column)
        case Column.OUTPUT:
            summed = trees.of(column, node.period)
            yield from _other_rules(summed, node.place)
            yield from _other_parts(context, summed, node, column)
            yield from _left_out_below(summed, node.place)
            yield from _capped(node.output.value)
            yield from _realised(node)
        case Column.ABSORPTION:
            yield from _of_absorption(context, node)
        case Column.AVERAGE:
            yield from _of_average(context, node)
            output = trees.of(Column.OUTPUT, node.period)
            yield from _averages_without(node, _left_out_below(output, node.place))
        case _:
            return


def _other_parts(
    context: Context, summed: Summed, node: NodeResult, column: Column
) -> Iterator[Candidate]:
    """The figure with one part more or less, and from the figures printed for its parts."""
    place, rule = node.place, summed.rule
    leaf = summed.tree.is_leaf(place)
    printed = {
        part: figure
        for part in summed.parts(place)
        if (figure := context.printed.get((part, column, node.period))) is not None
    }
    if printed and not leaf:
        figure = summed.from_given(place, rule, printed)
        yield from _made(Cause.PRINTED_PARTS, (), figure)
    out, more = Cause.CHILD_LEFT_OUT, Cause.CHILD_COUNTED
    if leaf:
        out, more = Cause.LINE_LEFT_OUT, Cause.LINE_COUNTED
    counts = dict(summed.counted(place))
    for part, is_counted in counts.items():
        changed = _without(rule, part) if is_counted else replace(rule, counted=frozenset({part}))
        cause = out if is_counted else more
        yield from _made(cause, (part,), summed.at(place, changed))
        if printed and is_counted and not leaf:
            figure = summed.from_given(place, changed, printed)
            yield from _made(cause, (part, Cause.PRINTED_PARTS.value), figure)
    inside = [part for part, is_counted in counts.items() if is_counted]
    if 3 <= len(inside) <= _MOST_PAIRED:
        for pair in combinations(inside, 2):
            figure = summed.at(place, _without(rule, *pair))
            yield from _made(Cause.CHILDREN_LEFT_OUT, pair, figure)


def _other_rules(summed: Summed, place: str) -> Iterator[Candidate]:
    """The output from rounded figures, from all leaves or lines, or weighed in another way."""
    rule = summed.rule
    for way in (Rounding.HALF_UP, Rounding.DOWN):
        changed = replace(rule, round_to=DECIMALS, rounding=way)
        figure = summed.throughout(place, changed)
        yield from _made(Cause.ROUNDED_PARTS, (way.value,), figure)
    weighed = replace(rule, method=SummaryMethod.WEIGHTED_MEAN, weight=SummaryWeight.BUDGET)
    variants = {
        "leaves": replace(rule, over=SummedOver.LEAVES),
        "lines": replace(rule, over=SummedOver.LINES),
        "first": replace(rule, lines=CountedLines.FIRST),
        "equal": replace(rule, method=SummaryMethod.MEAN),
        "by_budget": weighed,
    }
    for name, changed in variants.items():
        if changed != rule:
            figure = summed.throughout(place, changed)
            yield from _made(Cause.OTHER_AVERAGE, (name,), figure)


def _left_out_below(summed: Summed, place: str) -> Iterator[Candidate]:
    """The output where a node further down is left out, and everything above follows."""
    children = set(summed.parts(place))
    if summed.tree.is_leaf(place) or len(summed.tree.branches) > _MOST_NODES:
        return
    waiting = [*summed.tree.below(place)]
    while waiting:
        branch = waiting.pop()
        if branch.id not in children and summed.rule.counts(branch):
            figure = summed.throughout(place, _without(summed.rule, branch.id))
            yield from _made(Cause.NODE_LEFT_OUT, (branch.id,), figure)
        waiting.extend(summed.tree.below(branch.id))


def _averages_without(node: NodeResult, outputs: Iterator[Candidate]) -> Iterator[Candidate]:
    """The average with each of these outputs."""
    for one in outputs:
        if node.absorption.value is not None:
            yield replace(one, figure=(node.absorption.value + one.figure) / 2)


def _of_absorption(context: Context, node: NodeResult) -> Iterator[Candidate]:
    period = node.period
    spent = context.printed_or_ours(node.place, Column.SPENT, period)
    budget = context.printed_or_ours(node.place, Column.BUDGET, period)
    if spent is None:
        return
    if budget:
        yield Candidate(Cause.PRINTED_PARTS, (), spent / budget * 100)
    for other in _above(context, node):
        divisor = context.figure(other, Column.BUDGET, period)
        if divisor:
            yield Candidate(Cause.OTHER_DIVISOR, (other,), spent / divisor * 100)
    if spent and budget:
        yield Candidate(Cause.OTHER_DIVISOR, (Column.SPENT.value,), budget / spent * 100)
    yield from _mean_of_children(context, node, Column.ABSORPTION)
    yield from _capped(node.absorption.value)


def _of_average(context: Context, node: NodeResult) -> Iterator[Candidate]:
    period = node.period
    columns = (Column.ABSORPTION, Column.OUTPUT)
    ours = [context.figure(node.place, column, period) for column in columns]
    theirs = [context.printed_or_ours(node.place, column, period) for column in columns]
    shown = [None if one is None else rounded(one, DECIMALS) for one in ours]
    pairs = (
        (Cause.ROUNDED_PARTS, (Rounding.HALF_UP.value,), shown),
        (Cause.PRINTED_PARTS, (), theirs),
        (Cause.PRINTED_PARTS, (Column.ABSORPTION.value,), [theirs[0], ours[1]]),
        (Cause.PRINTED_PARTS, (Column.OUTPUT.value,), [ours[0], theirs[1]]),
    )
    for cause, subjects, pair in pairs:
        held = [figure for figure in pair if figure is not None]
        if len(held) == len(pair):
            yield Candidate(cause, subjects, sum(held, Fraction(0)) / len(held))
    for column, figure in zip(columns, ours, strict=True):
        yield from _made(Cause.OTHER_AVERAGE, (column.value,), figure)
    yield from _mean_of_children(context, node, Column.AVERAGE)


def _mean_of_children(context: Context, node: NodeResult, column: Column) -> Iterator[Candidate]:
    figures = [
        figure
        for child in context.children.get(node.place, ())
        if (figure := context.figure(child, column, node.period)) is not None
    ]
    if figures:
        mean = sum(figures, Fraction(0)) / len(figures)
        yield Candidate(Cause.OTHER_AVERAGE, ("children",), mean)


def _realised(node: NodeResult) -> Iterator[Candidate]:
    """The realised figure of a line itself, where it is in percent already."""
    for line in node.lines:
        subjects = (line.indicator.id, Column.ACTUAL.value)
        yield from _made(Cause.COPIED, subjects, line.exact)


def _above(context: Context, node: NodeResult) -> list[str]:
    """The parents of a node up to the total."""
    found = []
    current = node.node
    while current is not None and current.parent:
        found.append(current.parent)
        current = context.catalog.plan.get(current.parent)
    return found if node.node is None else [*found, TOTAL]


def _capped(figure: Fraction | None) -> Iterator[Candidate]:
    for cap in _CAPS:
        if figure is not None and figure > cap:
            yield Candidate(Cause.CAPPED, (str(cap),), Fraction(cap))


def _without(rule: SummaryRule, *parts: str) -> SummaryRule:
    return replace(rule, left_out=frozenset(parts))


def _made(cause: Cause, subjects: tuple[str, ...], figure: Fraction | None) -> Iterator[Candidate]:
    if figure is not None:
        yield Candidate(cause, subjects, figure)
