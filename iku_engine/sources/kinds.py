"""The kinds of data that are read: which reader stands for a word or for the suffix of a file.

A new kind is a line of the table. Readers are imported when a source of their kind is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics, quoted
from iku_engine.sources.findings import Refusal
from iku_engine.sources.protocol import Kind, Permitted, Reader, Relater, Table
from iku_engine.sources.tables import refused
from iku_engine.sources.unread_fields import unread_field

if TYPE_CHECKING:
    from iku_engine.sources.relations import Relation


def _read_csv(source: Source, permitted: Permitted) -> Table | Diagnostics:
    from iku_engine.sources.from_csv import read_csv  # noqa: PLC0415 - as the docstring says

    return read_csv(source, permitted)


def _relate_csv(source: Source, permitted: Permitted) -> Relation:
    from iku_engine.sources.databases.relate_csv import relate_csv  # noqa: PLC0415

    return relate_csv(source, permitted)


def _read_xlsx(source: Source, permitted: Permitted) -> Table | Diagnostics:
    from iku_engine.sources.from_xlsx import read_xlsx  # noqa: PLC0415

    return read_xlsx(source, permitted)


def _read_sqlite(source: Source, permitted: Permitted) -> Table | Diagnostics:
    from iku_engine.sources.from_sqlite import read_sqlite  # noqa: PLC0415

    return read_sqlite(source, permitted)


def _relate_sqlite(source: Source, permitted: Permitted) -> Relation:
    from iku_engine.sources.databases.relate_sqlite import relate_sqlite  # noqa: PLC0415

    return relate_sqlite(source, permitted)


def _read_duckdb(source: Source, permitted: Permitted) -> Table | Diagnostics:
    from iku_engine.sources.from_duckdb import read_duckdb  # noqa: PLC0415

    return read_duckdb(source, permitted)


def _relate_duckdb(source: Source, permitted: Permitted) -> Relation:
    from iku_engine.sources.databases.relate_duckdb import relate_duckdb  # noqa: PLC0415

    return relate_duckdb(source, permitted)


def _read_parquet(source: Source, permitted: Permitted) -> Table | Diagnostics:
    from iku_engine.sources.from_parquet import read_parquet  # noqa: PLC0415

    return read_parquet(source, permitted)


def _relate_parquet(source: Source, permitted: Permitted) -> Relation:
    from iku_engine.sources.databases.relate_duckdb import relate_parquet  # noqa: PLC0415

    return relate_parquet(source, permitted)


def _read_postgresql(source: Source, permitted: Permitted) -> Table | Diagnostics:
    from iku_engine.sources.from_postgresql import read_postgresql  # noqa: PLC0415

    return read_postgresql(source, permitted)


def _relate_postgresql(source: Source, permitted: Permitted) -> Relation:
    from iku_engine.sources.databases.relate_postgresql import relate_postgresql  # noqa: PLC0415

    return relate_postgresql(source, permitted)


def _database(name: str, read: Reader, relate: Relater, suffixes: tuple[str, ...] = ()) -> Kind:
    return Kind(name, read, suffixes, relate=relate, is_database=True)


BUILT_IN: tuple[Kind, ...] = (
    Kind("csv", _read_csv, (".csv", ".tsv", ".txt"), relate=_relate_csv),
    Kind("xlsx", _read_xlsx, (".xlsx", ".xlsm")),
    _database("sqlite", _read_sqlite, _relate_sqlite, (".sqlite", ".sqlite3", ".db")),
    _database("duckdb", _read_duckdb, _relate_duckdb, (".duckdb", ".ddb")),
    _database("parquet", _read_parquet, _relate_parquet, (".parquet", ".pq")),
    _database("postgresql", _read_postgresql, _relate_postgresql),
)
"""The kinds of the engine itself; the first one reads files of any other suffix."""


def kind_of(source: Source, kinds: Iterable[Kind] = BUILT_IN) -> Kind | Diagnostics:
    """The kind a source declares or, where it declares none, the one of its file's suffix.

    Of two kinds of one name or suffix the first one holds. A field that a kind of the engine
    itself does not read is refused; a plugin sees for itself to what it reads.
    """
    found = _found(source, list(kinds))
    if isinstance(found, Kind) and found.is_built_in:
        unread = unread_field(source, found.name)
        if unread is not None:
            return (refused(unread, source.location, source.id),)
    return found


def _found(source: Source, known: list[Kind]) -> Kind | Diagnostics:
    if source.kind:
        named = next((kind for kind in known if kind.name == source.kind), None)
        return named or (refused(_unknown(source.kind, known), source.location, source.id),)
    if source.connection:
        return (refused(_unsaid(source, known), source.location, source.id),)
    suffix = PurePosixPath(source.file.text.strip().replace("\\", "/")).suffix.lower()
    return next((kind for kind in known if suffix in kind.suffixes), BUILT_IN[0])


def _unsaid(source: Source, kinds: list[Kind]) -> Refusal:
    names = dict.fromkeys(kind.name for kind in kinds)
    return Refusal(
        "IKU422",
        f"the source `{source.id}` names a connection and not its kind",
        f"write `kind` beside it: {', '.join(quoted(name) for name in names)}",
    )


def _unknown(word: str, kinds: list[Kind]) -> Refusal:
    names = list(dict.fromkeys(kind.name for kind in kinds))
    return Refusal(
        "IKU422",
        f"{quoted(word)} is no kind of data that can be read here",
        f"the kinds are {', '.join(quoted(name) for name in names)}; plugins may add others",
        (word, names),
    )
