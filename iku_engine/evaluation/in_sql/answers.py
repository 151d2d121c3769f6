"""Answers of statements -> what is known of the records of each period and place, and merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.evaluation.in_sql.to_statement import Reduction
from iku_engine.evaluation.inexact import reduced
from iku_engine.evaluation.model import Outcome, Reason, undefined
from iku_engine.evaluation.sums import deviation_from
from iku_engine.language.sql.dialects import Declined
from iku_engine.sources.relations import whole_of
from iku_engine.sources.surveyed_frames import RawFrame


@dataclass(slots=True)
class Group:
    """The records of one period and place, or of several: how many, and what they come to.

    `measures` are exact; `values` are all that occur, where a reduction lists them.
    """

    seen: int = 0
    counted: int = 0
    unknown: int = 0
    measures: dict[str, Fraction] = field(default_factory=dict)
    values: Counter[Fraction] = field(default_factory=Counter)
    listed: bool = False

    def add(self, other: Group) -> None:
        """Take in the records of another period or place."""
        self.seen += other.seen
        self.counted += other.counted
        self.unknown += other.unknown
        self.listed = self.listed or other.listed
        self.values.update(other.values)
        for name, value in other.measures.items():
            mine = self.measures.get(name)
            self.measures[name] = value if mine is None else _MERGED[name](mine, value)

    def value(self, function: str, subject: Reason) -> Outcome | None:
        """What an aggregate comes to from sums; None where it is made of the values themselves.

        `subject` is the reason of one that has too few records.
        """
        count, measures = self.counted, self.measures
        if function == "count":
            return Outcome(Fraction(count))
        if self.listed:
            return None
        if function == "sum":
            return Outcome(measures.get("sum", Fraction(0)))
        if count < (2 if function == "stdev" else 1):
            return undefined(subject)
        if function == "mean":
            return Outcome(measures["sum"] / count)
        if function in measures:
            return Outcome(measures[function])
        total, squares = measures["sum"], measures["squares"]
        divisor = count - (function == "stdev")
        return reduced(lambda *_: deviation_from(count, total, squares, divisor), ())


_MERGED: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "sum": lambda one, other: one + other,
    "squares": lambda one, other: one + other,
    "min": min,
    "max": max,
}


def groups_of(
    reduction: Reduction, rows: Sequence[Sequence[object]], width: int
) -> dict[RawFrame, Group]:
    """The groups of an answer by the `width` cells of their period and place."""
    found: dict[RawFrame, Group] = {}
    for row in rows:
        frame, rest = tuple(row[:width]), list(row[width:])
        group = _group(reduction, rest)
        found.setdefault(frame, Group()).add(group)
    return found


def merged(groups: Iterable[Group]) -> Group:
    """All records of several groups together."""
    found = Group()
    for each in groups:
        found.add(each)
    return found


def _group(reduction: Reduction, cells: list[object]) -> Group:
    tallies = [whole_of(cell) for cell in cells[: 2 if reduction.all_known else 3]]
    rest = cells[len(tallies) :]
    group = Group(tallies[0], tallies[1], sum(tallies[2:]))
    group.listed = reduction.listed
    if reduction.listed:
        if group.counted:
            value = Fraction(whole_of(rest[0]), _below(rest[1]))
            group.values[value] = group.counted
        return group
    for name, cell in zip(reduction.measures, rest, strict=True):
        if cell is not None:
            below = reduction.below**2 if name == "squares" else reduction.below
            group.measures[name] = Fraction(whole_of(cell), below)
    return group


def _below(cell: object) -> int:
    found = whole_of(cell)
    if found <= 0:
        raise Declined("odd_answer")
    return found
