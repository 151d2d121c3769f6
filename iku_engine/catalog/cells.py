"""Text of a table -> rows of cells, each cell with its place in the file.

The standard library's reader does not say where a cell stands, so this one reads the same format:
cells between delimiters, in double quotes where they hold a delimiter, a quote or a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import ScalarNode, SourceText, Span, Style

DELIMITERS = (",", ";", "\t")
"""What may part the cells of a table; the row of headings shows which does."""

_QUOTED = re.compile(r' *"((?:[^"]|"")*+)("?)[ ]*')
_LINE_END = re.compile(r"\r\n|\r|\n")
_RUN_BY_SPREADSHEETS = "=+-@\t\r"


class Row(NamedTuple):
    """One row of a table; `whole` is false where its quotes do not close."""

    line: int
    cells: list[ScalarNode]
    whole: bool


@dataclass(slots=True)
class Scanner:
    """A place in the text of a table: an offset, its line, and where that line begins."""

    text: str
    source: SourceText
    offset: int = 0
    line: int = 0
    start: int = 0

    @property
    def at_end(self) -> bool:
        return self.offset >= len(self.text)

    def next_line(self) -> str:
        """The text of the current line; the place moves to the next one."""
        found = _LINE_END.search(self.text, self.offset)
        line = self.text[self.offset : found.start() if found else len(self.text)]
        self.offset = self.start = found.end() if found else len(self.text)
        self.line += 1
        return line

    def move_to(self, offset: int) -> None:
        """Move on, over the ends of lines that lie between."""
        for found in _LINE_END.finditer(self.text, self.offset, offset):
            self.line += 1
            self.start = found.end()
        self.offset = offset


def delimiter_of(heading: str) -> str:
    """What parts the headings: headings themselves hold no delimiter outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", heading)
    return max(DELIMITERS, key=bare.count)


def rows_of(scanner: Scanner, delimiter: str, mistakes: Mistakes) -> Iterator[Row]:
    """The rows from a place on; a row that cannot be parted into cells is reported."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    while not scanner.at_end and not mistakes.overflowed:
        line = scanner.line
        if '"' not in scanner.source.lines[line]:
            yield Row(line, _unquoted(scanner.next_line(), line, delimiter, scanner.source), True)
            continue
        cells: list[ScalarNode] = []
        whole = True
        while whole:
            cell = _cell(scanner, plain, delimiter, mistakes)
            whole = cell is not None
            if cell is not None:
                cells.append(cell)
            if not scanner.text.startswith(delimiter, scanner.offset):
                break
            scanner.offset += 1
        scanner.next_line()
        yield Row(line, cells, whole)


def _unquoted(text: str, line: int, delimiter: str, source: SourceText) -> list[ScalarNode]:
    """The cells of a row without quotes."""
    cells = []
    column = 0
    for raw in text.split(delimiter):
        cells.append(_node(raw, line, column, source))
        column += len(raw) + 1
    return cells


def _cell(
    scanner: Scanner, plain: re.Pattern[str], delimiter: str, mistakes: Mistakes
) -> ScalarNode | None:
    text, offset = scanner.text, scanner.offset
    quoted = _QUOTED.match(text, offset)
    if quoted is None:
        found = plain.match(text, offset)
        assert found is not None  # it may be empty
        scanner.offset = found.end()
        return _node(found[0], scanner.line, offset - scanner.start, scanner.source)
    opened = Span(scanner.line, offset - scanner.start, scanner.line, offset - scanner.start + 1)
    end = quoted.end()
    closed = bool(quoted[2]) and (end == len(text) or text[end] in delimiter + "\r\n")
    if not closed:
        _report_quote(bool(quoted[2]), scanner, opened, mistakes)
        # An unclosed quote swallows the file: reading goes on behind its first line.
        scanner.move_to(end if quoted[2] else offset)
        return None
    begin = quoted.start(1) - scanner.start
    line = scanner.line
    content = quoted[1]
    if "\n" not in content and "\r" not in content:
        scanner.offset = end
        return _node(content.replace('""', '"'), line, begin, scanner.source)
    scanner.move_to(end)
    inner, _ = _plain(_LINE_END.sub("\n", content).replace('""', '"'))
    last = len(scanner.source.line(line))
    return ScalarNode(inner, Span(line, begin, line, last), scanner.source, Style.CELL)


def _report_quote(closes: bool, scanner: Scanner, opened: Span, mistakes: Mistakes) -> None:
    location = scanner.source.location(opened)
    if closes:
        message = "text stands behind the closing quote of a cell"
        advice = 'put the whole cell in quotes; inside them a quote is written twice: `""`'
    else:
        message = "a quote is opened and never closed"
        advice = 'close the quote; inside quotes a quote is written twice: `""`'
    mistakes.add("IKU002", message, location, advice)


def _node(raw: str, line: int, column: int, source: SourceText) -> ScalarNode:
    text, left_out = _plain(raw)
    begin = column + left_out
    return ScalarNode(text, Span(line, begin, line, begin + len(text)), source, Style.CELL)


def _plain(raw: str) -> tuple[str, int]:
    """The text of a cell, and how many signs before it are left out.

    Those are blanks, and the `'` that keeps a spreadsheet from computing what follows.
    """
    text = raw.strip()
    left_out = 0 if text == raw else raw.index(text[:1])
    if text[:1] == "'" and text[1:2] and text[1] in _RUN_BY_SPREADSHEETS:
        return text[1:], left_out + 1
    return text, left_out
