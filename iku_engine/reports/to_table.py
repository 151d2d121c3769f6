"""Results -> the table of the decree, as wide as the terminal allows.

Years stand side by side where that fits, otherwise one under the other beside their indicator.
Words are wrapped, figures never cut: where even the figures do not fit, the table is wider.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat
from iku_engine.reports.blocks import Block, Grid, grids_of
from iku_engine.reports.escape import visible, width_of
from iku_engine.reports.figures import Figure, Figures, shown_figures
from iku_engine.reports.footnotes import SIGNS, Footnotes
from iku_engine.reports.labels import Language, label
from iku_engine.reports.layout import Columns, Words, draw
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import cause_sentence
from iku_engine.results.model import Results

DEFAULT_WIDTH = 100
_READABLE = 22  # columns that wrapped words need beside all years
_STILL_READABLE = 14  # and beside one year a line


def to_table(
    results: Results,
    names: Names,
    *,
    language: Language = Language.ID,
    numbers: NumberFormat | None = None,
    width: int = DEFAULT_WIDTH,
) -> str:
    """The results as a table of at most `width` columns, with footnotes below it.

    `numbers` is how figures are grouped, by default as the language does.
    """
    if not len(results):
        return label("table.empty", language) + "\n"
    notes = Footnotes.of(results)
    figures = Figures(numbers or language.numbers, notes)
    layout = _Layout(figures, shown_figures(results.rows), results.periods, language, width)
    parts = [layout.drawn(grid) for grid in grids_of(results, names, language)]
    below = _below(notes, names, language, width)
    return "\n\n".join([*parts, *([below] if below else [])]) + "\n"


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the tables of one report are laid out."""

    figures: Figures
    shown: tuple[Figure, ...]
    periods: tuple[Period, ...]
    language: Language
    width: int

    def drawn(self, grid: Grid) -> str:
        """One table under its title, in the first layout that leaves its words readable."""
        columns, least = self._side_by_side(grid), _READABLE
        for narrower in (self._with_remarks, self._with_markers, self._narrowed):
            if columns.width() + _words(grid).least(least) <= self.width:
                break
            (grid, columns), least = narrower(grid), _STILL_READABLE
        table = draw(_words(grid), columns, self.width)
        title = "\n".join(
            textwrap.fill(line, self.width, break_on_hyphens=False)
            for line in grid.title.splitlines()
        )
        return f"{title}\n\n{table}" if title else table

    def _with_remarks(self, grid: Grid) -> tuple[Grid, Columns]:
        return grid, self._stacked(grid)

    def _with_markers(self, grid: Grid) -> tuple[Grid, Columns]:
        return grid, self._stacked(grid, remarks=False)

    def _narrowed(self, grid: Grid) -> tuple[Grid, Columns]:
        return self._with_markers(grid.narrowed())

    def _side_by_side(self, grid: Grid) -> Columns:
        headers = [
            f"{period if first else ''}\n{self._label(figure)}"
            for period in self.periods
            for first, figure in self._numbered()
        ]
        stacks = [
            (
                tuple(
                    self.figures.cell(block.results.get(period), figure)
                    for period in self.periods
                    for figure in self.shown
                ),
            )
            for block in grid.blocks
        ]
        text = [figure is Figure.RATING for _ in self.periods for figure in self.shown]
        return Columns(tuple(headers), tuple(text), tuple(stacks))

    def _stacked(self, grid: Grid, *, remarks: bool = True) -> Columns:
        """A line a year: the year, its figures, and remarks in a column or at the figures."""
        stacks = [self._years(block, remarks) for block in grid.blocks]
        headers = [label("table.period", self.language), *map(self._label, self.shown)]
        text = [True, *(figure is Figure.RATING for figure in self.shown)]
        if any(line[-1] for stack in stacks for line in stack):
            headers.append(label("table.remarks", self.language))
            text.append(True)
        else:
            stacks = [tuple(line[:-1] for line in stack) for stack in stacks]
        return Columns(tuple(headers), tuple(text), tuple(stacks))

    def _years(self, block: Block, remarks: bool) -> tuple[tuple[str, ...], ...]:
        lines = []
        for period in self.periods:
            result = block.results.get(period)
            if result is not None:
                cells = [self.figures.cell(result, f, marked=not remarks) for f in self.shown]
                remark = self.figures.remark(result, self.language) if remarks else ""
                lines.append((str(period), *cells, remark))
        return tuple(lines)

    def _numbered(self) -> list[tuple[bool, Figure]]:
        return [(position == 0, figure) for position, figure in enumerate(self.shown)]

    def _label(self, figure: Figure) -> str:
        return label(f"table.{figure.value}", self.language)


def _words(grid: Grid) -> Words:
    return Words(grid.headers, tuple(block.left for block in grid.blocks), grid.close)


def _below(notes: Footnotes, names: Names, language: Language, width: int) -> str:
    """What the signs and the numbers behind figures mean."""
    entries = [(SIGNS[word], label(f"mark.{word}", language)) for word in notes.signs]
    entries += [
        (f"[{number}]", visible(cause_sentence(cause, names, language)))
        for number, cause in enumerate(notes.causes, start=1)
    ]
    if not entries:
        return ""
    room = max(width_of(sign) for sign, _ in entries)
    lines = [f"{label('table.notes', language)}:"]
    for sign, words in entries:
        indent = " " * (room + 3)
        lines.append(
            textwrap.fill(
                words,
                max(width, room + 20),
                initial_indent=f"  {sign.ljust(room)} ",
                subsequent_indent=indent,
                break_on_hyphens=False,
                break_long_words=False,
            )
        )
    return "\n".join(lines)
