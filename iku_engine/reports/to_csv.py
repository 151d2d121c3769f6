"""Results -> CSV, long: one row a result, figures with a decimal point and no grouping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iku_engine.quantities import NumberFormat
from iku_engine.reports.csv_text import csv_text, harmless
from iku_engine.results.model import Results

FIGURES = frozenset({"actual", "target", "achievement", "exact", "achievement_exact"})
"""The columns that hold figures: never escaped, the only ones that have decimals."""

_BYTE_ORDER_MARK = "\ufeff"


def to_csv(results: Results, locale: NumberFormat = NumberFormat.EN) -> str:
    """The results as CSV text.

    The locale `id` is for Indonesian spreadsheets: `;` between the cells, a decimal comma, and
    a byte-order mark; the exact `n/d` stays as it is.
    """
    columns = results.columns()
    local = locale is NumberFormat.ID
    rows = [columns, *(_cells(row, columns, local) for row in results.as_rows())]
    text = csv_text(rows, ";" if local else ",")
    return _BYTE_ORDER_MARK + text if local else text


def _cells(row: Mapping[str, str], columns: Sequence[str], local: bool) -> list[str]:
    return [_cell(column, row[column], local) for column in columns]


def _cell(column: str, text: str, local: bool) -> str:
    if column not in FIGURES:
        return harmless(text)
    return "..".join(end.replace(".", ",") for end in text.split("..")) if local else text
