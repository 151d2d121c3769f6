"""The years of the service and their parts -> periods: `2023*` and `Triwulan I` are 2023-Q1*."""

from __future__ import annotations

import re

from iku_engine.diagnostics import quoted
from iku_engine.periods import Period
from iku_plugin_bps.service.answer import Item
from iku_plugin_bps.service.asked import FIRST_YEAR
from iku_plugin_bps.service.labels import cleaned

_YEAR = re.compile(r"(?P<year>[12][0-9]{3}) ?(?P<mark>\*{0,2})\)?", re.ASCII)
_MARKED = re.compile(r"(?P<part>.*?) ?(?P<mark>\*{0,2})\)?", re.ASCII | re.DOTALL)
_WHOLE_YEAR = frozenset({"tahun", "tahunan", "setahun", "annual", "annually", "yearly", "year"})
_NO_PART = frozenset({"", "-", "tidak ada", "tidakada", "none", "no"})


class NoPeriodError(ValueError):
    """Why a year or its part is no period here, as a sentence about it."""


def period_text(tahun: Item, turtahun: Item) -> str:
    """The period as a cell says it, with its mark; `NoPeriodError` says why there is none.

    A year is known by its id and has to agree with its label. A part of the year is known by its
    label: its ids mean one thing in one table and another in the next.
    """
    year, mark = _year(tahun)
    part = _MARKED.fullmatch(cleaned(turtahun.label))
    assert part is not None
    stars = max(mark, part["mark"], key=len)
    return f"{_part(year, part['part'].strip(), turtahun)}{stars}"


def _year(tahun: Item) -> tuple[int, str]:
    label = cleaned(tahun.label)
    said = _YEAR.fullmatch(label)
    year = FIRST_YEAR + int(tahun.id) if len(tahun.id) <= 3 else None
    if said is None or int(said["year"]) != year:
        raise NoPeriodError(
            f"the year {quoted(tahun.id)} is labelled {quoted(label)}"
            + ("" if year is None else f", and {tahun.id} is {year}")
        )
    return year, said["mark"]


def _part(year: int, label: str, turtahun: Item) -> Period:
    word = label.casefold()
    if word in _WHOLE_YEAR or (word in _NO_PART and turtahun.id == "0"):
        return Period.of(year)
    try:
        return Period.parse(f"{label} {year}" if label else "")
    except ValueError:
        message = f"the part of the year {quoted(turtahun.id)} is labelled {quoted(label)}"
        raise NoPeriodError(message) from None
