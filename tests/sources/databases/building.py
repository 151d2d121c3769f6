"""Databases of every kind with what a test puts into them, by their own drivers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from psycopg import sql

from iku_engine.catalog.model import Catalog, RecordSet, Source, Variable
from iku_engine.diagnostics import text_alone
from iku_engine.quantities import NumberFormat
from iku_engine.sources.from_files import read_data
from iku_engine.sources.model import Data
from iku_engine.sources.protocol import Permitted
from tests.postgresql_server import Server
from tests.sources.building import HERE, dimension, variable

KINDS = (
    "sqlite",
    "duckdb",
    "parquet",
    pytest.param("postgresql", marks=pytest.mark.service),
)
"""All kinds of databases, for tests that hold for each of them."""

TABLED = tuple(one for one in KINDS if one != "parquet")
"""Those that have tables with names."""

Columns = Mapping[str, str]
"""Names of columns and their types, which every kind but Parquet may be told differently."""

_WIDEST: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"boolean": "integer", "date": "text", "double": "real"},
    "duckdb": {"text": "varchar"},
    "parquet": {"text": "varchar"},
    "postgresql": {"double": "double precision"},
}


@dataclass
class Store:
    """A database of one kind in a folder, or on the server; every test fills it anew."""

    kind: str
    folder: Path
    server: Server | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / f"data.{self.kind}"

    def put(
        self,
        table: str,
        columns: Columns,
        *rows: Sequence[object],
        key: Sequence[str] = (),
    ) -> None:
        """Make a table and fill it; `key` is its primary key."""
        if self.kind == "postgresql":
            self._put_postgresql(table, columns, rows, key)
            return
        names = ", ".join(
            f"{quote(name)} {_WIDEST[self.kind].get(of, of)}" for name, of in columns.items()
        )
        keyed = f", PRIMARY KEY ({', '.join(map(quote, key))})" if key else ""
        marks = ", ".join("?" * len(columns))
        create = f"CREATE TABLE {quote(table)} ({names}{keyed})"
        insert = f"INSERT INTO {quote(table)} VALUES ({marks})"
        if self.kind == "sqlite":
            with closing(sqlite3.connect(self.file)) as connection:
                connection.execute(create)
                plain = [[float(v) if isinstance(v, Decimal) else v for v in row] for row in rows]
                connection.executemany(insert, plain)
                connection.commit()
            return
        where = ":memory:" if self.kind == "parquet" else str(self.file)
        with duckdb.connect(where) as made:
            made.execute(create)
            made.begin()
            for row in rows:
                made.execute(insert, list(row))
            made.commit()
            if self.kind == "parquet":
                made.table(quote(table)).write_parquet(str(self.file))

    def run(self, statement: str) -> None:
        """A statement of the test itself, as it is."""
        if self.kind == "postgresql":
            assert self.server is not None
            self.server.run(statement)
        elif self.kind == "sqlite":
            with closing(sqlite3.connect(self.file)) as connection:
                connection.executescript(statement)
        else:
            with duckdb.connect(str(self.file)) as made:
                made.execute(statement)

    def source(self, table: str | None = None, **options: Any) -> Source:
        """The source `isian` that reads it: the file, or the alias `gudang` of the server.

        Its table is `rekap` where it says no other and has no query.
        """
        whole = self.kind == "parquet" or "query" in options
        of_server = self.kind == "postgresql"
        settings: dict[str, Any] = {
            "period": "tahun",
            "numbers": NumberFormat.ID,
            "kind": self.kind,
            "connection": "gudang" if of_server else "",
            "table": ("" if whole else "rekap") if table is None else table,
            **options,
        }
        file = text_alone("" if settings["connection"] else self.file.name, "iku.yaml")
        return Source("isian", "Isian", HERE, file, str(self.folder), **settings)

    @property
    def permitted(self) -> Permitted:
        known = {"gudang": self.server.settings | self.extra} if self.server else {}
        return Permitted(connections=known)

    def read(
        self,
        *variables: Variable,
        table: str | None = None,
        records: Sequence[RecordSet] = (),
        places: Sequence[str] = (),
        permitted: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Data:
        """What a catalog of these variables (by default `a`) reads."""
        settings = {"dimensions": {name: name for name in places}, **options}
        catalog = Catalog(
            str(self.folder),
            sources={"isian": self.source(table, **settings)},
            dimensions={name: dimension(name) for name in places},
            variables={one.id: one for one in variables or (variable("a"),)},
            records={one.id: one for one in records},
        )
        return read_data(catalog, permitted=replace(self.permitted, **(permitted or {})))

    def _put_postgresql(
        self,
        table: str,
        columns: Columns,
        rows: Sequence[Sequence[object]],
        key: Sequence[str],
    ) -> None:
        assert self.server is not None
        parts = [
            sql.SQL("{} {}").format(
                sql.Identifier(name),
                sql.SQL(_WIDEST["postgresql"].get(of, of)),
            )
            for name, of in columns.items()
        ]
        if key:
            parts.append(
                sql.SQL("PRIMARY KEY ({})").format(sql.SQL(", ").join(map(sql.Identifier, key)))
            )
        create = sql.SQL("CREATE TABLE {} ({})")
        insert = sql.SQL("INSERT INTO {} VALUES ({})").format(
            # the driver looks for placeholders inside of names as well
            sql.Identifier(table.replace("%", "%%")),
            sql.SQL(", ").join(sql.Placeholder() * len(columns)),
        )
        with closing(self.server.connected()) as connection:
            connection.execute(create.format(sql.Identifier(table), sql.SQL(", ").join(parts)))
            with connection.cursor() as cursor:
                cursor.executemany(insert, [list(row) for row in rows])


def quote(name: str) -> str:
    """A name as the tests themselves write it."""
    return '"' + name.replace('"', '""') + '"'


def store(kind: str, folder: Path, request: pytest.FixtureRequest) -> Store:
    """An empty database of a kind."""
    server = request.getfixturevalue("postgresql") if kind == "postgresql" else None
    return Store(kind, folder, server)


def messages(data: Data) -> str:
    return "\n".join(f"{one.code} {one.message}; {one.help}" for one in data.diagnostics)


def origins(data: Data) -> list[str]:
    return [str(one.origin) for one in data.observations.values()]
