"""Tables of databases as relations: asked by statements, by the connections that read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics
from iku_engine.language.sql.dialects import Declined
from iku_engine.sources.databases.exact_values import cell_of, coded
from iku_engine.sources.databases.reading import Column, chosen
from iku_engine.sources.databases.refusing import RefusedDatabaseError, RefusedFileError
from iku_engine.sources.protocol import CellValue, Permitted
from iku_engine.sources.relations import Ask, RelationColumn, RelationError

Opening = Callable[[], AbstractContextManager[Ask]]


@dataclass(frozen=True, slots=True)
class DatabaseRelation:
    """A table of a database; `opening` makes a connection that can only read it.

    `order` are the columns in whose order its rows are read, each with its collation; `remarks`
    what was decided in opening it and has to be said.
    """

    name: str
    dialect: str
    table: tuple[str, ...]
    columns: Mapping[str, RelationColumn]
    order: tuple[tuple[str, str], ...]
    opening: Opening
    remarks: Diagnostics = ()

    @contextmanager
    def opened(self) -> Iterator[Ask]:
        with reported(), self.opening() as ask:
            yield ask

    def cell(self, value: object) -> CellValue:
        return cell_of(coded(value))


@contextmanager
def reported() -> Iterator[None]:
    """What a database refuses, as a `RelationError`; nothing of a connection is in its text."""
    try:
        yield
    except RefusedFileError as why:
        raise RelationError(why.diagnostic.message) from None
    except RefusedDatabaseError as why:
        raise RelationError(why.refusal.message) from None


def refuse_query(source: Source) -> None:
    """A query stays as it is written: it is no table that a statement could read from."""
    if source.query is not None:
        raise Declined("query")


def order_of(
    columns: Sequence[Column], table: tuple[str, ...], permitted: Permitted, name: str
) -> tuple[tuple[str, str], ...]:
    """The columns in whose order the reader of rows reads a table."""
    choice = chosen(columns, table, permitted, name)
    return tuple((one.column, one.collation) for one in choice.statement.order)
