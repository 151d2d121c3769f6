"""A form before it is printed: what stands above, the columns, the rows, what is to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from iku_engine.quantities import NumberFormat, to_decimal_text, to_grouped_text

if TYPE_CHECKING:
    from iku_engine.reports.forms.content import Content


class Kind(StrEnum):
    """What a row is, for the eye: a level of the plan, a line of its node, the whole."""

    LINE = "line"
    SASARAN = "sasaran"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Cell:
    """Text, or a figure with its decimals; `text` stands where there is no figure."""

    text: str = ""
    figure: Fraction | None = None
    decimals: int = 0

    def shown(self, numbers: NumberFormat) -> str:
        """The cell as people read it: grouped, in the format of their language."""
        if self.figure is None:
            return self.text
        return to_grouped_text(to_decimal_text(self.figure, self.decimals), numbers)

    @property
    def plain(self) -> str:
        """The cell as programs read it: a decimal point and no grouping."""
        return self.text if self.figure is None else to_decimal_text(self.figure, self.decimals)


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its headings from the top down, its number in the form, and its width.

    `width` is its share of the page; columns of `figures` are aligned to the right.
    """

    headings: tuple[str, ...]
    width: int = 1
    figures: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, as many as there are columns."""

    cells: tuple[Cell, ...]
    kind: Kind = Kind.LINE


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what is written behind or below it; nothing leaves room to write."""

    label: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One table with what stands above and below it: an owner's sheet, or the whole form."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    fields: tuple[Field, ...] = ()
    narrative: tuple[Field, ...] = ()

    @property
    def depth(self) -> int:
        """How many rows of headings the table has."""
        return max((len(column.headings) for column in self.columns), default=1)

    @property
    def is_numbered(self) -> bool:
        """Whether the form numbers its columns."""
        return any(column.number for column in self.columns)


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form: its title, the lines of its head, and its sections."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    sections: tuple[Section, ...] = field(default_factory=tuple)

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)


Fill: TypeAlias = "Callable[[Content], Form]"
"""Makes a form of one run.

Raises `UsageError` for a catalog that has nothing the form shows.
"""


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A form in which agencies publish: its name, its titles, and how it is filled.

    `name` is what `iku report --form` and `document: form` take: small letters, digits and `-`.
    A form that `needs_plan` is not asked of a catalog without one. `origin` says who brings it;
    a plugin leaves it to the engine.
    """

    name: str
    title: str
    title_id: str
    fill: Fill
    needs_plan: bool = False
    origin: str = "iku-engine"


def heading_spans(columns: tuple[Column, ...], level: int) -> list[tuple[str, int, int]]:
    """One row of headings as (text, columns it spans, rows it spans).

    Neighbouring columns with the same headings down to this level share a cell; the last heading
    of a column reaches down to the rows.
    """
    depth = max(len(column.headings) for column in columns)
    spans: list[tuple[str, int, int]] = []
    at = 0
    while at < len(columns):
        path = columns[at].headings
        if level >= len(path):
            at += 1
            continue
        end = at + 1
        is_last = level == len(path) - 1
        while (
            not is_last
            and end < len(columns)
            and len(columns[end].headings) > level + 1
            and columns[end].headings[: level + 1] == path[: level + 1]
        ):
            end += 1
        spans.append((path[level], end - at, depth - level if is_last else 1))
        at = end
    return spans
