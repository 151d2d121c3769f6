"""Values and promises of a run at longer periods than those of its data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from iku_engine.catalog.model import Phasing, Targets
from iku_engine.evaluation.consolidation import (
    NOTE,
    Window,
    combined,
    longest_below,
    noted,
    target_of_parts,
)
from iku_engine.evaluation.decrees import NO_TARGET, TargetOutcome
from iku_engine.evaluation.model import Outcome, Status
from iku_engine.evaluation.needs import Sources, sources_of
from iku_engine.periods import Frequency, Period
from iku_engine.places import Place

if TYPE_CHECKING:
    from iku_engine.evaluation.exact import ExactEvaluation


@dataclass(slots=True)
class OverPeriods:
    """What one run knows of longer periods; made when first asked for, and kept."""

    run: ExactEvaluation
    window: Window | None = None
    _found: Mapping[str, Sources] | None = None
    _known: dict[str, frozenset[Frequency]] = field(default_factory=dict)
    _made_of: dict[tuple[str, Period, Place], tuple[Period, ...]] = field(default_factory=dict)
    _windowed: dict[Window, ExactEvaluation] = field(default_factory=dict)

    def value(self, indicator: str, period: Period, place: Place) -> Outcome | None:
        """The indicator's own values of shorter periods, combined as it declares.

        None where it declares nothing, or where none of its inputs has shorter periods.
        """
        how = self.run.binding.indicators[indicator].declared.consolidation
        periods = self.shorter(indicator, period)
        if how is None or not periods:
            return None
        values = [self.run.actual(indicator, each, place) for each in periods]
        if not any(value.ok for value in values):
            return None
        self._made_of[indicator, period, place] = periods
        return noted(combined(how, values), f"{NOTE}:{how.value}")

    def shorter(self, indicator: str, period: Period) -> tuple[Period, ...]:
        """The shorter periods whose values may make the value of a longer one.

        None where the indicator declares no consolidation, or has no figures so short.
        """
        if self.run.binding.indicators[indicator].declared.consolidation is None:
            return ()
        known = self._frequencies(indicator)
        if self.window is not None and self.window.over is period.frequency:
            return self.window.within(period) if max(known, default=0) >= self.window.of else ()
        frequency = longest_below(known, period.frequency)
        return () if frequency is None else period.shorter(frequency)

    def made_of(self, indicator: str, period: Period, place: Place) -> tuple[Period, ...]:
        """The shorter periods whose values made the value of a longer one; empty for others."""
        return self._made_of.get((indicator, period, place), ())

    def promise(self, indicator: str, period: Period) -> TargetOutcome:
        """What was promised for a longer period: as printed, else from its shorter periods."""
        made = self.run.targets_at(indicator, period)
        narrowed = self.window is not None and self.window.over is period.frequency
        if made.status is not Status.NO_TARGET and not narrowed:
            return made
        declared = self.run.binding.indicators[indicator].declared
        every = (declared.targets, *(revision.targets for revision in declared.revisions))
        known = {each for targets in every if targets is not None for each in _told(targets)}
        for frequency in sorted(each for each in known if each > period.frequency):
            parts = {
                each: self.run.targets_at(indicator, each)
                for each in self._told_of(period, frequency, declared.phasing)
            }
            found = target_of_parts(parts, declared.phasing, declared.consolidation)
            if found.status is not Status.NO_TARGET:
                return found
        return NO_TARGET

    def _told_of(
        self, period: Period, frequency: Frequency, phasing: Phasing | None
    ) -> tuple[Period, ...]:
        """The periods whose promises make the one of a longer period; in a window, of its part.

        Cumulative promises say nothing of a part with a gap in it.
        """
        window = self.window
        if window is None or window.over is not period.frequency:
            return period.shorter(frequency)
        if phasing is Phasing.CUMULATIVE and not window.is_from_start:
            return ()
        return window.covers(period, frequency)

    def reached(self, indicator: str, period: Period, place: Place) -> Outcome | None:
        """What was reached from the start of the year; None unless its targets are cumulative.

        None also where the inputs have no figures as short as the period: those of the year
        would stand against the promise of a part of it.
        """
        declared = self.run.binding.indicators[indicator].declared
        if declared.phasing is not Phasing.CUMULATIVE or period.frequency is Frequency.YEAR:
            return None
        if max(self._frequencies(indicator), default=0) < period.frequency:
            return None
        places = frozenset(range(period.within_year))
        window = Window(Frequency.YEAR, period.frequency, places)
        return self.to(window).prepared(indicator, period.longer(Frequency.YEAR), place)

    def to_date(self, indicator: str, period: Period, place: Place) -> Window | None:
        """The shorter periods for which all inputs have figures, where these are not all.

        None where there are none at all, or nothing is missing; and where a part of a year has
        a formula that reads other parts of it, which are to be whole.
        """
        frequency = longest_below(self._frequencies(indicator), period.frequency)
        if frequency is None:
            return None
        if period.frequency is not Frequency.YEAR and self._sources(indicator).of_the_year:
            return None
        parts = period.shorter(frequency)
        there = [at for at, part in enumerate(parts) if self._has_figures(indicator, part, place)]
        if not there or len(there) == len(parts):
            return None
        return Window(period.frequency, frequency, frozenset(there))

    def to(self, window: Window) -> ExactEvaluation:
        """The same run over only the periods of a window."""
        found = self._windowed.get(window)
        if found is None:
            found = self._windowed[window] = self.run.within(window)
        return found

    def _has_figures(self, indicator: str, period: Period, place: Place) -> bool:
        """Whether the inputs that have figures so short have one for a period."""
        figures, records = self.run.figures, self.run.records
        sources = self._sources(indicator)
        series = [name for name in sources.variables if _is_as_short(figures, name, period)]
        counted = [name for name in sources.records if _is_as_short(records, name, period)]
        return (
            bool(series or counted)
            and all(self.run.figure(name, period, place).outcome.ok for name in series)
            and all(records.at(name, period, place) for name in counted)
        )

    def _frequencies(self, indicator: str) -> frozenset[Frequency]:
        """The kinds of periods for which the inputs of an indicator have figures."""
        found = self._known.get(indicator)
        if found is None:
            sources = self._sources(indicator)
            series = map(self.run.figures.frequencies, sources.variables)
            records = map(self.run.records.frequencies, sources.records)
            none = frozenset[Frequency]()
            found = self._known[indicator] = none.union(*series, *records)
        return found

    def _sources(self, indicator: str) -> Sources:
        if self._found is None:
            self._found = sources_of(self.run.binding)
        return self._found[indicator]


class _Kept(Protocol):
    def frequencies(self, name: str) -> frozenset[Frequency]: ...


def _is_as_short(kept: _Kept, name: str, period: Period) -> bool:
    """Whether a series or record set has figures of such periods or of shorter ones."""
    return max(kept.frequencies(name), default=0) >= period.frequency


def _told(targets: Targets) -> Iterable[Frequency]:
    """The kinds of periods that targets are printed or spread for."""
    yield from {period.frequency for period in targets.periods}
    if targets.spread is not None:
        yield targets.spread.over
