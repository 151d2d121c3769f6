"""Tables that stay where they are: asked by statements instead of being read row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeAlias

from iku_engine.diagnostics import Diagnostics
from iku_engine.language.sql.dialects import Declined
from iku_engine.sources.protocol import CellValue

Rows: TypeAlias = Sequence[Sequence[object]]
"""All rows of an answer."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Runs one statement that reads. Two with the same `stamp`, if any, see the same data."""

    run: Callable[[str], Rows]
    stamp: str = ""

    def __call__(self, statement: str) -> Rows:
        return self.run(statement)


class RelationError(Declined):
    """A statement that the database did not answer; the text says nothing of where it is."""

    def __init__(self, message: str) -> None:
        super().__init__("refused", message)


class ColumnKind(StrEnum):
    """What a column holds, as far as that matters for exact arithmetic."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RelationColumn:
    """A column as the database declares it; `scale` are the decimals that all its figures have.

    `digits` are those that it may have in all. Both are None where the column does not say.
    `varies` tells that the database lets any cell be of another type than the column.
    """

    name: str
    kind: ColumnKind
    scale: int | None = None
    digits: int | None = None
    varies: bool = False


class Relation(Protocol):
    """One table that can be asked by statements, in one dialect of SQL."""

    @property
    def name(self) -> str:
        """What diagnostics call it."""

    @property
    def dialect(self) -> str:
        """`duckdb`, `postgres` or `sqlite`."""

    @property
    def table(self) -> tuple[str, ...]:
        """The parts of its name, the schema first."""

    @property
    def order(self) -> tuple[tuple[str, str], ...]:
        """The columns in whose order its rows are read one by one, each with its collation."""

    @property
    def columns(self) -> Mapping[str, RelationColumn]:
        """Its columns by the names that a source declares."""

    @property
    def remarks(self) -> Diagnostics:
        """What was decided in opening it and has to be said: an encoding, a separator."""

    def opened(self) -> AbstractContextManager[Ask]:
        """A connection that sees the data as they are at one moment.

        Raises `RelationError` where there is none, and `Ask` where a statement is refused.
        """

    def cell(self, value: object) -> CellValue:
        """What a value of an answer is as the cell of a row."""


def whole_of(value: object) -> int:
    """The whole number that an answer gives; 0 for no rows."""
    if value is None:
        return 0
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal) and value.is_finite():
        found = Fraction(value)
        if found.denominator == 1:
            return found.numerator
    raise Declined("odd_answer")
