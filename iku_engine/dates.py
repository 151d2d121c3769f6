"""Dates as definitions, data and the command line write them: the day first, or ISO 8601.

`2024-03-31`, `31/03/2024` and `31 Maret 2024` are the same day. A month never stands before its
day, so that `03/04/2024` has one meaning.
"""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_SLASHES = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
_WORDS = re.compile(r"(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]+)\s+(?P<year>\d{4})", re.ASCII)
_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
    "oktober", "november", "desember",
)  # fmt: skip
_LONGEST = 40

HOW = "a date is written 2024-03-31, 31/03/2024 or 31 Maret 2024"
"""How dates are written, as the help of a diagnostic."""


def read_date(text: str) -> date:
    """Read a date; `ValueError` for other text and for a day that is not in the calendar."""
    bare = text.strip()
    if len(bare) > _LONGEST:
        raise ValueError(HOW)
    if match := _ISO.fullmatch(bare) or _SLASHES.fullmatch(bare):
        month = int(match["month"])
    elif (match := _WORDS.fullmatch(bare)) and match["month"].casefold() in _MONTHS:
        month = _MONTHS.index(match["month"].casefold()) + 1
    else:
        raise ValueError(HOW)
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        raise ValueError("the calendar has no such day") from None
