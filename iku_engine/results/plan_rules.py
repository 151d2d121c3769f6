"""The arithmetic of plan summaries: figures of lines and nodes, summed up a tree by a rule.

It knows no catalog. An audit runs the same tree again by other rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from iku_engine.catalog.model import (
    CountedLines,
    EmptyChild,
    Summary,
    SummaryMethod,
    SummaryWeight,
)
from iku_engine.evaluation.model import Reason, Status
from iku_engine.periods import Period
from iku_engine.quantities import Rounding, is_too_large, rounded
from iku_engine.results.plan import TOTAL, PlanFigure


class SummedOver(StrEnum):
    """What makes the figure of a parent: its children, or all leaves or lines below it."""

    CHILDREN = "children"
    LEAVES = "leaves"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class SummaryRule:
    """How figures are summed up a tree.

    The first four are what a catalog declares. The others are what a printed figure may have been
    made by: `over` other figures than those of the children; from figures each rounded to
    `round_to` decimals first (the figure made of them is not); nodes and lines `left_out`; nodes
    and lines `counted` although they are declared not to count.
    """

    method: SummaryMethod = SummaryMethod.MEAN
    weight: SummaryWeight = SummaryWeight.DECLARED
    empty: EmptyChild = EmptyChild.MISSING
    lines: CountedLines = CountedLines.ALL
    over: SummedOver = SummedOver.CHILDREN
    round_to: int | None = None
    rounding: Rounding = Rounding.HALF_UP
    left_out: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, summary: Summary) -> SummaryRule:
        """The rule as the catalog declares it."""
        return cls(summary.method, summary.weight, summary.empty, summary.lines)

    def counts(self, part: Line | Branch) -> bool:
        """Whether a node or a line counts towards what stands above it."""
        return part.id not in self.left_out and (part.counted or part.id in self.counted)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a node has of its own: the achievement of an indicator, or its money."""

    id: str
    figure: PlanFigure
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Branch:
    """A node to be summed up. Its lines make its figure where it has no children.

    With `own`, they do although it has children. `weight` is the declared one, `budget` what it
    weighs where children are weighed by their money.
    """

    id: str
    parent: str = ""
    counted: bool = True
    weight: Fraction | None = None
    budget: Fraction | None = None
    lines: tuple[Line, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class SummaryTree:
    """The nodes of one measure in one period, in the order of the document.

    `children` holds those of each parent, and the roots as the children of `total`.
    """

    measure: str
    period: Period
    branches: Mapping[str, Branch]
    children: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, measure: str, period: Period, branches: Iterable[Branch]) -> SummaryTree:
        """A tree of nodes in any order that keeps the order of siblings."""
        known = {branch.id: branch for branch in branches}
        children: dict[str, list[str]] = {TOTAL: []}
        for branch in known.values():
            above = branch.parent if branch.parent in known else TOTAL
            children.setdefault(above, []).append(branch.id)
        ordered: dict[str, Branch] = {}
        waiting = children[TOTAL][::-1]
        while waiting:
            place = waiting.pop()
            ordered[place] = known[place]
            waiting.extend(reversed(children.get(place, ())))
        return cls(measure, period, ordered, children)

    def depth(self, place: str) -> int:
        """How many nodes stand above a node; 0 for a root and for the whole."""
        above = 0
        while place in self.branches and self.branches[place].parent in self.branches:
            place = self.branches[place].parent
            above += 1
        return above

    def is_leaf(self, place: str) -> bool:
        """Whether the lines of a place make its figure."""
        return place != TOTAL and (self.branches[place].own or not self.children.get(place))

    def below(self, place: str) -> list[Branch]:
        """The children of a place, or the roots below the whole."""
        return [self.branches[child] for child in self.children.get(place, ())]


NOTHING_GIVEN: Mapping[str, Fraction] = MappingProxyType({})


def summed_up(
    tree: SummaryTree, rule: SummaryRule, given: Mapping[str, Fraction] = NOTHING_GIVEN
) -> dict[str, PlanFigure]:
    """The figure of every node and of `total`, unrounded.

    `given` are figures of nodes that are taken as they stand, such as printed ones.
    """
    figures: dict[str, PlanFigure] = {}
    for place in (*reversed(tuple(tree.branches)), TOTAL):
        if place in given:
            figures[place] = PlanFigure(given[place])
        else:
            figures[place] = figure_at(place, tree, rule, figures)
    return figures


