"""SQLite -> tables: the columns that are asked for, in the order of the primary key."""

from __future__ import annotations

import sqlite3

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics
from iku_engine.sources.databases.exact_values import coded
from iku_engine.sources.databases.open_sqlite import open_sqlite
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

_HIDDEN_VIRTUAL = 1  # in `table_xinfo`: a parameter of a virtual table rather than a column
_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
_COLUMNS = "SELECT name, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid"


def read_sqlite(source: Source, permitted: Permitted) -> ResultTable | Diagnostics:
    """Read a table, a view or an allowed query of a database of SQLite."""
    return read_safely(source, permitted, _read)


def _read(source: Source, permitted: Permitted) -> ResultTable:
    query = require_one(source, permitted)
    with open_sqlite(source, permitted) as connection:
        answer = (
            _table(connection, source, permitted)
            if query is None
            else _query(connection, source, query.text, permitted)
        )
        return ResultTable(answer, *file_of(source, permitted))


def _table(connection: sqlite3.Connection, source: Source, permitted: Permitted) -> Answer:
    table, columns = table_of(connection, source)
    choice = chosen(columns, table, permitted, table[-1])
    rows = (list(map(coded, row)) for row in connection.execute(printed(choice.statement)))
    return Answer(table[-1], choice.statement.columns, rows, choice.unread, choice.key)


def table_of(
    connection: sqlite3.Connection, source: Source
) -> tuple[tuple[str, ...], list[Column]]:
    """The full name of the table that a source names, and its columns."""
    names = [str(name) for (name,) in connection.execute(_TABLES)]
    found = [table for schema, table in names_of_table(source.table) if schema in {"", "main"}]
    table = next((one for one in found if one in names), None)
    if table is None:
        raise without_table(source, names, "sqlite")
    columns = [
        Column(name, key, Ordered(name, "BINARY"))
        for name, key, hidden in connection.execute(_COLUMNS, (table,))
        if hidden != _HIDDEN_VIRTUAL
    ]
    return ("main", table), columns


def _query(
    connection: sqlite3.Connection, source: Source, query: str, permitted: Permitted
) -> Answer:
    cursor = connection.execute(query)
    if cursor.description is None:
        raise no_answer(source)
    names = [str(column[0]) for column in cursor.description]
    kept, unread = asked_of_query(names, permitted)
    rows = ([coded(row[at]) for at in kept] for row in cursor)
    read = tuple(names[at] for at in kept)
    key = (permitted.key,) * (permitted.key in read)
    return Answer(QUERY, read, rows, unread, key, is_ordered=False)
