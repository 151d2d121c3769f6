"""What is promised: figures, ranges, rules, paths and spreads, and later decrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from iku_engine.catalog.model.choices import PathKind
from iku_engine.diagnostics import LocatedText, Location
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import Rounding


@dataclass(frozen=True, slots=True)
class TargetRange:
    """A promise to stay from `low` to `high`, both included (`7..8`)."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """Yearly promises spread over the shorter periods of the year.

    Each period gets an equal part, or a part by its weight where there are `weights` (as many as
    the year has periods). The last period takes what rounding leaves, so that the year is kept.
    """

    annual: Mapping[Period, Fraction]
    over: Frequency
    weights: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Targets:
    """Promised values: given per period, and made by a rule, a path or a spread where declared.

    `given` holds printed figures (and a rule's start, or both ends of a path), `ranges` those
    printed as a range, `labels` those printed as a grade (`WTP`) of the indicator's `grades`.
    `round_to` is the number of decimals a made figure is rounded to, by `rounding`, because the
    rounded figure is the promise. `location` and `locations` say where they stand.
    """

    given: Mapping[Period, Fraction]
    location: Location
    rule: LocatedText | None = None
    round_to: int | None = None
    locations: Mapping[Period, Location] = field(default_factory=dict)
    rounding: Rounding = Rounding.HALF_UP
    ranges: Mapping[Period, TargetRange] = field(default_factory=dict)
    labels: Mapping[Period, str] = field(default_factory=dict)
    path: PathKind | None = None
    spread: Spread | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods with a printed promise, in order."""
        return tuple(sorted({*self.given, *self.ranges, *self.labels}))


@dataclass(frozen=True, slots=True)
class Revision:
    """Targets that a later decree set; from `since` on they replace those of their periods."""

    decree: str
    since: date
    targets: Targets
    location: Location
