"""Why no value meets a goal, and what else there is to know, in sentences."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from operator import eq

from iku_engine.algebra.roots import Point, real_roots, to_digits
from iku_engine.algebra.univariate import Ratio, TooHard
from iku_engine.analysis.intervals import Ranges, intervals_where
from iku_engine.analysis.pieces import GivenUp, Pieces, Stairs, Value
from iku_engine.analysis.question import Question, compared_with, is_false, is_true
from iku_engine.evaluation.model import Outcome
from iku_engine.sentences import Sentence, sentence


def given_up(pieces: Pieces, asked: Question) -> list[Sentence]:
    """For which values of the unknown nothing can be said, and why."""
    reasons = dict.fromkeys(v.reason for v in pieces.values if isinstance(v, GivenUp))
    notes: list[Sentence] = []
    for reason in reasons:
        where = intervals_where(pieces, partial(eq, GivenUp(reason)))
        ranges = Ranges(where, str(asked.cell))
        notes.append(sentence("not_solved_for", ranges=ranges, reason=reason))
    return notes


def outside(pieces: Pieces, met: Pieces, asked: Question) -> list[Sentence]:
    """Values that solve the formula of some branch and do not count."""
    notes: dict[Sentence, None] = {}
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


def _excluded(there: Value, root: Point, asked: Question) -> Sentence:
    cell, figure = str(asked.cell), to_digits(root)
    if isinstance(there, Outcome) and not there.ok:
        return sentence("outside_domain", cell=cell, figure=figure, reasons=_reasons(there))
    return sentence("other_branch", cell=cell, figure=figure)


def why_none(pieces: Pieces, asked: Question, notes: list[Sentence]) -> Sentence:
    """One sentence on why no value of the unknown gives the goal."""
    numbers = [v for v in pieces.values if isinstance(v, Ratio | Stairs)]
    if not numbers:
        return _no_value(pieces, asked)
    constants = {v.value for v in numbers if isinstance(v, Ratio) and v.is_constant}
    if len(constants) == 1 and all(isinstance(v, Ratio) and v.is_constant for v in numbers):
        figure = constants.pop()
        return sentence(
            "does_not_depend", indicator=asked.indicator, cell=str(asked.cell), figure=figure
        )
    excluded = [note for note in notes if note.key == "outside_domain"]
    if excluded:
        return excluded[0]
    above = compared_with(pieces, asked.goal, lambda figure: figure > asked.goal)
    if any(map(is_true, above.values)) and any(map(is_false, above.values)):
        return _jump(above, asked)
    key = "stays_above" if any(map(is_true, above.values)) else "stays_below"
    return sentence(key, indicator=asked.indicator, goal=asked.goal, cell=str(asked.cell))


def _jump(above: Pieces, asked: Question) -> Sentence:
    """Both sides of the goal are taken, the goal itself is not."""
    over, under = (
        Ranges(intervals_where(above, side), str(asked.cell)) for side in (is_true, is_false)
    )
    return sentence(
        "jumps_past", indicator=asked.indicator, goal=asked.goal, under=under, over=over
    )


def _no_value(pieces: Pieces, asked: Question) -> Sentence:
    failures = dict.fromkeys(
        _reasons(value) for value in pieces.values if isinstance(value, Outcome) and not value.ok
    )
    return sentence(
        "never_a_value",
        indicator=asked.indicator,
        cell=str(asked.cell),
        reasons="; ".join(failures),
    )


def _reasons(outcome: Outcome) -> str:
    return ";".join(str(reason) for reason in outcome.reasons) or outcome.status.value


def unconfirmed(asked: Question, point: Point) -> Sentence:
    """A root that computing anew does not confirm."""
    return sentence("unconfirmed", cell=str(asked.cell), figure=to_digits(point))
