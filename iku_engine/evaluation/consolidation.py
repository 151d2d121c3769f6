"""How the figures of periods make the figure of a longer one (konsolidasi periode).

All of the shorter periods make it, or none. Only where a run is asked *to date* do those that
there are, and the result says how many (`partial 3/4`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from iku_engine.catalog.model import Consolidation, Phasing
from iku_engine.evaluation.decrees import NO_TARGET, Basis, BasisKind, TargetOutcome
from iku_engine.evaluation.model import Outcome, Status
from iku_engine.evaluation.reductions import averaged, summed
from iku_engine.periods import Frequency, Period

NOTE = "consolidated"
"""The quality of a value that was made from those of shorter periods: `consolidated:sum`."""

PARTIAL = "partial"
"""The quality of a value to date: `partial 3/4`."""

CUMULATIVE = "cumulative"
"""The quality of an achievement that compares what was reached since the start of the year."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which of the shorter periods count: their places inside a longer one, from 0.

    It holds for every longer period of its kind, so that a year to date is compared with the
    same quarters of the year before.
    """

    over: Frequency
    of: Frequency
    places: frozenset[int]

    def within(self, period: Period) -> tuple[Period, ...]:
        """The shorter periods of a longer one that count."""
        parts = period.shorter(self.of)
        return tuple(part for at, part in enumerate(parts) if at in self.places)

    def covers(self, period: Period, frequency: Frequency) -> tuple[Period, ...]:
        """The periods of another kind that are just as long as those that count; else none.

        Of six months these are two quarters; of five months no quarters are.
        """
        months = {month for part in self.within(period) for month in part.shorter(Frequency.MONTH)}
        parts = [each for each in period.shorter(frequency) if _lies_in(each, months)]
        return tuple(parts) if len(parts) * (12 // frequency) == len(months) else ()

    @property
    def is_from_start(self) -> bool:
        """Whether it has no gap: the first periods of the longer one, up to some point."""
        return self.places == frozenset(range(len(self.places)))

    @property
    def note(self) -> str:
        return f"{PARTIAL} {len(self.places)}/{self.of // self.over}"


def _lies_in(period: Period, months: set[Period]) -> bool:
    return months.issuperset(period.shorter(Frequency.MONTH))


def parts_of_period(
    period: Period, frequency: Frequency, window: Window | None
) -> tuple[Period, ...]:
    """The shorter periods that make a longer one; in a window those that count."""
    if window is not None and (window.over, window.of) == (period.frequency, frequency):
        return window.within(period)
    return period.shorter(frequency)


def longest_below(known: Iterable[Frequency], frequency: Frequency) -> Frequency | None:
    """The kind of shorter periods to make a longer one from: the longest there are data for."""
    return min((each for each in known if each > frequency), default=None)


def combined(how: Consolidation, parts: Sequence[Outcome]) -> Outcome:
    """One value of the values of periods in order; what keeps one from being known keeps it."""
    if how is Consolidation.LAST:
        return parts[-1]
    return summed(parts) if how is Consolidation.SUM else averaged(parts)


def only_gaps(outcome: Outcome, period: Period) -> bool:
    """Whether a value is missing for shorter periods alone: its inputs make the longer one.

    Another way to make it would then depend on which figures happen to be there.
    """
    return all(
        reason.period is not None and reason.period.frequency > period.frequency
        for reason in outcome.reasons
    )


def noted(outcome: Outcome, *notes: str) -> Outcome:
    """The value with further notes in its quality."""
    known = outcome.quality.notes
    further = tuple(note for note in notes if note not in known)
    if not outcome.ok or not further:
        return outcome
    quality = replace(outcome.quality, notes=(*known, *further))
    return replace(outcome, quality=quality)


def target_of_parts(
    parts: Mapping[Period, TargetOutcome], phasing: Phasing | None, how: Consolidation | None
) -> TargetOutcome:
    """The promise of a longer period from those of the shorter ones that have one.

    A period without a promise adds nothing. Cumulative promises are those of the last one; others
    are combined as the indicator's values are, and not at all where that is not declared.
    """
    promised = [one for one in parts.values() if one.status is not Status.NO_TARGET]
    if not promised:
        return NO_TARGET
    if phasing is Phasing.CUMULATIVE:
        how = Consolidation.LAST
    if how is None:
        return NO_TARGET
    last = promised[-1].basis
    basis = Basis(BasisKind.CONSOLIDATED, last.decree if last else "", last.since if last else None)
    if any(one.is_range for one in promised):
        low = combined(how, [one.low for one in promised])
        high = combined(how, [one.high for one in promised])
        return TargetOutcome.range(low, high, max(parts), basis)
    return TargetOutcome.point(combined(how, [one.target for one in promised]), basis)
