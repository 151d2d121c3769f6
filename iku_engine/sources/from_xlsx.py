"""Workbooks -> tables: one sheet under its header, each cell known as `B7`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostic, Diagnostics, Location, quoted
from iku_engine.sources.cells import plain_text
from iku_engine.sources.files import DataFile, read_file
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Origin, SheetCell
from iku_engine.sources.protocol import BadRow, CellValue, Digits, Measured, Permitted, Refused, Row
from iku_engine.sources.tables import joined_header, refused
from iku_engine.sources.xlsx.child import MAX_COLUMNS
from iku_engine.sources.xlsx.process import answered, is_installed
from iku_engine.sources.xlsx.refusing import SAVE_AGAIN, RefusedWorkbookError
from iku_engine.sources.xlsx.scan import letters_of

_PERCENT = "%"
_LOOKED_AT = 30  # rows in which a header is looked for, to say where it is


@dataclass(frozen=True, slots=True, eq=False)
class _Repeated(Refused):
    """A merged cell, which shows what the first of them holds."""


class SheetTable:
    """One sheet of a workbook under its header, as a table."""

    def __init__(self, file: DataFile, sheet: str, lines: Sequence[bytes], comment: str) -> None:
        self.name = file.name
        self.path = file.path
        self.sha256 = file.sha256
        self.sheet = sheet
        self.header: tuple[str, ...] = ()
        self.remarks: Diagnostics = ()
        self.header_end = 0
        self._letters = [letters_of(column) for column in range(MAX_COLUMNS)]
        self._lines = lines
        self._comment = comment

    def rows(self) -> Iterator[Row | BadRow]:
        """The rows below the header, without those that begin as a comment does.

        What stands to the right of the header has no name, so nothing can ask for it. A row of
        one text alone is a note or a heading: it has no figure.
        """
        width = len(self.header)
        for row in self.all_rows():
            if row.line > self.header_end:
                cells = [*row.cells[:width], *([None] * (width - len(row.cells)))]
                if not _is_note(cells):
                    yield Row(row.line, cells)

    def all_rows(self) -> Iterator[Row]:
        """The rows of the sheet with anything in them, comments left out."""
        for line in self._lines:
            number, cells = json.loads(line)
            row = Row(number, [_cell(coded) for coded in cells])
            if not self._is_comment(row):
                yield row

    def origin(self, row: int, column: int) -> Origin:
        spot = SheetCell(self.sheet, f"{self._letters[column]}{row}")
        return Origin(self.name, self.sha256, row, self.header[column], spot)

    def location(self, row: int, column: int | None = None) -> Location:
        cell = f"row {row}" if column is None else f"{letters_of(column)}{row}"
        at = 1 if column is None else column + 1
        return Location(self.path, row, at, spot=f"sheet {self.sheet}, {cell}")

    def _is_comment(self, row: Row) -> bool:
        if not self._comment:
            return False
        first = next((text for cell in row.cells if (text := plain_text(cell))), "")
        return first.startswith(self._comment)


def read_xlsx(source: Source, permitted: Permitted) -> SheetTable | Diagnostics:
    """Read one sheet of the workbook of a source, in a process of its own."""
    file = read_file(source, permitted.folder, permitted.allowed)
    if isinstance(file, Diagnostic):
        return (file,)
    if not is_installed():
        message = f"reading the workbook `{file.name}` needs a library that is not installed"
        refusal = Refusal("IKU422", message, "install `iku-engine[xlsx]`")
        return (refused(refusal, source.location, source.id),)
    try:
        lines = answered(file.content, source.sheet).splitlines()
        head = _head(lines)
    except RefusedWorkbookError as why:
        refusal = Refusal(why.code, f"`{file.name}` {why.what}", why.help, why.near)
        return (_refused(refusal, file, source),)
    shown = [str(name) for name in head["shown"]]
    table = SheetTable(file, str(head["sheet"]), lines[1:-1], source.comment)
    lacking = _read_header(table, source)
    if lacking is not None:
        return (_refused(lacking, file, source),)
    if not source.sheet and len(shown) > 1:
        remark = _first_of(table, shown)
        table.remarks = (refused(remark, table.location(table.header_end), source.id),)
    return table


def _head(lines: list[bytes]) -> dict[str, list[object]]:
    """What the child says first, once it has said all: a cut answer counts for nothing."""
    try:
        head, last = json.loads(lines[0]), json.loads(lines[-1])
        if "refused" in last:
            code, what, help_text, near = last["refused"]
            raise RefusedWorkbookError(code, what, help_text, near and (near[0], near[1]))
        whole = last["rows"] == len(lines) - 2
        if whole and isinstance(head, dict):
            return head
    except (IndexError, ValueError, TypeError, KeyError):
        pass
    # The child stopped: most often because it asked for more memory than it may have.
    raise RefusedWorkbookError("IKU401", "cannot be read: " + _STOPPED, SAVE_AGAIN)


_STOPPED = "it is damaged, or takes more memory than reading it may"


def _is_note(cells: Sequence[CellValue]) -> bool:
    """Whether a row holds no more than one text, which may span merged cells."""
    filled = [one for one in cells if one is not None]
    own = [one for one in filled if not isinstance(one, _Repeated)]
    if not own:
        return True
    if len(cells) == 1 or len(own) > 1 or type(own[0]) is not str:
        return False
    return all(isinstance(one, _Repeated) and one.value == own[0] for one in filled[1:])


def _cell(coded: str | list[str] | None) -> CellValue:
    if coded is None:
        return None
    if isinstance(coded, list):
        return _merged(coded[1], _cell(coded[2]))
    kind, text = coded[0], coded[1:]
    if kind == "s":
        return text
    if kind == "n":
        return Digits(text)
    if kind == "p":
        return Measured(Fraction(text), _PERCENT)
    if kind == "d":
        return date.fromisoformat(text)
    return _failed(text)


def _merged(first: str, held: CellValue) -> CellValue:
    """A merged cell: its word holds for all rows it spans, a figure for the first one alone."""
    if isinstance(held, Measured):
        held = plain_text(held)
    if held is None or isinstance(held, Refused):
        return held
    return _Repeated(
        held,
        Refusal(
            "IKU404",
            f"a merged cell shows the figure of {first} a second time",
            "part the merged cells, and give each row its own figure",
        ),
    )


def _failed(error: str) -> Refused:
    if not error:
        message = "a formula of the sheet has never been computed, so its cell holds no figure"
        return Refused("", Refusal("IKU404", message, SAVE_AGAIN))
    message = f"a formula of the sheet shows the error {quoted(error)}"
    return Refused(error, Refusal("IKU404", message, "correct the formula in the sheet"))


def _read_header(table: SheetTable, source: Source) -> Refusal | None:
    """Set the header of a sheet: the declared rows, else the first with anything in it."""
    first, last = source.header or (0, 0)
    names: list[list[str]] = []
    for row in table.all_rows():
        if not source.header:
            first = last = row.line
        if first <= row.line <= last:
            names.append([" ".join(plain_text(cell).split()) for cell in row.cells])
        if row.line >= last:
            break
    table.header, table.header_end = _trimmed(joined_header(names)), last
    if table.header:
        return None if source.header else _header_below(table, source.period)
    empty = f"the sheet {quoted(table.sheet)} of `{table.name}` is empty"
    where = f"the sheet {quoted(table.sheet)} of `{table.name}` has nothing in row {first}"
    return Refusal("IKU401", where if source.header else empty, "its header names the columns")


def _header_below(table: SheetTable, period: str) -> Refusal | None:
    """The refusal of a first row that is a title, with the row that names the columns."""
    if period in table.header:
        return None
    for row in islice(table.all_rows(), _LOOKED_AT):
        if period in [" ".join(plain_text(cell).split()) for cell in row.cells]:
            return Refusal(
                "IKU403",
                f"`{table.name}` has no column {quoted(period)} in its first filled row",
                f"row {row.line} has it: declare `header: {row.line}` for the source",
            )
    return None


def _trimmed(names: tuple[str, ...]) -> tuple[str, ...]:
    width = max((at for at, name in enumerate(names, start=1) if name), default=0)
    return names[:width]


def _first_of(table: SheetTable, shown: Sequence[str]) -> Refusal:
    others = ", ".join(quoted(name) for name in shown[1:6])
    return Refusal(
        "IKU425",
        f"`{table.name}` has {len(shown)} sheets, and {quoted(table.sheet)}, the first, is read",
        f"declare `sheet` to be sure of it; the others are {others}"
        f"{' and more' if len(shown) > 6 else ''}",
    )


def _refused(refusal: Refusal, file: DataFile, source: Source) -> Diagnostic:
    return refused(refusal, Location(file.path, 1), source.id)
