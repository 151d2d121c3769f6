"""Aggregates over the records of one run that stay where they are.

What cannot be said exactly, or goes wrong on the way, gives no outcome here but a reason; the
records are then read row by row, and the reference has the word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from iku_engine.algebra.model import OverRecords
from iku_engine.binding.model import Binding
from iku_engine.catalog.model import Unknown
from iku_engine.evaluation.how import How
from iku_engine.evaluation.in_sql.answers import Group, groups_of, merged
from iku_engine.evaluation.in_sql.asking import CHANGED, Asking, asking
from iku_engine.evaluation.in_sql.steps import raw_columns
from iku_engine.evaluation.in_sql.to_statement import first_unknown, reduction_of
from iku_engine.language.sql.dialects import Declined
from iku_engine.periods import Frequency, Period
from iku_engine.places import Place
from iku_engine.sources.cells import FigureReader
from iku_engine.sources.findings import Findings
from iku_engine.sources.frame import Framed
from iku_engine.sources.model import Mark, Record
from iku_engine.sources.protocol import Row
from iku_engine.sources.records import RecordReader
from iku_engine.sources.survey import Survey
from iku_engine.sources.surveyed_frames import HeldRows, RawFrame

Inside = Callable[[Place, Place], bool]
"""Whether one place lies in another."""


@dataclass(slots=True)
class _Answered:
    """One aggregate that was asked for: its groups, and the first records that are unknown.

    Without groups it is made row by row.
    """

    how: How
    groups: Mapping[RawFrame, Group] | None = None
    first: Mapping[RawFrame, Sequence[Record]] = field(default_factory=dict)


class ReducedRecords:
    """The surveyed record sets of one run; every statement is asked once."""

    def __init__(self, binding: Binding, surveys: Mapping[str, Survey], most_named: int) -> None:
        self._binding, self.surveys, self._most = binding, surveys, most_named
        self._answers: dict[int, _Answered] = {}
        self._expected: dict[int, OverRecords] = {}

    def expect(self, steps: Iterable[OverRecords]) -> None:
        """Aggregates that will be asked for: those of one table are asked over one connection."""
        self._expected.update((id(step), step) for step in steps if step.records in self.surveys)

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
        return merged(answered.groups[one] for one in frames)

    def first_unknown(
        self, step: OverRecords, period: Period, place: Place, inside: Inside
    ) -> Sequence[Record]:
        """The first records that are unknown, in the order of the reference."""
        answered, survey = self._answered(step), self.surveys[step.records]
        frames = _frames_at(survey, period, place, inside)
        found = [record for one in frames for record in answered.first.get(one, ())]
        return sorted(found, key=lambda one: (one.place, one.key))[: self._most]

    def _answered(self, step: OverRecords) -> _Answered:
        known = self._answers.get(id(step))
        if known is not None:
            return known
        self._expected[id(step)] = step
        survey = self.surveys[step.records]
        batch = [one for one in self._expected.values() if one.records == step.records]
        with asking(survey) as conversation:
            for one in batch:
                if id(one) not in self._answers:
                    self._answers[id(one)] = self._reduced(one, survey, conversation)
        return self._answers[id(step)]

    def _reduced(self, step: OverRecords, survey: Survey, conversation: Asking) -> _Answered:
        bound = self._binding.records[step.records]
        try:
            reduction = reduction_of(step, bound, survey)
            rows = conversation.ask(reduction.statement)
            groups = groups_of(reduction, rows, len(survey.frames.columns))
            if groups.keys() != survey.frames.found.keys():
                raise Declined(CHANGED)
            asked = [reduction.statement]
            first: Mapping[RawFrame, Sequence[Record]] = {}
            if bound.unknown is Unknown.REFUSE and any(one.unknown for one in groups.values()):
                asked.append(first_unknown(step, bound, survey, self._most))
                first = _records_of(survey, conversation.ask(asked[1]))
        except Declined as why:
            return _Answered(How(cause=why.cause, subject=why.subject))
        return _Answered(How(survey.dialect.name, tuple(asked)), groups, first)


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
        raise Declined(CHANGED)
    return records
