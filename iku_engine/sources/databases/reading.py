"""The one way in which every kind of database is read, whatever is refused on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics, LocatedText, quoted
from iku_engine.sources.databases.bounds import MAX_COLUMNS, MAX_ROWS
from iku_engine.sources.databases.refusing import RefusedDatabaseError, RefusedFileError
from iku_engine.sources.databases.result_table import ResultTable
from iku_engine.sources.databases.statements import Ordered, Select
from iku_engine.sources.protocol import Permitted
from iku_engine.sources.tables import refused

QUERY = "query"
"""What stands in the place of a table's name where a query is read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `order` is how its values are ordered, None where they cannot be.

    `key` is its position in the primary key, 0 outside of it.
    """

    name: str
    key: int = 0
    order: Ordered | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is read of a table: the statement, the columns left out, and the key of its rows."""

    statement: Select
    unread: tuple[str, ...]
    key: tuple[str, ...]


def read_safely(
    source: Source, permitted: Permitted, read: Callable[[Source, Permitted], ResultTable]
) -> ResultTable | Diagnostics:
    """The table that a reader makes; what it refuses as diagnostics in the definition."""
    try:
        return read(source, permitted)
    except RefusedFileError as why:
        return (why.diagnostic,)
    except RefusedDatabaseError as why:
        return (refused(why.refusal, why.where or source.location, source.id),)


def require_one(source: Source, permitted: Permitted) -> LocatedText | None:
    """The query of a source where it has one that may run; None where it names a table."""
    if source.query is None:
        return None
    where = source.query.at(0, max(1, len(source.query.text.partition("\n")[0])))
    if source.table:
        message = f"the source `{source.id}` has a table and a query"
        raise RefusedDatabaseError("IKU429", message, "leave one of them out", where=where)
    if not permitted.allow_query:
        message = f"the query of the source `{source.id}` is not run"
        help_text = "allow it with `--allow-query`, or name a table or a view"
        raise RefusedDatabaseError("IKU429", message, help_text, where=where)
    return source.query


def chosen(
    columns: Sequence[Column], table: tuple[str, ...], permitted: Permitted, name: str
) -> Chosen:
    """What to read of a table: the columns that are asked for and the key, in a settled order."""
    if len(columns) > MAX_COLUMNS:
        message = f"the table {quoted(name)} has more than {MAX_COLUMNS} columns"
        raise RefusedDatabaseError("IKU411", message, "read a view of it")
    names = [one.name for one in columns]
    primary = [one.name for one in sorted(columns, key=lambda one: one.key) if one.key]
    key = [permitted.key] if permitted.key in names else primary
    wanted = [one for one in names if one in permitted.columns or one in primary or one in key]
    if not permitted.columns:
        wanted = names
    read = wanted or names[:1]
    ordered = {one.name: one.order for one in columns}
    order = [ordered[one] for one in dict.fromkeys([*primary, *read])]
    statement = Select(
        tuple(read), table, tuple(one for one in order if one is not None), MAX_ROWS + 1
    )
    return Chosen(statement, tuple(one for one in names if one not in read), tuple(key))


def asked_of_query(names: Sequence[str], permitted: Permitted) -> tuple[list[int], tuple[str, ...]]:
    """Which columns of a query's answer are kept, by position, and the names of the others."""
    asked = {*permitted.columns, permitted.key}
    kept = [at for at, name in enumerate(names) if not permitted.columns or name in asked]
    return kept, tuple(name for at, name in enumerate(names) if at not in kept)


def no_answer(source: Source) -> RefusedDatabaseError:
    """The refusal of a query that is not one statement which reads."""
    message = f"the query of the source `{source.id}` is not one statement that reads"
    return RefusedDatabaseError("IKU430", message, "a query is one `SELECT`")


def file_of(source: Source, permitted: Permitted) -> tuple[str, str]:
    """What the database of a source is called, and what diagnostics file its rows under.

    The alias of a connection, or the file as every other data file.
    """
    if source.connection:
        return source.connection, source.connection
    path = os.path.normpath(Path(source.folder or permitted.folder).absolute() / source.file.text)
    base = os.path.normpath(Path(permitted.folder).absolute())
    name = os.path.relpath(path, base)
    # Below the catalog's folder it is named as that folder is, so that output is the same anywhere.
    is_inside = Path(path).is_relative_to(base)
    return name.replace(os.sep, "/"), str(Path(permitted.folder, name)) if is_inside else path


def without_table(source: Source, known: Iterable[str], kind: str) -> RefusedDatabaseError:
    """Why the table of a source is not there, with the nearest one that is."""
    names = list(known)
    of = quoted(source.connection or source.file.text)
    if not source.table:
        shown = ", ".join(quoted(name) for name in names[:8])
        help_text = f"its tables are {shown}{' and more' if len(names) > 8 else ''}"
        message = f"a source of the kind `{kind}` names no `table` of {of}"
        return RefusedDatabaseError("IKU428", message, help_text if names else "")
    message = f"{of} has no table {quoted(source.table)}"
    help_text = "check its name, its case and its schema, and that you may read it"
    return RefusedDatabaseError("IKU428", message, help_text, (source.table, names))


def names_of_table(written: str) -> list[tuple[str, str]]:
    """The schema and the table that a name may mean: all of it first, then parted at a dot."""
    found = [("", written)]
    for at, sign in enumerate(written):
        if sign == "." and 0 < at < len(written) - 1:
            found.append((written[:at], written[at + 1 :]))
    return found
