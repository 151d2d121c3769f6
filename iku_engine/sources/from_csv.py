"""CSV bytes -> a sheet: a header and rows of cells, each row with its line in the file."""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, Protocol

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Location, quoted
from iku_engine.sources.cells import plain_text
from iku_engine.sources.files import DataFile
from iku_engine.sources.findings import Findings, Refusal

MAX_ROWS = 2_000_000
MAX_COLUMNS = 2_000
MAX_CELL = 131_072
"""Bounds of a data file: lines, columns, and signs in one cell."""

_MAX_LINE = 2_000_000  # signs; a line of separators only would fill the memory with cells
_SHOWN = 400
_LINE = re.compile(r"[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n")
_OTHER_DELIMITERS = (";", ",", "\t", "|")


class Row(NamedTuple):
    """One row of a sheet: the line of the file it begins on, and as many cells as the header."""

    line: int
    cells: list[str]


class Sheet:
    """A CSV file under its header; knows where each cell stands in the file."""

    def __init__(self, file: DataFile, text: str, delimiter: str) -> None:
        self.name = file.name
        self.path = file.path
        self.sha256 = file.sha256
        self.delimiter = delimiter
        self.header: tuple[str, ...] = ()
        self.header_end = 0
        self._text = text
        self._starts = array("Q")

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

    def line_location(self, line: int) -> Location:
        """A whole line."""
        text = self.line_text(line)
        return Location(self.path, line, 1, max(1, len(text)), text)

    def cell_location(self, line: int, index: int) -> Location:
        """The cell of a row in one column; the whole line where the cell is beyond the cut."""
        text = self.line_text(line)
        start, end = _span(text, index, self.delimiter)
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return Location(self.path, line, start + 1, max(1, len(text[start:end].rstrip())), text)

    def missing_column(self, column: str) -> Refusal:
        """Why a column cannot be found, with the nearest header or the delimiter as help."""
        if column in self.header:
            return Refusal(
                "IKU403",
                f"`{self.name}` has more than one column {quoted(column)}",
                "give each column a header of its own",
            )
        alone = self.header[0] if len(self.header) == 1 else ""
        other = next((sign for sign in _OTHER_DELIMITERS if sign in alone), "")
        shown = ", ".join(quoted(name) for name in self.header[:8])
        return Refusal(
            "IKU403",
            f"`{self.name}` has no column {quoted(column)}",
            f"its columns are parted by `{other}`: declare `delimiter` for the source"
            if other
            else f"its columns are {shown}{' and more' if len(self.header) > 8 else ''}",
            None if other else (column, self.header),
        )

    def index_of(self, column: str) -> int | None:
        """The position of a column; None where the header has it not exactly once."""
        return self.header.index(column) if self.header.count(column) == 1 else None


def read_sheet(file: DataFile, source: Source, findings: Findings) -> Sheet | None:
    """Decode a file and read its header; None where no row of it can be read."""
    text = _decoded(file, source, findings)
    if text is None:
        return None
    sheet = Sheet(file, text, source.delimiter)
    refusal = _read_header(sheet, source)
    if refusal is None:
        return sheet
    findings.add(refusal, file.path, 1, lambda: sheet.line_location(1), source.id)
    return None


def rows(sheet: Sheet, source: Source, findings: Findings) -> Iterator[Row]:
    """The rows below the header, blank ones skipped; one that cannot be read is reported.

    A row with fewer cells than the header is filled up with blank ones.
    """
    reader = _reader(sheet, source, skip=sheet.header_end)
    width = len(sheet.header)
    line = sheet.header_end + 1
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
        begun, line = line, sheet.header_end + reader.line_num + 1
        if refusal is not None:
            _report_row(sheet, source, findings, begun, refusal)
            if refusal.code == "IKU411":
                return
        elif cells and any(map(str.strip, cells)):
            yield Row(begun, cells)


def _report_row(
    sheet: Sheet, source: Source, findings: Findings, line: int, refusal: Refusal
) -> None:
    findings.add(refusal, sheet.path, line, lambda: sheet.line_location(line), source.id)


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


def _reader(sheet: Sheet, source: Source, skip: int) -> _CsvReader:
    def bounded() -> Iterator[str]:
        for line in islice(sheet.lines(), skip, None):
            if len(line) > _MAX_LINE:
                raise _LongLineError
            yield line

    spaced = source.delimiter != " "
    return csv.reader(bounded(), delimiter=source.delimiter, strict=True, skipinitialspace=spaced)


def _read_header(sheet: Sheet, source: Source) -> Refusal | None:
    """Set the header of a sheet, past blank lines and leading comments."""
    skipped = 0
    for line in sheet.lines():
        if line.strip() and not (source.comment and line.startswith(source.comment)):
            break
        skipped += 1
    try:
        reader = _reader(sheet, source, skip=skipped)
        header = next(reader, None)
    except csv.Error as error:
        return _csv_refusal(error)
    except (TypeError, ValueError):
        return Refusal("IKU401", f"the delimiter {quoted(source.delimiter)} cannot be used")
    if not header:
        return Refusal("IKU401", f"`{sheet.name}` is empty", "its first row names the columns")
    if len(header) > MAX_COLUMNS:
        return Refusal("IKU411", f"`{sheet.name}` has more than {MAX_COLUMNS} columns")
    sheet.header = tuple(plain_text(name) for name in header)
    sheet.header_end = skipped + reader.line_num
    return None


def _decoded(file: DataFile, source: Source, findings: Findings) -> str | None:
    """The text of a file; None, reported, where it is no UTF-8 text or has too many lines."""
    not_text = Refusal(
        "IKU401", f"`{file.name}` is not text in UTF-8", "save the sheet as `CSV UTF-8`"
    )
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `start` may count from behind the byte-order mark; the line is the same.
        line = _line_ends(file.content[: error.start].decode("latin-1")) + 1
        findings.add(not_text, file.path, line, None, source.id)
        return None
    nul = text.find("\0")
    if nul >= 0:
        findings.add(not_text, file.path, _line_ends(text[:nul]) + 1, None, source.id)
        return None
    if _line_ends(text) > MAX_ROWS:
        refusal = Refusal("IKU411", f"`{file.name}` has more than {MAX_ROWS} rows")
        findings.add(refusal, file.path, MAX_ROWS, None, source.id)
        return None
    return text


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


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
