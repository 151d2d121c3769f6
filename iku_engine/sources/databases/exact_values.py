"""Values as drivers give them <-> cells as short texts, which are hashed, sorted and kept.

Integers and decimals stay as they are; a binary number is the decimal with the fewest digits that
reads back as the same number. What is no figure, word or day is refused, each cell for itself.
"""

from __future__ import annotations

import math
import struct
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from iku_engine.diagnostics import quoted
from iku_engine.sources.databases.bounds import MAX_CELL
from iku_engine.sources.findings import Refusal
from iku_engine.sources.protocol import CellValue, Digits, Refused

Coded: TypeAlias = "str | None"
"""A cell as text: its first sign says what it is; None for a blank."""

_SINGLE_DIGITS = 9  # enough for every number of four bytes


def coded(value: object) -> Coded:
    """A value of a driver as a cell; booleans are the words `true` and `false`."""
    if value is None:
        return None
    if isinstance(value, str):
        return coded_text(value)
    if isinstance(value, bool):
        return "strue" if value else "sfalse"
    if isinstance(value, int):
        return f"n{value:d}"
    if isinstance(value, float):
        return coded_number(repr(value).removesuffix(".0"))
    if isinstance(value, Decimal):
        return coded_number(str(value))
    if isinstance(value, datetime):
        if value.tzinfo is None and value.time() == time():
            return f"d{value.date().isoformat()}"
        return f"s{value.isoformat(sep=' ')}"
    if isinstance(value, date):
        return f"d{value.isoformat()}"
    if isinstance(value, UUID):
        return f"s{value}"
    return "b" if isinstance(value, bytes | bytearray | memoryview) else "k"


def coded_text(text: str) -> Coded:
    """A text as a cell; one that is too long, or that was not UTF-8, is refused."""
    if len(text) > MAX_CELL:
        return "l"
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return "u"
    return f"s{text}"


def coded_number(text: str) -> Coded:
    """Digits as programs write them (`1.50`, `1e-05`, `NaN`) as a cell, without an exponent."""
    if text.removeprefix("-").replace(".", "", 1).isdecimal():
        return f"n{text}"
    value = Decimal(text)
    return f"n{value:f}" if value.is_finite() else f"f{text}"


def shortest_single(value: float) -> str:
    """The decimal with the fewest digits that reads back as this number of four bytes."""
    if not math.isfinite(value):
        return repr(value)
    stored = struct.pack("f", value)
    for digits in range(1, _SINGLE_DIGITS):
        text = f"{value:.{digits}g}"
        if struct.pack("f", float(text)) == stored:
            return text
    return f"{value:.{_SINGLE_DIGITS}g}"


def cell_of(found: Coded) -> CellValue:
    """The cell that a text stands for."""
    if found is None:
        return None
    kind, text = found[0], found[1:]
    if kind == "s":
        return text
    if kind == "n":
        return Digits(text)
    if kind == "d":
        return date.fromisoformat(text)
    return Refused(text, _refusal(kind, text))


def word_in(found: Coded) -> str:
    """What a cell says as a part of a key; empty where it says nothing."""
    return found[1:] if found is not None and found[0] in "snd" else ""


def _refusal(kind: str, text: str) -> Refusal:
    if kind == "f":
        message = f"{quoted(text)} is not a figure"
        return Refusal("IKU404", message, "leave the cell NULL where there is no figure")
    if kind == "l":
        return Refusal("IKU411", f"a cell has more than {MAX_CELL} signs")
    if kind == "u":
        return Refusal("IKU404", "a text is not UTF-8, so it cannot be read")
    if kind == "b":
        message = "a cell holds bytes, which are no figure and no text"
        return Refusal("IKU404", message, "read a column of numbers, text or dates")
    message = "a cell is of a type that is no figure, no text and no date"
    return Refusal(
        "IKU404", message, "read a column of numbers, text or dates, or cast it in a view"
    )
