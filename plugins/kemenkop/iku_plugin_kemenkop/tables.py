"""The regulations' bands as scales: as they were read, and as they can be used.

Bands as read leave values without a band, or give a value two. The bands in use differ from them
only where a row of `data/bands.csv` says so, and why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from iku_engine.scales import Band, Scale, find_gaps, find_overlaps, parse_range, sorted_bands
from iku_plugin_kemenkop.data import Row, regulations, rows

NOT_READABLE = "-"
"""Stands for a band whose print holds no value."""

READ = "_terbaca"
"""Ends the name of a scale that holds the bands as they were read."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a regulation: the scale in use, the bands as read, and what was repaired."""

    regulation: str
    name: str
    used: Scale
    read: Scale
    repairs: tuple[tuple[str, str], ...]

    @property
    def has_holes(self) -> bool:
        """Whether the bands as read leave values between them without a band."""
        return any(find_gaps(self.read.bands))

    @property
    def has_overlaps(self) -> bool:
        """Whether the bands as read give a value two bands."""
        return any(find_overlaps(self.read.bands))


def _band(row: Row, column: str) -> Band:
    band = parse_range(row[column])
    score = Fraction(row["score"]) if row["score"] else None
    return replace(band, label=row["label"] or band.range_text(), score=score)


def _table(row: Row) -> Table:
    regulation = regulations()[row["regulation"]]
    name = f"{regulation.prefix}_{row['table']}"
    bands = [
        band
        for band in rows("bands")
        if (band["regulation"], band["table"]) == (row["regulation"], row["table"])
    ]
    reference = f"{regulation.reference}; bands: {row['source']}"
    used = Scale(
        name, sorted_bands(tuple(_band(band, "used") for band in bands)), row["title"], reference
    )
    printed = tuple(_band(band, "as_read") for band in bands if band["as_read"] != NOT_READABLE)
    read = replace(
        used,
        name=name + READ,
        bands=sorted_bands(printed),
        title=f"{row['title']}, sebagaimana terbaca",
    )
    repairs = tuple((band["used"], band["repair"]) for band in bands if band["repair"])
    return Table(row["regulation"], name, used, read, repairs)


TABLES: dict[str, Table] = {table.name: table for table in map(_table, rows("tables"))}
"""All tables by the name of their scale."""

AS_READ: tuple[Scale, ...] = tuple(
    table.read for table in TABLES.values() if table.has_holes or table.has_overlaps
)
"""The bands as read of the tables that leave a value without a band, or give it two."""

SCALES: tuple[Scale, ...] = (
    *(table.used for table in TABLES.values()),
    *(table.read for table in TABLES.values() if table.has_holes and not table.has_overlaps),
)
"""What the plugin adds. Bands that overlap give one value two ratings and are refused there."""
