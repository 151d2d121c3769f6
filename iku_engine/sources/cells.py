"""One cell: the text of a figure, a period or a word -> what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iku_engine.diagnostics import quoted
from iku_engine.periods import Period
from iku_engine.quantities import (
    MAX_DIGITS,
    NumberFormat,
    parse_figure,
    reads_differently,
    written_decimals,
)
from iku_engine.sources.exact_cells import digits_figure, exact_figure, word_of
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Figure, Mark
from iku_engine.sources.protocol import CellValue, Digits, Refused
from iku_engine.sources.stuck_units import other_unit, same_unit, split_unit

_DIGITS_AND_SEPARATORS = re.compile(r"[+-]?[0-9.,'\s]*[0-9][0-9.,'\s]*")
_ESCAPED = re.compile(r"'[=+\-@\t\r]")
_FIRST_DAY = re.compile(r"([0-9]{4}-[0-9]{2})-01(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_EXAMPLES = {NumberFormat.ID: "1.234,5", NumberFormat.EN: "1,234.5"}
_CACHED = 65_536
_LONGEST_CACHED = 64
_FEW = 3  # figures a column must have before it may be called ambiguous


def plain_text(cell: CellValue) -> str:
    """The text of a cell without blanks around it; of an exact value, what it is as a word.

    A `'` before `= + - @` is taken away once: it was written so that no spreadsheet computes
    the text as a formula.
    """
    text = cell.strip() if isinstance(cell, str) else word_of(cell)
    return text[1:].strip() if _ESCAPED.match(text) else text


def missing_marks(marks: Iterable[str]) -> frozenset[str]:
    """The texts that stand for a missing figure, ready to be compared; blank is one."""
    return frozenset({"", *(mark.strip().casefold() for mark in marks)})


def split_mark(text: str) -> tuple[str, Mark]:
    """Part `2018**` into `2018` and its mark; three or more asterisks are no mark."""
    if not text.endswith("*"):
        return text, Mark.FINAL
    bare = text.rstrip("*")
    stars = len(text) - len(bare)
    return (bare.rstrip(), Mark(stars)) if bare and stars <= 2 else (text, Mark.FINAL)


def read_figure(cell: str, numbers: NumberFormat, missing: frozenset[str]) -> Figure | Refusal:
    """Read a figure in the declared format; a missing mark or a blank is missing."""
    printed = plain_text(cell)
    text, mark = split_mark(printed)
    if printed.casefold() in missing or text.casefold() in missing:
        return Figure(None, mark, printed, 0)
    text = text.replace("\N{MINUS SIGN}", "-")
    try:
        return Figure(parse_figure(text, numbers), mark, printed, printed_decimals(text, numbers))
    except ValueError:
        return _unreadable(text, numbers)


def printed_decimals(figure: str, numbers: NumberFormat) -> int:
    """How many decimals a figure was printed with: 6 for `1.5e-05`."""
    mantissa, exponential, exponent = figure.lower().partition("e")
    decimals = written_decimals(mantissa, numbers)
    return max(0, decimals - int(exponent)) if exponential else decimals


def read_period(cell: CellValue) -> tuple[Period, Mark] | None:
    """Read a period, which may carry a mark for its whole row (`2018**`); None for other text.

    The first day of a month is the month: that is what spreadsheets make of `Mar-22`. As text it
    is `2022-03-01`, which is all that a database without days has.
    """
    value = cell.value if isinstance(cell, Refused) else cell
    if isinstance(value, date) and value.day == 1:
        return Period.of(value.year, month=value.month), Mark.FINAL
    text, mark = split_mark(plain_text(value))
    first_day = _FIRST_DAY.fullmatch(text)
    text = first_day[1] if first_day else text
    try:
        return Period.parse(text), mark
    except ValueError:
        return None


@dataclass(slots=True)
class _Looks:
    """What the figures of one column look like: `settled` when one reads in one way only."""

    plain: int = 0
    grouped: int = 0
    decimals: int = 0
    settled: bool = False

    def are_ambiguous(self) -> bool:
        if self.settled or (self.grouped and self.decimals):
            return False
        return self.decimals >= _FEW or (self.grouped >= _FEW and not self.plain)


class FigureReader:
    """Reads the figures of one source, and notices columns that read well in both formats."""

    def __init__(self, numbers: NumberFormat, missing: Iterable[str]) -> None:
        self._numbers = numbers
        self._missing = missing_marks(missing)
        self._known: dict[str, Figure | Refusal] = {}
        self._exact: dict[str, Figure | Refusal] = {}
        self._looks: dict[int, _Looks] = {}

    def read(self, cell: CellValue, column: int, unit: str = "") -> Figure | Refusal:
        """The figure of a cell in one column of the source.

        `unit` is the one its variable is declared in, which the cell may repeat.
        """
        if not isinstance(cell, str):
            return exact_figure(cell, self._numbers, unit)
        if isinstance(cell, Digits):
            return self._digits(cell)
        found = self._known.get(cell)
        if found is None:
            found = read_figure(cell, self._numbers, self._missing)
            if len(cell) <= _LONGEST_CACHED and len(self._known) < _CACHED:
                self._known[cell] = found
        if isinstance(found, Refusal):
            return self._with_unit(cell, column, unit) or found
        if found.value is not None:
            self._look_at(split_mark(found.printed)[0], column)
        return found

    def _digits(self, cell: Digits) -> Figure | Refusal:
        found = self._exact.get(cell)
        if found is None:
            found = digits_figure(cell, self._numbers)
            if len(self._exact) < _CACHED:
                self._exact[cell] = found
        return found

    def _with_unit(self, cell: str, column: int, unit: str) -> Figure | Refusal | None:
        """The figure of a cell that repeats its unit; None where the cell holds no such thing."""
        printed = plain_text(cell)
        text, mark = split_mark(printed)
        parted = split_unit(text)
        if parted is None:
            return None
        bare, own = parted
        found = read_figure(bare, self._numbers, self._missing)
        if isinstance(found, Refusal) or found.value is None:
            return found if isinstance(found, Refusal) and found.code == "IKU405" else None
        if not same_unit(own, unit):
            return other_unit(printed, own, unit)
        self._look_at(bare, column)
        return Figure(found.value, mark, printed, found.decimals)

    def _look_at(self, printed: str, column: int) -> None:
        looks = self._looks.setdefault(column, _Looks())
        if looks.settled:
            return
        if "." not in printed and "," not in printed:
            looks.plain += 1
        elif not reads_differently(printed, self._numbers):
            looks.settled = True
        elif written_decimals(printed, self._numbers):
            looks.decimals += 1
        else:
            looks.grouped += 1

    def is_missing(self, text: str) -> bool:
        """Whether a text stands for a missing one."""
        return text.casefold() in self._missing

    def ambiguous_columns(self) -> list[int]:
        """The columns whose separators all say something else under the other format.

        Thousands beside smaller figures are how a declared grouping looks; three decimals each
        time, also beside whole figures, look like a grouping that was not declared.
        """
        return [column for column, looks in self._looks.items() if looks.are_ambiguous()]


def _unreadable(text: str, numbers: NumberFormat) -> Refusal:
    if len(text) > MAX_DIGITS:
        return Refusal("IKU404", f"a figure has more than {MAX_DIGITS} signs")
    if text.endswith("%"):
        return Refusal(
            "IKU404",
            f"{quoted(text)} is a figure with a percent sign",
            "write the figure without `%`: the unit belongs to the variable",
        )
    if _DIGITS_AND_SEPARATORS.fullmatch(text):
        return Refusal(
            "IKU405",
            f"{quoted(text)} is not grouped as the format `{numbers}` groups",
            f"under `numbers: {numbers}` a figure is written {_EXAMPLES[numbers]}",
        )
    return Refusal(
        "IKU404",
        f"{quoted(text)} is not a figure",
        "write digits only, leave the cell blank, or list the text under `missing` of the source",
    )
