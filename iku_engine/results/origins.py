"""The figures behind a result: every cell that its formulas and the rules of its targets read.

Also those that the indicators below it read. What is read in a branch that is not taken is among
them: which branch is taken depends on figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from iku_engine.algebra.model import Input, OverMembers, OverRecords, Program, YearToDate
from iku_engine.binding.model import BoundIndicator
from iku_engine.evaluation.consolidation import PARTIAL, Window
from iku_engine.evaluation.decrees import BasisKind, Decree, rule_periods
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.periods import Frequency, Period
from iku_engine.places import Place, without
from iku_engine.results.model import Result
from iku_engine.sources.model import Cell, Observation

Figure: TypeAlias = Observation | Cell
_Point: TypeAlias = tuple[str, Period, Place]


class FigureKey(NamedTuple):
    """What a cell says something of; `record` and `field` are those of micro data."""

    name: str
    period: Period
    place: Place
    record: str = ""
    field: str = ""


@dataclass(slots=True)
class _Read:
    """What one indicator reads itself at one point: cells, and indicators at other points."""

    figures: dict[FigureKey, None] = field(default_factory=dict)
    points: dict[_Point, None] = field(default_factory=dict)


class Origins:
    """The cells behind the results of one run; what a point reads is found once.

    `figures` holds every cell found so far.
    """

    def __init__(
        self, run: ExactEvaluation, figures: dict[FigureKey, Figure] | None = None
    ) -> None:
        self.figures: dict[FigureKey, Figure] = {} if figures is None else figures
        self._run = run
        self._known: dict[_Point, _Read] = {}
        self._windowed: dict[Window, Origins] = {}

    def behind(self, result: Result, *, to_date: bool = False) -> frozenset[FigureKey]:
        """The cells behind one result: those of its actual and those of its target."""
        name, period, place = result.indicator.id, result.period, result.place
        over = self._run.over_periods
        read = _Read()
        made_to_date = any(word.startswith(PARTIAL) for word in result.quality)
        window = over.to_date(name, period, place) if to_date and made_to_date else None
        found = (self._within(window) if window else self).below([(name, period, place)])
        if to_date:  # which periods are there decides what is made of them
            found |= self.below([(name, part, place) for part in _parts(period)])
        if result.reached is not None:
            places = frozenset(range(period.within_year))
            so_far = Window(Frequency.YEAR, period.frequency, places)
            year = (name, period.longer(Frequency.YEAR), place)
            found |= self._within(so_far).below([year])
        if result.target_basis:
            self._read_by_rules(self._run.binding.indicators[name], period, read)
        return found | read.figures.keys() | self.below(read.points)

    def below(self, points: Mapping[_Point, None] | list[_Point]) -> frozenset[FigureKey]:
        """The cells behind the actuals of these points."""
        found: dict[FigureKey, None] = {}
        waiting = list(points)
        seen = set(waiting)
        while waiting:
            read = self._read_at(waiting.pop())
            found |= read.figures
            further = [point for point in read.points if point not in seen]
            seen.update(further)
            waiting += further
        return frozenset(found)

    def _within(self, window: Window) -> Origins:
        found = self._windowed.get(window)
        if found is None:
            part = Origins(self._run.over_periods.to(window), self.figures)
            found = self._windowed[window] = part
        return found

    def _read_at(self, point: _Point) -> _Read:
        known = self._known.get(point)
        if known is not None:
            return known
        read = self._known[point] = _Read()
        name, period, place = point
        parts = self._run.over_periods.made_of(*point)
        read.points |= dict.fromkeys((name, part, place) for part in parts)
        version = self._run.binding.indicators[name].at(period)
        if not parts and version is not None and version.program is not None:
            self._follow(version.program, period, place, read)
        return read

    def _follow(self, program: Program, period: Period, place: Place, read: _Read) -> None:
        """Everything a program reads at a point, also inside its reductions."""
        waiting = [(program, period, place)]
        while waiting:
            current, when, where = waiting.pop()
            for step in current.steps:
                match step:
                    case Input(name=name, shift=shift):
                        self._series((name, shift.applied(when), where), read)
                    case YearToDate(program=inner):
                        waiting += [(inner, each, where) for each in step.periods(when)]
                    case OverMembers(shift=shift):
                        waiting += self._members(step, shift.applied(when), where, read)
                    case OverRecords(records=records, shift=shift):
                        self._records(records, shift.applied(when), where, read)

    def _series(self, point: _Point, read: _Read) -> None:
        binding = self._run.binding
        if point[0] in binding.indicators:
            read.points[point] = None
        elif point[0] in binding.variables:
            for one in self._run.figure(*point).observations:
                key = FigureKey(one.variable, one.period, one.place)
                read.figures[key] = None
                self.figures.setdefault(key, one)

    def _members(
        self, step: OverMembers, period: Period, place: Place, read: _Read
    ) -> list[tuple[Program, Period, Place]]:
        """What is read at each member; the `total` of a series is its figure at the whole."""
        whole = without(place, step.dimension)
        only = step.program.inputs()
        if step.function == "total" and len(step.program.steps) == len(only) == 1:
            self._series((only[0].name, only[0].shift.applied(period), whole), read)
            if only[0].name in self._run.binding.variables:
                return []
        return [(step.program, period, each) for each in self._run.places_over(step, whole)]

    def _records(self, name: str, period: Period, place: Place, read: _Read) -> None:
        for world in self._run.records.at(name, period, place):
            record = world.record
            for column, cell in record.cells.items():
                key = FigureKey(name, record.period, record.place, record.key, column)
                read.figures[key] = None
                self.figures.setdefault(key, cell)

    def _read_by_rules(self, bound: BoundIndicator, period: Period, read: _Read) -> None:
        """What the rules of all its decrees read for a period and the shorter ones inside it."""
        for decree in _ruled(bound):
            rule = decree.bound.rule
            assert rule is not None
            for part in _parts(period):
                if decree.makes(part) is not BasisKind.RULE:
                    continue
                for each in (*rule_periods(decree, part), part):
                    self._follow(rule, each, (), read)
                    if any(step.name == "actual" for step in rule.inputs()):
                        read.points[bound.declared.id, each, ()] = None


def _parts(period: Period) -> Iterator[Period]:
    """A period and those inside it: its promise may be made of theirs."""
    for frequency in Frequency:
        if frequency >= period.frequency:
            yield from period.shorter(frequency)


def _ruled(bound: BoundIndicator) -> Iterator[Decree]:
    """The decrees with a rule that reads more than earlier targets."""
    declared = bound.declared
    every = [(declared.targets, bound.targets)]
    pairs = zip(declared.revisions, bound.revisions, strict=True)
    every += [(revision.targets, targets) for revision, targets in pairs]
    for targets, found in every:
        if targets is None or found is None or found.rule is None:
            continue
        if not _reads_targets_alone(found.rule):
            yield Decree(targets, found)


def _reads_targets_alone(rule: Program) -> bool:
    reductions = (YearToDate, OverMembers, OverRecords)
    return all(step.name == "target" for step in rule.inputs()) and not any(
        isinstance(step, reductions) for step in rule.steps
    )
