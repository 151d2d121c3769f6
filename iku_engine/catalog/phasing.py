"""Targets inside a year against what their declaration says of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from iku_engine.catalog.model import Catalog, Consolidation, Indicator, Phasing, Targets
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import to_exact_text


def check_phasing(catalog: Catalog) -> Iterator[Diagnostic]:
    """Cumulative targets that fall, and targets of a year that those inside it do not make."""
    for indicator in catalog.indicators.values():
        for targets in (indicator.targets, *(one.targets for one in indicator.revisions)):
            if targets is not None and indicator.phasing is not None:
                yield from _of(indicator, targets)


def _of(indicator: Indicator, targets: Targets) -> Iterator[Diagnostic]:
    years: dict[tuple[int, Frequency], list[Period]] = {}
    for period in sorted(targets.given):
        if period.frequency is not Frequency.YEAR:
            years.setdefault((period.year, period.frequency), []).append(period)
    for (year, _), periods in years.items():
        if indicator.phasing is Phasing.CUMULATIVE:
            yield from _falling(indicator, targets, periods)
        annual = targets.given.get(Period.of(year))
        if annual is not None and len(periods) == periods[0].frequency:
            yield from _unlike(indicator, targets, periods, annual)


def _falling(indicator: Indicator, targets: Targets, periods: list[Period]) -> Iterator[Diagnostic]:
    for before, after in pairwise(periods):
        if targets.given[after] >= targets.given[before]:
            continue
        message = (
            f"the cumulative target of {after} is below the one of {before} "
            f"({to_exact_text(targets.given[after])} after {to_exact_text(targets.given[before])})"
        )
        where = targets.locations.get(after, targets.location)
        help_ = "correct the figure, or declare `phasing: per_period`"
        yield Diagnostic("IKU308", message, where, help_, indicator.id)


def _unlike(
    indicator: Indicator, targets: Targets, periods: list[Period], annual: Fraction
) -> Iterator[Diagnostic]:
    """The target of a year beside those of all its quarters or months."""
    figures = [targets.given[period] for period in periods]
    how = indicator.consolidation
    if indicator.phasing is Phasing.CUMULATIVE or how is Consolidation.LAST:
        made = figures[-1]
    elif how is Consolidation.SUM:
        made = sum(figures, Fraction(0))
    elif how is Consolidation.MEAN:
        made = sum(figures, Fraction(0)) / len(figures)
    else:
        return
    if made == annual:
        return
    year = periods[0].year
    message = (
        f"the target of {year} is {to_exact_text(annual)}, "
        f"and those inside it make {to_exact_text(made)}"
    )
    where = targets.locations.get(Period.of(year), targets.location)
    help_ = "correct one of them, or its `phasing` or `consolidation`"
    yield Diagnostic("IKU308", message, where, help_, indicator.id)
