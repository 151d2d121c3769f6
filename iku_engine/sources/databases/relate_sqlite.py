"""Tables of SQLite as relations. Its columns hold what their cells hold: each is looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from iku_engine.catalog.model import Source
from iku_engine.sources.databases.open_sqlite import open_sqlite, refused_by_sqlite
from iku_engine.sources.databases.reading import file_of
from iku_engine.sources.databases.refusing import UNREADABLE
from iku_engine.sources.databases.relating import (
    DatabaseRelation,
    order_of,
    refuse_query,
    reported,
)
from iku_engine.sources.databases.statements import identifier
from iku_engine.sources.from_sqlite import table_of
from iku_engine.sources.protocol import Permitted
from iku_engine.sources.relations import (
    Ask,
    ColumnKind,
    Relation,
    RelationColumn,
    RelationError,
    Rows,
)


def relate_sqlite(source: Source, permitted: Permitted) -> Relation:
    """A table or view of a database of SQLite. Raises `RelationError` where there is none."""
    refuse_query(source)

    @contextmanager
    def opening() -> Iterator[Ask]:
        with open_sqlite(source, permitted) as connection:
            yield _asking(connection, source)

    with reported(), open_sqlite(source, permitted) as connection:
        table, columns = table_of(connection, source)
        asked = [one.name for one in columns if one.name in permitted.columns]
        kinds = {name: _column(connection, table, name) for name in asked}
    order = order_of(columns, table, permitted, table[-1])
    name = f"{file_of(source, permitted)[0]}, table {table[-1]}"
    return DatabaseRelation(name, "sqlite", table, kinds, order, opening)


def _asking(connection: sqlite3.Connection, source: Source) -> Ask:
    def run(statement: str) -> Rows:
        try:
            return connection.execute(statement).fetchall()
        except (sqlite3.Error, sqlite3.Warning, *UNREADABLE) as failure:
            raise RelationError(refused_by_sqlite(failure, source).refusal.message) from None

    return Ask(run)


def _column(connection: sqlite3.Connection, table: tuple[str, ...], name: str) -> RelationColumn:
    """What the cells of a column are: whole numbers, texts (or both), or something else."""
    of = ".".join(map(identifier, table))
    statement = f"SELECT DISTINCT typeof({identifier(name)}) FROM {of}"  # noqa: S608 - quoted
    found = {str(kind) for (kind,) in connection.execute(statement)} - {"null"}
    if found <= {"integer"}:
        return RelationColumn(name, ColumnKind.WHOLE, varies=True)
    kind = ColumnKind.TEXT if found <= {"integer", "text"} else ColumnKind.OTHER
    return RelationColumn(name, kind, varies=True)
