"""Data an embedder hands over -> data, row by row, as if they had been read from files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from iku_engine.catalog.model import Catalog, FieldKind, RecordSet
from iku_engine.diagnostics import Location, quoted
from iku_engine.places import Place, place_of
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.from_arrow import rows_of_arrow
from iku_engine.sources.members import Members
from iku_engine.sources.model import Cell, Data, Mark, Observation, Origin, Record
from iku_engine.sources.observations import Key, second_figure
from iku_engine.sources.records import RecordKey, in_order, second_record
from iku_engine.sources.totals import check_totals
from iku_engine.sources.values import (
    MISSING,
    figure_of,
    mark_of,
    period_of,
    printable,
    text_of,
    unusable,
)

FILE = "memory"
"""The file that origins and diagnostics of data handed over name."""

Numbered: TypeAlias = tuple[int, object]
"""A row and its position in what was handed over, from 1."""

_LONG = frozenset({"variable", "period", "value", "mark"})
_SHAPES = (
    "hand over {variable: {period: figure}}, {record set: [rows]}, or a list of rows with "
    "`variable`, `period` and `value`"
)


def data_from_memory(catalog: Catalog, rows: object) -> Data:
    """Read data handed over in place of the catalog's sources.

    `rows` is `{variable: {period: figure}}`, `{variable: [rows]}`, `{record set: [rows]}`, these
    mixed in one mapping, or a list of rows with `variable`, `period`, `value`, an optional
    `mark`, and the dimensions. A figure is a number, text with a decimal point, or None.
    What cannot be used is reported as IKU413 in `Data.diagnostics`; the rest lives on.
    """
    reading = _Reading(catalog)
    if hasattr(rows, "__arrow_c_stream__"):
        for position, row in enumerate(rows_of_arrow(rows), start=1):
            _read_long(reading, position, row, None)
    elif isinstance(rows, Mapping):
        for position, (name, held) in enumerate(rows.items(), start=1):
            _read_named(reading, position, name, held)
    elif isinstance(rows, Sequence) and not isinstance(rows, str | bytes | bytearray):
        for position, row in enumerate(rows, start=1):
            _read_long(reading, position, row, None)
    else:
        reading.refuse(0, unusable(rows, "data", _SHAPES))
    return reading.data()


class _Reading:
    """What is gathered from the rows handed over."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.members = Members(catalog.dimensions)
        self.observations: dict[Key, Observation] = {}
        self.records: dict[str, dict[RecordKey, Record]] = {}
        self._findings = Findings()
        self._first: dict[Key, int] = {}
        self._first_record: dict[tuple[str, RecordKey], int] = {}

    def refuse(self, row: int, refusal: Refusal, subject: str = "") -> None:
        self._findings.add(refusal, FILE, row, None, subject)

    def is_first(self, key: Key, row: int) -> bool:
        """Note a figure of a variable; one that has a figure there already is refused."""
        first = self._first.setdefault(key, row)
        if first != row:
            self.refuse(row, second_figure(key, first), key[0])
        return first == row

    def add_record(self, record_set: str, row: int, record: Record) -> None:
        key = (record.key, record.period, record.place)
        found = self.records.setdefault(record_set, {})
        if key in found:
            first = self._first_record[record_set, key]
            self.refuse(row, second_record(record_set, key, first), record_set)
            return
        self._first_record[record_set, key] = row
        found[key] = record

    def data(self) -> Data:
        def locate(origin: Origin) -> Location:
            return Location(FILE, origin.row)

        check_totals(self.catalog, self.observations, self._findings, FILE, locate)
        return Data(
            self.observations,
            {name: in_order(self.records.get(name, {})) for name in self.catalog.records},
            self.members.by_dimension(),
            self._findings.diagnostics(),
        )


def _read_named(reading: _Reading, position: int, name: object, held: object) -> None:
    """Read what is handed over for one variable or one record set."""
    catalog = reading.catalog
    if isinstance(name, str) and name in catalog.records:
        for row, one in _numbered(reading, position, held, name):
            _read_record(reading, catalog.records[name], row, one)
    elif not isinstance(name, str) or name not in catalog.variables:
        reading.refuse(position, _unknown(catalog, name))
    elif isinstance(held, Mapping):
        for row, (period, figure) in enumerate(held.items(), start=1):
            _take(reading, row, name, period, (), figure, Mark.FINAL)
    else:
        for row, one in _numbered(reading, position, held, name):
            _read_long(reading, row, one, name)


def _numbered(reading: _Reading, position: int, held: object, subject: str) -> Iterator[Numbered]:
    if isinstance(held, Sequence) and not isinstance(held, str | bytes | bytearray):
        yield from enumerate(held, start=1)
        return
    message = f"`{subject}` is handed over without a period"
    help_text = f"hand over `{{{subject!r}: {{2022: 5}}}}` or a list of rows with `period`"
    reading.refuse(position, Refusal("IKU413", message, help_text), subject)


