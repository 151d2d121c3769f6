"""What a form is made from: a run of a catalog with its results and its plan, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iku_engine.catalog.model import Catalog, Level, Owner
from iku_engine.diagnostics import quoted
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.records import RecordWorld
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place
from iku_engine.reports.forms.model import Field
from iku_engine.reports.labels import Language
from iku_engine.results.explanation import Explanation, explain_result
from iku_engine.results.model import Result, Results
from iku_engine.results.plan import NodeResult, PlanResults


@dataclass(frozen=True, slots=True)
class Content:
    """One run of a catalog, as forms ask for it.

    `results` are those of all indicators in the periods asked for, `plan` what each node came to.
    `run` computes what they do not hold; its `data` are the figures read, each with its origin.
    `owners` are those whose sheets are wanted; all where there are none.
    """

    catalog: Catalog
    results: Results
    plan: PlanResults
    run: ExactEvaluation
    language: Language = Language.ID
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

    def records(self, name: str, period: Period, place: Place = WHOLE) -> Sequence[RecordWorld]:
        """The records of a set in a period, at a place or inside it, in the order of their keys.

        Of each, `record` has its key, place and cells with their origins, and `field(name)` the
        value of a field, read or computed, or the reasons why there is none. `UsageError` for a
        record set that the catalog does not have.
        """
        if name not in self.catalog.records:
            raise UsageError(f"the catalog has no record set {quoted(name)}")
        return self.run.records.at(name, period, place)

    def explain(self, result: Result) -> Explanation:
        """Where a result comes from: its formula, the figures put in, the records counted."""
        return explain_result(self.run, result, self.catalog.labels)

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
