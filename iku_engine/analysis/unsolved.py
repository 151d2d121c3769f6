"""Why no value meets a goal, and what else there is to know, in sentences."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from operator import eq

from iku_engine.algebra.roots import Point, real_roots
from iku_engine.algebra.univariate import Ratio, TooHard
from iku_engine.analysis.intervals import (
    figure_text,
    intervals_text,
    intervals_where,
    point_text,
)
from iku_engine.analysis.pieces import GivenUp, Pieces, Stairs, Value
from iku_engine.analysis.question import Question, compared_with, is_false, is_true
from iku_engine.evaluation.model import Outcome

_OUTSIDE = "is outside the domain of the formula"


def given_up(pieces: Pieces, asked: Question) -> list[str]:
    """For which values of the unknown nothing can be said, and why."""
    reasons = dict.fromkeys(v.reason for v in pieces.values if isinstance(v, GivenUp))
    notes = []
    for reason in reasons:
        where = intervals_where(pieces, partial(eq, GivenUp(reason)))
        notes.append(f"not solved for {intervals_text(where, str(asked.cell))}: {reason}")
    return notes


def outside(pieces: Pieces, met: Pieces, asked: Question) -> list[str]:
    """Values that solve the formula of some branch and do not count."""
    notes: dict[str, None] = {}
    for value in dict.fromkeys(v for v in pieces.values if isinstance(v, Ratio)):
        for root in _roots(value, asked.goal):
            if not is_true(met.at(root)):
                notes[_excluded(pieces.at(root), root, asked)] = None
    return list(notes)


def _roots(value: Ratio, goal: Fraction) -> tuple[Point, ...]:
    if value.is_constant:
        return ()
    try:
        return real_roots(value.minus(goal))
    except TooHard:
        return ()


def _excluded(there: Value, root: Point, asked: Question) -> str:
    shown = f"`{asked.cell}` = {point_text(root)}"
    if isinstance(there, Outcome) and not there.ok:
        return f"{shown} {_OUTSIDE} ({_reasons(there)})"
    return f"{shown} solves the formula of a branch that does not hold there"


def why_none(pieces: Pieces, asked: Question, notes: list[str]) -> str:
    """One sentence on why no value of the unknown gives the goal."""
    numbers = [v for v in pieces.values if isinstance(v, Ratio | Stairs)]
    if not numbers:
        return _no_value(pieces, asked)
    constants = {v.value for v in numbers if isinstance(v, Ratio) and v.is_constant}
    if len(constants) == 1 and all(isinstance(v, Ratio) and v.is_constant for v in numbers):
        shown = figure_text(constants.pop())
        return f"`{asked.indicator}` does not depend on `{asked.cell}`: it is {shown}"
    excluded = [note for note in notes if _OUTSIDE in note]
    if excluded:
        return excluded[0]
    above = compared_with(pieces, asked.goal, lambda figure: figure > asked.goal)
    if any(map(is_true, above.values)) and any(map(is_false, above.values)):
        return _jump(above, asked)
    side = "above" if any(map(is_true, above.values)) else "below"
    return f"`{asked.indicator}` stays {side} {figure_text(asked.goal)} whatever `{asked.cell}` is"


def _jump(above: Pieces, asked: Question) -> str:
    """Both sides of the goal are taken, the goal itself is not."""
    over, under = (
        intervals_text(intervals_where(above, side), str(asked.cell))
        for side in (is_true, is_false)
    )
    goal = figure_text(asked.goal)
    return f"`{asked.indicator}` jumps past {goal}: it is below where {under}, above where {over}"


def _no_value(pieces: Pieces, asked: Question) -> str:
    failures = dict.fromkeys(
        _reasons(value) for value in pieces.values if isinstance(value, Outcome) and not value.ok
    )
    shown = "; ".join(failures)
    return f"`{asked.indicator}` has no value whatever `{asked.cell}` is ({shown})"


def _reasons(outcome: Outcome) -> str:
    return ";".join(str(reason) for reason in outcome.reasons) or outcome.status.value


def unconfirmed(asked: Question, point: Point) -> str:
    """A root that computing anew does not confirm."""
    shown = point_text(point)
    return f"`{asked.cell}` = {shown} solves the formula, but computing with it does not show it"
