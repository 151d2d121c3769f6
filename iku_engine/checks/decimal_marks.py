"""IKU614: figures of one document with different decimal marks (`77,72` beside `54.54`).

A figure counts where its mark cannot be read otherwise: `1.234` may be a thousand, `54.54` not.
The finding names the figures with the rarer mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iku_engine.checks.model import CheckedCatalog, PrintedText, Rule
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic

_MARKED = re.compile(r"[+-]?[0-9.,]*[0-9](?P<mark>[.,])(?:[0-9]{1,2}|[0-9]{4,})(?:[^0-9.,].*)?")
_SHOWN = 5


def decimal_mark(text: str) -> str:
    """The decimal mark of a printed figure, where there is no doubt about it."""
    match = _MARKED.fullmatch(text)
    return match["mark"] if match else ""


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    marked: dict[str, list[PrintedText]] = {".": [], ",": []}
    for cell in checked.printed:
        if mark := decimal_mark(cell.text):
            marked[mark].append(cell)
    rarer, usual = sorted(marked, key=lambda mark: len(marked[mark]))
    odd = marked[rarer]
    if odd:
        names = {".": "point", ",": "comma"}
        shown = ", ".join(f"`{cell.text}`" for cell in odd[:_SHOWN])
        more = f" and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else ""
        message = (
            f"{shown}{more} {'has' if len(odd) == 1 else 'have'} a decimal {names[rarer]}, the "
            f"other figures of the document a decimal {names[usual]}"
        )
        help_ = "make sure how each figure is meant: the mark changes its magnitude"
        yield Diagnostic("IKU614", message, odd[0].location, help_)


DECIMAL_MARKS = Rule(
    code="IKU614",
    name="decimal_marks",
    title="several decimal marks in one document",
    title_id="beberapa tanda desimal dalam satu dokumen",
    find=_find,
    severity=Severity.WARNING,
)
