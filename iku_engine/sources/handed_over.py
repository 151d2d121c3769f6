"""What is gathered from data handed over: figures, records, members, and what cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Location, quoted
from iku_engine.places import Place, place_of
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.grades import Grades
from iku_engine.sources.members import Members
from iku_engine.sources.model import Data, Origin, Record
from iku_engine.sources.records import RecordKey, in_order, is_newer, second_record
from iku_engine.sources.totals import check_totals
from iku_engine.sources.values import date_of, printable, text_of, unusable
from iku_engine.sources.vintages import Vintages

FILE = "memory"
"""The file that origins and diagnostics of data handed over name."""

SHAPES = (
    "hand over {variable: {period: figure}}, {record set: [rows]}, or a list of rows with "
    "`variable`, `period` and `value`"
)
"""How data are handed over, as the help of a diagnostic."""


class Day(NamedTuple):
    """The day of a row that is read; None where the row does not say."""

    day: date | None = None


class Reading:
    """What is gathered from the rows handed over."""

    def __init__(
        self, catalog: Catalog, grades: Mapping[str, Grades | None], as_of: date | None
    ) -> None:
        self.catalog = catalog
        self.grades = grades
        self.members = Members(catalog.dimensions)
        self.vintages = Vintages()
        self.records: dict[str, dict[RecordKey, Record]] = {}
        self._as_of = as_of
        self._findings = Findings()
        self._positions: dict[tuple[str, RecordKey, date | None], int] = {}
        self._published: dict[str, dict[RecordKey, date]] = {}

    def refuse(self, row: int, refusal: Refusal, subject: str = "") -> None:
        self._findings.add(refusal, FILE, row, None, subject)

    def published(self, position: int, row: Mapping[object, object], subject: str) -> Day | None:
        """The day a row was published on; None, reported where it is none, for a row not read."""
        day = date_of(row.get("published"))
        if isinstance(day, Refusal):
            self.refuse(position, day, subject)
            return None
        if day is not None and self._as_of is not None and day > self._as_of:
            return None
        return Day(day)

    def add_record(self, record_set: str, row: int, record: Record, day: date | None) -> None:
        key = (record.key, record.period, record.place)
        first = self._positions.setdefault((record_set, key, day), row)
        if first != row:
            self.refuse(row, second_record(record_set, key, first), record_set)
        elif is_newer(self._published.setdefault(record_set, {}), key, day):
            self.records.setdefault(record_set, {})[key] = record

    def data(self) -> Data:
        def locate(origin: Origin) -> Location:
            return Location(FILE, origin.row)

        observations = self.vintages.latest()
        check_totals(self.catalog, observations, self._findings, FILE, locate)
        return Data(
            observations,
            {name: in_order(self.records.get(name, {})) for name in self.catalog.records},
            self.members.by_dimension(),
            self._findings.diagnostics(),
        )


def place_in(
    reading: Reading,
    position: int,
    row: Mapping[object, object],
    other: Iterable[str],
    subject: str,
) -> Place | None:
    """The place a row names; None, reported, where a key or a member cannot be used."""
    named: dict[str, str] = {}
    held = True
    for key, value in row.items():
        if isinstance(key, str) and key in other:
            continue
        member = _member(reading, position, key, value, subject)
        held = held and member is not None
        named[str(key)] = member or ""
    if not held:
        return None
    for dimension, member in named.items():
        reading.members.name(dimension, member)
    return place_of(named)


def _member(
    reading: Reading, position: int, key: object, value: object, subject: str
) -> str | None:
    """The member a row names for a dimension; None, reported once, where it cannot be one."""
    dimensions, members = reading.catalog.dimensions, reading.members
    if not isinstance(key, str):
        reading.refuse(position, unusable(key, "a field or a dimension", SHAPES), subject)
        return None
    if key not in dimensions:
        message = f"{quoted(printable(key))} is no field and no dimension"
        help_text = "leave it out, or declare the dimension"
        refusal = Refusal("IKU413", message, help_text, (key, dimensions.keys()))
        reading.refuse(position, refusal, subject)
        return None
    member = text_of(value)
    if member is None:
        refusal = unusable(value, f"a member of `{key}`", "a member is named by its text")
        reading.refuse(position, refusal, subject)
        return None
    refused = members.refusal(key, member)
    if refused is not None and members.is_first_refusal(key, member):
        reading.refuse(position, refused, subject)
    return None if refused else member
