"""The figures of a table, in the format that its head declares."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import ScalarNode
from iku_engine.diagnostics import quoted
from iku_engine.quantities import NumberFormat, parse_decimal, parse_figure, to_decimal_text
from iku_engine.scales import decimals_of

_NO_FIGURE = "-"
_RANGE = ".."
_GRADE = re.compile(r"[^\W\d_][^0-9]*")  # `WTP`: whether it may stand here is said later
_DIGITS = re.compile(r"[0-9]{1,20}")  # the same figure in every format
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_WRITTEN = {NumberFormat.ID: "1.234,5", NumberFormat.EN: "1,234.5"}


def figure_in(cell: ScalarNode, numbers: NumberFormat | None, mistakes: Mistakes) -> ScalarNode:
    """The cell with its figure read; without a declared format it has a decimal point.

    A cell that cannot be read is reported and marked, so that it is not reported again.
    """
    if not cell.text or cell.text == _NO_FIGURE or _DIGITS.fullmatch(cell.text):
        return cell
    if _GRADE.fullmatch(cell.text):
        return cell
    if _RANGE in cell.text:
        return _range_in(cell, numbers, mistakes)
    try:
        if numbers is None:
            parse_decimal(cell.text)
            return cell
        return replace(cell, exact=parse_figure(cell.text, numbers))
    except ValueError as problem:
        message = f"{quoted(cell.text)} is not a figure"
        mistakes.add("IKU104", message, cell.location, _advice(cell.text, numbers, str(problem)))
        return replace(cell, spoiled=True, text="?")


def _range_in(cell: ScalarNode, numbers: NumberFormat | None, mistakes: Mistakes) -> ScalarNode:
    """The cell with both ends of its range written as in YAML."""
    ends = [
        figure_in(replace(cell, text=end.strip()), numbers, mistakes)
        for end in cell.text.split(_RANGE, 1)
    ]
    if any(end.spoiled for end in ends):
        return replace(cell, spoiled=True, text="?")
    texts = [end.text if end.exact is None else _plain(end.exact) for end in ends]
    return replace(cell, text=_RANGE.join(texts))


def _plain(figure: Fraction) -> str:
    """A decimal figure as YAML writes it."""
    decimals = decimals_of(figure)
    return to_decimal_text(figure, 0 if decimals is None else decimals)


def _advice(text: str, numbers: NumberFormat | None, problem: str) -> str:
    if numbers is not None:
        return f"under `numbers: {numbers}` a figure is written {_WRITTEN[numbers]}"
    if _COMMA.fullmatch(text):
        point = text.replace(",", ".")
        return f"write `{point}`, or begin the table with a line `# numbers: id`"
    return f"{problem}; other formats are declared in a line `# numbers: id` at its head"
