"""What a plan came to: per node its money, its output and the lines behind it, per period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.catalog.model import PlanNode
from iku_engine.evaluation.model import Reason, Status
from iku_engine.periods import Period
from iku_engine.results.model import Result

TOTAL = "total"
"""The place of the whole plan, beside the ids of its nodes."""


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """A figure of a node, unrounded, or the reasons why there is none.

    `behind` of `of` children (or lines of a node without children) stand behind it.
    """

    value: Fraction | None
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()
    behind: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What a node came to in a period; the whole plan has no `node`.

    `budget` and `spent` are money, `absorption` is spent in percent of the budget, `output` the
    achievement of its lines or children in percent, `average` the mean of the two. `lines` are
    the results of its own indicators, in the catalog's order.
    """

    node: PlanNode | None
    period: Period
    depth: int
    budget: PlanFigure
    spent: PlanFigure
    absorption: PlanFigure
    output: PlanFigure
    average: PlanFigure
    lines: tuple[Result, ...] = ()

    @property
    def place(self) -> str:
        """The id of the node, or `total`."""
        return self.node.id if self.node else TOTAL


@dataclass(frozen=True, slots=True)
class PlanResults:
    """All nodes of a plan in the order of the document, period by period, each period's total last.

    A catalog without a plan has no rows.
    """

    rows: tuple[NodeResult, ...]
    periods: tuple[Period, ...]
    _found: Mapping[tuple[str, Period], NodeResult] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, rows: tuple[NodeResult, ...], periods: tuple[Period, ...]) -> PlanResults:
        return cls(rows, periods, {(row.place, row.period): row for row in rows})

    def get(self, place: str, period: Period | str) -> NodeResult:
        """The result of a node, or of `total`; `KeyError` where there is none."""
        when = period if isinstance(period, Period) else Period.parse(period)
        return self._found[place, when]

    def __iter__(self) -> Iterator[NodeResult]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)
