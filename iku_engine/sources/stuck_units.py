"""Units that stick to the figures of a table: `11 Kop`, `10%`, `Rp 1.250.000,-`."""

from __future__ import annotations

import re

from iku_engine.algebra.unit_table import STANDARD_UNITS, folded
from iku_engine.diagnostics import quoted
from iku_engine.sources.findings import Refusal

_STUCK = re.compile(
    r"(?P<before>(?:[^\W\d_]|[$%.])*?)\s*(?P<figure>[+-]?[0-9](?:[0-9.,]*[0-9])?)"
    r"(?P<nothing>,-{1,2})?\s*(?P<after>(?:[^\W\d_]|[%‰°]).*)?"
)
_POWER_OF_TEN = re.compile(r"[eE][+-]?[0-9]+")
_LONGEST = 80


def split_unit(text: str) -> tuple[str, str] | None:
    """Part `11 Kop` into its figure and its unit; None for text that is no such thing.

    `,-` behind an amount says that it has no cents.
    """
    match = _STUCK.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    before, after = match["before"], (match["after"] or "").strip()
    unit = before or after
    if bool(before) == bool(after) or _POWER_OF_TEN.fullmatch(unit):
        return None
    return match["figure"], unit


def same_unit(written: str, declared: str) -> bool:
    """Whether a unit in the data is the declared one: in any case, `Kop` for `koperasi`."""
    if folded(written) == folded(declared):
        return True
    unit = STANDARD_UNITS.find(written.rstrip("."))
    return unit is not None and unit == STANDARD_UNITS.find(declared)


def other_unit(printed: str, written: str, declared: str) -> Refusal:
    """The refusal of a figure that carries another unit than its variable."""
    here = f"the unit here is {quoted(declared)}" if declared else "no unit is declared here"
    return Refusal(
        "IKU404",
        f"{quoted(printed)} carries the unit {quoted(written)}, but {here}",
        "declare the unit the data have, or write the figures in the declared one",
    )
