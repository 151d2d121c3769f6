"""CSV as every report writes it: LF, and no text that a spreadsheet would run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Rows of cells as CSV text, quoted where needed.

    Python's own writer leaves a lone carriage return unquoted, which readers take for a new row.
    """
    lines = (delimiter.join(_quoted(cell, delimiter) for cell in row) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def _quoted(cell: str, delimiter: str) -> str:
    if any(sign in cell for sign in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def harmless(text: str) -> str:
    """Text with a `'` before a sign that spreadsheets run; our reader takes it away again."""
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
