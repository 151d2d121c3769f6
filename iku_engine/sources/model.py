"""Data: observations and records, each figure with the cell it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from iku_engine.diagnostics import Diagnostic, Diagnostics
from iku_engine.periods import Period
from iku_engine.places import Place

if TYPE_CHECKING:
    from iku_engine.language.sql.dialects import Declined
    from iku_engine.sources.survey import Survey

Key: TypeAlias = tuple[str, Period, Place]
"""The variable, period and place of a figure."""


class Mark(IntEnum):
    """How final a figure is; the larger is the weaker, and the weakest of the inputs wins."""

    FINAL = 0
    PROVISIONAL = 1  # `*`, sementara
    VERY_PROVISIONAL = 2  # `**`, sangat sementara

    @property
    def sign(self) -> str:
        return "*" * self


@dataclass(frozen=True, slots=True)
class Figure:
    """What the cell of a figure says: a value, or None for missing; how final, how printed."""

    value: Fraction | None
    mark: Mark
    printed: str
    decimals: int


class SheetCell(NamedTuple):
    """A cell of a workbook: the name of its sheet and the cell as spreadsheets call it, `B7`."""

    sheet: str
    cell: str


class TableKey(NamedTuple):
    """A row of a database or of a service's answer: its table, and the key that names it.

    Either is empty where there is none.
    """

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The cell a figure came from: file as declared, SHA-256 of its bytes, row and column.

    `row` is the line of a text file, the row of a sheet, the position of a row in an answer;
    `column` is the header. `spot` names the cell where lines do not: in a workbook, a database,
    a service; `file` is then the workbook, the connection's alias, or the address. Data handed
    over from memory has the file `memory`, no hash, and the position of the row.
    """

    file: str
    sha256: str
    row: int
    column: str
    spot: SheetCell | TableKey | None = None

    @property
    def place(self) -> str:
        """The row in the words of the kind: `row 5`, `sheet Data, cell B7`, `table t, key 3`."""
        match self.spot:
            case SheetCell(sheet, cell):
                return f"sheet {sheet}, cell {cell}"
            case TableKey(table, key):
                named = f"key {key}" if key else f"row {self.row}"
                return f"table {table}, {named}" if table else named
        return f"row {self.row}"

    def __str__(self) -> str:
        return f"{self.file} {self.place}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Observation:
    """One input value of a variable; `value` is None where the cell says that it is missing.

    `printed` is the cell's text; `decimals` the precision it was printed with. `published` is
    the day the figure was published on, where the data say so; `replaced` are the earlier
    figures for the same point, the newest first.
    """

    variable: str
    period: Period
    place: Place
    value: Fraction | None
    origin: Origin
    mark: Mark = Mark.FINAL
    printed: str = ""
    decimals: int = 0
    published: date | None = None
    replaced: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a record: a figure or a text, None where it is missing."""

    value: Fraction | str | None
    origin: Origin
    mark: Mark = Mark.FINAL
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of micro data: one unit (a cooperative) in one period at one place."""

    key: str
    period: Period
    place: Place
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Data:
    """All input of one run.

    `members` gives, per dimension, the members the data name, in their order of appearance.
    `surveys` are the record sets that may be reduced where they live: their `records` are read
    when they are asked for, and `late` is then what is wrong in them. `row_by_row` says of the
    others why they were read.
    """

    observations: Mapping[tuple[str, Period, Place], Observation] = field(default_factory=dict)
    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    row_by_row: Mapping[str, Declined] = field(default_factory=dict)
    late: Mapping[str, Diagnostics] = field(default_factory=dict)
