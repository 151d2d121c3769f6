"""A form -> a table for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tabulate import tabulate

from iku_engine.reports.escape import visible
from iku_engine.reports.forms.model import Column, Field, Form, Section
from iku_engine.reports.forms.words import words
from iku_engine.reports.labels import Language

DEFAULT_WIDTH = 160
_BETWEEN = 3  # what a grid puts around a cell
_LEAST = 5


def to_text(form: Form, language: Language, width: int = DEFAULT_WIDTH) -> str:
    """The title, the head and each section with its narrative."""
    blocks = [visible(form.title), *_fields(form.fields)]
    for section in form:
        blocks += ["", *_section(section, language, width)]
    return "\n".join(blocks) + "\n"


def _section(section: Section, language: Language, width: int) -> Iterator[str]:
    if section.title:
        yield visible(section.title)
    yield from _fields(section.fields)
    numbers = language.numbers
    shown = [[cell.shown(numbers) for cell in row.cells] for row in section.rows]
    headers = _headings(section.columns)
    widths = _widths(section.columns, headers, shown, width)
    if section.is_numbered:
        shown.insert(0, [column.number for column in section.columns])
    rows = [[_wrapped(text, w) for text, w in zip(row, widths, strict=True)] for row in shown]
    yield tabulate(
        rows,
        [_wrapped(text, w) for text, w in zip(headers, widths, strict=True)],
        tablefmt="grid",
        disable_numparse=True,
        colalign=["right" if column.figures else "left" for column in section.columns],
    )
    for field in section.narrative:
        yield f"{visible(field.label)}:"
        yield from (f"  {visible(line)}" for line in field.lines or (words("blank", language),))


def _fields(fields: tuple[Field, ...]) -> Iterator[str]:
    widest = max((len(visible(field.label)) for field in fields), default=0)
    for field in fields:
        first, *further = field.lines or ("",)
        yield f"{visible(field.label).ljust(widest)} : {visible(first)}"
        yield from (f"{'':{widest}}   {visible(line)}" for line in further)


def _headings(columns: tuple[Column, ...]) -> list[str]:
    """The headings of each column; what several share stands over the first of them only."""
    found: list[str] = []
    before: tuple[str, ...] = ()
    for column in columns:
        shared = 0
        while (
            shared < len(column.headings) - 1
            and column.headings[: shared + 1] == before[: shared + 1]
        ):
            shared += 1
        found.append("\n".join(column.headings[shared:]))
        before = column.headings
    return found


def _widths(
    columns: tuple[Column, ...], headers: list[str], rows: list[list[str]], width: int
) -> list[int]:
    """A width a column: figures are never cut, words share what is left by their weights."""
    needed = [
        _figures_need(headers[at], [row[at] for row in rows]) if column.figures else 0
        for at, column in enumerate(columns)
    ]
    left = width - 1 - sum(needed) - _BETWEEN * len(needed)
    shares = [0 if need else each.width for need, each in zip(needed, columns, strict=True)]
    whole = sum(shares) or 1
    return [
        need or max(_LEAST, left * share // whole)
        for need, share in zip(needed, shares, strict=True)
    ]


def _figures_need(heading: str, cells: list[str]) -> int:
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(longest, *(len(word) for word in heading.split()), 1)


def _wrapped(text: str, width: int) -> str:
    lines = (
        line
        for part in text.split("\n")
        for line in textwrap.wrap(visible(part), width, break_on_hyphens=False) or [""]
    )
    return "\n".join(lines)
