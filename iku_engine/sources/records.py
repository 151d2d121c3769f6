"""Rows of a source -> records, one unit in one period at one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from iku_engine.catalog.model import FieldKind, RecordField, RecordSet
from iku_engine.diagnostics import quoted
from iku_engine.periods import Period
from iku_engine.places import Place, place_text
from iku_engine.sources.cells import FigureReader, plain_text
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.frame import Framed
from iku_engine.sources.model import Cell, Origin, Record
from iku_engine.sources.protocol import Refused, Row, Table
from iku_engine.sources.tables import index_of, missing_column, report_cell

RecordKey = tuple[str, Period, Place]


@dataclass(frozen=True, slots=True)
class _Column:
    """A field that is read, the header of its column, and where that column stands, if it does."""

    field: RecordField
    header: str
    index: int | None


class RecordReader:
    """Makes the records of one record set, row by row.

    Every field that is read has a cell in every record: one that cannot be read, or whose column
    is missing, is None there, and reported. Of several rows for one record the last published
    stands, as a whole.
    """

    def __init__(
        self, table: Table, record_set: RecordSet, figures: FigureReader, findings: Findings
    ) -> None:
        self._table = table
        self._set = record_set
        self._figures = figures
        self._findings = findings
        self._found: dict[RecordKey, Record] = {}
        self._lines: dict[tuple[RecordKey, date | None], int] = {}
        self._published: dict[RecordKey, date] = {}
        self._key = index_of(table, record_set.key)
        if self._key is None:
            missing = missing_column(table, record_set.key)
            findings.add_declared(missing, record_set.location, record_set.id)
        self._columns = [
            self._column_of(one) for one in record_set.fields.values() if one.formula is None
        ]

    def records(self) -> tuple[Record, ...]:
        """The records, in an order that the order of the rows does not change."""
        return in_order(self._found)

    def take(self, row: Row, framed: Framed) -> None:
        """Make the record of a row; without a key, or with one met before, there is none."""
        if self._key is None:
            return
        name = plain_text(row.cells[self._key])
        key = (name, framed.period, framed.place)
        if not name:
            message = f"a row of `{self._set.id}` has no key in the column {quoted(self._set.key)}"
            self._report(Refusal("IKU404", message), row, self._key)
            return
        first = self._lines.setdefault((key, framed.published), row.line)
        if first != row.line:
            self._report(second_record(self._set.id, key, first), row, self._key)
            return
        cells = {column.field.id: self._cell(column, row, framed) for column in self._columns}
        if is_newer(self._published, key, framed.published):
            self._found[key] = Record(name, framed.period, framed.place, cells)

    def _column_of(self, field: RecordField) -> _Column:
        header = field.column or field.id
        index = index_of(self._table, header)
        if index is None:
            missing = missing_column(self._table, header)
            self._findings.add_declared(missing, field.location, self._set.id)
        return _Column(field, header, index)

    def _cell(self, column: _Column, row: Row, framed: Framed) -> Cell:
        if column.index is None:
            nowhere = Origin(self._table.name, self._table.sha256, row.line, column.header)
            return Cell(None, nowhere, framed.mark)
        origin = self._table.origin(row.line, column.index)
        raw = row.cells[column.index]
        if column.field.kind is FieldKind.TEXT:
            text = plain_text(raw)
            if isinstance(raw, Refused) and not text:
                self._report(raw.refusal, row, column.index)
            return Cell(None if self._figures.is_missing(text) else text, origin, framed.mark, text)
        figure = self._figures.read(raw, column.index, column.field.unit)
        if isinstance(figure, Refusal):
            self._report(figure, row, column.index)
            return Cell(None, origin, framed.mark, plain_text(raw))
        return Cell(figure.value, origin, max(figure.mark, framed.mark), figure.printed)

    def _report(self, refusal: Refusal, row: Row, index: int) -> None:
        report_cell(self._table, row, index, refusal, self._findings, self._set.id)


def is_newer(published: dict[RecordKey, date], key: RecordKey, day: date | None) -> bool:
    """Whether a record is the newest of its key so far, which is then noted."""
    if day is None:
        return key not in published
    newest = published.get(key)
    if newest is not None and day < newest:
        return False
    published[key] = day
    return True


def in_order(found: Mapping[RecordKey, Record]) -> tuple[Record, ...]:
    """Records by period, place and key."""
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (int(one.period.frequency), one.period.number, one.place, one.key),
        )
    )


def second_record(record_set: str, key: RecordKey, first: int) -> Refusal:
    """The refusal of a record whose key, period and place another one has."""
    name, period, place = key
    at = f" at {quoted(place_text(place))}" if place else ""
    return Refusal(
        "IKU406",
        f"`{record_set}` has a second record {quoted(name)} for {period}{at}, "
        f"the first one is in row {first}",
        "leave one of the two rows, or give one of them its own key",
    )
