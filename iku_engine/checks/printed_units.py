"""The units that a document prints behind its targets: `11 Kop`, `4%`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iku_engine.checks.model import CheckedCatalog
from iku_engine.periods import Period

_FIGURE = re.compile(r"[+-]?[0-9][0-9.,]*\s*(?P<unit>.*)", re.DOTALL)
_TARGET = "target"


def printed_units(checked: CheckedCatalog) -> Mapping[str, Mapping[Period, str]]:
    """By indicator and period, the unit printed with the target; nothing where none is."""
    found: dict[str, dict[Period, str]] = {}
    for cell in checked.printed:
        match = _FIGURE.fullmatch(cell.text) if cell.column == _TARGET else None
        if match is not None and match["unit"].strip() and cell.period is not None:
            found.setdefault(cell.place, {})[cell.period] = match["unit"].strip()
    return found
