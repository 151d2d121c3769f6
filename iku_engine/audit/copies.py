"""Cells beside a printed one that hold the same figure: it may have been copied."""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.audit.context import Context
from iku_engine.audit.model import PrintedCell

_REACH = 6  # cells before and after in the order of the print; further away is chance


def copies(context: Context, cell: PrintedCell) -> Iterator[PrintedCell]:
    """The nearest printed cell of the same place, and the nearest of the same column."""
    at = context.positions[cell.key]
    around = sorted(
        (
            other
            for other in context.cells[max(0, at - _REACH) : at + _REACH + 1]
            if other is not cell and other.value is not None and other.value == cell.value
        ),
        key=lambda other: abs(context.positions[other.key] - at),
    )
    yield from [other for other in around if other.place == cell.place][:1]
    same_column = [
        other for other in around if other.column is cell.column and other.place != cell.place
    ]
    yield from same_column[:1]
