"""What a figure may have been before a slip of the pen: the likely intended figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from iku_engine.checks.series import decimals_of
from iku_engine.quantities import to_decimal_text

_LONGEST = 24  # digits tried; longer figures of this kind do not occur
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Intended:
    """A figure that one slip turns into the printed one, and what the slip was."""

    figure: Fraction
    slip: str

    @property
    def advice(self) -> str:
        text = to_decimal_text(self.figure, decimals_of(self.figure))
        return f"{text} would fit ({self.slip})"


def intended(printed: Fraction, low: Fraction, high: Fraction, near: Fraction) -> Intended | None:
    """The figure from `low` to `high` that one slip explains, of the likeliest kind of slip.

    Of several of one kind it is the one nearest to `near`.
    """
    decimals = decimals_of(printed)
    digits = to_decimal_text(abs(printed), decimals).replace(".", "")
    if len(digits) > _LONGEST or printed < 0:
        return None
    for slip, figures in _kinds(digits, decimals):
        fitting = [figure for figure in figures if low <= figure <= high and figure != printed]
        if fitting:
            return Intended(min(fitting, key=lambda figure: (abs(figure - near), figure)), slip)
    return None


def _kinds(digits: str, decimals: int) -> Iterator[tuple[str, list[Fraction]]]:
    """All figures one slip away, kind by kind, the likeliest kind first."""
    places = range(len(digits))
    yield (
        "the decimal mark moved",
        [_figure(digits, decimals + moved) for moved in (-3, -2, -1, 1, 2, 3)],
    )
    yield (
        "a digit lost",
        [
            _figure(digits[:at] + digit + digits[at:], decimals)
            for at in range(len(digits) - decimals + 1)
            for digit in _DIGITS
        ],
    )
    yield (
        "two digits swapped",
        [
            _figure(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :], decimals)
            for at in places[:-1]
        ],
    )
    yield (
        "a digit too many",
        [
            _figure(digits[:at] + digits[at + 1 :] or "0", decimals)
            for at in range(len(digits) - decimals)
        ],
    )
    yield (
        "one digit changed",
        [
            _figure(digits[:at] + digit + digits[at + 1 :], decimals)
            for at in places
            for digit in _DIGITS
        ],
    )


def _figure(digits: str, decimals: int) -> Fraction:
    return int(digits) / Fraction(10) ** decimals
