"""The CSV of printed figures -> cells to audit, each located; what cannot be read is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from iku_engine.audit.model import INDICATOR_COLUMNS, NODE_COLUMNS, Column, PrintedCell
from iku_engine.catalog.model import Catalog, Document, Source
from iku_engine.diagnostics import Diagnostics, quoted
from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat, parse_figure, written_decimals
from iku_engine.results.plan import TOTAL
from iku_engine.sources.cells import plain_text, read_period
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.from_csv import read_csv
from iku_engine.sources.protocol import Permitted, Row, Table
from iku_engine.sources.tables import index_of, missing_column, report_cell, rows_of

_NOT_PRINTED = frozenset({"", "-", "--"})
_FIGURE = re.compile(r"(?P<figure>[+-]?[0-9][0-9.,]*)\s*(?:%|[A-Za-z].*)?")  # `11 Kop`, `10%`
_REQUIRED = ("place", "column", "printed")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of the CSV stand; -1 for one it does not have."""

    place: int
    column: int
    printed: int
    period: int
    origin: int

    def cell(self, row: Row, index: int) -> str:
        return plain_text(row.cells[index]) if index >= 0 else ""


def read_printed(
    catalog: Catalog, allowed: tuple[Path, ...] = ()
) -> tuple[tuple[PrintedCell, ...], Diagnostics]:
    """The cells of the catalog's document; none where it names no printed figures."""
    document = catalog.document
    if document is None or document.printed is None:
        return (), ()
    source = _as_source(document)
    findings = Findings()
    table = read_csv(source, Permitted(catalog.folder, allowed))
    if isinstance(table, tuple):
        return (), table
    for remark in table.remarks:
        findings.keep(remark)
    columns = _columns(table, source, findings)
    if columns is None:
        return (), findings.diagnostics()
    reader = _Reader(catalog, document, table, columns, findings)
    rows = rows_of(table, findings, source.id)
    cells = {cell.key: cell for row in rows for cell in reader.read(row)}
    return tuple(cells.values()), findings.diagnostics()


def _as_source(document: Document) -> Source:
    """The document as the data stage reads files: bounded, inside the catalog's folder."""
    assert document.printed is not None
    return Source(
        id="printed",
        title=document.title,
        location=document.location,
        file=document.printed,
        folder=document.folder,
        period="period",
        numbers=document.numbers,
    )


def _columns(table: Table, source: Source, findings: Findings) -> _Columns | None:
    positions: Mapping[str, int | None] = {
        name: index_of(table, name) for name in (*_REQUIRED, "period", "origin")
    }
    for name in _REQUIRED:
        if positions[name] is None:
            findings.add_declared(missing_column(table, name), source.location, source.id)
            return None
    held = {name: -1 if found is None else found for name, found in positions.items()}
    return _Columns(held["place"], held["column"], held["printed"], held["period"], held["origin"])


def _figure(text: str, numbers: NumberFormat) -> tuple[Fraction, int] | str:
    """A printed figure with its decimals, or why it is none.

    Documents mix decimal marks; one that can only be the other mark (`54.54` among `53,85`) is
    read as it was meant, and a check names it (IKU614).
    """
    match = _FIGURE.fullmatch(text)
    figure = match["figure"] if match else text
    try:
        return parse_figure(figure, numbers), written_decimals(figure, numbers)
    except ValueError as problem:
        reason = str(problem)
    other = NumberFormat.EN if numbers is NumberFormat.ID else NumberFormat.ID
    if sum(figure.count(mark) for mark in ".,") != 1:
        return reason
    try:
        return parse_figure(figure, other), written_decimals(figure, other)
    except ValueError:
        return reason


class _Reader:
    """Reads row by row, knowing the places of the catalog and the cells seen so far."""

    def __init__(
        self,
        catalog: Catalog,
        document: Document,
        table: Table,
        columns: _Columns,
        findings: Findings,
    ) -> None:
        self._catalog, self._document = catalog, document
        self._table, self._columns, self._findings = table, columns, findings
        self._lines: dict[tuple[str, Column, Period], int] = {}

    def read(self, row: Row) -> Iterator[PrintedCell]:
        """The cell of a row, or nothing where it is reported."""
        found = self._cell(row)
        if isinstance(found, PrintedCell):
            first = self._lines.setdefault(found.key, row.line)
            if first == row.line:
                yield found
                return
            message = f"the cell is printed twice, the first one is in row {first}"
            self._refuse(row, "IKU704", message, "leave one of the two", self._columns.place)

    def _cell(self, row: Row) -> PrintedCell | None:
        columns = self._columns
        place = columns.cell(row, columns.place)
        column = self._column(row, place)
        period = self._period(row)
        if column is None or period is None:
            return None
        text = columns.cell(row, columns.printed)
        value, decimals = None, 0
        if text not in _NOT_PRINTED:
            read = _figure(text, self._document.numbers)
            if isinstance(read, str):
                help_ = f"{read}; `-` says that nothing is printed"
                message = f"{quoted(text)} is not a figure"
                self._refuse(row, "IKU703", message, help_, columns.printed)
                return None
            value, decimals = read
        where = self._table.location(row.line, columns.printed)
        origin = columns.cell(row, columns.origin)
        return PrintedCell(place, column, period, text, value, decimals, where, origin)

    def _column(self, row: Row, place: str) -> Column | None:
        """The column, where the place has it."""
        is_node = place == TOTAL or place in self._catalog.plan
        if not is_node and place not in self._catalog.indicators:
            message = f"{quoted(place)} is no plan node and no indicator of this catalog"
            near = (place, (*self._catalog.plan, *self._catalog.indicators, TOTAL))
            self._refuse(row, "IKU702", message, "", self._columns.place, near)
            return None
        known = NODE_COLUMNS if is_node else INDICATOR_COLUMNS
        text = self._columns.cell(row, self._columns.column)
        if text in [column.value for column in known]:
            return Column(text)
        what = "a plan node" if is_node else "an indicator"
        message = f"{quoted(text)} is no figure of {what}"
        help_ = f"write {', '.join(f'`{column.value}`' for column in known)}"
        self._refuse(row, "IKU702", message, help_, self._columns.column)
        return None

    def _period(self, row: Row) -> Period | None:
        """The period of the row; where it names none, the only one of the catalog."""
        text = self._columns.cell(row, self._columns.period)
        if not text and len(self._catalog.periods) == 1:
            return self._catalog.periods[0]
        found = read_period(text)
        if found is None:
            message = f"{quoted(text)} is not a period"
            help_ = "a catalog of several periods needs one in each row, such as 2022 or 2022-Q1"
            self._refuse(row, "IKU702", message, help_, max(0, self._columns.period))
            return None
        return found[0]

    def _refuse(
        self,
        row: Row,
        code: str,
        message: str,
        help_: str,
        index: int,
        near: tuple[str, tuple[str, ...]] | None = None,
    ) -> None:
        refusal = Refusal(code, message, help_, near)
        report_cell(self._table, row, index, refusal, self._findings, "printed")
