"""Parquet files -> tables, in the order of their rows, as DuckDB reads them."""

from __future__ import annotations

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics
from iku_engine.sources.databases.open_duckdb import PARQUET_VIEW, open_parquet
from iku_engine.sources.databases.reading import (
    Column,
    chosen,
    file_of,
    read_safely,
    require_one,
)
from iku_engine.sources.databases.refusing import RefusedDatabaseError
from iku_engine.sources.databases.result_table import Answer, ResultTable
from iku_engine.sources.databases.statements import printed
from iku_engine.sources.from_duckdb import answer_of_query, coded_rows
from iku_engine.sources.protocol import Permitted


def read_parquet(source: Source, permitted: Permitted) -> ResultTable | Diagnostics:
    """Read the rows of a Parquet file, or an allowed query of the table `data` that it is."""
    return read_safely(source, permitted, _read)


def _read(source: Source, permitted: Permitted) -> ResultTable:
    if source.table or source.connection:
        field = "table" if source.table else "connection"
        message = f"the Parquet file of the source `{source.id}` has no `{field}`"
        raise RefusedDatabaseError("IKU428", message, "leave it out: the file is the table")
    query = require_one(source, permitted)
    with open_parquet(source, permitted) as (connection, file):
        if query is not None:
            answer = answer_of_query(connection, source, query.text, permitted)
        else:
            columns = [Column(name) for name in connection.view(PARQUET_VIEW).columns]
            choice = chosen(columns, (PARQUET_VIEW,), permitted, file.name)
            rows = coded_rows(connection.execute(printed(choice.statement)))
            read = choice.statement.columns
            answer = Answer("", read, rows, choice.unread, choice.key)
        return ResultTable(answer, *file_of(source, permitted), file.sha256)
