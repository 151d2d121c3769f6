"""Values and promises of a run at longer periods than those of its data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iku_engine.catalog.model import Phasing, Targets
from iku_engine.evaluation.consolidation import (
    NOTE,
    Window,
    combined,
    finest_below,
    noted,
    parts_of_period,
    target_of_parts,
)
from iku_engine.evaluation.decrees import NO_TARGET, TargetOutcome
from iku_engine.evaluation.model import Outcome, Status
from iku_engine.periods import Frequency, Period
from iku_engine.places import Place

if TYPE_CHECKING:
    from iku_engine.evaluation.exact import ExactEvaluation


@dataclass(slots=True)
class OverPeriods:
    """What one run knows of longer periods; made when first asked for, and kept."""

    run: ExactEvaluation
    window: Window | None = None
    _leaves: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _made_of: dict[tuple[str, Period, Place], tuple[Period, ...]] = field(default_factory=dict)
    _windowed: dict[Window, ExactEvaluation] = field(default_factory=dict)

    def value(self, indicator: str, period: Period, place: Place) -> Outcome | None:
        """The indicator's own values of shorter periods, combined as it declares.

        None where it declares nothing, or where none of its inputs has shorter periods.
        """
        how = self.run.binding.indicators[indicator].declared.consolidation
        frequency = finest_below(self._frequencies(indicator), period.frequency)
        if how is None or frequency is None:
            return None
        periods = parts_of_period(period, frequency, self.window)
        values = [self.run.actual(indicator, each, place) for each in periods]
        if not any(value.ok for value in values):
            return None
        self._made_of[indicator, period, place] = periods
        return noted(combined(how, values), f"{NOTE}:{how.value}")

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
        frequency = finest_below(known, period.frequency)
        if frequency is None:
            return NO_TARGET
        periods = parts_of_period(period, frequency, self.window)
        parts = {each: self.run.targets_at(indicator, each) for each in periods}
        return target_of_parts(parts, declared.phasing, declared.consolidation)

    def reached(self, indicator: str, period: Period, place: Place) -> Outcome | None:
        """What was reached from the start of the year; None unless its targets are cumulative."""
        declared = self.run.binding.indicators[indicator].declared
        if declared.phasing is not Phasing.CUMULATIVE or period.frequency is Frequency.YEAR:
            return None
        places = frozenset(range(period.within_year))
        window = Window(Frequency.YEAR, period.frequency, places)
        return self.to(window).prepared(indicator, period.longer(Frequency.YEAR), place)

    def to_date(self, indicator: str, period: Period, place: Place) -> Window | None:
        """The shorter periods for which all inputs have figures, where these are not all.

        None where there are none at all, or nothing is missing.
        """
        frequency = finest_below(self._frequencies(indicator), period.frequency)
        if frequency is None:
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
        """Whether the inputs that have figures of this kind of period have one for it."""
        known = [
            name
            for name in self._variables(indicator)
            if max(self.run.figures.frequencies(name), default=0) >= period.frequency
        ]
        return bool(known) and all(
            self.run.figure(name, period, place).outcome.ok for name in known
        )

    def _frequencies(self, indicator: str) -> set[Frequency]:
        """The kinds of periods for which the inputs of an indicator have figures."""
        return {
            frequency
            for name in self._variables(indicator)
            for frequency in self.run.figures.frequencies(name)
        }

    def _variables(self, indicator: str) -> tuple[str, ...]:
        """The variables an indicator is made from, also through other indicators."""
        found = self._leaves.get(indicator)
        if found is None:
            found = self._leaves[indicator] = tuple(dict.fromkeys(self._below(indicator)))
        return found

    def _below(self, indicator: str) -> Iterator[str]:
        indicators = self.run.binding.indicators
        waiting, seen = [indicator], {indicator}
        while waiting:
            for name in indicators[waiting.pop()].needs:
                if name not in indicators:
                    yield name
                elif name not in seen:
                    seen.add(name)
                    waiting.append(name)


def _told(targets: Targets) -> Iterable[Frequency]:
    """The kinds of periods that targets are printed or spread for."""
    yield from {period.frequency for period in targets.periods}
    if targets.spread is not None:
        yield targets.spread.over
