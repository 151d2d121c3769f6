"""What an audit looks at: the catalog, what was computed from it, and all printed cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.audit.model import Column, PrintedCell, Recomputed
from iku_engine.binding.model import BoundAchievement
from iku_engine.catalog.model import Catalog
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome
from iku_engine.periods import Period
from iku_engine.results.model import Result, Results
from iku_engine.results.plan import TOTAL, NodeResult, PlanFigure, PlanResults

Key = tuple[str, Column, Period]


@dataclass(frozen=True, slots=True)
class Context:
    """One run of a catalog beside the cells of its document, in the order of the print."""

    catalog: Catalog
    run: ExactEvaluation
    results: Results
    plan: PlanResults
    cells: tuple[PrintedCell, ...]
    methods: Mapping[str, BoundAchievement] = field(default_factory=dict)
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    printed: Mapping[Key, Fraction] = field(default_factory=dict)
    positions: Mapping[Key, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        run: ExactEvaluation,
        computed: tuple[Results, PlanResults],
        cells: Sequence[PrintedCell],
        methods: Mapping[str, BoundAchievement],
    ) -> Context:
        """The context with its cells and the tree of the plan indexed."""
        children: dict[str, list[str]] = {}
        for node in catalog.plan.values():
            children.setdefault(node.parent or TOTAL, []).append(node.id)
        return cls(
            catalog,
            run,
            *computed,
            tuple(cells),
            methods,
            {parent: tuple(found) for parent, found in children.items()},
            {cell.key: cell.value for cell in cells if cell.value is not None},
            {cell.key: position for position, cell in enumerate(cells)},
        )

    def node(self, place: str, period: Period) -> NodeResult | None:
        """What a plan node, or the total, came to."""
        try:
            return self.plan.get(place, period)
        except KeyError:
            return None

    def result(self, indicator: str, period: Period) -> Result | None:
        """What an indicator came to at the whole."""
        try:
            return self.results.get(indicator, period)
        except KeyError:
            return None

    def recomputed(self, place: str, column: Column, period: Period) -> Recomputed:
        """The figure of a cell as definitions and data give it, unrounded."""
        node = self.node(place, period)
        if node is not None:
            figure = _of_node(node, column)
            return Recomputed(figure.value, figure.reasons)
        if column is Column.TARGET and place in self.catalog.indicators:
            return _of_outcome(self.run.target(place, period))
        result = self.result(place, period)
        if result is None:
            return Recomputed(None)
        if column is Column.ACTUAL:
            return Recomputed(result.exact, result.reasons)
        return Recomputed(result.achievement, result.achievement_reasons or result.reasons)

    def figure(self, place: str, column: Column, period: Period) -> Fraction | None:
        """The unrounded figure of a cell."""
        return self.recomputed(place, column, period).value

    def printed_or_ours(self, place: str, column: Column, period: Period) -> Fraction | None:
        """The printed figure of a cell; where none is printed, the recomputed one."""
        found = self.printed.get((place, column, period))
        return self.figure(place, column, period) if found is None else found


def _of_node(node: NodeResult, column: Column) -> PlanFigure:
    figures = {
        Column.BUDGET: node.budget,
        Column.SPENT: node.spent,
        Column.ABSORPTION: node.absorption,
        Column.OUTPUT: node.output,
        Column.AVERAGE: node.average,
    }
    return figures[column]


def _of_outcome(outcome: Outcome) -> Recomputed:
    return Recomputed(outcome.number if outcome.ok else None, outcome.reasons)
