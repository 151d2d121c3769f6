"""What a plan came to: per node its money, its output and the lines behind it, per period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.catalog.model import PlanNode
from iku_engine.evaluation.model import Reason, Status
from iku_engine.periods import Period
from iku_engine.results.model import ACHIEVEMENT_DECIMALS, Result, figure_text
from iku_engine.results.to_arrow import arrow_stream

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

    @property
    def figures(self) -> tuple[PlanFigure, ...]:
        """All figures of the node, in the order of the columns."""
        return self.budget, self.spent, self.absorption, self.output, self.average


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

    def as_rows(self) -> list[dict[str, str]]:
        """One mapping a node and period, all values text: what CSV, JSON and Arrow carry."""
        return [row_of(row) for row in self.rows]

    def columns(self) -> tuple[str, ...]:
        """The names of the columns of `as_rows`."""
        return COLUMNS

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as an Arrow stream of text columns, for pandas, polars and DuckDB.

        Needs the extra `arrow`; raises `UsageError` without it.
        """
        return arrow_stream(COLUMNS, self.as_rows(), requested_schema)


COLUMNS = (
    "place", "code", "level", "period", "budget", "spent", "absorption", "output", "average",
    "behind", "of", "status", "reason",
)  # fmt: skip

MONEY_DECIMALS = 2


def row_of(row: NodeResult) -> dict[str, str]:
    """One node in one period as text, rounded for display.

    `behind` and `of` belong to the output. `status` is `ok` where every figure is there, and
    `missing` wins over `undefined`.
    """
    statuses = {figure.status for figure in row.figures}
    worst = [status for status in _WORST_FIRST if status in statuses]
    reasons = dict.fromkeys(str(reason) for figure in row.figures for reason in figure.reasons)
    return {
        "place": row.place,
        "code": row.node.code if row.node else "",
        "level": row.node.level.value if row.node else TOTAL,
        "period": str(row.period),
        "budget": figure_text(row.budget.value, MONEY_DECIMALS),
        "spent": figure_text(row.spent.value, MONEY_DECIMALS),
        "absorption": figure_text(row.absorption.value, ACHIEVEMENT_DECIMALS),
        "output": figure_text(row.output.value, ACHIEVEMENT_DECIMALS),
        "average": figure_text(row.average.value, ACHIEVEMENT_DECIMALS),
        "behind": str(row.output.behind),
        "of": str(row.output.of),
        "status": (worst[0] if worst else Status.OK).value,
        "reason": ";".join(reasons),
    }


_WORST_FIRST = (Status.MISSING, Status.UNDEFINED, Status.TOO_LARGE, Status.ERROR)
