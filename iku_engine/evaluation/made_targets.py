"""Targets that no decree prints: on the way between two figures, or parts of a year's."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from itertools import accumulate
from math import gcd

from iku_engine.catalog.model import PathKind, Spread, Targets
from iku_engine.evaluation import certainty
from iku_engine.evaluation.irrational import nth_root, rounding_error
from iku_engine.evaluation.model import Outcome, Quality, Reason, too_large, undefined
from iku_engine.periods import Period
from iku_engine.quantities import MAX_BITS, rounded


def rounded_as_declared(outcome: Outcome, targets: Targets, period: Period) -> Outcome:
    """The rounded figure is the promise; without `round` the figure is carried whole."""
    if not outcome.ok or targets.round_to is None:
        return outcome
    reason = Reason(certainty.UNDECIDED, "target", period)
    how = partial(rounded, rounding=targets.rounding)
    return certainty.rounded(outcome, targets.round_to, reason, how)


def made_by_path(targets: Targets, figures: Mapping[Period, Fraction], period: Period) -> Outcome:
    """The figure on the way between the two printed ones around a period.

    A linear path has equal steps. A compound one has equal growth: its figures are roots, exact
    where they are rational; growth needs two figures of one sign, and neither of them 0.
    """
    points = [each for each in figures if each.frequency is period.frequency]
    first = max(each for each in points if each < period)
    last = min(each for each in points if each > period)
    low, high = figures[first], figures[last]
    steps, done = last.number - first.number, period.number - first.number
    if targets.path is PathKind.LINEAR:
        made = Outcome(low + (high - low) * Fraction(done, steps))
    elif low * high <= 0:
        wrong = last if low else first
        made = undefined(Reason("not_positive", "target", wrong))
    else:
        made = _grown(low, high / low, done, steps, period)
    return rounded_as_declared(made, targets, period)


def _grown(start: Fraction, growth: Fraction, done: int, steps: int, period: Period) -> Outcome:
    """`start` times the share `done / steps` of a growth, which is a root of its power."""
    shared = gcd(done, steps)
    power, degree = done // shared, steps // shared
    bits = max(growth.numerator.bit_length(), growth.denominator.bit_length())
    if bits * power > MAX_BITS:
        return too_large("target", period)
    root, exact = nth_root(growth**power, degree)
    if exact:
        return Outcome(start * root)
    error = abs(start) * rounding_error(root)
    return Outcome(start * root, quality=Quality(approximate=True), error=error)


def made_by_spread(targets: Targets, period: Period, year: Period, *, cumulative: bool) -> Outcome:
    """The part of a year's figure that falls to a period, or the total up to it.

    Parts are rounded one by one and the last takes what is left, so that they sum to the year.
    Totals are rounded as totals, and the last is the year's figure itself.
    """
    spread = targets.spread
    assert spread is not None
    annual, shares = spread.annual[year], shares_of(spread)
    last = len(shares)
    if cumulative:
        totals = list(accumulate(shares))
        if period.within_year == last:
            return Outcome(annual)
        return Outcome(_rounded(annual * totals[period.within_year - 1], targets))
    parts = [_rounded(annual * share, targets) for share in shares[:-1]]
    parts.append(annual - sum(parts, Fraction(0)))
    return Outcome(parts[period.within_year - 1])


def shares_of(spread: Spread) -> list[Fraction]:
    """The share of each period of the year, by weight or equal; they sum to 1."""
    weights = spread.weights or (Fraction(1),) * spread.over
    whole = sum(weights, Fraction(0))
    return [weight / whole for weight in weights]


def _rounded(value: Fraction, targets: Targets) -> Fraction:
    if targets.round_to is None:
        return value
    return rounded(value, targets.round_to, targets.rounding)
