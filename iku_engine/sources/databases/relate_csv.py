"""CSV files as relations: their cells, as our own reader parts them, in an embedded DuckDB.

What a row and a cell is stays the reader's word: quotes, comments, blank rows, encodings. DuckDB
is given every cell as a text, and what the texts say is looked at as in any other table.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from iku_engine.catalog.model import Source
from iku_engine.language.sql.dialects import Declined
from iku_engine.sources.databases.open_duckdb import PARQUET_VIEW, open_cells
from iku_engine.sources.databases.relate_duckdb import asking
from iku_engine.sources.databases.relating import DatabaseRelation
from iku_engine.sources.from_csv import Sheet, read_csv
from iku_engine.sources.protocol import BadRow, CellValue, Permitted
from iku_engine.sources.relations import Ask, ColumnKind, Relation, RelationColumn


@dataclass(frozen=True, slots=True)
class CsvRelation(DatabaseRelation):
    """The cells of a CSV file."""

    def cell(self, value: object) -> CellValue:
        return value if isinstance(value, str) else None


def relate_csv(source: Source, permitted: Permitted) -> Relation:
    """The cells of a CSV file. Raises `Declined` where one of its rows cannot be read."""
    sheet = read_csv(source, permitted)
    if not isinstance(sheet, Sheet):
        raise Declined("refused", sheet[0].message)
    names = [name for name in permitted.columns if sheet.header.count(name) == 1]
    if len({name.casefold() for name in names}) < len(names) or not all(names):
        raise Declined("no_column", names[0])  # DuckDB takes `Nama` and `nama` for one
    content = _written(sheet, [sheet.header.index(name) for name in names])

    @contextmanager
    def opening() -> Iterator[Ask]:
        with tempfile.TemporaryDirectory(prefix="iku-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "data.csv"
            path.write_text(content, encoding="utf-8", newline="")
            with open_cells(source, path, names) as connection:
                yield asking(connection, source, sheet.sha256)

    columns = {name: RelationColumn(name, ColumnKind.TEXT) for name in names}
    return CsvRelation(sheet.name, "duckdb", (PARQUET_VIEW,), columns, (), opening, sheet.remarks)


def _written(sheet: Sheet, kept: list[int]) -> str:
    """The cells that are kept, each in quotes: no other sign then has a meaning."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in sheet.rows():
        if isinstance(row, BadRow):
            raise Declined("odd_rows")
        writer.writerow([row.cells[index] for index in kept])
    return text.getvalue()
