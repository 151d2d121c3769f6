"""Periods: years, quarters and months, ordered and stepped along the calendar.

A period is a type of its own, never a bare number, so that a missing year stays missing: the
period before 2022 is 2021 whether or not a row for 2021 exists.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import total_ordering

_TEXT = re.compile(
    r"(?P<year>[12]\d{3})(?:-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.ASCII
)
_LONGEST_TEXT = 40
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
        """Read `2022`, `2022-Q1` or `2022-03`, or a period as documents write it.

        Documents write `TW I 2022`, `Triwulan 1 Tahun 2022`, `Q1 2022`, `Maret 2022`, `Mar 2022`,
        `Bulan 3 2022`, `Tahun 2022`; case and spacing do not matter. Raises `ValueError` for
        anything else, `03/2022` included: it may be a month or a quarter.
        """
        short = len(text) <= _LONGEST_TEXT
        match = _TEXT.fullmatch(text.strip()) if short else None
        if match is None:
            return _as_documents_write(" ".join(text.split()).casefold() if short else "")
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

    def longer(self, frequency: Frequency) -> Period:
        """The period of this frequency that holds this one: the quarter or year of a month.

        Raises `ValueError` for a frequency of shorter periods.
        """
        if frequency > self.frequency:
            raise ValueError(f"{self} lies in no single {frequency.name.lower()}")
        return Period(frequency, self.number * frequency // self.frequency)

    def shorter(self, frequency: Frequency) -> tuple[Period, ...]:
        """The periods of this frequency that make this one up, in order; itself for its own.

        Raises `ValueError` for a frequency of longer periods.
        """
        if frequency < self.frequency:
            raise ValueError(f"{self} is not made of {frequency.name.lower()}s")
        count = frequency // self.frequency
        first = self.number * count
        return tuple(Period(frequency, n) for n in range(first, first + count))

    def holds(self, other: Period) -> bool:
        """Whether another period lies in this one."""
        return other.frequency >= self.frequency and other.longer(self.frequency) == self

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


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH_NAMES = (  # Indonesian, its abbreviations, English, its abbreviations
    ("januari", "jan", "january"),
    ("februari", "pebruari", "feb", "peb", "february"),
    ("maret", "mar", "march"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("agustus", "agu", "agt", "ags", "agst", "august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des", "december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}

_GAP, _BREAK = r"[ ./-]*", r"[ ./-]+"
_YEAR_WORD = rf"(?:tahun anggaran|tahunan|tahun|thn|th|t\.? ?a|ta|year){_GAP}"
_YEAR = rf"(?:{_YEAR_WORD})?(?P<year>[12]\d{{3}})"
_QUARTER_WORD = r"(?:tw|triwulan|tri wulan|kuartal|kwartal|quarter|q)"
_QUARTER = rf"{_QUARTER_WORD}{_GAP}(?:ke{_GAP})?(?P<quarter>iii|ii|iv|i|[1-4])"
_MONTH = (
    rf"(?:(?:bulan|bln|month){_GAP}(?:ke{_GAP})?(?P<number>1[0-2]|0?[1-9])"
    rf"|(?:(?:bulan|bln){_GAP})?(?P<name>{'|'.join(sorted(_MONTHS, reverse=True))}))"
)
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        _YEAR,
        *(rf"{part}{_BREAK}{_YEAR}" for part in (_QUARTER, _MONTH)),
        *(rf"{_YEAR}{_GAP}{part}" for part in (_QUARTER, _MONTH)),
    )
)
_UNCLEAR = re.compile(r"\d{1,2} ?[/.-] ?[12]\d{3}|[12]\d{3} ?[/.-] ?\d", re.ASCII)
_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}.*|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", re.ASCII)
_HALVES = re.compile(r"\b(semester|smt|caturwulan|catur wulan|half)\b", re.ASCII)


def _as_documents_write(text: str) -> Period:
    """A period in words, lower case and single spaces; `ValueError` for anything else."""
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        raise ValueError(why_no_period(text))
    parts = found.groupdict()
    year, quarter = int(parts["year"]), parts.get("quarter")
    if quarter:
        return Period.of(year, quarter=_ROMAN.get(quarter) or int(quarter))
    if parts.get("name"):
        return Period.of(year, month=_MONTHS[parts["name"]])
    return Period.of(year, month=int(parts["number"]) if parts.get("number") else None)


def why_no_period(text: str) -> str:
    """What to write in place of a text that is no period."""
    text = text.casefold() if len(text) <= _LONGEST_TEXT else ""
    if _HALVES.search(text):
        return "a semester is not a period here: write its quarters, 2022-Q1..2022-Q2"
    if _UNCLEAR.fullmatch(text):
        return "it may be a quarter or a month of a period: write 2022-Q1 or 2022-01"
    if _DAY.fullmatch(text):
        return "a day is a period only as the first of its month, 2022-03-01: write 2022-03"
    return "a period is written 2022, 2022-Q1 or 2022-03"


def _within(number: int, count: int) -> int:
    if not 1 <= number <= count:
        raise ValueError(f"must be 1 to {count}, not {number}")
    return number
