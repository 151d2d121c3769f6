"""Aggregates over the records of one run that stay where they are.

What cannot be said exactly, or goes wrong on the way, gives no outcome here but a reason; the
records are then read row by row, and the reference has the word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from iku_engine.algebra.model import OverRecords
from iku_engine.binding.model import Binding
from iku_engine.evaluation.in_sql.answers import Group, groups_of, merged
from iku_engine.evaluation.in_sql.steps import raw_columns
from iku_engine.evaluation.in_sql.to_statement import Reduction, first_unknown, reduction_of
from iku_engine.language.sql.dialects import Declined
from iku_engine.periods import Frequency, Period
from iku_engine.places import Place
from iku_engine.sources.cells import FigureReader
from iku_engine.sources.findings import Findings
from iku_engine.sources.frame import Framed
from iku_engine.sources.model import Mark, Record
from iku_engine.sources.protocol import Row
from iku_engine.sources.records import RecordReader
from iku_engine.sources.relations import Ask, RelationError
from iku_engine.sources.survey import Survey
from iku_engine.sources.surveyed_frames import HeldRows, RawFrame

Inside = Callable[[Place, Place], bool]
"""Whether one place lies in another."""


@dataclass(frozen=True, slots=True)
class How:
    """How an aggregate was made: reduced in a database, or row by row and why.

    `statements` are those that were run, in the dialect of `engine`.
    """

    engine: str = ""
    statements: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class _Answered:
    """One aggregate that was asked for: its groups, and the first records that are unknown."""

    step: OverRecords
    reduction: Reduction | None = None
    groups: Mapping[RawFrame, Group] | None = None
    first: Mapping[RawFrame, Sequence[Record]] | None = None
    how: How = How()


class ReducedRecords:
    """The surveyed record sets of one run; every statement is asked once."""

    def __init__(self, binding: Binding, surveys: Mapping[str, Survey], most_named: int) -> None:
        self._binding, self.surveys, self._most = binding, surveys, most_named
        self._answers: dict[int, _Answered] = {}

    def how(self, step: OverRecords) -> How:
        """How an aggregate of a surveyed record set is made."""
        return self._answered(step).how

    def frequencies(self, name: str) -> frozenset[Frequency]:
        """The kinds of periods for which there are records of a surveyed set."""
        found = self.surveys[name].frames.found.values()
        return frozenset(period.frequency for period, _ in found)

    def group(
        self, step: OverRecords, period: Period, place: Place, inside: Inside
    ) -> Group | None:
        """What the records of a period, at a place or inside it, come to; None where declined."""
        answered = self._answered(step)
        if answered.groups is None:
            return None
        survey = self.surveys[step.records]
        frames = _frames_at(survey, period, place, inside)
        return merged(answered.groups[one] for one in frames if one in answered.groups)

    def first_unknown(
        self, step: OverRecords, period: Period, place: Place, inside: Inside
    ) -> Sequence[Record] | None:
        """The first unknown records in the order of the reference; None where declined."""
        answered, survey = self._answered(step), self.surveys[step.records]
        if answered.first is None:
            try:
                self._ask_for_first(answered, survey)
            except (Declined, RelationError) as reason:
                answered.groups = None
                answered.how = How(reason=str(reason))
                return None
        assert answered.first is not None
        frames = _frames_at(survey, period, place, inside)
        found = [record for one in frames for record in answered.first.get(one, ())]
        return sorted(found, key=lambda one: (one.place, one.key))[: self._most]

    def _answered(self, step: OverRecords) -> _Answered:
        known = self._answers.get(id(step))
        if known is None:
            known = self._answers[id(step)] = _Answered(step)
            try:
                self._reduce(known, self.surveys[step.records])
            except (Declined, RelationError) as reason:
                known.groups = None
                known.how = How(reason=str(reason))
        return known

    def _reduce(self, answered: _Answered, survey: Survey) -> None:
        step = answered.step
        reduction = reduction_of(step, self._binding.records[step.records], survey)
        rows = asked(survey, reduction.statement)
        groups = groups_of(reduction, rows, len(survey.frames.columns))
        _see_same_frames(survey, groups)
        answered.reduction, answered.groups = reduction, groups
        answered.how = How(survey.dialect.name, (reduction.statement,))

    def _ask_for_first(self, answered: _Answered, survey: Survey) -> None:
        step = answered.step
        bound = self._binding.records[step.records]
        statement = first_unknown(step, bound, survey, self._most)
        rows = asked(survey, statement)
        answered.first = _records_of(survey, rows)
        made = answered.how
        answered.how = How(made.engine, (*made.statements, statement))


def asked(survey: Survey, statement: str) -> Sequence[Sequence[object]]:
    """The answer to a statement, kept with the survey: runs with more digits ask the same.

    Raises `Declined` where the data are no longer what was looked over.
    """
    known = survey.answers.get(statement)
    if known is None:
        with survey.relation.opened() as ask:
            _see_same_data(survey, ask)
            known = survey.answers[statement] = ask(statement)
    return known


def _see_same_data(survey: Survey, ask: Ask) -> None:
    for statement, before in survey.looks:
        if tuple(ask(statement)[0]) != before:
            raise Declined("the data were changed while they were being read")


def _see_same_frames(survey: Survey, groups: Mapping[RawFrame, Group]) -> None:
    if groups.keys() != survey.frames.found.keys():
        raise Declined("the data were changed while they were being read")


def _frames_at(survey: Survey, period: Period, place: Place, inside: Inside) -> list[RawFrame]:
    return [
        frame
        for frame, (when, where) in survey.frames.found.items()
        if when == period and inside(where, place)
    ]


def _records_of(
    survey: Survey, rows: Sequence[Sequence[object]]
) -> dict[RawFrame, Sequence[Record]]:
    """Records made of raw cells, by the reader of records itself."""
    width = len(survey.frames.columns)
    columns = raw_columns(survey)
    header = tuple(one.name for one in columns)
    found: dict[RawFrame, list[Row]] = {}
    for line, row in enumerate(rows, 1):
        cells = [survey.relation.cell(value) for value in row[width:]]
        found.setdefault(tuple(row[:width]), []).append(Row(line, cells))
    return {
        frame: _read(survey, header, held, *survey.frames.found[frame])
        for frame, held in found.items()
        if frame in survey.frames.found
    }


def _read(
    survey: Survey, header: tuple[str, ...], rows: Sequence[Row], period: Period, place: Place
) -> Sequence[Record]:
    """The records of a few rows; `Declined` where the reader finds fault with one."""
    findings = Findings()
    table = HeldRows(survey.relation, header, rows)
    figures = FigureReader(survey.reading.numbers, survey.reading.missing)
    reader = RecordReader(table, survey.record_set, figures, findings)
    for row in rows:
        reader.take(row, Framed(period, place, Mark.FINAL))
    records = reader.records()
    if len(records) < len(rows) or findings.diagnostics():
        raise Declined("the data were changed while they were being read")
    return records
