"""DuckDB -> tables: the columns that are asked for, in the order of the primary key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics
from iku_engine.sources.databases.exact_values import (
    Coded,
    coded,
    coded_number,
    shortest_single,
)
from iku_engine.sources.databases.open_duckdb import open_duckdb
from iku_engine.sources.databases.reading import (
    QUERY,
    Column,
    asked_of_query,
    chosen,
    file_of,
    names_of_table,
    no_answer,
    read_safely,
    require_one,
    without_table,
)
from iku_engine.sources.databases.result_table import Answer, ResultTable
from iku_engine.sources.databases.statements import Ordered, printed
from iku_engine.sources.protocol import Permitted

if TYPE_CHECKING:
    import duckdb

_FETCHED = 2_000
_TABLES = """
    SELECT DISTINCT schema_name, table_name, schema_name = current_schema()
    FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal
    ORDER BY ALL
"""
_COLUMNS = """
    SELECT column_name, data_type = 'VARCHAR' FROM duckdb_columns()
    WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
    ORDER BY column_index
"""
_PRIMARY_KEY = """
    SELECT constraint_column_names FROM duckdb_constraints()
    WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
    AND constraint_type = 'PRIMARY KEY'
"""


def read_duckdb(source: Source, permitted: Permitted) -> ResultTable | Diagnostics:
    """Read a table, a view or an allowed query of a database of DuckDB."""
    return read_safely(source, permitted, _read)


def _read(source: Source, permitted: Permitted) -> ResultTable:
    query = require_one(source, permitted)
    with open_duckdb(source, permitted) as connection:
        answer = (
            _table(connection, source, permitted)
            if query is None
            else answer_of_query(connection, source, query.text, permitted)
        )
        return ResultTable(answer, *file_of(source, permitted))


def _table(connection: duckdb.DuckDBPyConnection, source: Source, permitted: Permitted) -> Answer:
    table, columns = table_of(connection, source)
    choice = chosen(columns, table, permitted, table[-1])
    rows = coded_rows(connection.execute(printed(choice.statement)))
    return Answer(source.table, choice.statement.columns, rows, choice.unread, choice.key)


def table_of(
    connection: duckdb.DuckDBPyConnection, source: Source
) -> tuple[tuple[str, ...], list[Column]]:
    """The full name of the table that a source names, and its columns."""
    known = connection.execute(_TABLES).fetchall()
    default = {(schema, table) for schema, table, is_default in known if is_default}
    every = {(schema, table) for schema, table, _ in known}
    found = None
    for schema, table in names_of_table(source.table):
        held = [one for one in (every if schema else default) if one[1] == table]
        found = found or next((one for one in held if not schema or one[0] == schema), None)
    if found is None:
        shown = [f"{schema}.{table}" for schema, table in sorted(every - default)]
        names = [*(table for _, table in sorted(default)), *shown]
        raise without_table(source, names, "duckdb")
    primary = connection.execute(_PRIMARY_KEY, found).fetchone() or ([],)
    columns = [
        Column(
            name,
            primary[0].index(name) + 1 if name in primary[0] else 0,
            Ordered(name, "C" if is_text else ""),
        )
        for name, is_text in connection.execute(_COLUMNS, found).fetchall()
    ]
    database = connection.execute("SELECT current_database()").fetchone() or ("",)
    return (database[0], *found), columns


def answer_of_query(
    connection: duckdb.DuckDBPyConnection, source: Source, query: str, permitted: Permitted
) -> Answer:
    """The answer of one statement that reads; whatever else a query says is refused."""
    statements = connection.extract_statements(query)
    if len(statements) != 1 or statements[0].type.name != "SELECT":
        raise no_answer(source)
    connection.execute(statements[0])
    names = [str(column[0]) for column in connection.description or ()]
    kept, unread = asked_of_query(names, permitted)
    rows = ([row[at] for at in kept] for row in coded_rows(connection))
    read = tuple(names[at] for at in kept)
    key = (permitted.key,) * (permitted.key in read)
    return Answer(QUERY, read, rows, unread, key, is_ordered=False)


def coded_rows(connection: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Coded]]:
    """The rows of the statement that was run last, as cells."""
    single = [str(column[1]) == "FLOAT" for column in connection.description or ()]
    while fetched := connection.fetchmany(_FETCHED):
        for row in fetched:
            yield [
                coded_number(shortest_single(value))
                if is_single and isinstance(value, float)
                else coded(value)
                for value, is_single in zip(row, single, strict=True)
            ]
