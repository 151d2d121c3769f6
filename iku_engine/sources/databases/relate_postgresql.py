"""Tables of PostgreSQL as relations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from iku_engine.catalog.model import Source
from iku_engine.sources.databases.open_postgresql import open_postgresql, refused_by_postgresql
from iku_engine.sources.databases.reading import file_of
from iku_engine.sources.databases.refusing import UNREADABLE
from iku_engine.sources.databases.relating import (
    DatabaseRelation,
    order_of,
    refuse_query,
    reported,
)
from iku_engine.sources.from_postgresql import table_of
from iku_engine.sources.protocol import Permitted
from iku_engine.sources.relations import (
    Ask,
    ColumnKind,
    Relation,
    RelationColumn,
    RelationError,
    Rows,
)

if TYPE_CHECKING:
    import psycopg

_WHOLE = frozenset({20, 21, 23})
_TEXT = frozenset({25, 1042, 1043})
_NUMERIC = 1700
_COLUMNS = b"""
    SELECT attname, atttypid::int, atttypmod FROM pg_catalog.pg_attribute
    WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped
"""
"""By the numbers that PostgreSQL gives its types for good."""


def relate_postgresql(source: Source, permitted: Permitted) -> Relation:
    """A table or view of a server. Raises `RelationError` where there is none."""
    refuse_query(source)

    @contextmanager
    def opening() -> Iterator[Ask]:
        with open_postgresql(source, permitted) as connection:
            yield _asking(connection, source)

    with reported(), open_postgresql(source, permitted) as connection:
        number, table, columns = table_of(connection, source)
        kinds = {
            name: _column(name, kind, modifier)
            for name, kind, modifier in connection.execute(_COLUMNS, (number,))
        }
    order = order_of(columns, table, permitted, source.table)
    name = f"{file_of(source, permitted)[0]}, table {source.table}"
    return DatabaseRelation(name, "postgres", table, kinds, order, opening)


def _asking(connection: psycopg.Connection[tuple[Any, ...]], source: Source) -> Ask:
    import psycopg  # noqa: PLC0415 - an extra

    def run(statement: str) -> Rows:
        try:
            return connection.execute(statement.encode()).fetchall()
        except (psycopg.Error, *UNREADABLE) as failure:
            raise RelationError(refused_by_postgresql(failure, source).refusal.message) from None

    return Ask(run)


def _column(name: str, kind: int, modifier: int) -> RelationColumn:
    if kind in _WHOLE:
        return RelationColumn(name, ColumnKind.WHOLE)
    if kind in _TEXT:
        return RelationColumn(name, ColumnKind.TEXT)
    if kind == _NUMERIC:
        scale = (modifier - 4) & 0x7FF if modifier >= 0 else None
        # A scale below 0 (it has 11 bits) rounds; figures then have no decimals to be counted.
        return RelationColumn(name, ColumnKind.DECIMAL, 0 if scale and scale > 1_000 else scale)
    return RelationColumn(name, ColumnKind.OTHER)
