"""Small databases for examples: a text of statements -> the file it makes.

The statements are those of the documentation itself. A Parquet file holds what they leave in the
table `data`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

SUFFIXES = frozenset({".sqlite", ".duckdb", ".parquet"})
"""The endings of the files that are made of statements."""


def write_database(path: Path, statements: str) -> None:
    """Make the database that a text of statements describes."""
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as made:
            made.executescript(statements)
            made.commit()
        return
    import duckdb  # noqa: PLC0415 - heavy, and few examples need it

    is_parquet = path.suffix == ".parquet"
    with duckdb.connect(":memory:" if is_parquet else str(path)) as made:
        made.execute(statements)
        if is_parquet:
            made.table("data").write_parquet(str(path))
