"""The frame of a sheet: in which period and at which place the figures of a row hold."""

from __future__ import annotations

from typing import NamedTuple

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import quoted
from iku_engine.periods import Period
from iku_engine.places import Place, place_of
from iku_engine.sources.cells import plain_text, read_period
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.from_csv import Row, Sheet
from iku_engine.sources.members import Members
from iku_engine.sources.model import Mark

_CACHED = 65_536


class Framed(NamedTuple):
    """Where a row stands: its period, its place, and a mark that holds for the whole row."""

    period: Period
    place: Place
    mark: Mark


class Frame:
    """Reads period and place of the rows of one sheet; equal texts are read once."""

    def __init__(
        self,
        sheet: Sheet,
        source: Source,
        period: int,
        dimensions: tuple[tuple[str, int], ...],
        members: Members,
        findings: Findings,
    ) -> None:
        self._sheet = sheet
        self._source = source
        self._period = period
        self._dimensions = dimensions
        self._members = members
        self._findings = findings
        self._periods: dict[str, tuple[Period, Mark] | None] = {}
        self._places: dict[tuple[str, ...], Place] = {}

    def read(self, row: Row) -> Framed | None:
        """Where a row stands; None, reported, where it does not say so. Both are looked at."""
        place = self._read_place(row)
        period = self._read_period(row)
        return Framed(period[0], place, period[1]) if period and place is not None else None

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


def frame_of(sheet: Sheet, source: Source, members: Members, findings: Findings) -> Frame | None:
    """The frame a source declares; None, reported, where the sheet lacks one of its columns."""
    wanted = [source.period, *source.dimensions.values()]
    found = [sheet.index_of(column) for column in wanted]
    for column, index in zip(wanted, found, strict=True):
        if index is None:
            findings.add_declared(sheet.missing_column(column), source.location, source.id)
    period, *places = found
    held = [index for index in places if index is not None]
    if period is None or len(held) < len(places):
        return None
    dimensions = tuple(zip(source.dimensions, held, strict=True))
    return Frame(sheet, source, period, dimensions, members, findings)
