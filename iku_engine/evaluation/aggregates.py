"""What an aggregate over records comes to, from the values that count and those unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from iku_engine.algebra.model import OverRecords
from iku_engine.evaluation.certainty import UNDECIDED
from iku_engine.evaluation.inexact import furthest, reduced
from iku_engine.evaluation.model import (
    Outcome,
    Quality,
    Reason,
    Status,
    missing,
    too_large,
    undefined,
)
from iku_engine.evaluation.polynomials import TooLarge, Undecided
from iku_engine.evaluation.sums import NotShared, deviation_of, gini_of, mean_of, total_of
from iku_engine.sources.model import Record

MOST_NAMED = 10
"""How many records an unknown aggregate names."""


def refused(unknown: Sequence[tuple[Record, Outcome]], count: int) -> Outcome:
    """An aggregate with unknown records: missing, naming up to ten of them; `count` are all."""
    if any(outcome.status is Status.ERROR for _, outcome in unknown):
        failed = [o for _, o in unknown if o.status is Status.ERROR]
        return Outcome(None, Status.ERROR, failed[0].reasons)
    reasons: dict[Reason, None] = {}
    for record, outcome in unknown[:MOST_NAMED]:
        first = outcome.reasons[0]
        if f"[{record.key}]" not in first.subject:
            first = Reason(first.kind, f"[{record.key}].{first.subject}", first.period)
        reasons[first] = None
    left = count - MOST_NAMED
    if left > 0:
        reasons[Reason("more_records", str(left))] = None
    return missing(*reasons)


def partly(found: Outcome, seen: int, unknown: int) -> Outcome:
    """A value with the share of the records that are known, where not all of them are."""
    if not unknown or not found.ok:
        return found
    note = f"partial {seen - unknown}/{seen}"
    quality = found.quality
    noted = Quality(quality.mark, quality.approximate, (*quality.notes, note))
    return replace(found, quality=noted)


def reduced_or_not(step: OverRecords, outcomes: Sequence[Outcome], subject: Reason) -> Outcome:
    """What an aggregate makes of values; `subject` is the reason of one that has too few."""
    try:
        return _reduced(step.function, outcomes, subject)
    except TooLarge:
        return too_large(step.text, subject.period)
    except Undecided:
        return undefined(replace(subject, kind=UNDECIDED))


def _reduced(function: str, outcomes: Sequence[Outcome], subject: Reason) -> Outcome:
    if function == "count":
        return Outcome(Fraction(len(outcomes)))
    if function == "sum":
        return reduced(total_of, outcomes)
    needed = 2 if function == "stdev" else 1
    if len(outcomes) < needed:
        return undefined(subject)
    match function:
        case "mean":
            return reduced(mean_of, outcomes)
        case "min" | "max":
            return furthest(function, outcomes)
        case "gini":
            try:
                return reduced(gini_of, outcomes)
            except NotShared:
                return undefined(replace(subject, kind="not_shared"))
    divisor = len(outcomes) - (function == "stdev")
    return reduced(lambda values, errors: deviation_of(values, divisor, errors), outcomes)
