"""Laying a table out: which widths the words get, how they are wrapped, and drawing it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tabulate import tabulate

from iku_engine.reports.escape import width_of

_GAP = 2  # blanks between two columns
_LEAST = 10  # columns that words need at least
_HOLD = "\ue000"  # holds a blank that would be stripped; visible text has no private-use sign


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns right of the words: their headers, which of them hold text, and the cells.

    `stacks` has the lines of each block, one or (years under each other) several.
    """

    headers: tuple[str, ...]
    text: tuple[bool, ...]
    stacks: tuple[tuple[tuple[str, ...], ...], ...]

    def width(self) -> int:
        """What they need, gaps included."""
        return sum(width + _GAP for width in self.widths())

    def widths(self) -> list[int]:
        """What each column needs: figures are never cut."""
        rows = [line for stack in self.stacks for line in stack]
        cells = [header.split("\n") for header in self.headers]
        for row in rows:
            for found, cell in zip(cells, row, strict=True):
                found.append(cell)
        return [max(map(width_of, found)) for found in cells]


@dataclass(frozen=True, slots=True)
class Words:
    """The columns of words left of the figures: headers, and a row of cells a block.

    A cell may hold several paragraphs. Blocks that are `close` follow each other without a
    blank line, and the further lines of their words are indented.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    close: bool = False

    def natural(self) -> list[int]:
        """The width each column would take unwrapped."""
        rows = (self.headers, *self.rows)
        return [
            max(width_of(line) for row in rows for line in row[n].split("\n"))
            for n in range(len(self.headers))
        ]

    def least(self, wanted: int = _LEAST) -> int:
        """The width they need when none that is wrapped gets less than `wanted`."""
        natural = self.natural()
        return sum(min(each, wanted) for each in natural) + _GAP * max(0, len(natural) - 1)

    def fitted(self, width: int) -> list[int]:
        """A width a column: the widest give way first, none below what words need."""
        natural = self.natural()
        room = max(width, self.least()) - _GAP * max(0, len(natural) - 1)
        cap = max(natural, default=0)
        while cap > 1 and sum(min(each, cap) for each in natural) > room:
            cap -= 1
        return [max(1, min(each, cap)) for each in natural]


def draw(words: Words, columns: Columns, width: int) -> str:
    """The table within `width` columns where its figures allow it."""
    widths = words.fitted(width - columns.width())
    blocks = [
        _beside(_wrapped(row, widths, _HOLD * 2 * words.close), stack, len(columns.headers))
        for row, stack in zip(words.rows, columns.stacks, strict=True)
    ]
    longest = max(map(len, columns.stacks if words.close else blocks), default=0)
    if longest > 1:
        blank = [[_HOLD, *[""] * (len(widths) + len(columns.headers) - 1)]]
        blocks = [block if n == 0 else blank + block for n, block in enumerate(blocks)]
    above = _header(words, columns, widths)
    drawn = tabulate(
        [*above, *(line for block in blocks for line in block)],
        tablefmt="plain",
        disable_numparse=True,
        colalign=["left"] * len(widths) + ["left" if text else "right" for text in columns.text],
    )
    return "\n".join(line.replace(_HOLD, " ").rstrip() for line in drawn.splitlines())


def _header(words: Words, columns: Columns, widths: Sequence[int]) -> list[list[str]]:
    """The lines of the headers and a rule below; as rows, because tabulate would widen them."""
    figures = [header.split("\n") for header in columns.headers]
    lines = _beside(_wrapped(words.headers, widths), list(zip(*figures, strict=True)), len(figures))
    return [*lines, ["-" * width for width in (*widths, *columns.widths())]]


def _wrapped(cells: Sequence[str], widths: Sequence[int], indent: str = "") -> list[list[str]]:
    """The lines of each cell, at least one; words longer than their column are broken."""
    return [
        [line for paragraph in cell.split("\n") for line in _lines(paragraph, width, indent)]
        for cell, width in zip(cells, widths, strict=True)
    ]


def _lines(paragraph: str, width: int, indent: str) -> list[str]:
    wrapped = textwrap.wrap(paragraph, width, subsequent_indent=indent, break_on_hyphens=False)
    return wrapped or [""]


def _beside(
    words: Sequence[Sequence[str]], stack: Sequence[Sequence[str]], figures: int
) -> list[list[str]]:
    """The wrapped words and the lines of figures side by side, line by line."""
    left = list(zip_longest(*words, fillvalue=""))
    empty_words, empty_figures = ("",) * len(words), ("",) * figures
    height = max(len(left), len(stack))
    left += [empty_words] * (height - len(left))
    right = [*map(tuple, stack), *[empty_figures] * (height - len(stack))]
    return [[*one, *other] for one, other in zip(left, right, strict=True)]
