"""A form -> CSV: one row a row, headings in one line, figures with a decimal point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iku_engine.quantities import NumberFormat
from iku_engine.reports.csv_text import csv_text, harmless
from iku_engine.reports.forms.model import Cell, Form, Section

_BYTE_ORDER_MARK = "\ufeff"


def to_csv(form: Form, locale: NumberFormat = NumberFormat.EN) -> str:
    """All sections below each other, each behind the column that names it.

    The locale `id` is for Indonesian spreadsheets: `;`, a decimal comma and a byte-order mark.
    """
    local = locale is NumberFormat.ID
    text = csv_text(_lines(form, local), ";" if local else ",")
    return _BYTE_ORDER_MARK + text if local else text


def _lines(form: Form, local: bool) -> Iterator[Sequence[str]]:
    named = len(form.sections) > 1
    before: Sequence[str] = ()
    for section in form:
        headings = [" / ".join(column.headings) for column in section.columns]
        if headings != before:
            yield ["section", *headings] if named else headings
            before = headings
        for row in section.rows:
            cells = [_text(cell, local) for cell in row.cells]
            yield [harmless(_name(section)), *cells] if named else cells


def _name(section: Section) -> str:
    """What tells sections apart: the position of a sheet, or the title."""
    return section.fields[0].lines[0] if section.fields else section.title


def _text(cell: Cell, local: bool) -> str:
    if cell.figure is None:
        return harmless(cell.text) if cell.text != "-" else ""
    return cell.plain.replace(".", ",") if local else cell.plain
