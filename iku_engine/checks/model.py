"""What a check rule is, and what it sees of a catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic, Location
from iku_engine.periods import Period

if TYPE_CHECKING:  # every start of the engine reads this file, few of them run a check
    from iku_engine.catalog.model import Catalog, Indicator, PlanNode
    from iku_engine.results.model import Results
    from iku_engine.results.plan import PlanResults


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One promised figure of a row, and where it stands.

    `made` by a rule, a path or a spread; its location is then that of the declaration.
    """

    period: Period
    value: Fraction
    location: Location
    made: bool = False


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The figures promised for periods of one kind, in order of time.

    `decree` names the revision they come from; it is empty for the first promise. Ranges and
    grades are not among the cells.
    """

    indicator: Indicator
    cells: tuple[TargetCell, ...]
    decree: str = ""

    @property
    def key(self) -> str:
        """What tells rows apart."""
        return f"{self.indicator.id} {self.cells[0].period.frequency} {self.decree}"

    @property
    def values(self) -> tuple[Fraction, ...]:
        return tuple(cell.value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class PrintedText:
    """One cell of a document exactly as it is printed: `11 Kop`, `54.54`."""

    place: str
    column: str
    period: Period | None
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class CheckedCatalog:
    """What a rule sees: the definitions, their targets as rows, and results where there are data.

    `children` and `lines` give the nodes below a plan node and the indicators on it, in the
    catalog's order. `results` and `plan` are None where there is nothing to compute with.
    """

    catalog: Catalog
    rows: tuple[TargetRow, ...] = ()
    printed: tuple[PrintedText, ...] = ()
    children: Mapping[str, tuple[PlanNode, ...]] = field(default_factory=dict)
    lines: Mapping[str, tuple[Indicator, ...]] = field(default_factory=dict)
    results: Results | None = None
    plan: PlanResults | None = None

    def nodes_above(self, node: str) -> Iterator[PlanNode]:
        """The plan nodes above one, the nearest first."""
        declared = self.catalog.plan.get(node)
        while declared is not None and declared.parent in self.catalog.plan:
            declared = self.catalog.plan[declared.parent]
            yield declared

    def owners_above(self, owner: str) -> Iterator[str]:
        """The ids of the owners above one, the nearest first."""
        declared = self.catalog.owners.get(owner)
        while declared is not None and declared.parent in self.catalog.owners:
            yield declared.parent
            declared = self.catalog.owners[declared.parent]

    def has(self, needs: Needs) -> bool:
        """Whether there is what a rule needs."""
        match needs:
            case Needs.RESULTS:
                return self.results is not None
            case Needs.PLAN:
                return self.plan is not None
        return True


class Needs(StrEnum):
    """What a rule looks at besides the definitions: nothing, results, or what a plan came to."""

    DEFINITIONS = "definitions"
    RESULTS = "results"
    PLAN = "plan"


Find: TypeAlias = Callable[[CheckedCatalog], Iterator[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: what it is called, how much it matters, and the function that finds.

    `find` yields one diagnostic a finding, with the rule's own code. Its `subject` is the
    indicator or plan node that may declare `accept: {CODE: reason}` for it. Without what it
    `needs` a rule is neither run nor are its exceptions called dead.
    """

    code: str
    name: str
    title: str
    title_id: str
    find: Find
    severity: Severity = Severity.WARNING
    needs: Needs = Needs.DEFINITIONS
    origin: str = "iku-engine"
