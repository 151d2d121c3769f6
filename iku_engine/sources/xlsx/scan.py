"""A sheet looked through before it is read.

How far its cells reach, and what the reader of workbooks does not tell of them: percents, failed
formulas, merged cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from iku_engine.sources.xlsx.elements import Attributes, Elements
from iku_engine.sources.xlsx.refusing import RefusedWorkbookError, damaged, too_large

MAX_CELLS = 2_000_000
"""The most cells of the rectangle that all filled cells of a sheet span."""

MAX_TEXT = 100_000_000
"""The most signs that the texts of a sheet may have together."""

COLUMNS, ROWS = 16_384, 1_048_576
"""How large a sheet can be at all."""

_MAX_MERGES = 50_000
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LONGEST_ERROR = 32

Box = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 0."""


def position_of(reference: str) -> tuple[int, int]:
    """Row and column, from 0, of a cell such as `B7`; refused where there is no such cell."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise damaged()
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if not (1 <= row <= ROWS and column <= COLUMNS):
        raise damaged()
    return row - 1, column - 1


def letters_of(column: int) -> str:
    """The letters of a column, counted from 0: `A`, `Z`, `AA`."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def area_of(box: Box) -> int:
    """How many cells a rectangle has."""
    top, left, bottom, right = box
    return max(0, bottom - top + 1) * max(0, right - left + 1)


class Scan:
    """What is seen of one sheet, chunk by chunk.

    `percents` and `failed` are keyed by row * 16384 + column; a failed cell has the error it
    shows (`#DIV/0!`), or no text where its formula has never been computed. `styles` are those
    that show percents, `lengths` those of the texts that cells share.
    """

    def __init__(self, styles: frozenset[str] = frozenset(), lengths: Sequence[int] = ()) -> None:
        self.box: Box | None = None
        self.merges: list[Box] = []
        self.percents: set[int] = set()
        self.failed: dict[int, str] = {}
        self._styles = styles
        self._lengths = lengths
        self._text_left = MAX_TEXT
        self._row = self._column = -1
        self._row_text = ""
        self._columns: dict[str, int] = {}
        self._type = self._style = self._text = ""
        self._is_formula = self._in_value = False
        self._elements = Elements(
            {
                "row": self._begin_row,
                "c": self._begin_cell,
                "f": self._begin_formula,
                "v": self._begin_value,
                "t": self._begin_value,
                "mergeCell": self._merge,
            },
            {"v": self._end_value, "t": self._end_value, "c": self._end_cell},
            self._take,
        )

    def feed(self, chunk: bytes) -> None:
        self._elements.feed(chunk)

    def finish(self) -> None:
        self._elements.feed(b"", last=True)

    def _begin_row(self, attributes: Attributes) -> None:
        self._row_text = attributes.get("r", "")
        number = int(self._row_text) if self._row_text.isdecimal() else self._row + 2
        if not 1 <= number <= ROWS:
            raise damaged()
        self._row, self._column = number - 1, -1

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._find(reference)
        self._type = attributes.get("t", "")
        self._style = attributes.get("s", "")
        self._is_formula = False
        self._text = ""

    def _find(self, reference: str) -> None:
        """Where a cell stands; the letters of its column are read once."""
        known = self._columns.get(reference.removesuffix(self._row_text))
        if known is not None and self._row_text:
            self._column = known
            return
        row, self._column = position_of(reference)
        if row != self._row:  # calamine trusts the cell
            self._row, self._row_text = row, ""
        elif self._row_text == str(row + 1):
            self._columns[reference.removesuffix(self._row_text)] = self._column

    def _begin_formula(self, _: Attributes) -> None:
        self._is_formula = True

    def _begin_value(self, _: Attributes) -> None:
        self._in_value = True

    def _end_value(self) -> None:
        self._in_value = False

    def _take(self, text: str) -> None:
        if self._in_value and len(self._text) < _LONGEST_ERROR:
            self._text += text[:_LONGEST_ERROR]

    def _end_cell(self) -> None:
        if not self._text and (self._type == "str" or not self._is_formula):
            return
        row, column = self._row, self._column
        if self._type == "s":
            self._count_text()
        if self._type == "e" or not self._text:
            self.failed[row * COLUMNS + column] = self._text
        elif self._style in self._styles:
            self.percents.add(row * COLUMNS + column)
        top, left, bottom, right = self.box or (row, column, row, column)
        if top <= row <= bottom and left <= column <= right and self.box:
            return
        self.box = (min(top, row), min(left, column), max(bottom, row), max(right, column))
        if area_of(self.box) > MAX_CELLS:
            raise too_large()

    def _count_text(self) -> None:
        index = int(self._text) if self._text.isdecimal() else len(self._lengths)
        if index >= len(self._lengths):
            raise damaged()
        self._text_left -= self._lengths[index]
        if self._text_left < 0:
            raise RefusedWorkbookError(
                "IKU411",
                f"has a sheet of more than {MAX_TEXT // 1000**2} million signs",
                "split the sheet into several workbooks",
            )

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        self.merges.append((*position_of(first), *position_of(last or first)))
        if len(self.merges) > _MAX_MERGES:
            raise too_large()
