"""Values made from values: kept for every figure that what they are made from may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from iku_engine.algebra.model import Quotient
from iku_engine.evaluation.certainty import (
    UNBOUNDED,
    ends,
    is_unbounded,
    known,
    shortened,
    spread,
)
from iku_engine.evaluation.irrational import rounding_error
from iku_engine.evaluation.model import Outcome, Reason, merged_quality, undefined
from iku_engine.evaluation.polynomials import Figures, Ranges, TooLarge
from iku_engine.quantities import is_too_large

Reduction: TypeAlias = Callable[[Sequence[Fraction], Sequence[Fraction]], tuple[Fraction, Fraction]]
"""Of figures and how far each may be off: a figure, and how far that may be off."""

_ZERO = Fraction(0)
_PICKS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "min": min,
    "max": max,
    "abs": lambda values: abs(values[0]),
}


def quotient(
    step: Quotient,
    figures: Figures,
    ranges: Ranges,
    operands: Sequence[Outcome],
    undecided: Reason,
) -> Outcome:
    """A quotient at the figures kept, and how far that may lie from the true one.

    `undecided` is the reason why there is none where the divisor may be 0.
    """
    between = ranges.quotient(step.numerator, step.denominator)
    if between is None:
        return undefined(undecided)
    value = figures.ratio(step.numerator, step.denominator)
    if any(is_unbounded(operand) for operand in operands):
        between = (value - UNBOUNDED, value + UNBOUNDED)
    outcome = known(shortened(value), *between, operands)
    if is_too_large(outcome.number):
        raise TooLarge
    return outcome


def furthest(function: str, operands: Sequence[Outcome]) -> Outcome:
    """The `min` or `max` of several that are known, or the size of one (`abs`)."""
    pick = _PICKS[function]
    value = pick([operand.number for operand in operands])
    quality = merged_quality(operands)
    if not quality.approximate:
        return Outcome(value, quality=quality)
    between = [ends(operand) for operand in operands]
    if function == "abs":
        low, high = between[0]
        return known(value, max(low, -high, _ZERO), max(-low, high), operands)
    return known(value, pick([low for low, _ in between]), pick([h for _, h in between]), operands)


def rising(function: Callable[[Fraction], tuple[Fraction, bool]], operand: Outcome) -> Outcome:
    """A function that rises with its argument, taken over all of what that may be."""
    value, exact = function(operand.number)
    if not operand.quality.approximate:
        off = _ZERO if exact else rounding_error(value)
        return known(value, value - off, value + off, (operand,))
    if is_unbounded(operand):
        return known(value, value - UNBOUNDED, value + UNBOUNDED, (operand,))
    low, high = (function(end)[0] for end in ends(operand))
    return known(value, low - rounding_error(low), high + rounding_error(high), (operand,))


def reduced(reduce: Reduction, parts: Sequence[Outcome]) -> Outcome:
    """What a sum, mean or other reduction makes of values that are all known."""
    inexact = any(part.quality.approximate for part in parts)
    errors = [spread(part) for part in parts] if inexact else ()
    value, error = reduce([part.number for part in parts], errors)
    if not error:
        return Outcome(value, quality=merged_quality(parts))
    return known(shortened(value), value - error, value + error, parts)
