"""Aggregates over records: which records count, and what is known about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from iku_engine.algebra.model import OverMembers, OverRecords, Program
from iku_engine.binding.model import Binding, BoundRecords
from iku_engine.catalog.model import Unknown
from iku_engine.diagnostics import Diagnostic
from iku_engine.evaluation.aggregates import MOST_NAMED, partly, reduced_or_not, refused
from iku_engine.evaluation.certainty import is_undecided, marked
from iku_engine.evaluation.how import How
from iku_engine.evaluation.model import (
    SOUND,
    Outcome,
    Quality,
    Reason,
    Status,
    merged_quality,
    missing,
)
from iku_engine.evaluation.steps import evaluate
from iku_engine.periods import Frequency, Period
from iku_engine.places import Place
from iku_engine.sources.model import Cell, Data, Mark, Record

if TYPE_CHECKING:
    from iku_engine.evaluation.in_sql.reduced import ReducedRecords

OpaqueCall: TypeAlias = Callable[[str, Sequence[Fraction]], Fraction | str]
"""Calls an opaque function by name: a figure, or the reason why there is none."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The records an aggregate looked at: those counted with their value, those unknown."""

    counted: tuple[tuple[Record, Outcome], ...]
    unknown: tuple[tuple[Record, Outcome], ...]
    conditions: tuple[Outcome, ...]
    seen: int


