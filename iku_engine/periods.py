"""Periods: years, quarters and months, ordered and stepped along the calendar.

A period is a type of its own, never a bare number, so that a missing year stays missing: the
period before 2022 is 2021 whether or not a row for 2021 exists.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import total_ordering

_TEXT = re.compile(r"(?P<year>[12]\d{3})(?:-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")
_LONGEST_RANGE = 2_400  # two centuries of months


class Frequency(enum.IntEnum):
    """How many periods of this kind make a year."""

    YEAR = 1
    QUARTER = 4
    MONTH = 12


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One year, quarter or month.

    `number` counts periods of this frequency from year 0, so stepping is addition.
    Periods of different frequencies are ordered by their first month, the longer one first.
    """

    frequency: Frequency
    number: int

    @classmethod
    def of(cls, year: int, *, quarter: int | None = None, month: int | None = None) -> Period:
        """The period of a year, or of one of its quarters (1..4) or months (1..12)."""
        if quarter is not None and month is not None:
            raise ValueError("a period has a quarter or a month, not both")
        if quarter is not None:
            return cls(Frequency.QUARTER, year * 4 + _within(quarter, 4) - 1)
        if month is not None:
            return cls(Frequency.MONTH, year * 12 + _within(month, 12) - 1)
        return cls(Frequency.YEAR, year)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2022`, `2022-Q1` or `2022-03`; `ValueError` for anything else."""
        match = _TEXT.fullmatch(text.strip()) if len(text) <= 32 else None
        if match is None:
            raise ValueError("a period is written 2022, 2022-Q1 or 2022-03")
        quarter, month = match["quarter"], match["month"]
        return cls.of(
            int(match["year"]),
            quarter=int(quarter) if quarter else None,
            month=int(month) if month else None,
        )

    @property
    def year(self) -> int:
        return self.number // self.frequency

    @property
    def within_year(self) -> int:
        """The place inside the year, from 1: the quarter or the month; 1 for a year."""
        return self.number % self.frequency + 1

    def shifted(self, periods: int = 0, years: int = 0) -> Period:
        """The period this many periods and years later; negative numbers go back."""
        return Period(self.frequency, self.number + periods + years * self.frequency)

    def since_start_of_year(self) -> tuple[Period, ...]:
        """All periods of this frequency from the year's first to this one, itself included."""
        first = self.year * self.frequency
        return tuple(Period(self.frequency, n) for n in range(first, self.number + 1))

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int]:
        return (self.number * (12 // self.frequency), int(self.frequency))

    def __str__(self) -> str:
        if self.frequency is Frequency.QUARTER:
            return f"{self.year}-Q{self.within_year}"
        if self.frequency is Frequency.MONTH:
            return f"{self.year}-{self.within_year:02d}"
        return str(self.year)


def parse_periods(text: str) -> tuple[Period, ...]:
    """Read `2018..2022`, a single period, or a comma-separated list of both, in order given.

    Raises `ValueError` for text that cannot be read, for a range whose ends differ in frequency
    or run backwards, and for more than 2,400 periods.
    """
    found: dict[Period, None] = {}
    for part in text.split(","):
        low, dots, high = part.partition("..")
        first = Period.parse(low)
        last = Period.parse(high) if dots else first
        if first.frequency is not last.frequency:
            raise ValueError("both ends of a range of periods must be of one kind")
        if last < first:
            raise ValueError("a range of periods runs from the earlier to the later one")
        if last.number - first.number + len(found) >= _LONGEST_RANGE:
            raise ValueError(f"more than {_LONGEST_RANGE} periods")
        for number in range(first.number, last.number + 1):
            found[Period(first.frequency, number)] = None
    return tuple(found)


def _within(number: int, count: int) -> int:
    if not 1 <= number <= count:
        raise ValueError(f"must be 1 to {count}, not {number}")
    return number
