"""The frame of a sheet: in which period and at which place the figures of a row hold."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from iku_engine.catalog.model import Source
from iku_engine.dates import read_date
from iku_engine.diagnostics import quoted
from iku_engine.periods import Period
from iku_engine.places import Place, place_of
from iku_engine.sources.cells import missing_marks, plain_text, read_period
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.from_csv import Row, Sheet
from iku_engine.sources.members import Members
from iku_engine.sources.model import Mark

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
    """Where the frame of a sheet stands: positions of columns, None where there is none."""

    period: int
    dimensions: tuple[tuple[str, int], ...]
    vintage: int | None


class Frame:
    """Reads period, place and vintage of the rows of one sheet; equal texts are read once.

    Rows published after `as_of` do not exist.
    """

    def __init__(
        self,
        sheet: Sheet,
        source: Source,
        columns: Columns,
        members: Members,
        findings: Findings,
        as_of: date | None,
    ) -> None:
        self._sheet = sheet
        self._source = source
        self._period, self._dimensions, self._vintage = columns
        self._members = members
        self._findings = findings
        self._as_of = as_of
        self._undated = missing_marks(source.missing)
        self._days: dict[str, date | None] = {}
        self._periods: dict[str, tuple[Period, Mark] | None] = {}
        self._places: dict[tuple[str, ...], Place] = {}

    def read(self, row: Row) -> Framed | None:
        """Where a row stands; None, reported, where it does not say so. Both are looked at."""
        published = self._read_published(row)
        if isinstance(published, Refusal) or _is_after(published, self._as_of):
            return None
        place = self._read_place(row)
        period = self._read_period(row)
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
        text = plain_text(cell)
        try:
            found = None if text.casefold() in self._undated else read_date(text)
        except ValueError as mistake:
            refusal = Refusal("IKU415", f"{quoted(text)} is not a date", str(mistake))
            self._report(refusal, row, self._vintage)
            return refusal
        if len(self._days) < _CACHED:
            self._days[cell] = found
        return found

    def _read_period(self, row: Row) -> tuple[Period, Mark] | None:
        cell = row.cells[self._period]
        if cell in self._periods:
            found = self._periods[cell]
        else:
            found = read_period(cell)
            if len(self._periods) < _CACHED:
                self._periods[cell] = found
        if found is None:
            refusal = Refusal(
                "IKU407",
                f"{quoted(plain_text(cell))} is not a period",
                "a period is written 2022, 2022-Q1 or 2022-03",
            )
            self._report(refusal, row, self._period)
        return found

    def _read_place(self, row: Row) -> Place | None:
        key = tuple([row.cells[index] for _, index in self._dimensions])
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
        self._findings.add(
            refusal,
            self._sheet.path,
            row.line,
            lambda: self._sheet.cell_location(row.line, index),
            self._source.id,
        )


def frame_of(
    sheet: Sheet, source: Source, members: Members, findings: Findings, as_of: date | None
) -> Frame | None:
    """The frame a source declares; None, reported, where the sheet lacks one of its columns."""
    dated = [source.vintage] if source.vintage else []
    wanted = [source.period, *source.dimensions.values(), *dated]
    found = [sheet.index_of(column) for column in wanted]
    for column, index in zip(wanted, found, strict=True):
        if index is None:
            findings.add_declared(sheet.missing_column(column), source.location, source.id)
    held = [index for index in found if index is not None]
    if len(held) < len(found):
        return None
    vintage = held.pop() if dated else None
    period, *places = held
    columns = Columns(period, tuple(zip(source.dimensions, places, strict=True)), vintage)
    return Frame(sheet, source, columns, members, findings, as_of)


def _is_after(published: date | None, as_of: date | None) -> bool:
    return published is not None and as_of is not None and published > as_of