class RecordSets:
    """The record sets of one run; computed fields of a record are computed once."""

    def __init__(
        self,
        binding: Binding,
        data: Data,
        opaque: OpaqueCall,
        findings: list[Diagnostic] | None = None,
    ) -> None:
        self._binding, self._data, self._opaque = binding, data, opaque
        self._findings = [] if findings is None else findings
        self._worlds: dict[tuple[str, Period], list[RecordWorld]] = {}
        self._by_member: dict[tuple[str, Period, str, str], list[RecordWorld]] = {}
        self._reduced = self._reduced_records() if data.surveys else None
        self._unread = set(data.surveys)
        for name in binding.records:
            if name not in self._unread:
                self._take(name)

    def at(self, name: str, period: Period, place: Place) -> list[RecordWorld]:
        """The records of a period that lie at a place or inside it; they are read where need be."""
        if name in self._unread:
            self._take(name)
        found = self._worlds.get((name, period), [])
        for position, (dimension, member) in enumerate(place):
            inside = self._inside(dimension, member)
            if position == 0 and len(inside) == 1:
                found = self._by_member.get((name, period, dimension, member), [])
            else:
                found = [w for w in found if dict(w.record.place).get(dimension) in inside]
        return found

    def frequencies(self, name: str) -> frozenset[Frequency]:
        """The kinds of periods for which there are records of a set."""
        if self._reduced is not None and name in self._reduced.surveys:
            return self._reduced.frequencies(name)
        return frozenset(period.frequency for records, period in self._worlds if records == name)

    def aggregate(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        """The value of an aggregate, or the reasons why it is not known.

        Where the records live in a database it is made there, if that can be done exactly.
        """
        if self._reduced is not None and step.records in self._reduced.surveys:
            found = self._in_database(self._reduced, step, period, place)
            if found is not None:
                return found
        return self._row_by_row(step, period, place)

    def expect(self, steps: Iterable[OverRecords]) -> None:
        """Aggregates that will be asked for."""
        if self._reduced is not None:
            self._reduced.expect(steps)

    def how(self, step: OverRecords) -> How:
        """How an aggregate is made: in the database of its records, or row by row and why."""
        if self._reduced is not None and step.records in self._reduced.surveys:
            return self._reduced.how(step)
        why = self._data.row_by_row.get(step.records)
        if why is None:
            return How(cause="handed_over", in_database=False)
        return How(cause=why.cause, subject=why.subject, in_database=why.cause != "kind")

    def _reduced_records(self) -> ReducedRecords:
        from iku_engine.evaluation.in_sql.reduced import ReducedRecords  # noqa: PLC0415 - an extra

        return ReducedRecords(self._binding, self._data.surveys, MOST_NAMED)

    def _take(self, name: str) -> None:
        """Read the records of a set, and sort them by where they lie."""
        self._unread.discard(name)
        bound = self._binding.records[name]
        for record in self._data.records.get(name, ()):
            world = RecordWorld(name, bound, record, self._opaque)
            self._worlds.setdefault((name, record.period), []).append(world)
            for pair in record.place:
                self._by_member.setdefault((name, record.period, *pair), []).append(world)
        self._findings.extend(self._data.late.get(name, ()))

    def _in_database(
        self, reduced: ReducedRecords, step: OverRecords, period: Period, place: Place
    ) -> Outcome | None:
        """What the database makes of an aggregate; None where it cannot be said there."""
        group = reduced.group(step, period, place, self._holds)
        if group is None:
            return None
        if not group.seen:
            return missing(Reason("no_records", step.records, period, place))
        refuses = self._binding.records[step.records].unknown is Unknown.REFUSE
        if group.unknown and refuses:
            first = reduced.first_unknown(step, period, place, self._holds)
            return self._first_refused(step, first, group.unknown)
        subject = Reason("no_match", step.records, period, place)
        found = group.value(step.function, subject)
        if found is None:
            values = [Outcome(value) for value in group.values.elements()]
            found = reduced_or_not(step, values, subject)
        return partly(found, group.seen, group.unknown)

    def _first_refused(
        self, step: OverRecords, records: Sequence[Record], count: int
    ) -> Outcome | None:
        """The reasons of the first unknown records, as the reference gives them."""
        bound = self._binding.records[step.records]
        worlds = [RecordWorld(step.records, bound, one, self._opaque) for one in records]
        unknown = select(step, worlds).unknown
        if len(unknown) < len(records):
            return None
        return refused(unknown, count)

    def _holds(self, place: Place, whole: Place) -> bool:
        """Whether a place lies at another one or inside it."""
        members = dict(place)
        return all(members.get(name) in self._inside(name, member) for name, member in whole)

    def _row_by_row(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        worlds = self.at(step.records, period, place)
        if not worlds:
            return missing(Reason("no_records", step.records, period, place))
        selection = select(step, worlds)
        policy = self._binding.records[step.records].unknown
        undecided = any(is_undecided(outcome) for _, outcome in selection.unknown)
        if selection.unknown and (policy is Unknown.REFUSE or undecided):
            return refused(selection.unknown, len(selection.unknown))
        outcomes = [outcome for _, outcome in selection.counted]
        subject = Reason("no_match", step.records, period, place)
        found = reduced_or_not(step, outcomes, subject)
        if not found.ok:
            return found
        quality = marked(
            merged_quality((found, *outcomes, *selection.conditions)),
            approximate=found.quality.approximate,
        )
        found = replace(found, quality=quality)
        return partly(found, selection.seen, len(selection.unknown))

    def _inside(self, dimension: str, member: str) -> set[str]:
        tree = self._binding.dimensions.get(dimension)
        if tree is None or not tree.members:
            return {member}
        if member == tree.total:
            return set(tree.members)
        inside: set[str] = set()
        waiting = [member]
        while waiting:
            current = waiting.pop()
            inside.add(current)
            waiting.extend(tree.children.get(current, ()))
        return inside


class RecordWorld:
    """One record as programs see it: its fields are the series, there is nothing else."""

    def __init__(
        self, records: str, bound: BoundRecords, record: Record, opaque: OpaqueCall
    ) -> None:
        self._records, self._bound, self.record = records, bound, record
        self.opaque = opaque
        self._known: dict[str, Outcome] = {}

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._field(name)
        return found

    def field(self, name: str) -> Outcome:
        return self.series(name, self.record.period, self.record.place)

    def value(self, program: Program) -> Outcome:
        return evaluate(program, self, self.record.period, self.record.place)

    def _field(self, name: str) -> Outcome:
        if name in self._bound.broken:
            reason = self._reason("error", name)
            return Outcome(None, Status.ERROR, (reason,))
        program = self._bound.computed.get(name)
        if program is not None:
            return self._named(self.value(program), name)
        cell = self.record.cells.get(name)
        if cell is None or cell.value is None:
            return missing(self._reason("missing", name))
        return Outcome(cell.value, quality=_quality(cell))

    def _named(self, outcome: Outcome, name: str) -> Outcome:
        """Reasons inside a record say which record; those of other fields already do."""
        if outcome.ok:
            return outcome
        reasons = tuple(
            reason
            if reason.subject.startswith(f"{self._records}[")
            else self._reason(reason.kind, f"{name}: {reason.subject}")
            for reason in outcome.reasons
        )
        return Outcome(None, outcome.status, reasons)

    def _reason(self, kind: str, name: str) -> Reason:
        return Reason(kind, f"{self._records}[{self.record.key}].{name}", self.record.period)

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        raise AssertionError("a record has no members")

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        raise AssertionError("a record has no records")


def select(step: OverRecords, worlds: Sequence[RecordWorld]) -> Selection:
    """Which records an aggregate counts, with their values, and which are unknown."""
    counted: list[tuple[Record, Outcome]] = []
    unknown: list[tuple[Record, Outcome]] = []
    conditions: list[Outcome] = []
    for world in worlds:
        condition = world.value(step.where) if step.where else Outcome(True)
        if not condition.ok:
            unknown.append((world.record, condition))
            continue
        conditions.append(condition)
        if not condition.value:
            continue
        value = world.value(step.value) if step.value else Outcome(Fraction(1))
        (counted if value.ok else unknown).append((world.record, value))
    return Selection(tuple(counted), tuple(unknown), tuple(conditions), len(worlds))


def _quality(cell: Cell) -> Quality:
    return SOUND if cell.mark is Mark.FINAL else Quality(cell.mark)
