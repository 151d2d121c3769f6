"""What was promised: figures, ranges, grades, and what rules, paths and spreads make of them.

Of several decrees the last one that promises something for a period is in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, Self

from iku_engine.algebra.model import OverMembers, OverRecords
from iku_engine.binding.model import Binding
from iku_engine.catalog.model import Phasing
from iku_engine.evaluation.certainty import TARGET_DECIMALS, is_open, sharpened
from iku_engine.evaluation.decrees import (
    NO_TARGET,
    BasisKind,
    Decree,
    TargetOutcome,
    mistaken,
    printed_in,
    rule_periods,
    year_of,
)
from iku_engine.evaluation.made_targets import made_by_path, made_by_spread, rounded_as_declared
from iku_engine.evaluation.model import Outcome, Reason, Status, missing
from iku_engine.evaluation.needs import PartsOf, Point, read_points
from iku_engine.evaluation.records import OpaqueCall
from iku_engine.evaluation.steps import World, evaluate
from iku_engine.periods import Period
from iku_engine.places import Place


class Run(World, Protocol):
    """What rules of targets need of the run they belong to."""

    digits: int
    promises: Promises

    @property
    def binding(self) -> Binding: ...

    def finer(self) -> Self | None: ...

    def actual(self, indicator: str, period: Period, place: Place) -> Outcome: ...

    def over_members(
        self, step: OverMembers, period: Period, place: Place, world: World | None = None
    ) -> Outcome: ...


@dataclass(slots=True)
class Promises:
    """The targets of one run: each is made when first asked for, and kept.

    `as_of` leaves out the decrees that are in force only after that day.
    """

    run: Run
    as_of: date | None = None
    _made: dict[tuple[str, Period, int], TargetOutcome] = field(default_factory=dict)
    _following: set[tuple[str, Period, int]] = field(default_factory=set)
    _decrees: dict[str, tuple[Decree, ...]] = field(default_factory=dict)

    def at(self, indicator: str, period: Period) -> TargetOutcome:
        """The promise in force for exactly this period."""
        return self.up_to(indicator, period, len(self._of(indicator)) - 1)

    def history(self, indicator: str, period: Period) -> tuple[TargetOutcome, ...]:
        """What each decree promised for a period, the one in force last."""
        return tuple(
            self.up_to(indicator, period, number)
            for number, decree in enumerate(self._of(indicator))
            if decree.kind(period) is not None
        )

    def made(self, indicator: str, period: Period, decree: str = "") -> TargetOutcome | None:
        """What the rule, path or spread of a decree gives, also where a figure is printed."""
        for number, each in enumerate(self._of(indicator)):
            kind = each.makes(period)
            if each.title == decree and kind is not None:
                self._follow(indicator, period, number)
                return self._promised(indicator, period, number, kind)
        return None

    def read_by_rules(
        self, asked: Mapping[str, Iterable[Point]], parts_of: PartsOf
    ) -> dict[str, list[Point]]:
        """Points of indicators that the rules behind these targets read."""
        read: dict[str, list[Point]] = {}
        for name, points in asked.items():
            periods = {period for period, _ in points}
            for decree in self._of(name):
                for last in periods if decree.bound.rule is not None else ():
                    for other, point in _read(decree, name, last, parts_of):
                        if other in self.run.binding.indicators:
                            read.setdefault(other, []).append(point)
        return read

    def _of(self, indicator: str) -> tuple[Decree, ...]:
        found = self._decrees.get(indicator)
        if found is None:
            found = self._decrees[indicator] = tuple(self._in_order(indicator))
        return found

    def _in_order(self, indicator: str) -> Iterator[Decree]:
        bound = self.run.binding.indicators[indicator]
        if bound.declared.targets is not None and bound.targets is not None:
            yield Decree(bound.declared.targets, bound.targets)
        for revision, targets in zip(bound.declared.revisions, bound.revisions, strict=True):
            if self.as_of is None or revision.since <= self.as_of:
                yield Decree(revision.targets, targets, revision.decree, revision.since)

    def up_to(self, indicator: str, period: Period, last: int) -> TargetOutcome:
        """The promise for a period by the decrees up to the one of this number.

        A rule reads the targets as they were when its decree was made: later ones do not count.
        """
        key = (indicator, period, last)
        found = self._made.get(key)
        if found is not None:
            return found
        if key in self._following:
            circle = Outcome(None, Status.ERROR, (Reason("circle", "target", period),))
            return TargetOutcome.point(circle)
        self._following.add(key)
        self._follow(indicator, period, last)
        made = self._made[key] = self._sharp(self._make(indicator, period, last), *key)
        self._following.discard(key)
        return made

    def _sharp(
        self, made: TargetOutcome, indicator: str, period: Period, last: int
    ) -> TargetOutcome:
        """A promise with as many digits as it needs to be shown or rounded."""
        declared = self.run.binding.indicators[indicator].declared
        decimals = max(declared.decimals, TARGET_DECIMALS)
        if not is_open(made.target, decimals):
            return made
        return sharpened(
            made,
            self.run,
            lambda run: run.promises.up_to(indicator, period, last),
            lambda found: is_open(found.target, decimals),
        )

    def _make(self, indicator: str, period: Period, last: int) -> TargetOutcome:
        decrees = self._of(indicator)
        for number in range(last, -1, -1):
            kind = decrees[number].kind(period)
            if kind is not None:
                return self._promised(indicator, period, number, kind)
        return NO_TARGET

    def _promised(
        self, indicator: str, period: Period, number: int, kind: BasisKind
    ) -> TargetOutcome:
        decree = self._of(indicator)[number]
        targets, basis = decree.targets, decree.basis(kind)
        if kind is BasisKind.GIVEN:
            return printed_in(decree, period, indicator)
        if decree.bound.broken:
            return TargetOutcome.point(mistaken(indicator), basis)
        if kind is BasisKind.RULE:
            return TargetOutcome.point(self._by_rule(indicator, period, number), basis)
        if kind is BasisKind.PATH:
            figures = {**targets.given, **decree.bound.scores}
            return TargetOutcome.point(made_by_path(targets, figures, period), basis)
        declared = self.run.binding.indicators[indicator].declared
        cumulative = declared.phasing is Phasing.CUMULATIVE
        made = made_by_spread(targets, period, year_of(period), cumulative=cumulative)
        return TargetOutcome.point(made, basis)

    def _by_rule(self, indicator: str, period: Period, number: int) -> Outcome:
        decree = self._of(indicator)[number]
        rule = decree.bound.rule
        assert rule is not None

        def earlier(when: Period) -> Outcome:
            return self.up_to(indicator, when, number).target

        world = _TargetWorld(self.run, indicator, earlier)
        return rounded_as_declared(evaluate(rule, world, period, ()), decree.targets, period)

    def _follow(self, indicator: str, period: Period, last: int) -> None:
        """Make the targets from the start on, so that each finds the one before it."""
        for number, decree in enumerate(self._of(indicator)[: last + 1]):
            for earlier in rule_periods(decree, period):
                key = (indicator, earlier, number)
                if key not in self._made and key not in self._following:
                    self._following.add(key)
                    self._made[key] = self._sharp(self._make(indicator, earlier, number), *key)
                    self._following.discard(key)


def _read(
    decree: Decree, indicator: str, last: Period, parts_of: PartsOf
) -> Iterator[tuple[str, Point]]:
    assert decree.bound.rule is not None
    for period in (*rule_periods(decree, last), last):
        for name, when, where in read_points(decree.bound.rule, period, (), parts_of):
            yield (indicator if name == "actual" else name), (when, where)


class _TargetWorld:
    """What a rule of targets sees: its own `target` and `actual` beside the catalog's series."""

    def __init__(self, run: Run, indicator: str, earlier: Callable[[Period], Outcome]) -> None:
        self._run, self._indicator, self._earlier = run, indicator, earlier
        self.opaque: OpaqueCall = run.opaque

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        if name == "target":
            found = self._earlier(period)
            if found.status is Status.NO_TARGET:
                return missing(Reason("missing", "target", period))
            return found
        if name == "actual":
            return self._run.actual(self._indicator, period, place)
        return self._run.series(name, period, place)

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        return self._run.over_members(step, period, place, self)

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        return self._run.over_records(step, period, place)
