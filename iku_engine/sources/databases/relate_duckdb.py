"""Tables of DuckDB and Parquet files as relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from iku_engine.catalog.model import Source
from iku_engine.sources.databases.open_duckdb import (
    PARQUET_VIEW,
    open_duckdb,
    open_parquet,
    refused_by_duckdb,
)
from iku_engine.sources.databases.reading import file_of
from iku_engine.sources.databases.refusing import UNREADABLE
from iku_engine.sources.databases.relating import (
    DatabaseRelation,
    order_of,
    refuse_query,
    reported,
)
from iku_engine.sources.from_duckdb import table_of
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
    import duckdb

_WHOLE = frozenset(
    f"{unsigned}{kind}"
    for unsigned in ("", "U")
    for kind in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)


def relate_duckdb(source: Source, permitted: Permitted) -> Relation:
    """A table or view of a database of DuckDB. Raises `RelationError` where there is none."""
    refuse_query(source)

    @contextmanager
    def opening() -> Iterator[Ask]:
        with open_duckdb(source, permitted) as connection:
            yield asking(connection, source)

    with reported(), open_duckdb(source, permitted) as connection:
        table, columns = table_of(connection, source)
        kinds = _columns(connection, table)
    order = order_of(columns, table, permitted, table[-1])
    name = f"{file_of(source, permitted)[0]}, table {source.table}"
    return DatabaseRelation(name, "duckdb", table, kinds, order, opening)


def relate_parquet(source: Source, permitted: Permitted) -> Relation:
    """The rows of a Parquet file. Raises `RelationError` where it cannot be read."""
    refuse_query(source)

    @contextmanager
    def opening() -> Iterator[Ask]:
        with open_parquet(source, permitted) as (connection, file):
            yield asking(connection, source, file.sha256)

    with reported(), open_parquet(source, permitted) as (connection, file):
        kinds = _columns(connection, (PARQUET_VIEW,))
    # Without an order rows have that of the file.
    return DatabaseRelation(file.name, "duckdb", (PARQUET_VIEW,), kinds, (), opening)


def asking(connection: duckdb.DuckDBPyConnection, source: Source, stamp: str = "") -> Ask:
    """Asks in one transaction; what DuckDB refuses is a `RelationError`."""
    import duckdb  # noqa: PLC0415 - an extra

    connection.begin()

    def run(statement: str) -> Rows:
        try:
            return connection.execute(statement).fetchall()
        except (duckdb.Error, *UNREADABLE) as failure:
            raise RelationError(refused_by_duckdb(failure, source).refusal.message) from None

    return Ask(run, stamp)


def _columns(
    connection: duckdb.DuckDBPyConnection, table: tuple[str, ...]
) -> Mapping[str, RelationColumn]:
    """The columns of a table or view, with what they hold."""
    found = connection.execute(
        "SELECT column_name, data_type, numeric_scale, numeric_precision FROM duckdb_columns() "
        "WHERE table_name = ? AND (? = '' OR schema_name = ?) AND database_name = ? "
        "ORDER BY column_index",
        [table[-1], *[table[-2] if len(table) > 1 else ""] * 2, _database(connection, table)],
    ).fetchall()
    return {name: _column(name, *kind) for name, *kind in found}


def _database(connection: duckdb.DuckDBPyConnection, table: tuple[str, ...]) -> str:
    if len(table) > 2:
        return table[0]
    row: Any = connection.execute(
        "SELECT database_name FROM duckdb_views() WHERE view_name = ? AND NOT internal",
        [table[-1]],
    ).fetchone()
    return str(row[0])


def _column(name: str, kind: str, scale: int | None, digits: int | None) -> RelationColumn:
    if kind in _WHOLE:
        return RelationColumn(name, ColumnKind.WHOLE)
    if kind == "VARCHAR":
        return RelationColumn(name, ColumnKind.TEXT)
    if kind.startswith("DECIMAL("):
        return RelationColumn(name, ColumnKind.DECIMAL, scale, digits)
    return RelationColumn(name, ColumnKind.OTHER)
