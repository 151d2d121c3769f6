"""Many outcomes as one: their sum, their mean, or what keeps it from being known."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.evaluation.inexact import Reduction, reduced
from iku_engine.evaluation.model import Outcome, failure_of, too_large
from iku_engine.evaluation.polynomials import TooLarge
from iku_engine.evaluation.sums import mean_of, total_of


def summed(parts: Sequence[Outcome]) -> Outcome:
    """The sum of outcomes, or what keeps it from being known."""
    return _reduced(total_of, parts)


def averaged(parts: Sequence[Outcome]) -> Outcome:
    """The plain mean of outcomes, or what keeps it from being known."""
    return _reduced(mean_of, parts)


def _reduced(reduce: Reduction, parts: Sequence[Outcome]) -> Outcome:
    failed = failure_of(parts)
    if failed is not None:
        return failed
    try:
        return reduced(reduce, parts)
    except TooLarge:
        return too_large("sum", None)
