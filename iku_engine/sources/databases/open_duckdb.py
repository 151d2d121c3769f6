"""DuckDB, opened so that nothing can be changed and nothing else can be reached.

Files, extensions and variables of the process are out of reach, and the configuration is locked
before the first statement of a definition runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import quoted
from iku_engine.sources.databases.bounds import MEMORY_MB, SECONDS, THREADS
from iku_engine.sources.databases.clock import stopped_after
from iku_engine.sources.databases.connections import path_of
from iku_engine.sources.databases.private_copy import private_copy
from iku_engine.sources.databases.refusing import UNREADABLE, RefusedDatabaseError
from iku_engine.sources.files import DataFile
from iku_engine.sources.protocol import Permitted

if TYPE_CHECKING:
    import duckdb

_DATABASE = "a database of DuckDB"
_FILE = "a Parquet file"
_CELLS = "a CSV file"
_LONGEST_LINE = 1 << 24  # bytes; what our own reader lets through is shorter

PARQUET_VIEW = "data"
"""The name under which `open_parquet` shows the rows of its file."""

_BOUNDS: dict[str, str | bool | int | float | list[str]] = {
    "allow_community_extensions": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": f"{MEMORY_MB}MB",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "threads": str(THREADS),
}
_LOCKED = _BOUNDS | {"enable_external_access": "false", "lock_configuration": "true"}


@contextmanager
def open_duckdb(source: Source, permitted: Permitted) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the database of a source that can only read it, for a minute at most.

    Raises `RefusedDatabaseError` and `RefusedFileError`, also for what goes wrong while it is used.
    """
    if source.connection:
        with _opened(path_of(source, permitted, "duckdb"), source) as connection:
            yield connection
        return
    with private_copy(source, permitted, (".wal",)) as (path, _), _opened(path, source) as opened:
        yield opened


@contextmanager
def open_parquet(
    source: Source, permitted: Permitted
) -> Iterator[tuple[duckdb.DuckDBPyConnection, DataFile]]:
    """A connection that shows the rows of a Parquet file as the view `PARQUET_VIEW`, and the file.

    The file is the only one that can be reached. Raises as `open_duckdb`.
    """
    library = _library(source)
    with private_copy(source, permitted) as (path, file):
        connection = library.connect(":memory:", config=dict(_BOUNDS))
        with _bounded(connection, library, source, _FILE):
            try:
                connection.execute("SET allowed_paths = ?", [[str(path)]])
                connection.read_parquet(str(path)).create_view(PARQUET_VIEW)
                connection.execute("SET enable_external_access = false")
                connection.execute("SET lock_configuration = true")
            except (library.Error, *UNREADABLE) as failure:
                raise _refused_opening(failure, source, _FILE) from None
            yield connection, file


@contextmanager
def open_cells(
    source: Source, path: Path, names: Sequence[str]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the cells of a CSV file of our own, all of them texts, as a table.

    It is called `PARQUET_VIEW`; its columns are `names`, and the file has no header. Raises as
    `open_duckdb`.
    """
    library = _library(source)
    connection = library.connect(":memory:", config=dict(_BOUNDS))
    with _bounded(connection, library, source, _CELLS):
        try:
            connection.execute("SET allowed_paths = ?", [[str(path)]])
            cells = connection.read_csv(
                str(path),
                header=False,
                columns=dict.fromkeys(names, "VARCHAR"),
                delimiter=",",
                quotechar='"',
                escapechar='"',
                auto_detect=False,
                parallel=False,
                max_line_size=_LONGEST_LINE,
            )
            cells.create(PARQUET_VIEW)
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
        except (library.Error, *UNREADABLE) as failure:
            raise _refused_opening(failure, source, _CELLS) from None
        yield connection


@contextmanager
def _opened(path: Path, source: Source) -> Iterator[duckdb.DuckDBPyConnection]:
    library = _library(source)
    try:
        connection = library.connect(str(path.absolute()), read_only=True, config=dict(_LOCKED))
    except library.Error as failure:
        raise _refused_opening(failure, source) from None
    with _bounded(connection, library, source):
        yield connection


@contextmanager
def _bounded(
    connection: duckdb.DuckDBPyConnection,
    library: ModuleType,
    source: Source,
    what: str = _DATABASE,
) -> Iterator[None]:
    """Interrupts what takes too long, says what fails, and closes the connection."""
    try:
        with stopped_after(SECONDS, connection.interrupt):
            yield
    except (library.Error, *UNREADABLE) as failure:
        raise refused_by_duckdb(failure, source, what) from None
    finally:
        connection.close()


def refused_by_duckdb(
    failure: Exception, source: Source, what: str = _DATABASE
) -> RefusedDatabaseError:
    """What a failure of DuckDB in reading means for a source, without repeating its message."""
    name = quoted(source.connection or source.file.text)
    match type(failure).__name__:
        case "InterruptException":
            message = f"reading {name} took more than {SECONDS} seconds"
            return RefusedDatabaseError("IKU430", message, _SMALLER)
        case "OutOfMemoryException":
            message = f"reading {name} takes more than {MEMORY_MB} MB of memory"
            return RefusedDatabaseError("IKU411", message, _SMALLER)
        case "IOException" | "SerializationException" | "FatalException" | "InternalException":
            return _no_database(source, what)
    if what == _FILE and source.query is None:
        return _no_database(source, what)
    message = f"what is read of {name} is refused by DuckDB"
    help_text = "a table, a view or a query reads this database alone, and a query is one `SELECT`"
    return RefusedDatabaseError("IKU430", message, help_text)


_SMALLER = "read a smaller table, or a view that holds what is needed"


def _refused_opening(
    failure: Exception, source: Source, what: str = _DATABASE
) -> RefusedDatabaseError:
    name = quoted(source.connection or source.file.text)
    text = str(failure)
    if "lock on file" in text:
        message = f"the database {name} is locked by another program"
        return RefusedDatabaseError("IKU427", message, "close that program, and run again")
    if "does not exist" in text or "Permission denied" in text:
        message = f"the database {name} cannot be opened"
        help_text = "check that the file is there and that you may read it"
        return RefusedDatabaseError("IKU427", message, help_text)
    if type(failure).__name__ == "ConnectionException":
        message = f"the database {name} is open for writing in this process"
        return RefusedDatabaseError("IKU427", message, "close it there first")
    return _no_database(source, what)


def _no_database(source: Source, what: str) -> RefusedDatabaseError:
    name = quoted(source.connection or source.file.text)
    message = f"{name} is not {what} that can be read, or is damaged"
    return RefusedDatabaseError("IKU427", message, "check the `kind` of the source")


def _library(source: Source) -> ModuleType:
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError:
        name = quoted(source.connection or source.file.text)
        message = f"reading {name} needs DuckDB, which is not installed"
        raise RefusedDatabaseError("IKU422", message, "install `iku-engine[duckdb]`") from None
    return duckdb
