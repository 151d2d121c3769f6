"""The process that reads a workbook: its bytes come in, the cells of one sheet go out.

Out go lines of JSON: first which sheet is read and which there are, then for each row with
anything in it `[row, [cells]]`, last how many these were. A cell is null or text whose first
letter is its type: `s` text, `n` a number, `p` a number shown as a percent, `d` a day, `e` a cell
that shows an error, and `m` one of a merged range, as a list with the cell that holds it.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from fractions import Fraction
from typing import TypeAlias

from iku_engine.quantities import to_decimal_text
from iku_engine.scales import decimals_of
from iku_engine.sources.xlsx.lookups import percent_styles, string_lengths
from iku_engine.sources.xlsx.parts import STYLES, Package, chosen, sheets_of
from iku_engine.sources.xlsx.refusing import RefusedWorkbookError, damaged, too_large
from iku_engine.sources.xlsx.scan import COLUMNS, MAX_CELLS, Scan, area_of, letters_of

MEMORY = 1024**3
"""The most bytes of memory that reading one workbook may take."""

SECONDS = 60
"""The most seconds that reading one workbook may take."""

MAX_OUTPUT = 256 * 1024 * 1024
MAX_COLUMNS = 2_000
_MAX_TEXT = 32_767  # what a cell of a spreadsheet can hold

Coded: TypeAlias = "str | list[str] | None"


def main() -> None:
    """Answer what stands on standard input; the first argument names the wanted sheet."""
    _bound()
    content = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    written = 0
    for line in answer(content, sys.argv[1]):
        data = json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        written += len(data)
        if written > MAX_OUTPUT:
            break  # the count that ends an answer is then missing
        out.write(data)
    out.flush()


def answer(content: bytes, wanted: str) -> Iterator[object]:
    """The lines of the answer; a refusal is the last of them."""
    try:
        yield from _read(content, wanted)
    except RefusedWorkbookError as refused:
        near = [refused.near[0], list(refused.near[1])] if refused.near else None
        yield {"refused": [refused.code, refused.what, refused.help, near]}
    except MemoryError:
        what = f"takes more than {MEMORY // 1024**2} MB of memory to read"
        yield {"refused": ["IKU411", what, "split it into several workbooks", None]}


def _read(content: bytes, wanted: str) -> Iterator[object]:
    package = Package(content)
    sheets = sheets_of(package)
    sheet = chosen(sheets, wanted)
    percents: frozenset[str] = frozenset()
    lengths: Sequence[int] = ()
    if package.has(STYLES):
        percents = percent_styles(package.chunks(STYLES))
    if package.has(package.strings):
        lengths = string_lengths(package.chunks(package.strings))
    scan = Scan(percents, lengths)
    packed = package.with_sheet(sheet, scan.feed)
    scan.finish()
    yield {"sheet": sheet.name, "shown": [one.name for one in sheets if one.shown]}
    count = 0
    if scan.box is not None:
        if scan.box[3] >= MAX_COLUMNS:
            what = f"has a sheet of more than {MAX_COLUMNS} columns"
            raise RefusedWorkbookError("IKU411", what, "delete what stands far to the right")
        merged = _Merged(scan)
        for row, cells in enumerate(_values(packed, sheet.name)):
            coded = [_coded(cell, row * COLUMNS + at, scan) for at, cell in enumerate(cells)]
            merged.fill(coded, row)
            if any(one is not None for one in coded):
                count += 1
                yield [row + 1, coded]
    yield {"rows": count}


def _values(packed: object, sheet: str) -> Iterator[list[object]]:
    """The rows of a sheet from its first one on, read by calamine."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - an extra

    try:
        book = CalamineWorkbook.from_filelike(packed)  # type: ignore[arg-type]
        found = book.get_sheet_by_name(sheet)
        # Rows come from the first one on, their cells from the first filled column on.
        left = [""] * (found.start or (0, 0))[1]
        for row in found.iter_rows():
            yield [*left, *row]
    except (CalamineError, ValueError, OSError):
        raise damaged() from None


def _coded(cell: object, key: int, scan: Scan) -> Coded:
    if key in scan.failed:
        return "e" + scan.failed[key]
    if isinstance(cell, bool):
        return "sTRUE" if cell else "sFALSE"
    if isinstance(cell, int | float):
        return _number(cell, key in scan.percents)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return "d" + cell.isoformat()
    text = str(cell)
    return "s" + text[:_MAX_TEXT] if text.strip() else None


def _number(cell: float, is_percent: bool) -> str:
    """The decimal number that the fewest digits say: 0.1, and not what a float makes of it."""
    if not math.isfinite(cell):
        return f"s{cell}"
    text = repr(cell)
    if not is_percent and "e" not in text:
        return "n" + text.removesuffix(".0")
    value = Fraction(text) * (100 if is_percent else 1)
    return ("p" if is_percent else "n") + to_decimal_text(value, decimals_of(value) or 0)


class _Merged:
    """Merged cells: each shows what the first of them holds, and says which one that is."""

    def __init__(self, scan: Scan) -> None:
        assert scan.box is not None
        _, _, bottom, right = scan.box
        self._first: dict[int, int] = {}
        self._held: dict[int, Coded] = {}
        filled = 0
        for top, left, last_row, last_column in scan.merges:
            box = (top, left, min(last_row, bottom), min(last_column, right))
            filled += area_of(box)
            if filled > MAX_CELLS:
                raise too_large()
            first = top * COLUMNS + left
            self._held[first] = None
            for row in range(top, box[2] + 1):
                at = row * COLUMNS
                self._first.update(dict.fromkeys(range(at + left, at + box[3] + 1), first))

    def fill(self, coded: list[Coded], row: int) -> None:
        """Fill the merged cells of a row; rows are given in their order."""
        if not self._first:
            return
        for column, cell in enumerate(coded):
            first = self._first.get(row * COLUMNS + column)
            if first is None:
                continue
            if row * COLUMNS + column == first:
                self._held[first] = cell
            elif (held := self._held[first]) is not None and cell is None:
                top, left = divmod(first, COLUMNS)
                coded[column] = ["m", f"{letters_of(left)}{top + 1}", str(held)]


def _bound() -> None:
    """Bound this process, where the system can; the parent ends it after a time anyway."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        _limit(resource.RLIMIT_AS, MEMORY)
        _limit(resource.RLIMIT_CPU, SECONDS)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)


def _limit(what: int, most: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    with suppress(OSError, ValueError):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


if __name__ == "__main__":
    main()
