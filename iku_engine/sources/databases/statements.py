"""Statements as trees, and the one place that prints them.

Names are quoted here and nowhere else: between `"`, which is doubled inside, as SQLite, DuckDB and
PostgreSQL all read it. No sign of a definition is ever printed in another way, a value never.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ordered:
    """A column to order by; with `collation`, its text is compared by that."""

    column: str
    collation: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """Columns of one table, in an order, no more rows than `limit`.

    `table` are the parts of its name, the schema first.
    """

    columns: tuple[str, ...]
    table: tuple[str, ...]
    order: tuple[Ordered, ...]
    limit: int


def printed(statement: Select) -> str:
    """A statement as text."""
    columns = ", ".join(map(identifier, statement.columns))
    table = ".".join(map(identifier, statement.table))
    order = ", ".join(map(_ordered, statement.order))
    ordered = f" ORDER BY {order}" if order else ""
    return f"SELECT {columns} FROM {table}{ordered} LIMIT {statement.limit:d}"  # noqa: S608 - see above


def identifier(name: str) -> str:
    """A name as an identifier; `ValueError` for one that no database can have."""
    if not name or "\0" in name:
        raise ValueError("a name of a database has a sign at least, and no zero among them")
    return '"' + name.replace('"', '""') + '"'


def _ordered(one: Ordered) -> str:
    name = identifier(one.column)
    return f"{name} COLLATE {identifier(one.collation)}" if one.collation else name
