"""CSV files -> tables: a header and rows of cells, each row with its line in the file."""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostic, Diagnostics, Location, quoted
from iku_engine.sources.cells import plain_text
from iku_engine.sources.delimiters import columns_of, delimiter_remark, found_delimiter
from iku_engine.sources.encodings import NoText, decoded, line_ends
from iku_engine.sources.files import DataFile, read_file
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Origin
from iku_engine.sources.protocol import BadRow, Permitted, Row
from iku_engine.sources.tables import joined_header, refused

MAX_ROWS = 2_000_000
MAX_COLUMNS = 2_000
MAX_CELL = 131_072
"""Bounds of a data file: lines, columns, and signs in one cell."""

_MAX_LINE = 2_000_000  # signs; a line of separators only would fill the memory with cells
_SHOWN = 400
_LINE = re.compile(r"[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n")


class Sheet:
    """A CSV file under its header, as a table; knows where each cell stands in the file."""

    def __init__(self, file: DataFile, text: str, source: Source) -> None:
        self.name = file.name
        self.path = file.path
        self.sha256 = file.sha256
        self.delimiter = source.delimiter
        self.header: tuple[str, ...] = ()
        self.header_end = 0
        self.remarks: Diagnostics = ()
        self._text = text
        self._starts = array("Q")

    def rows(self) -> Iterator[Row | BadRow]:
        """The rows below the header, blank ones left out.

        A row with fewer cells than the header is filled up with blank ones.
        """
        reader = self.reader(skip=self.header_end)
        width = len(self.header)
        line = self.header_end + 1
        while True:
            cells: list[str] | None = None
            refusal: Refusal | None = None
            try:
                cells = next(reader)
                if len(cells) < width:
                    cells.extend([""] * (width - len(cells)))
                refusal = _row_refusal(cells, width)
            except StopIteration:
                return
            except csv.Error as error:
                refusal = _csv_refusal(error)
            begun, line = line, self.header_end + reader.line_num + 1
            if refusal is not None:
                yield BadRow(begun, refusal)
                if refusal.code == "IKU411":
                    return
            elif cells and any(map(str.strip, cells)):
                yield Row(begun, cells)

    def origin(self, row: int, column: int) -> Origin:
        return Origin(self.name, self.sha256, row, self.header[column])

    def location(self, row: int, column: int | None = None) -> Location:
        """The cell of a row; the whole line without a column, or where the cell is cut off."""
        text = self.line_text(row)
        if column is None:
            return Location(self.path, row, 1, max(1, len(text)), text)
        start, end = _span(text, column, self.delimiter)
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return Location(self.path, row, start + 1, max(1, len(text[start:end].rstrip())), text)

    def lines(self) -> Iterator[str]:
        """The physical lines as editors count them, ends included."""
        return (match[0] for match in _LINE.finditer(self._text))

    def line_text(self, line: int) -> str:
        """The text of one line, cut to what is shown; the lines are indexed when first asked."""
        if not self._starts:
            self._starts.extend(match.start() for match in _LINE.finditer(self._text))
        if not 1 <= line <= len(self._starts):
            return ""
        start = self._starts[line - 1]
        match = _LINE.match(self._text, start, start + _SHOWN)
        return match[0].rstrip("\r\n") if match else ""

    def reader(self, skip: int, delimiter: str = "") -> _CsvReader:
        """The standard library's reader from a line on, no line of which is past its bound."""

        def bounded() -> Iterator[str]:
            for line in islice(self.lines(), skip, None):
                if len(line) > _MAX_LINE:
                    raise _LongLineError
                yield line

        sign = delimiter or self.delimiter
        return csv.reader(bounded(), delimiter=sign, strict=True, skipinitialspace=sign != " ")


