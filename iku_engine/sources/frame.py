"""The frame of a table: in which period and at which place the figures of a row hold."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from iku_engine.catalog.model import Source
from iku_engine.dates import read_date
from iku_engine.diagnostics import quoted
from iku_engine.periods import Period, why_no_period
from iku_engine.places import Place, place_of
from iku_engine.sources.cells import missing_marks, plain_text, read_period
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.members import Members
from iku_engine.sources.model import Mark
from iku_engine.sources.protocol import CellValue, Refused, Row, Table
from iku_engine.sources.tables import index_of, missing_column, report_cell
from iku_engine.sources.total_words import is_total_word

_CACHED = 65_536


class Framed(NamedTuple):
    """Where a row stands: its period, its place, and a mark that holds for the whole row.

    `published` is the day its figures were published on, None where the row does not say.
    """

    period: Period
    place: Place
    mark: Mark
    published: date | None = None


class Columns(NamedTuple):
    """Where the frame of a table stands: positions of columns, None where there is none."""

    period: int
    dimensions: tuple[tuple[str, int], ...]
    vintage: int | None


class Frame:
    """Reads period, place and vintage of the rows of one table; equal texts are read once.

    Rows published after `as_of` do not exist.
    """

    def __init__(
        self,
        table: Table,
        source: Source,
        columns: Columns,
        members: Members,
        findings: Findings,
        as_of: date | None,
    ) -> None:
        self._table = table
        self._source = source
        self._period, self._dimensions, self._vintage = columns
        self._members = members
        self._findings = findings
        self._as_of = as_of
        self._undated = missing_marks(source.missing)
        self._days: dict[CellValue, date | None] = {}
        self._periods: dict[CellValue, tuple[Period, Mark] | None] = {}
        self._places: dict[tuple[CellValue, ...], Place] = {}

    def read(self, row: Row) -> Framed | None:
        """Where a row stands; None, reported, where it does not say so. Both are looked at."""
        published = self._read_published(row)
        if isinstance(published, Refusal) or _is_after(published, self._as_of):
            return None
        key = tuple([row.cells[index] for _, index in self._dimensions])
        place = self._places.get(key)
        period = self._period_of(row.cells[self._period])
        if place is None or period is None:
            if self._is_total(row):
                return None
            place = self._read_place(row, key)
        if period is None:
            self._refuse_period(row)
        if period is None or place is None:
            return None
        return Framed(period[0], place, period[1], published)

    def _read_published(self, row: Row) -> date | Refusal | None:
        """The day of a row's figures; a refusal, reported, for a text that is no day."""
        if self._vintage is None:
            return None
        cell = row.cells[self._vintage]
        if cell in self._days:
            return self._days[cell]
        found = self._day(cell)
        if isinstance(found, Refusal):
            self._report(found, row, self._vintage)
        elif len(self._days) < _CACHED:
            self._days[cell] = found
        return found

    def _day(self, cell: CellValue) -> date | Refusal | None:
        value = cell.value if isinstance(cell, Refused) else cell
        if isinstance(value, date):
            return value
        text = plain_text(value)
        try:
            return None if text.casefold() in self._undated else read_date(text)
        except ValueError as mistake:
            return Refusal("IKU415", f"{quoted(text)} is not a date", str(mistake))

    def _refuse_period(self, row: Row) -> None:
        text = plain_text(row.cells[self._period])
        message = f"{quoted(text)} is not a period" if text else "the period of the row is blank"
        self._report(Refusal("IKU407", message, why_no_period(text)), row, self._period)

    def _period_of(self, cell: CellValue) -> tuple[Period, Mark] | None:
        if cell in self._periods:
            return self._periods[cell]
        found = read_period(cell)
        if len(self._periods) < _CACHED:
            self._periods[cell] = found
        return found

    def _is_total(self, row: Row) -> bool:
        """Whether a row holds totals of the others, which is then said: it is never summed."""
        at = self._total_cell(row)
        if at is None:
            return False
        refusal = Refusal(
            "IKU424",
            f"a row of totals, {quoted(plain_text(row.cells[at]))}, is not read",
            "declare the member with `total: true` to have it held against its parts",
        )
        self._report(refusal, row, at)
        return True

    def _total_cell(self, row: Row) -> int | None:
        """The cell that says that its row is one of totals."""
        for dimension, index in self._dimensions:
            text = plain_text(row.cells[index])
            if is_total_word(text) and not self._members.is_declared(dimension, text):
                return index
        period = row.cells[self._period]
        if self._period_of(period) is not None:
            return None
        if plain_text(period):
            return self._period if is_total_word(plain_text(period)) else None
        texts = map(plain_text, row.cells)
        return next((index for index, text in enumerate(texts) if is_total_word(text)), None)

    def _read_place(self, row: Row, key: tuple[CellValue, ...]) -> Place | None:
        known = self._places.get(key)
        if known is not None:
            return known
        named = {dimension: plain_text(row.cells[index]) for dimension, index in self._dimensions}
        held = True
        for dimension, index in self._dimensions:
            refusal = self._members.refusal(dimension, named[dimension])
            if refusal is None:
                self._members.name(dimension, named[dimension])
                continue
            held = False
            if self._members.is_first_refusal(dimension, named[dimension]):
                self._report(refusal, row, index)
        if not held:
            return None
        place = place_of(named)
        if len(self._places) < _CACHED:
            self._places[key] = place
        return place

    def _report(self, refusal: Refusal, row: Row, index: int) -> None:
        report_cell(self._table, row, index, refusal, self._findings, self._source.id)


def frame_of(
    table: Table, source: Source, members: Members, findings: Findings, as_of: date | None
) -> Frame | None:
    """The frame a source declares; None, reported, where the table lacks one of its columns."""
    dated = [source.vintage] if source.vintage else []
    wanted = [source.period, *source.dimensions.values(), *dated]
    found = [index_of(table, column) for column in wanted]
    for column, index in zip(wanted, found, strict=True):
        if index is None:
            findings.add_declared(missing_column(table, column), source.location, source.id)
    held = [index for index in found if index is not None]
    if len(held) < len(found):
        return None
    vintage = held.pop() if dated else None
    period, *places = held
    columns = Columns(period, tuple(zip(source.dimensions, places, strict=True)), vintage)
    return Frame(table, source, columns, members, findings, as_of)


def _is_after(published: date | None, as_of: date | None) -> bool:
    return published is not None and as_of is not None and published > as_of
