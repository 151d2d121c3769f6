"""Tables of any kind: their columns found, their rows gone through, what is wrong reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iku_engine.diagnostics import Diagnostic, Location, quoted
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.protocol import BadRow, Row, Table

_OTHER_DELIMITERS = (";", ",", "\t", "|")
_SHOWN = 8


def index_of(table: Table, column: str) -> int | None:
    """The position of a column; None where the header has it not exactly once."""
    return table.header.index(column) if table.header.count(column) == 1 else None


def missing_column(table: Table, column: str) -> Refusal:
    """Why a column cannot be found, with the nearest header or the delimiter as help."""
    header = table.header
    if column in header:
        return Refusal(
            "IKU403",
            f"`{table.name}` has more than one column {quoted(column)}",
            "give each column a header of its own",
        )
    alone = header[0] if len(header) == 1 else ""
    other = next((sign for sign in _OTHER_DELIMITERS if sign in alone), "")
    shown = ", ".join(quoted(name) for name in header[:_SHOWN])
    return Refusal(
        "IKU403",
        f"`{table.name}` has no column {quoted(column)}",
        f"its columns are parted by `{other}`: declare it as the `delimiter` of the source"
        if other
        else f"its columns are {shown}{' and more' if len(header) > _SHOWN else ''}",
        None if other else (column, header),
    )


def rows_of(table: Table, findings: Findings, subject: str) -> Iterator[Row]:
    """The rows that can be read; the others are reported."""
    for row in table.rows():
        if isinstance(row, BadRow):
            report_row(table, row, findings, subject)
        else:
            yield row


def report_row(table: Table, row: BadRow, findings: Findings, subject: str) -> None:
    """Report a row that cannot be read."""
    findings.add(row.refusal, table.path, row.line, lambda: table.location(row.line), subject)


def report_cell(
    table: Table, row: Row, column: int, refusal: Refusal, findings: Findings, subject: str
) -> None:
    """Report a cell that cannot be used."""
    findings.add(refusal, table.path, row.line, lambda: table.location(row.line, column), subject)


def refused(refusal: Refusal, where: Location, subject: str) -> Diagnostic:
    """A refusal that concerns a whole file, as a diagnostic."""
    return Diagnostic(refusal.code, refusal.message, where, refusal.helped(), subject)


def joined_header(rows: list[list[str]]) -> tuple[str, ...]:
    """The names of columns whose header takes several rows: `Koperasi / Aktif`.

    A text that is repeated in the row below, as in merged cells, stands once.
    """
    width = max(map(len, rows), default=0)
    names = []
    for index in range(width):
        parts: list[str] = []
        for row in rows:
            text = row[index] if index < len(row) else ""
            if text and parts[-1:] != [text]:
                parts.append(text)
        names.append(" / ".join(parts))
    return tuple(names)


def with_subject(found: Diagnostic, subject: str) -> Diagnostic:
    """A diagnostic of a reader that says which source it belongs to."""
    return found if found.subject else replace(found, subject=subject)
