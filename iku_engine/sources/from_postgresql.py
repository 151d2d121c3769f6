"""PostgreSQL -> tables: the columns that are asked for, in the order of the primary key.

Rows come through a cursor of the server, as the texts that the server writes: no figure passes
through a binary number on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeAlias

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics
from iku_engine.sources.databases.exact_values import Coded, coded_number, coded_text
from iku_engine.sources.databases.open_postgresql import open_postgresql
from iku_engine.sources.databases.reading import (
    QUERY,
    Column,
    asked_of_query,
    chosen,
    file_of,
    names_of_table,
    read_safely,
    require_one,
    without_table,
)
from iku_engine.sources.databases.result_table import Answer, ResultTable
from iku_engine.sources.databases.statements import Ordered, printed
from iku_engine.sources.protocol import Permitted

if TYPE_CHECKING:
    import psycopg

    Cursor: TypeAlias = psycopg.ServerCursor[tuple[Any, ...]]

_FETCHED = 5_000
_FOUND = b"""
    SELECT c.oid, n.nspname, c.relname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND c.relname = %s
    AND CASE WHEN %s = '' THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = %s END
"""
_TABLES = b"""
    SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN c.relname
           ELSE n.nspname || '.' || c.relname END
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')
    AND n.nspname NOT IN ('information_schema', 'pg_catalog') AND n.nspname NOT LIKE 'pg\\_%'
    ORDER BY 1 LIMIT 2000
"""
_COLUMNS = b"""
    SELECT a.attname, COALESCE(pg_catalog.array_position(i.indkey::int2[], a.attnum) + 1, 0),
           a.attcollation <> 0,
           t.typcategory IN ('B', 'D', 'E', 'N', 'S', 'T') OR t.typname = 'uuid'
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum
"""
_WORDS = b"""
    SELECT oid FROM pg_catalog.pg_type WHERE oid = ANY(%s) AND typcategory IN ('E', 'S')
"""


def read_postgresql(source: Source, permitted: Permitted) -> ResultTable | Diagnostics:
    """Read a table, a view or an allowed query of a database of PostgreSQL."""
    return read_safely(source, permitted, _read)


def _read(source: Source, permitted: Permitted) -> ResultTable:
    query = require_one(source, permitted)
    with open_postgresql(source, permitted) as connection, closing(_cursor(connection)) as cursor:
        answer = (
            _table(cursor, source, permitted)
            if query is None
            else _query(cursor, source, query.text, permitted)
        )
        return ResultTable(answer, *file_of(source, permitted))


def _table(cursor: Cursor, source: Source, permitted: Permitted) -> Answer:
    _, table, columns = table_of(cursor.connection, source)
    choice = chosen(columns, table, permitted, source.table)
    rows = _rows(cursor, printed(choice.statement))
    return Answer(source.table, choice.statement.columns, rows, choice.unread, choice.key)


def table_of(
    connection: psycopg.Connection[tuple[Any, ...]], source: Source
) -> tuple[int, tuple[str, ...], list[Column]]:
    """The number and the full name of the table that a source names, and its columns."""
    found = None
    for schema, table in names_of_table(source.table):
        found = found or connection.execute(_FOUND, (table, schema, schema)).fetchone()
    if found is None:
        names = [name for (name,) in connection.execute(_TABLES)]
        raise without_table(source, names, "postgresql")
    number, *parts = found
    columns = [
        Column(name, key, Ordered(name, "C" if is_text else "") if is_ordered else None)
        for name, key, is_text, is_ordered in connection.execute(_COLUMNS, (number,))
    ]
    return number, tuple(parts), columns


def _query(cursor: Cursor, source: Source, query: str, permitted: Permitted) -> Answer:
    found = _rows(cursor, query)
    names = [column.name for column in cursor.description or ()]
    kept, unread = asked_of_query(names, permitted)
    rows = ([row[at] for at in kept] for row in found)
    read = tuple(names[at] for at in kept)
    key = (permitted.key,) * (permitted.key in read)
    return Answer(QUERY, read, rows, unread, key, is_ordered=False)


def _cursor(connection: psycopg.Connection[tuple[Any, ...]]) -> Cursor:
    """A cursor of the server whose values are the texts that it writes."""
    from psycopg.adapt import Loader  # noqa: PLC0415 - an extra

    class AsWritten(Loader):
        def load(self, data: bytes | bytearray | memoryview) -> str:
            return bytes(data).decode("utf-8", "surrogateescape")

    cursor = connection.cursor(name="iku", scrollable=False)
    cursor.itersize = _FETCHED
    for known in connection.adapters.types:
        cursor.adapters.register_loader(known.oid, AsWritten)
        cursor.adapters.register_loader(known.array_oid, AsWritten)
    cursor.adapters.register_loader(0, AsWritten)
    return cursor


def _rows(cursor: Cursor, statement: str) -> Iterator[Sequence[Coded]]:
    """The rows of a statement; the server refuses what is more than one."""
    cursor.execute(statement.encode())
    numbers = [column.type_code for column in cursor.description or ()]
    found = cursor.connection.execute(_WORDS, (list(set(numbers)),))
    words = {number for (number,) in found}
    reading = [_READ.get(number, coded_text if number in words else _refused) for number in numbers]

    def rows() -> Iterator[Sequence[Coded]]:
        for row in cursor:
            yield [
                None if text is None else read(text)
                for read, text in zip(reading, row, strict=True)
            ]

    return rows()


def _truth(text: str) -> Coded:
    return "strue" if text == "t" else "sfalse"


def _day(text: str) -> Coded:
    """A day of the years 1 to 9999; `infinity` and what is longer ago is none."""
    return f"d{text}" if len(text) == 10 and text[4] == text[7] == "-" else "k"


def _moment(text: str) -> Coded:
    day, _, time = text.partition(" ")
    return _day(day) if time == "00:00:00" else f"s{text}"


def _bytes(_: str) -> Coded:
    return "b"


def _refused(_: str) -> Coded:
    return "k"


_READ: Mapping[int, Callable[[str], Coded]] = {
    **dict.fromkeys((20, 21, 23, 26, 700, 701, 1700), coded_number),
    **dict.fromkeys((18, 19, 25, 1042, 1043, 1184, 2950), coded_text),
    16: _truth,
    17: _bytes,
    1082: _day,
    1114: _moment,
}
"""By the number that PostgreSQL gives a type for good: the whole numbers, `oid`, the binary and the
decimal numbers; the texts, `timestamptz` and `uuid`; `bool`, `bytea`, `date`, `timestamp`."""
