"""Exact figures: read from text in a declared format, rounded where declared, printed.

Every figure is a `fractions.Fraction` (or an `int`); nothing here is ever a float.
"""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction

MAX_DIGITS = 400
"""The most digits one written figure may have."""

MAX_BITS = 20_000
"""The largest numerator or denominator, in bits, that an evaluated value may have."""


class NumberFormat(StrEnum):
    """How a source writes its figures: `id` is 1.234,5 and `en` is 1,234.5."""

    ID = "id"
    EN = "en"


class Rounding(StrEnum):
    """How a figure is rounded: halves away from zero, towards zero, or away from zero."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"


_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_SCIENTIFIC = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]{1,3})")
_GROUPED = {
    NumberFormat.ID: re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?"),
    NumberFormat.EN: re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?"),
}
_SEPARATORS = re.compile(r"[+-]?[0-9][0-9.,]*")


def parse_decimal(text: str) -> Fraction:
    """Read a figure with a decimal point and no grouping, as definitions write it.

    Raises `ValueError` for anything else: `.2`, `2.`, `1e3`, `1,5`, over 400 digits.
    """
    stripped = text.strip()
    if len(stripped) > MAX_DIGITS:
        raise ValueError(f"a figure of more than {MAX_DIGITS} digits")
    if not _PLAIN.fullmatch(stripped):
        raise ValueError("a figure is written with digits and a decimal point, such as 1234.5")
    return Fraction(stripped)


def parse_figure(text: str, number_format: NumberFormat) -> Fraction:
    """Read a figure of a data file in its declared format; `ValueError` says what violates it.

    Besides the format's own form, figures as programs write them (`1.5e-05`) are read under
    `en` only, where the point is the decimal mark anyway.
    """
    stripped = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(stripped) > MAX_DIGITS:
        raise ValueError(f"a figure of more than {MAX_DIGITS} digits")
    match = _GROUPED[number_format].fullmatch(stripped)
    if match:
        sign, whole, decimals = match.groups()
        digits = whole.replace(".", "").replace(",", "")
        if not decimals:
            return Fraction(int(sign + digits))
        return Fraction(int(sign + digits + decimals), 10 ** len(decimals))
    scientific = _SCIENTIFIC.fullmatch(stripped)
    if scientific and number_format is NumberFormat.EN and abs(int(scientific[2])) <= MAX_DIGITS:
        return Fraction(scientific[1]) * Fraction(10) ** int(scientific[2])
    if _SEPARATORS.fullmatch(stripped):
        raise ValueError(f"`{stripped}` is not grouped as the format `{number_format}` groups")
    raise ValueError(f"`{stripped[:40]}` is not a figure")


def reads_differently(text: str, number_format: NumberFormat) -> bool:
    """Whether a figure would be read under the other format too, as another number."""
    other = NumberFormat.EN if number_format is NumberFormat.ID else NumberFormat.ID
    try:
        return parse_figure(text, number_format) != parse_figure(text, other)
    except ValueError:
        return False


def written_decimals(text: str, number_format: NumberFormat) -> int:
    """How many decimals a figure was written with: its printed precision."""
    match = _GROUPED[number_format].fullmatch(text.strip())
    return len(match[3]) if match and match[3] else 0


def round_half_away(value: Fraction, digits: int) -> Fraction:
    """Round to `digits` decimals, halves away from zero (2.5 to 3, -2.5 to -3).

    `digits` may be negative: -3 rounds to thousands.
    """
    units = _units(value, digits)
    return Fraction(units, 10**digits) if digits >= 0 else Fraction(units * 10**-digits)


def _units(value: Fraction, digits: int) -> int:
    """How many units of the last digit kept a figure comes to, halves away from zero."""
    numerator, denominator = abs(value.numerator), value.denominator
    if digits >= 0:
        numerator *= 10**digits
    else:
        denominator *= 10**-digits
    units = (2 * numerator + denominator) // (2 * denominator)
    return units if value.numerator >= 0 else -units


def rounded(value: Fraction, digits: int, rounding: Rounding = Rounding.HALF_UP) -> Fraction:
    """Round to `digits` decimals as declared; `down` is towards zero, `up` away from it."""
    if rounding is Rounding.HALF_UP:
        return round_half_away(value, digits)
    scaled = abs(value) * Fraction(10) ** digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 1 if rest and rounding is Rounding.UP else 0
    return Fraction(whole if value >= 0 else -whole) / Fraction(10) ** digits


def to_decimal_text(value: Fraction, decimals: int) -> str:
    """The figure with exactly `decimals` decimals, a point, no grouping, and no negative zero."""
    units = _units(value, decimals)
    digits = _integer_text(abs(units)).rjust(decimals + 1, "0")
    sign = "-" if units < 0 else ""
    if decimals == 0:
        return sign + digits
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def to_exact_text(value: Fraction) -> str:
    """The unrounded value: `n` or `n/d` in lowest terms."""
    if value.denominator == 1:
        return _integer_text(value.numerator)
    return f"{_integer_text(value.numerator)}/{_integer_text(value.denominator)}"


def decimal_text(value: Fraction) -> str:
    """A figure as the language writes it; one that no decimals write is shown as a quotient."""
    if value.denominator == 1 or not is_decimal(value):
        return to_exact_text(value).replace("/", " / ")
    decimals = 0
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    return to_decimal_text(value, decimals)


def is_decimal(value: Fraction) -> bool:
    """Whether a figure has finitely many decimals."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def to_grouped_text(decimal_text: str, number_format: NumberFormat) -> str:
    """Group a figure made by `to_decimal_text` the way a reader of that format expects."""
    sign = "-" if decimal_text.startswith("-") else ""
    whole, _, decimals = decimal_text.removeprefix("-").partition(".")
    grouping, mark = (".", ",") if number_format is NumberFormat.ID else (",", ".")
    head = len(whole) % 3
    groups = [whole[:head]] * bool(head) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
    grouped = grouping.join(groups)
    return f"{sign}{grouped}{mark}{decimals}" if decimals else f"{sign}{grouped}"


def is_too_large(value: Fraction) -> bool:
    """Whether a value is past the run-time bound of 20,000 bits."""
    return value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS


def _integer_text(number: int) -> str:
    """`str` of an integer of any size: Python itself refuses more than 4,300 digits."""
    if number.bit_length() <= 14_000:
        return str(number)
    high, low = divmod(abs(number), 10**4_000)
    return ("-" if number < 0 else "") + _integer_text(high) + str(low).rjust(4_000, "0")
