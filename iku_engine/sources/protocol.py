"""The one protocol behind which every kind of data file or service stands.

A kind of data (CSV, a workbook, a database) is read by one function, its `Reader`: it is given a
source as the catalog declares it and what it may use, and gives a `Table`, or the diagnostics
that say why there is none. Periods, dimensions, units, missing marks and vintages are the same
for all kinds and are no matter of a reader. A reader never raises for what the data hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics, Location
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Origin

if TYPE_CHECKING:
    from iku_engine.sources.relations import Relation

BUILT_IN = "iku-engine"
"""The origin of the kinds of the engine itself."""


class Digits(str):
    """An exact number as text with a decimal point, whatever format the source declares.

    The same as its `Fraction`, and quicker where there are many: `Digits("1250.5")`.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure that carries its unit: a cell shown as `10%` is 10 of the unit `%`."""

    value: Fraction
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Refused:
    """A cell that holds no figure of its own, and why: a failed formula, a merged cell.

    `value` is what the cell says where a word or a period is wanted.
    """

    value: str | Fraction | date
    refusal: Refusal


CellValue: TypeAlias = "str | Fraction | date | Measured | Refused | None"
"""One cell: text still to be read as the source declares, an exact value, or None for a blank.

`Digits` are text to the type checker, and an exact value to whoever reads the figure.
"""


class Row(NamedTuple):
    """One row of a table and as many cells as the header has columns.

    `line` says where it stands: the line of a text file, the row of a sheet, the position of a
    row in an answer; all from 1.
    """

    line: int
    cells: Sequence[CellValue]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read; the rows behind it live on."""

    line: int
    refusal: Refusal


class Table(Protocol):
    """Rows of cells under a header, which know where they came from."""

    @property
    def name(self) -> str:
        """What diagnostics and origins call it: the file as declared, the alias and table."""

    @property
    def path(self) -> str:
        """What can be opened, where there is such a thing; diagnostics are filed under it."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the content that was read: of a file's bytes, of the rows of an answer."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""

    @property
    def remarks(self) -> Diagnostics:
        """What was decided in reading it and has to be said: an encoding, a sheet."""

    def rows(self) -> Iterator[Row | BadRow]:
        """All rows with anything in them, in their order; may be asked for more than once."""

    def origin(self, row: int, column: int) -> Origin:
        """Where the figure of a row (its `line`) in a column of the header came from."""

    def location(self, row: int, column: int | None = None) -> Location:
        """The cell, or without a column the row, as diagnostics name it."""


@dataclass(frozen=True, slots=True)
class Permitted:
    """What a reader may use, all of it but the columns from the user and never from a catalog.

    Files are opened below `folder`, the catalog's own, or in one of the `allowed` folders.
    `connections` are addresses and credentials by alias; nothing of them is ever printed.
    `cache` is a folder of the user in which answers of services may be kept; `offline` says
    that only those are asked. A query text runs only with `allow_query`. `columns` are those that
    the catalog asks this source for, and `key` the one that names its records: what else a table
    has need not be read.
    """

    folder: str = ""
    allowed: tuple[Path, ...] = ()
    connections: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    cache: Path | None = None
    allow_query: bool = False
    offline: bool = False
    columns: tuple[str, ...] = ()
    key: str = ""


Reader: TypeAlias = Callable[[Source, Permitted], Table | Diagnostics]
"""Reads one kind of data; diagnostics where there is no table."""


Relater: TypeAlias = "Callable[[Source, Permitted], Relation]"
"""Makes a relation of a source; raises `RelationError` where there is none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data: the word for it in a definition, its reader, the suffixes of its files.

    `origin` says who brings it, for messages; a plugin leaves it to the engine. `relate` is for
    the engine's own kinds: it gives the data as a table that can be asked by statements, and
    `is_database` says that this is done without being asked for.
    """

    name: str
    read: Reader
    suffixes: tuple[str, ...] = ()
    origin: str = BUILT_IN
    relate: Relater | None = None
    is_database: bool = False

    @property
    def is_built_in(self) -> bool:
        """Whether it is a kind of the engine itself."""
        return self.origin == BUILT_IN
