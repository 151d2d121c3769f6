"""What is certain of a value that is only known within an error.

Such a value lies somewhere in an interval around the figure kept for it. Where a figure is
displayed, rounded, graded or compared, all of the interval has to give the same answer;
otherwise the value is computed with more digits, and what stays open then is said to be open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Protocol, Self, TypeVar

from iku_engine.evaluation.irrational import DIGITS, digits_at_work, to_significant, working_digits
from iku_engine.evaluation.model import (
    SOUND,
    Outcome,
    Quality,
    Reason,
    Status,
    merged_quality,
    undefined,
)
from iku_engine.quantities import MAX_BITS, round_half_away
from iku_engine.scales import Graded, Scale

UNDECIDED = "undecided"
"""The kind of a reason: the digits at hand do not say which way a comparison goes."""

UNCERTAIN = "uncertain_digit"
"""The word of a quality: the last digit displayed may be another one."""

MOST_DIGITS = 8 * DIGITS
TARGET_DECIMALS = 10
"""A target that is not exact is shown with this many decimals."""

_BEYOND = Fraction(1 << (MAX_BITS + 1_000))
UNBOUNDED = _BEYOND * (1 << 4_000)
"""The error of a value of which nothing is known but a figure: beyond any value there is."""

_FINE_BITS = 12
_T = TypeVar("_T")


class Widened(Protocol):
    """A run with so many digits, and the one with more."""

    digits: int

    def finer(self) -> Self | None: ...


_R = TypeVar("_R", bound=Widened)


def sharpened(
    found: _T,
    run: _R,
    ask: Callable[[_R], _T],
    is_open: Callable[[_T], bool],
) -> _T:
    """What runs of more and more digits answer, as long as the answer is open.

    The last answer stands: at the bound it may still be open.
    """
    widest = run
    while is_open(found):
        finer = widest.finer()  # only here: a run with more digits is costly to set up
        if finer is None:
            break
        widest = finer
        with working_digits(widest.digits):
            found = ask(widest)
    return found


def decided(ask: Callable[[], Outcome]) -> Outcome:
    """What a single formula yields, with more digits where a comparison was left open."""
    found, digits = ask(), DIGITS
    while is_undecided(found) and digits < MOST_DIGITS:
        digits *= 2
        with working_digits(digits):
            found = ask()
    return found


def is_open(outcome: Outcome, decimals: int) -> bool:
    """Whether more digits may change what is displayed of a value, or whether it has one."""
    if not outcome.ok:
        return is_undecided(outcome)
    return outcome.quality.approximate and shown(outcome, decimals) is None


def is_undecided(outcome: Outcome) -> bool:
    """Whether a comparison on the way was left open."""
    return any(reason.kind == UNDECIDED for reason in outcome.reasons)


def spread(outcome: Outcome) -> Fraction:
    """How far the true value may lie from the one kept: 0 where it is exact.

    A value that is marked and says no error was made by something that does not know one.
    """
    if not outcome.quality.approximate:
        return outcome.error
    return outcome.error or UNBOUNDED


def is_unbounded(outcome: Outcome) -> bool:
    """Whether nothing is known of a value but a figure."""
    return outcome.quality.approximate and spread(outcome) >= _BEYOND


def ends(outcome: Outcome) -> tuple[Fraction, Fraction]:
    """The least and the largest figure that the true value may be."""
    error = spread(outcome)
    return outcome.number - error, outcome.number + error


def known(value: Fraction, low: Fraction, high: Fraction, operands: Sequence[Outcome]) -> Outcome:
    """A value kept for all of an interval, with the quality of what it was made from."""
    quality = merged_quality(operands)
    if low == high:
        return Outcome(low, quality=marked(quality, approximate=False))
    error = rounded_up(max(high - value, value - low))
    return Outcome(value, quality=marked(quality, approximate=True), error=error)


def shortened(value: Fraction) -> Fraction:
    """A figure that is longer than its digits are worth, cut; others as they are.

    The error is to be taken from what this gives, so that the cut is part of it.
    """
    digits = digits_at_work()
    if value.denominator.bit_length() <= 8 * digits:
        return value
    return to_significant(value, digits + 20)


def marked(quality: Quality, *, approximate: bool) -> Quality:
    """The same quality for a value that is exact or is not."""
    if quality.approximate == approximate:
        return quality
    changed = Quality(quality.mark, approximate, quality.notes)
    return SOUND if changed == SOUND else changed


def sign_of(outcome: Outcome) -> int | None:
    """-1, 0 or 1; None where the digits at hand do not say."""
    if not outcome.quality.approximate:
        return _sign(outcome.number)
    low, high = (_sign(end) for end in ends(outcome))
    return low if low == high else None


def shown(
    outcome: Outcome,
    decimals: int,
    how: Callable[[Fraction, int], Fraction] = round_half_away,
) -> Fraction | None:
    """A value rounded to decimals; None where the digits at hand do not say which way.

    `how` is any way of rounding that never falls where the value rises.
    """
    if not outcome.quality.approximate:
        return how(outcome.number, decimals)
    low, high = (how(end, decimals) for end in ends(outcome))
    return low if low == high else None


def rounded(
    outcome: Outcome,
    decimals: int,
    reason: Reason,
    how: Callable[[Fraction, int], Fraction] = round_half_away,
) -> Outcome:
    """A value rounded by its formula: exact from there on, or undefined for the reason."""
    found = shown(outcome, decimals, how)
    if found is None:
        return undefined(reason)
    return Outcome(found, quality=marked(outcome.quality, approximate=False))


def graded(scale: Scale, outcome: Outcome) -> Fraction | None:
    """A figure that lies in the band of the value; None where an edge is too close to say."""
    if not outcome.quality.approximate:
        return outcome.number
    if scale.on is Graded.DISPLAYED:
        return shown(outcome, scale.decimals)
    low, high = ends(outcome)
    edges = (edge for band in scale.bands for edge in (band.low, band.high) if edge is not None)
    return None if any(low <= edge <= high for edge in edges) else outcome.number


def rounded_up(error: Fraction) -> Fraction:
    """An error in a few bits, never smaller than it was."""
    shift = error.denominator.bit_length() - error.numerator.bit_length() + _FINE_BITS
    scaled = error * (Fraction(2) ** shift)
    return Fraction(-(-scaled.numerator // scaled.denominator)) / Fraction(2) ** shift


def uncertain_words(figures: Sequence[tuple[str, Outcome, int]]) -> tuple[str, ...]:
    """Words of quality for figures (name, value, decimals) whose last digit is not certain."""
    return tuple(
        f"{UNCERTAIN}:{name}"
        for name, outcome, decimals in figures
        if outcome.status is Status.OK and is_open(outcome, decimals)
    )


def _sign(value: Fraction) -> int:
    return (value.numerator > 0) - (value.numerator < 0)