def _read_long(reading: _Reading, position: int, row: object, variable: str | None) -> None:
    """Read a row of one variable: the one it is handed over for, or the one it names."""
    subject = variable or ""
    if not isinstance(row, Mapping):
        reading.refuse(position, unusable(row, "a row", _SHAPES), subject)
        return
    name = row.get("variable", variable)
    if not isinstance(name, str) or name not in reading.catalog.variables:
        reading.refuse(position, _unknown(reading.catalog, name), subject)
        return
    lacking = [key for key in ("period", "value") if key not in row]
    if lacking:
        message = f"a row of `{name}` has no `{lacking[0]}`"
        help_text = "a missing figure is handed over as None"
        reading.refuse(position, Refusal("IKU413", message, help_text), name)
        return
    mark = mark_of(row.get("mark"))
    place = _place(reading, position, row, _LONG, name)
    if isinstance(mark, Refusal):
        reading.refuse(position, mark, name)
    elif place is not None:
        _take(reading, position, name, row["period"], place, row["value"], mark)


def _take(
    reading: _Reading,
    row: int,
    variable: str,
    period: object,
    place: Place,
    value: object,
    mark: Mark,
) -> None:
    when, figure = period_of(period), figure_of(value)
    if isinstance(when, Refusal):
        reading.refuse(row, when, variable)
        return
    key = (variable, when[0], place)
    if not reading.is_first(key, row):
        return
    if isinstance(figure, Refusal):
        reading.refuse(row, figure, variable)
        return
    reading.observations[key] = Observation(
        variable,
        when[0],
        place,
        figure.value,
        Origin(FILE, "", row, variable),
        max(figure.mark, when[1], mark),
        figure.printed,
        figure.decimals,
    )


def _place(
    reading: _Reading,
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
    reading: _Reading, position: int, key: object, value: object, subject: str
) -> str | None:
    """The member a row names for a dimension; None, reported once, where it cannot be one."""
    dimensions, members = reading.catalog.dimensions, reading.members
    if not isinstance(key, str):
        reading.refuse(position, unusable(key, "a field or a dimension", _SHAPES), subject)
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


def _read_record(reading: _Reading, record_set: RecordSet, position: int, row: object) -> None:
    """Read one record; a field that cannot be read is None in it, and reported."""
    if not isinstance(row, Mapping):
        reading.refuse(position, unusable(row, "a record", _SHAPES), record_set.id)
        return
    read = [one for one in record_set.fields.values() if one.formula is None]
    fields = {one.id for one in read}
    key_name = record_set.key if record_set.key in row else "key"
    name = text_of(row.get(key_name))
    if not name:
        message = f"a record of `{record_set.id}` has no {quoted(record_set.key)} or `key`"
        reading.refuse(position, Refusal("IKU413", message), record_set.id)
        return
    when = period_of(row.get("period"))
    place = _place(reading, position, row, {key_name, "period", *fields}, record_set.id)
    if isinstance(when, Refusal):
        reading.refuse(position, when, record_set.id)
    elif place is not None:
        cells = {
            one.id: _cell(reading, record_set.id, position, one.id, one.kind, row.get(one.id))
            for one in read
        }
        period, mark = when
        marked = {
            field: Cell(cell.value, cell.origin, max(cell.mark, mark), cell.printed)
            for field, cell in cells.items()
        }
        reading.add_record(record_set.id, position, Record(name, period, place, marked))


def _cell(
    reading: _Reading, record_set: str, position: int, field: str, kind: FieldKind, value: object
) -> Cell:
    origin = Origin(FILE, "", position, field)
    if kind is FieldKind.NUMBER:
        figure = figure_of(value)
        if isinstance(figure, Refusal):
            reading.refuse(position, figure, record_set)
            return Cell(None, origin)
        return Cell(figure.value, origin, figure.mark, figure.printed)
    text = "" if value is None else text_of(value)
    if text is None:
        refusal = unusable(value, f"a text for `{field}`", "hand over a text or None")
        reading.refuse(position, refusal, record_set)
        return Cell(None, origin)
    return Cell(None if text.casefold() in MISSING else text, origin, Mark.FINAL, text)


def _unknown(catalog: Catalog, name: object) -> Refusal:
    if not isinstance(name, str):
        return unusable(name, "the name of a variable or record set", _SHAPES)
    known = [*catalog.variables, *catalog.records]
    message = f"{quoted(printable(name))} is no variable and no record set of the catalog"
    return Refusal("IKU413", message, "declare it in the catalog", (name, known))
