"""SQLite, opened so that nothing can be changed and nothing else can be reached."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import quoted
from iku_engine.sources.databases.bounds import LOCK_SECONDS, MAX_BYTES, SECONDS
from iku_engine.sources.databases.connections import path_of
from iku_engine.sources.databases.private_copy import private_copy
from iku_engine.sources.databases.refusing import UNREADABLE, RefusedDatabaseError
from iku_engine.sources.protocol import Permitted

_STEPS = 10_000  # of the virtual machine, between two looks at the clock
_LOGS = ("-wal", "-journal")
_READING = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }
)
_PRAGMAS = frozenset({"table_xinfo"})
_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer"})


@contextmanager
def open_sqlite(source: Source, permitted: Permitted) -> Iterator[sqlite3.Connection]:
    """A connection to the database of a source that can only read it, for a minute at most.

    Texts that are not UTF-8 come with surrogates in the place of their bytes. Raises
    `RefusedDatabaseError` and `RefusedFileError`, also for what goes wrong while it is used.
    """
    if source.connection:
        with _opened(path_of(source, permitted, "sqlite"), source) as connection:
            yield connection
        return
    with private_copy(source, permitted, _LOGS) as (path, _), _opened(path, source) as connection:
        yield connection


@contextmanager
def _opened(path: Path, source: Source) -> Iterator[sqlite3.Connection]:
    try:
        with closing(_connected(path)) as connection:
            yield connection
    except (sqlite3.Error, sqlite3.Warning, *UNREADABLE) as failure:
        raise refused_by_sqlite(failure, source) from None


def _connected(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(
        address, uri=True, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        # Made once for a connection, in a way that is not allowed afterwards.
        connection.execute("SELECT name FROM pragma_table_xinfo('')").fetchall()
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.text_factory = _text
        # All that is read is of one moment; a query can neither end it nor begin another.
        connection.execute("BEGIN")
        deadline = time.monotonic() + SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        connection.set_authorizer(_allows)
    except BaseException:
        connection.close()
        raise
    return connection


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _allows(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Whether a statement may do something: read, and see which columns a table has."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in _PRAGMAS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def refused_by_sqlite(failure: Exception, source: Source) -> RefusedDatabaseError:
    """What a failure of SQLite means for a source, without repeating its message."""
    name = quoted(source.connection or source.file.text)
    code = getattr(failure, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        message = f"the database {name} is locked by another program"
        return RefusedDatabaseError("IKU427", message, "wait until that has written, and run again")
    is_garbled = isinstance(failure, UnicodeError)
    if is_garbled or code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT}:
        message = f"{name} is not a database of SQLite, or is damaged"
        return RefusedDatabaseError("IKU427", message, "check the `kind` of the source")
    if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}:
        message = f"the database {name} cannot be opened"
        help_text = "check that the file is there and that you may read it"
        return RefusedDatabaseError("IKU427", message, help_text)
    if code == sqlite3.SQLITE_INTERRUPT:
        message = f"reading {name} took more than {SECONDS} seconds"
        return RefusedDatabaseError("IKU430", message, "read a smaller table, or index this one")
    if code == sqlite3.SQLITE_TOOBIG:
        return RefusedDatabaseError("IKU411", f"{name} has a cell of more than 64 MB")
    return RefusedDatabaseError(
        "IKU430",
        f"what is read of {name} is refused by SQLite",
        "a query is one `SELECT` over tables of this database alone",
    )
