"""One value handed over by an embedder -> a figure, a period, a mark or a text."""

from __future__ import annotations

import math
import numbers
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from iku_engine.dates import HOW, read_date
from iku_engine.diagnostics import quoted
from iku_engine.periods import Period
from iku_engine.quantities import MAX_BITS, is_too_large, parse_decimal, to_exact_text
from iku_engine.sources.cells import missing_marks, plain_text, read_period, split_mark
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Figure, Mark

MISSING = missing_marks(("-", "--", "n/a", "n.a."))
"""Texts that stand for a missing figure, as in a source that declares none."""

_FIRST_YEAR, _LAST_YEAR = 1000, 2999  # as periods are written
_NAME_BITS = 512  # of a whole number that names a member
_FIGURE_HELP = "hand over a number, a text with a decimal point or None"
_MAX_DECIMAL_DIGITS = 6_000  # of 20,000 bits
_EXACT_DECIMALS = 12  # a fraction is exact: it counts as printed this precisely


def figure_of(value: object) -> Figure | Refusal:
    """The exact figure of a number, or of text with a decimal point; None is missing.

    A float is the number that its shortest decimal text shows: 0.1 is one tenth.
    """
    if value is None:
        return Figure(None, Mark.FINAL, "", 0)
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, bool):
        return unusable(
            value, "a figure", "hand over a number, a text with a decimal point or None"
        )
    if isinstance(value, numbers.Rational):
        return _from_rational(value)
    if isinstance(value, float):
        return _from_float(value)
    if isinstance(value, Decimal):
        return _from_decimal(value)
    return unusable(value, "a figure", _FIGURE_HELP)


def period_of(value: object) -> tuple[Period, Mark] | Refusal:
    """The period of a `Period`, of text such as `2022-Q1` or of a year."""
    if isinstance(value, Period):
        return value, Mark.FINAL
    year = _whole(value)
    if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR:
        return Period.of(year), Mark.FINAL
    found = read_period(value) if isinstance(value, str) else None
    return found or unusable(value, "a period", "a period is written 2022, 2022-Q1 or 2022-03")


def mark_of(value: object) -> Mark | Refusal:
    """The mark of a row: nothing, `*` or `**`."""
    if value is None or isinstance(value, Mark):
        return value or Mark.FINAL
    for mark in Mark:
        if isinstance(value, str) and value.strip() == mark.sign:
            return mark
    return unusable(value, "a mark", "a mark is `*` (provisional) or `**` (very provisional)")


def date_of(value: object) -> date | Refusal | None:
    """The day of a date, a date with a time, or text such as `2024-03-31`; None for nothing."""
    if isinstance(value, datetime):
        return None if value != value else value.date()  # noqa: PLR0124 - "not a time" is not itself
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        text = plain_text(value)
        if text.casefold() in MISSING:
            return None
        with suppress(ValueError):
            return read_date(text)
    return unusable(value, "a date", HOW)


def text_of(value: object) -> str | None:
    """The text of a name: text as it is, a whole number in digits; None for anything else."""
    if isinstance(value, str):
        return plain_text(value) if printable(value) == value else None
    whole = _whole(value)
    if whole is not None and whole.bit_length() <= _NAME_BITS:
        return to_exact_text(Fraction(whole))
    return None


def printable(text: str) -> str:
    """The text with halves of signs that no file can hold (lone surrogates) spelt out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def unusable(value: object, what: str, help_text: str) -> Refusal:
    """The refusal of a value that cannot be what it is handed over for."""
    shown = (
        quoted(printable(value))
        if isinstance(value, str)
        else f"a value of the type `{_kind(value)}`"
    )
    return Refusal("IKU413", f"{shown} is not {what}", help_text)


def _whole(value: object) -> int | None:
    """A whole number of any library; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        return None
    return int(value)


def _kind(value: object) -> str:
    return type(value).__name__


def _too_large() -> Refusal:
    return Refusal("IKU413", f"a figure has more than {MAX_BITS} bits")


def _from_text(value: str) -> Figure | Refusal:
    printed = plain_text(value)
    text, mark = split_mark(printed)
    if printed.casefold() in MISSING or text.casefold() in MISSING:
        return Figure(None, mark, printed, 0)
    try:
        return Figure(parse_decimal(text), mark, printed, len(text.partition(".")[2]))
    except ValueError:
        return unusable(printed, "a figure", "write digits and a decimal point, such as 1234.5")


def _from_rational(value: numbers.Rational) -> Figure | Refusal:
    numerator, denominator = int(value.numerator), int(value.denominator)
    if max(numerator.bit_length(), denominator.bit_length()) > MAX_BITS or denominator == 0:
        return _too_large()
    exact = Fraction(numerator, denominator)
    decimals = 0 if exact.denominator == 1 else _EXACT_DECIMALS
    return Figure(exact, Mark.FINAL, to_exact_text(exact), decimals)


def _from_float(value: float) -> Figure | Refusal:
    if not math.isfinite(value):
        return Refusal(
            "IKU413", "a figure is infinite or not a number", "hand over None for a missing figure"
        )
    printed = float.__repr__(value)
    text = printed.removesuffix(".0")
    return Figure(Fraction(text), Mark.FINAL, printed, _decimals(text))


def _from_decimal(value: Decimal) -> Figure | Refusal:
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return Refusal(
            "IKU413", "a figure is infinite or not a number", "hand over None for a missing figure"
        )
    if len(digits) + abs(exponent) > _MAX_DECIMAL_DIGITS:
        return _too_large()
    exact = Fraction(value)
    if is_too_large(exact):
        return _too_large()
    return Figure(exact, Mark.FINAL, str(value), max(0, -exponent))


def _decimals(text: str) -> int:
    mantissa, _, exponent = text.partition("e")
    return max(0, len(mantissa.partition(".")[2]) - int(exponent or 0))
