"""Cells that hold an exact value, as workbooks and databases give it, rather than text."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from iku_engine.diagnostics import quoted
from iku_engine.quantities import NumberFormat, parse_figure, to_decimal_text, to_exact_text
from iku_engine.scales import decimals_of
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Figure, Mark
from iku_engine.sources.protocol import CellValue, Digits, Measured, Refused
from iku_engine.sources.stuck_units import other_unit, same_unit


def exact_figure(cell: CellValue, numbers: NumberFormat, unit: str) -> Figure | Refusal:
    """The figure of a cell that is no text; `numbers` is how it is shown."""
    if cell is None:
        return Figure(None, Mark.FINAL, "", 0)
    if isinstance(cell, Refused):
        return cell.refusal
    if isinstance(cell, Fraction):
        return Figure(cell, Mark.FINAL, _printed(cell, numbers), decimals_of(cell) or 0)
    if isinstance(cell, Measured):
        printed = f"{_printed(cell.value, numbers)}{cell.unit}"
        if not same_unit(cell.unit, unit):
            return other_unit(printed, cell.unit, unit)
        return Figure(cell.value, Mark.FINAL, printed, decimals_of(cell.value) or 0)
    return Refusal(
        "IKU404",
        f"{quoted(word_of(cell))} is a date, not a figure",
        "give the cell a number format: a figure was typed that the spreadsheet took for a date",
    )


def digits_figure(cell: Digits, numbers: NumberFormat) -> Figure | Refusal:
    """The figure of digits with a decimal point; `numbers` is how it is shown."""
    try:
        value = parse_figure(cell, NumberFormat.EN)
    except ValueError:
        return Refusal("IKU404", f"{quoted(cell)} is not a figure")
    printed = cell.replace(".", ",") if numbers is NumberFormat.ID else str(cell)
    return Figure(value, Mark.FINAL, printed, len(cell.partition(".")[2]))


def word_of(cell: CellValue) -> str:
    """What a cell says where a word is wanted: a name, a code, a day."""
    if isinstance(cell, Refused):
        cell = cell.value
    if isinstance(cell, Measured):
        return f"{_decimal(cell.value)}{cell.unit}"
    if isinstance(cell, Fraction):
        return _decimal(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return (cell or "").strip()


def _printed(value: Fraction, numbers: NumberFormat) -> str:
    text = _decimal(value)
    return text.replace(".", ",") if numbers is NumberFormat.ID else text


def _decimal(value: Fraction) -> str:
    decimals = decimals_of(value)
    return to_exact_text(value) if decimals is None else to_decimal_text(value, decimals)
