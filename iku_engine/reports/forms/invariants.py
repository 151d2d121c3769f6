"""What must hold of a form before it is printed; a plugin may give anything."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.reports.forms.model import Cell, Column, Field, Form, Kind, Row, Section

_MOST_DECIMALS = 50


def mistakes_in(form: object) -> Iterator[str]:
    """Why what a plugin gave cannot be printed, the first reasons first."""
    if not isinstance(form, Form):
        yield f"a {type(form).__name__}, which is no form"
        return
    if not _are_texts((form.name, form.title)):
        yield "a form whose name or title is no text"
    yield from _mistakes_in_fields(form.fields)
    for section in form.sections:
        yield from _mistakes_in_section(section)


def _mistakes_in_section(section: object) -> Iterator[str]:
    if not isinstance(section, Section):
        yield f"a {type(section).__name__} as a section"
        return
    if not _are_texts((section.title,)):
        yield "a section whose title is no text"
    yield from _mistakes_in_fields((*section.fields, *section.narrative))
    if not section.columns or not all(map(_is_column, section.columns)):
        yield "a section without columns, or with one that has no headings or width"
    rows: tuple[object, ...] = section.rows
    for row in rows:
        if not isinstance(row, Row):
            yield f"a {type(row).__name__} as a row"
        elif not _is_kind(row.kind):
            yield "a row of no known kind"
        elif len(row.cells) != len(section.columns):
            yield f"a row of {len(row.cells)} cells under {len(section.columns)} columns"
        elif not all(map(_can_be_shown, row.cells)):
            yield "a cell that is neither text nor an exact figure with its decimals"


def _mistakes_in_fields(fields: tuple[object, ...]) -> Iterator[str]:
    for field in fields:
        if not isinstance(field, Field) or not _are_texts((field.label, *field.lines)):
            yield "a field that is no label with lines of text"


def _is_column(column: object) -> bool:
    if not isinstance(column, Column):
        return False
    width: object = column.width
    texts = (*column.headings, column.number)
    return bool(column.headings) and _are_texts(texts) and type(width) is int and width > 0


def _is_kind(kind: object) -> bool:
    return isinstance(kind, Kind)


def _can_be_shown(cell: object) -> bool:
    if not isinstance(cell, Cell):
        return False
    figure: object = cell.figure
    decimals: object = cell.decimals
    within = type(decimals) is int and 0 <= decimals <= _MOST_DECIMALS
    return _are_texts((cell.text,)) and (figure is None or isinstance(figure, Fraction)) and within


def _are_texts(values: tuple[object, ...]) -> bool:
    return all(isinstance(value, str) for value in values)
