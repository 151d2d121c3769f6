"""The CSV of printed figures -> its cells as text, digits and marks untouched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from iku_engine.catalog.model import Catalog, Document, Source
from iku_engine.checks.model import PrintedText
from iku_engine.sources.cells import plain_text, read_period
from iku_engine.sources.findings import Findings
from iku_engine.sources.from_csv import read_csv
from iku_engine.sources.protocol import Permitted
from iku_engine.sources.tables import index_of, rows_of

_COLUMNS = ("place", "column", "printed")
_NOT_PRINTED = frozenset({"", "-", "--"})


def printed_texts(catalog: Catalog, allowed: tuple[Path, ...] = ()) -> tuple[PrintedText, ...]:
    """The printed cells of a catalog's document; none where it has none or they cannot be read.

    What is wrong with the file is told where it is audited.
    """
    document = catalog.document
    if document is None or document.printed is None or not catalog.folder:
        return ()
    return tuple(_cells(catalog, document, allowed))


def _cells(
    catalog: Catalog, document: Document, allowed: tuple[Path, ...]
) -> Iterator[PrintedText]:
    source = _as_source(document)
    table = read_csv(source, Permitted(catalog.folder, allowed))
    if isinstance(table, tuple):
        return
    place, column, printed = (index_of(table, name) for name in _COLUMNS)
    period = index_of(table, "period")
    if place is None or column is None or printed is None:
        return
    only = catalog.periods[0] if len(catalog.periods) == 1 else None
    for row in rows_of(table, Findings(), source.id):
        text = plain_text(row.cells[printed])
        if text in _NOT_PRINTED:
            continue
        read = read_period(plain_text(row.cells[period])) if period is not None else None
        yield PrintedText(
            plain_text(row.cells[place]),
            plain_text(row.cells[column]),
            read[0] if read else only,
            text,
            table.location(row.line, printed),
        )


def _as_source(document: Document) -> Source:
    """The document as the data stage reads files: bounded, inside the catalog's folder."""
    assert document.printed is not None
    return Source(
        id="printed",
        title=document.title,
        location=document.location,
        file=document.printed,
        folder=document.folder,
        period="period",
        numbers=document.numbers,
    )