def figure_at(
    place: str, tree: SummaryTree, rule: SummaryRule, figures: Mapping[str, PlanFigure]
) -> PlanFigure:
    """The figure of one node, or of `total`, from the `figures` of the nodes below it."""
    parts = list(_parts(place, tree, rule, figures))
    there = [part for part in parts if part.figure.value is not None]
    empty = [part for part in parts if part.figure.value is None]
    behind, of = sum(part.stands for part in there), len(parts)
    if not parts:
        kind = "no_lines" if tree.is_leaf(place) else "no_children"
        return PlanFigure(None, Status.MISSING, (Reason(kind, place, tree.period),), 0, 0)
    if empty and (rule.empty is EmptyChild.MISSING or not (there or rule.empty is EmptyChild.ZERO)):
        return PlanFigure(None, _worst(empty), _reasons(empty, tree), behind, of)
    if rule.empty is EmptyChild.ZERO:
        there = [part._replace(figure=_ZERO) if part in empty else part for part in parts]
    return replace(_combined(place, there, tree, rule), behind=behind, of=of)


_ZERO = PlanFigure(Fraction(0))


class _Part(NamedTuple):
    """A figure that stands behind another one, and what it weighs."""

    id: str
    figure: PlanFigure
    weight: Fraction | None = None
    is_line: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is more than a 0 made of nothing but empty parts."""
        return not self.figure.of or self.figure.behind > 0


def _parts(
    place: str, tree: SummaryTree, rule: SummaryRule, figures: Mapping[str, PlanFigure]
) -> Iterator[_Part]:
    """What makes the figure of a place, in the order of the document."""
    if tree.is_leaf(place):
        yield from _lines(tree.branches[place], rule)
        return
    over = tree.below(place) if rule.over is SummedOver.CHILDREN else _leaves(place, tree, rule)
    for branch in over:
        if rule.over is SummedOver.LINES:
            yield from _lines(branch, rule)
        elif rule.counts(branch):
            weight = branch.weight if rule.weight is SummaryWeight.DECLARED else branch.budget
            yield _Part(branch.id, figures[branch.id], weight)


def _lines(branch: Branch, rule: SummaryRule) -> list[_Part]:
    counted = [
        _Part(line.id, line.figure, None, True) for line in branch.lines if rule.counts(line)
    ]
    return counted[:1] if rule.lines is CountedLines.FIRST else counted


def _leaves(place: str, tree: SummaryTree, rule: SummaryRule) -> Iterator[Branch]:
    """The leaves below a place that count, with everything between."""
    waiting = tree.below(place)[::-1]
    while waiting:
        branch = waiting.pop()
        if not rule.counts(branch):
            continue
        if tree.is_leaf(branch.id):
            yield branch
        else:
            waiting.extend(reversed(tree.below(branch.id)))


def _combined(
    place: str, parts: Sequence[_Part], tree: SummaryTree, rule: SummaryRule
) -> PlanFigure:
    """One figure made of those that there are; the lines of a leaf are always averaged."""
    values = [_carried(part, rule) for part in parts]
    if parts[0].is_line or rule.method is SummaryMethod.MEAN:
        return _bounded(sum(values, Fraction(0)) / len(values), place, tree)
    if rule.method is SummaryMethod.SUM:
        return _bounded(sum(values, Fraction(0)), place, tree)
    unweighed = [Reason("no_weight", part.id) for part in parts if part.weight is None]
    if unweighed:
        return PlanFigure(None, Status.MISSING, tuple(unweighed))
    weights = [part.weight or Fraction(0) for part in parts]
    if not sum(weights):
        return PlanFigure(None, Status.UNDEFINED, (Reason("zero", "weight", tree.period),))
    weighted = sum((v * w for v, w in zip(values, weights, strict=True)), Fraction(0))
    return _bounded(weighted / sum(weights), place, tree)


def _carried(part: _Part, rule: SummaryRule) -> Fraction:
    value = part.figure.value or Fraction(0)
    return value if rule.round_to is None else rounded(value, rule.round_to, rule.rounding)


def _bounded(value: Fraction, place: str, tree: SummaryTree) -> PlanFigure:
    if is_too_large(value):
        reason = Reason("too_large", place, tree.period)
        return PlanFigure(None, Status.TOO_LARGE, (reason,))
    return PlanFigure(value)


def _reasons(empty: Sequence[_Part], tree: SummaryTree) -> tuple[Reason, ...]:
    """Why a figure is not there: a line says itself, a node below is named."""
    found = (
        part.figure.reasons
        if part.is_line
        else (Reason(f"no_{tree.measure}", part.id, tree.period),)
        for part in empty
    )
    return tuple(dict.fromkeys(reason for reasons in found for reason in reasons))


def _worst(empty: Sequence[_Part]) -> Status:
    """What is missing wins over what is undefined, as in a formula."""
    statuses = [part.figure.status for part in empty]
    if Status.MISSING in statuses or Status.NO_TARGET in statuses:
        return Status.MISSING
    return statuses[0]