def read_csv(source: Source, permitted: Permitted) -> Sheet | Diagnostics:
    """Read the file of a source: its text decoded, its header found."""
    file = read_file(source, permitted.folder, permitted.allowed)
    if isinstance(file, Diagnostic):
        return (file,)
    found = decoded(file.content, file.name, source.encoding)
    if isinstance(found, NoText):
        return (refused(found.refusal, Location(file.path, found.line), source.id),)
    if line_ends(found.text) > MAX_ROWS:
        refusal = Refusal("IKU411", f"`{file.name}` has more than {MAX_ROWS} rows")
        return (refused(refusal, Location(file.path, MAX_ROWS), source.id),)
    sheet = Sheet(file, found.text, source)
    refusal_of_header, said = _read_header(sheet, source)
    if refusal_of_header is not None:
        return (refused(refusal_of_header, sheet.location(1), source.id),)
    remarks = [remark for remark in (found.remark, said) if remark is not None]
    sheet.remarks = tuple(refused(remark, sheet.location(1), source.id) for remark in remarks)
    return sheet


def _row_refusal(cells: list[str], width: int) -> Refusal | None:
    if len(cells) > width and any(map(str.strip, cells[width:])):
        return Refusal(
            "IKU414",
            f"a row has {len(cells)} cells under a header of {width} columns",
            "put text that holds the delimiter, such as a figure with a decimal comma, in quotes",
        )
    if max(map(len, cells), default=0) > MAX_CELL:
        return _past_cell()
    return None


def _csv_refusal(error: csv.Error) -> Refusal:
    if "larger than field limit" in str(error):
        return _past_cell()
    if isinstance(error, _LongLineError):
        return Refusal(
            "IKU411", f"a line has more than {_MAX_LINE} signs, so reading stopped before it"
        )
    return Refusal(
        "IKU401",
        "a row has a quotation mark that is not closed or stands in the middle of quoted text",
        'inside quoted text a quotation mark is written twice: `""`',
    )


def _past_cell() -> Refusal:
    return Refusal(
        "IKU411",
        f"a cell has more than {MAX_CELL} signs, so reading stopped before it",
        "look for a quotation mark that is never closed",
    )


class _CsvReader(Protocol):
    """What the standard library's reader is: rows of cells, and how many lines they took."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class _LongLineError(csv.Error):
    """A line past its bound; raised inside the CSV reader, so it is one of its errors."""


def _read_header(sheet: Sheet, source: Source) -> tuple[Refusal | None, Refusal | None]:
    """Set the header of a sheet; what is wrong with it, and what has to be said."""
    first, last = source.header or (_first_row(sheet, source) + 1,) * 2
    said = None
    if not sheet.delimiter:
        sheet.delimiter = found_delimiter(
            lambda sign: _names(sheet, first, last, sign)[0], columns_of(source)
        )
        said = delimiter_remark(sheet.name, sheet.delimiter)
    try:
        header, end = _names(sheet, first, last, sheet.delimiter)
    except csv.Error as error:
        return _csv_refusal(error), None
    except (TypeError, ValueError):
        return Refusal("IKU401", f"the delimiter {quoted(sheet.delimiter)} cannot be used"), None
    if not any(header):
        empty = f"`{sheet.name}` is empty"
        what = f"`{sheet.name}` has nothing in row {first}" if source.header else empty
        return Refusal("IKU401", what, "its header names the columns"), None
    if len(header) > MAX_COLUMNS:
        return Refusal("IKU411", f"`{sheet.name}` has more than {MAX_COLUMNS} columns"), None
    sheet.header, sheet.header_end = header, end
    return None, said


def _first_row(sheet: Sheet, source: Source) -> int:
    """How many lines stand before the header: blank ones and leading comments."""
    skipped = 0
    for line in sheet.lines():
        if line.strip() and not (source.comment and line.startswith(source.comment)):
            break
        skipped += 1
    return skipped


def _names(sheet: Sheet, first: int, last: int, delimiter: str) -> tuple[tuple[str, ...], int]:
    """The names of the columns that rows of the file give, and the line the last one ends on."""
    reader = sheet.reader(skip=first - 1, delimiter=delimiter)
    rows = [[plain_text(cell) for cell in row] for row in islice(reader, last - first + 1)]
    return joined_header(rows), first - 1 + reader.line_num


def _span(line: str, index: int, delimiter: str) -> tuple[int, int]:
    """Where the cell of a column begins and ends in a line; the whole line if it is not there."""
    inside = False
    column = start = 0
    for position, sign in enumerate(line):
        if sign == '"':
            inside = not inside
        elif sign == delimiter and not inside:
            if column == index:
                return start, position
            column, start = column + 1, position + 1
    return (start, len(line)) if column == index and not inside else (0, len(line))
