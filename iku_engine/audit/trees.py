"""The trees of a plan's figures, to be summed up again by other rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.audit.context import Context
from iku_engine.audit.model import Column
from iku_engine.periods import Period
from iku_engine.results.plan import PlanFigure
from iku_engine.results.plan_rules import SummaryRule, SummaryTree, figure_at, summed_up
from iku_engine.results.plan_summaries import budget_rule, money_tree, output_rule, output_tree


@dataclass(frozen=True, slots=True)
class Summed:
    """One measure of a plan in one period: its tree, its rule, and what that rule gives."""

    tree: SummaryTree
    rule: SummaryRule
    figures: Mapping[str, PlanFigure]
    _again: dict[SummaryRule, Mapping[str, PlanFigure]] = field(default_factory=dict)

    def at(self, place: str, rule: SummaryRule) -> Fraction | None:
        """The figure of one place where only it follows another rule."""
        return figure_at(place, self.tree, rule, self.figures).value

    def throughout(self, place: str, rule: SummaryRule) -> Fraction | None:
        """The figure of a place where all nodes follow another rule."""
        found = self._again.get(rule)
        if found is None:
            found = self._again[rule] = summed_up(self.tree, rule)
        return found[place].value

    def from_given(
        self, place: str, rule: SummaryRule, given: Mapping[str, Fraction]
    ) -> Fraction | None:
        """The figure of a place from figures of its children, taken where they are given."""
        figures = {**self.figures, **{name: PlanFigure(value) for name, value in given.items()}}
        return figure_at(place, self.tree, rule, figures).value

    def parts(self, place: str) -> tuple[str, ...]:
        """What the figure of a place is made of: its children, or its own lines."""
        if self.tree.is_leaf(place):
            return tuple(line.id for line in self.tree.branches[place].lines)
        return tuple(branch.id for branch in self.tree.below(place))

    def counted(self, place: str) -> Iterator[tuple[str, bool]]:
        """Each part of a place, and whether the rule counts it."""
        if self.tree.is_leaf(place):
            for line in self.tree.branches[place].lines:
                yield line.id, self.rule.counts(line)
            return
        for branch in self.tree.below(place):
            yield branch.id, self.rule.counts(branch)


@dataclass(slots=True)
class Trees:
    """The summed-up measures of one audit; each is made once a period."""

    context: Context
    _made: dict[tuple[Column, Period], Summed] = field(default_factory=dict)

    def of(self, column: Column, period: Period) -> Summed:
        """The tree of `budget`, `spent` or `output`."""
        found = self._made.get((column, period))
        if found is None:
            found = self._made[column, period] = self._make(column, period)
        return found

    def _make(self, column: Column, period: Period) -> Summed:
        catalog = self.context.catalog
        if column is Column.OUTPUT:
            budgets = self.of(Column.BUDGET, period).figures
            tree = output_tree(catalog, self.context.results, period, budgets)
            rule = output_rule(catalog) or SummaryRule()
        else:
            tree = money_tree(catalog, period, column.value)
            rule = budget_rule(catalog)
        return Summed(tree, rule, summed_up(tree, rule))
