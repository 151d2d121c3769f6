"""What a form is made from: the catalog, its results and its plan, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iku_engine.catalog.model import Catalog, Level, Owner
from iku_engine.periods import Period
from iku_engine.reports.forms.model import Field
from iku_engine.reports.labels import Language
from iku_engine.results.model import Result, Results
from iku_engine.results.plan import NodeResult, PlanResults


@dataclass(frozen=True, slots=True)
class Content:
    """One run of a catalog, as forms ask for it.

    `owners` are those whose sheets are wanted; all where there are none.
    """

    catalog: Catalog
    results: Results
    plan: PlanResults
    language: Language
    owners: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the form, in order."""
        return self.results.periods

    def title(self, otherwise: str) -> str:
        """The title as the document prints it."""
        document = self.catalog.document
        return (document.title if document else "") or otherwise

    def header(self) -> tuple[Field, ...]:
        """The lines of the document's head."""
        document = self.catalog.document
        pairs = document.header if document else ()
        return tuple(Field(label, (text,)) for label, text in pairs)

    def counts(self, levels: Iterable[Level]) -> dict[Level, int]:
        """How many nodes of each level the plan has."""
        found = dict.fromkeys(levels, 0)
        for node in self.catalog.plan.values():
            if node.level in found:
                found[node.level] += 1
        return found

    def nodes(self) -> Iterator[NodeResult]:
        """The nodes of the last period, in order, and the total."""
        yield from (row for row in self.plan if row.period == self.periods[-1])

    def result(self, indicator: str, period: Period) -> Result | None:
        """What an indicator came to at the whole."""
        try:
            return self.results.get(indicator, period)
        except KeyError:
            return None

    def is_agency(self, owner: Owner) -> bool:
        """Whether an owner stands at the top: others stand below it; without a tree the first."""
        others = self.catalog.owners.values()
        if owner.parent or not any(one.parent for one in others):
            return not owner.parent and owner.id == next(iter(self.catalog.owners))
        return any(one.parent == owner.id for one in others)

    def responsible(self, owner: str) -> str:
        """The position that answers, as forms print it; nothing where that is the agency itself."""
        found = self.catalog.owners.get(owner)
        alone = len(self.catalog.owners) == 1
        return "" if found is None or (self.is_agency(found) and not alone) else found.title

    def wanted(self, owner: Owner) -> bool:
        """Whether the sheet of an owner is asked for."""
        return not self.owners or owner.id in self.owners
