"""Decrees: what each promises for which period, as printed or by a rule, path or spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from iku_engine.binding.model import BoundTargets
from iku_engine.catalog.model import Targets
from iku_engine.evaluation.model import Outcome, Reason, Status, undefined
from iku_engine.periods import Period

_LONGEST_RULE = 2_400


class BasisKind(StrEnum):
    """How the promise for one period came to be."""

    GIVEN = "given"
    RULE = "rule"
    PATH = "path"
    SPREAD = "spread"
    CONSOLIDATED = "consolidated"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a promise comes from; without a decree it is that of the indicator itself."""

    kind: BasisKind
    decree: str = ""
    since: date | None = None

    def __str__(self) -> str:
        if not self.decree:
            return self.kind.value
        made = "" if self.kind is BasisKind.GIVEN else f" ({self.kind.value})"
        return f"{self.decree}{made}"


_NOTHING = Outcome(None, Status.NO_TARGET)


@dataclass(frozen=True, slots=True)
class TargetOutcome:
    """What was promised for one period, or why nothing is known of it.

    A point has `low` and `high` equal to `target`; a range has no `target`, which is then
    undefined with the reason `range_target`. `label` is the grade it was printed as.
    """

    target: Outcome = _NOTHING
    low: Outcome = _NOTHING
    high: Outcome = _NOTHING
    basis: Basis | None = None
    label: str = ""

    @classmethod
    def point(cls, outcome: Outcome, basis: Basis | None = None, label: str = "") -> TargetOutcome:
        """One figure, or what keeps it from being known."""
        return cls(outcome, outcome, outcome, basis, label)

    @classmethod
    def range(
        cls, low: Outcome, high: Outcome, period: Period, basis: Basis | None = None
    ) -> TargetOutcome:
        """Both ends of a range."""
        return cls(undefined(Reason("range_target", "target", period)), low, high, basis)

    @property
    def is_range(self) -> bool:
        return self.low.ok and not self.target.ok

    @property
    def status(self) -> Status:
        """`ok` for points and ranges alike."""
        return self.low.status


NO_TARGET = TargetOutcome()
"""Nothing was promised."""


@dataclass(frozen=True, slots=True)
class Decree:
    """The targets of one decree: the indicator's own, or those of a revision."""

    targets: Targets
    bound: BoundTargets
    title: str = ""
    since: date | None = None

    def basis(self, kind: BasisKind) -> Basis:
        return Basis(kind, self.title, self.since)

    def starts(self, period: Period) -> Iterator[Period]:
        """The printed points that a rule or path of this frequency runs from or through."""
        for each in (*self.targets.given, *self.targets.labels):
            if each.frequency is period.frequency:
                yield each

    def kind(self, period: Period) -> BasisKind | None:
        """How it promises something for a period; None where it does not."""
        targets = self.targets
        annual = targets.spread.annual if targets.spread is not None else {}
        if any(period in one for one in (targets.given, targets.ranges, targets.labels, annual)):
            return BasisKind.GIVEN
        return self.makes(period)

    def makes(self, period: Period) -> BasisKind | None:
        """What would make the promise for a period if none were printed; None if nothing."""
        targets = self.targets
        if targets.spread is not None:
            spreads = period.frequency is targets.spread.over
            covered = year_of(period) in targets.spread.annual
            return BasisKind.SPREAD if spreads and covered else None
        points = tuple(self.starts(period))
        if targets.rule is not None:
            nothing = self.bound.broken and not targets.given
            later = any(start < period for start in points)
            return BasisKind.RULE if nothing or later else None
        if targets.path is not None:
            inside = bool(points) and min(points) < period < max(points)
            return BasisKind.PATH if inside else None
        return None


def printed_in(decree: Decree, period: Period, indicator: str) -> TargetOutcome:
    """A promise as it stands in the decree: a figure, a grade or a range."""
    targets, basis = decree.targets, decree.basis(BasisKind.GIVEN)
    if period in targets.given:
        return TargetOutcome.point(Outcome(targets.given[period]), basis)
    if period in targets.labels:
        score = decree.bound.scores.get(period)
        outcome = mistaken(indicator) if score is None else Outcome(score)
        return TargetOutcome.point(outcome, basis, targets.labels[period])
    if period in targets.ranges:
        ends = targets.ranges[period]
        return TargetOutcome.range(Outcome(ends.low), Outcome(ends.high), period, basis)
    assert targets.spread is not None
    return TargetOutcome.point(Outcome(targets.spread.annual[period]), basis)


def mistaken(indicator: str) -> Outcome:
    """No figure, because the definition has mistakes."""
    return Outcome(None, Status.ERROR, (Reason("error", indicator),))


def rule_periods(decree: Decree, period: Period) -> Sequence[Period]:
    """The periods between a rule's start and this one, the nearest 2,400 of them."""
    if decree.bound.rule is None or decree.kind(period) is not BasisKind.RULE:
        return ()
    first = min(decree.starts(period), default=period).number
    first = max(first, period.number - _LONGEST_RULE)
    return [Period(period.frequency, number) for number in range(first, period.number)]


def year_of(period: Period) -> Period:
    """The year that a period lies in."""
    return Period.of(period.year)
