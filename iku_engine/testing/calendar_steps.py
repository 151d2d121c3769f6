"""Periods stepped one at a time, by counting months and quarters."""

from __future__ import annotations

from iku_engine.periods import Frequency, Period

_PER_YEAR = {Frequency.YEAR: 1, Frequency.QUARTER: 4, Frequency.MONTH: 12}


def make(frequency: Frequency, year: int, within: int) -> Period:
    """A period from its year and its place inside the year, from 1."""
    if frequency is Frequency.QUARTER:
        return Period.of(year, quarter=within)
    if frequency is Frequency.MONTH:
        return Period.of(year, month=within)
    return Period.of(year)


def one_before(period: Period) -> Period:
    """The period of the same length that ends where this one begins."""
    if period.within_year > 1:
        return make(period.frequency, period.year, period.within_year - 1)
    return make(period.frequency, period.year - 1, _PER_YEAR[period.frequency])


def before(period: Period, periods: int = 0, years: int = 0) -> Period:
    """The period so many periods and years earlier."""
    moved = make(period.frequency, period.year - years, period.within_year)
    for _ in range(periods):
        moved = one_before(moved)
    return moved


def from_start_of_year(period: Period) -> list[Period]:
    """The periods of the year up to this one."""
    steps = range(1, period.within_year + 1)
    return [make(period.frequency, period.year, within) for within in steps]
