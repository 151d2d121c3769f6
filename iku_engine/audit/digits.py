"""Slips of the hand between a recomputed figure and the printed one, digit by digit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.audit.model import Cause
from iku_engine.quantities import to_decimal_text

_LONGEST = 40  # digits compared; longer figures of this kind do not occur


def slips(recomputed: Fraction, printed: Fraction, decimals: int) -> Iterator[Cause]:
    """The single slips that turn the recomputed figure, as displayed, into the printed one."""
    right, wrong = (to_decimal_text(figure, decimals) for figure in (recomputed, printed))
    if right == wrong or (right[0] == "-") != (wrong[0] == "-"):
        return
    ours, theirs = (text.lstrip("-").replace(".", "") for text in (right, wrong))
    if max(len(ours), len(theirs)) > _LONGEST:
        return
    if _decimal_mark_moved(recomputed, printed, decimals):
        yield Cause.DECIMAL_MARK
    if len(ours) == len(theirs):
        yield from _same_length(ours, theirs)
    elif len(ours) == len(theirs) + 1 and _one_more(ours, theirs):
        yield Cause.DIGIT_LOST
    elif len(theirs) == len(ours) + 1 and _one_more(theirs, ours):
        yield Cause.DIGIT_ADDED


def _decimal_mark_moved(recomputed: Fraction, printed: Fraction, decimals: int) -> bool:
    """Whether the print is ten, a hundred or a thousand times as large, or as small."""
    return any(
        to_decimal_text(recomputed * Fraction(10) ** power, decimals)
        == to_decimal_text(printed, decimals)
        for power in (-3, -2, -1, 1, 2, 3)
    )


def _same_length(ours: str, theirs: str) -> Iterator[Cause]:
    differing = [at for at, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(differing) == 1:
        yield Cause.DIGIT_CHANGED
    elif len(differing) == 2 and differing[1] == differing[0] + 1:
        first, second = differing
        if ours[first] == theirs[second] and ours[second] == theirs[first]:
            yield Cause.DIGITS_SWAPPED


def _one_more(longer: str, shorter: str) -> bool:
    """Whether leaving out one sign of the longer text gives the shorter one."""
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
