"""Rows of a database as a table: kept as short texts, hashed, each with the key it is found by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from iku_engine.diagnostics import Diagnostics, Location, quoted
from iku_engine.sources.databases.bounds import MAX_BYTES, MAX_ROWS
from iku_engine.sources.databases.exact_values import Coded, cell_of, word_in
from iku_engine.sources.databases.refusing import RefusedDatabaseError
from iku_engine.sources.model import Origin, TableKey
from iku_engine.sources.protocol import BadRow, Row


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a database gives.

    `read` are the columns of the rows, `unread` those that the table has besides; `key` are the
    columns that tell rows apart, none where nothing declares them. Rows whose order the database
    does not promise are put in one, `is_ordered` being false.
    """

    table: str
    read: tuple[str, ...]
    rows: Iterable[Sequence[Coded]]
    unread: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    is_ordered: bool = True


class ResultTable:
    """An answer as a table; `name` is what it is called, `path` what diagnostics file it under.

    `sha256` is that of the rows, whatever their order, unless that of a file is given.
    """

    def __init__(
        self, answer: Answer, file: str, path: str, content: str = "", *, whole: bool = False
    ) -> None:
        self.name = file if whole or not answer.table else f"{file}, table {answer.table}"
        self.path = path
        self.header = (*answer.read, *answer.unread)
        self.remarks: Diagnostics = ()
        self._file = file
        self._table = "" if whole else answer.table
        self._lines = _lines_of(answer, self.name)
        self._blank = [None] * len(answer.unread)
        self._key = [(name, answer.read.index(name)) for name in answer.key]
        self._named: tuple[int, str] = (0, "")
        in_order = sorted(self._lines)
        self.sha256 = content or _digest(answer.read, in_order)
        if not answer.is_ordered:
            self._lines = in_order

    def rows(self) -> Iterator[Row | BadRow]:
        """The rows with anything in them, in their order; columns that were not read are blank."""
        for position, line in enumerate(self._lines, start=1):
            cells = [cell_of(one) for one in json.loads(line)]
            if any(cell is not None for cell in cells):
                yield Row(position, [*cells, *self._blank])

    def origin(self, row: int, column: int) -> Origin:
        spot = TableKey(self._table, self._name_of(row))
        has_spot = bool(spot.table or spot.key)
        return Origin(self._file, self.sha256, row, self.header[column], spot if has_spot else None)

    def location(self, row: int, column: int | None = None) -> Location:
        key = self._name_of(row)
        parts = [f"table {self._table}"] * bool(self._table)
        parts.append(f"key {key}" if key else f"row {row}")
        parts += [] if column is None else [f"column {self.header[column]}"]
        return Location(self.path, row, 1 if column is None else column + 1, spot=", ".join(parts))

    def _name_of(self, row: int) -> str:
        """The key of a row in words, `id 17`; empty without one."""
        if not self._key or not 1 <= row <= len(self._lines):
            return ""
        if self._named[0] != row:
            cells: list[Coded] = json.loads(self._lines[row - 1])
            words = [(name, word_in(cells[at])) for name, at in self._key]
            named = ", ".join(f"{name} {word}" for name, word in words)
            self._named = (row, named if all(word for _, word in words) else "")
        return self._named[1]


def _lines_of(answer: Answer, name: str) -> list[bytes]:
    """The rows as JSON, within their bounds."""
    lines: list[bytes] = []
    size = 0
    for row in answer.rows:
        line = json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode()
        size += len(line)
        if len(lines) == MAX_ROWS:
            message = f"{quoted(name)} has more than {MAX_ROWS} rows"
            raise RefusedDatabaseError("IKU411", message, _SMALLER)
        if size > MAX_BYTES:
            message = f"what is read of {quoted(name)} is larger than {MAX_BYTES // 1024**2} MB"
            raise RefusedDatabaseError("IKU411", message, _SMALLER)
        lines.append(line)
    return lines


_SMALLER = "read a view that holds what is needed"


def _digest(read: Sequence[str], lines: Iterable[bytes]) -> str:
    digest = sha256(json.dumps(list(read), ensure_ascii=False).encode())
    for line in lines:
        digest.update(b"\n" + line)
    return digest.hexdigest()
