"""Which value of one input makes an indicator meet its target, branch by branch and exactly.

A rational value is exact, another is given to 50 digits. Every value is put into the data and
computed again before it is returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from iku_engine.algebra.effort import limited_effort
from iku_engine.algebra.roots import Irrational, Point, compared, to_digits, whole_below
from iku_engine.algebra.univariate import Ratio, TooHard
from iku_engine.analysis.branches import Branches
from iku_engine.analysis.cells import InputCell, current_figure, parse_cell, with_figures
from iku_engine.analysis.held import held_totals
from iku_engine.analysis.intervals import (
    SHOWN_DIGITS,
    Interval,
    Ranges,
    intervals_where,
    value_text,
)
from iku_engine.analysis.pieces import GivenUp, Pieces, Stairs
from iku_engine.analysis.question import Question, is_false, is_true
from iku_engine.analysis.unsolved import given_up, outside, unconfirmed, why_none
from iku_engine.diagnostics import quoted
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome, Status
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place
from iku_engine.sentences import Sentence, sentence

_TOLERANCE = Fraction(1, 10**40)
_MORE_DIGITS = (100, 200, 400)


class SolveStatus(StrEnum):
    """What became of the question."""

    FOUND = "found"
    EVERY = "every value"
    NONE = "no value"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Solved:
    """One value that meets the goal.

    `exact` is false for 50 digits of an irrational value. `actual` is the indicator computed
    with it. `where` says on which values of the unknown the same `formula` holds, empty where
    it holds on all. `whole` is the next whole unit that still meets the target, with
    `whole_actual` computed from it.
    """

    value: Fraction
    exact: bool
    actual: Fraction | None
    where: str
    formula: str
    whole: int | None = None
    whole_actual: Fraction | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer for one indicator, period and place.

    `current` is the unknown's figure in the data. `intervals` hold values that all give the goal
    (through rounding, bands or a constant branch). `meeting` are the values with which the
    indicator is at or beyond the goal in the direction of its polarity. `reason` is one sentence
    unless values were found; `notes` say what else there is to know, such as values outside the
    domain.
    """

    indicator: str
    period: Period
    place: Place
    unknown: InputCell
    goal: Fraction | None
    status: SolveStatus
    current: Fraction | None = None
    values: tuple[Solved, ...] = ()
    intervals: tuple[Interval, ...] = ()
    meeting: tuple[Interval, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


def solve(
    run: ExactEvaluation,
    indicator: str,
    period: Period,
    place: Place = WHOLE,
    *,
    unknown: str,
    goal: Fraction | None = None,
) -> Solution:
    """Which value of `unknown` (`umkm`, `umkm@2019`) gives the goal, by default the target.

    The unknown may be missing in the data. Raises `UsageError` for names that do not exist.
    """
    if indicator not in run.binding.indicators:
        raise UsageError(f"there is no indicator {quoted(indicator)}")
    cell = parse_cell(unknown, run.binding, period, place)
    current = current_figure(run, cell)
    if goal is None:
        found = goal_of(run, indicator, period, cell)
        if isinstance(found, str):
            none = SolveStatus.NONE
            return Solution(indicator, period, place, cell, None, none, current, reason=found)
        goal = found
    asked = Question(run, indicator, period, place, cell, goal)
    try:
        with limited_effort():
            return _solution(asked, current)
    except TooHard as hard:
        late = SolveStatus.GIVEN_UP
        return Solution(indicator, period, place, cell, goal, late, current, reason=hard.reason)


def goal_of(
    run: ExactEvaluation, indicator: str, period: Period, *cells: InputCell
) -> Fraction | Sentence:
    """The target, or a sentence on why it cannot be the goal."""
    outcome = run.target(indicator, period)
    if outcome.status is Status.NO_TARGET:
        return sentence("no_target", indicator=indicator, period=str(period))
    if not outcome.ok:
        reasons = ";".join(str(reason) for reason in outcome.reasons)
        return sentence("target_unknown", indicator=indicator, period=str(period), reasons=reasons)
    for cell in cells:
        moved = [with_figures(run, {cell: Fraction(figure)}) for figure in (0, 1)]
        if any(each.target(indicator, period).value != outcome.value for each in moved):
            return sentence("target_moves", cell=str(cell))
    return outcome.number


def _solution(asked: Question, current: Fraction | None) -> Solution:
    pieces = Branches(asked.run, asked.cell).indicator(asked.indicator, asked.period, asked.place)
    met, reached = asked.met(pieces), asked.reached(pieces)
    found = intervals_where(met, is_true)
    points = [one.low for one in found if one.is_point and one.low is not None]
    tried = [(_tried(asked, pieces, reached, point), point) for point in points]
    values = tuple(value for value, _ in tried if value is not None)
    intervals = tuple(interval for interval in found if not interval.is_point)
    values, intervals, left_out = _counted(asked, values, intervals)
    notes = [*_of_whole(asked), *given_up(met, asked), *outside(pieces, met, asked)]
    held = ", ".join(f"`{total}`" for total in held_totals(asked, current))
    if held:
        notes.append(sentence("held_total", cell=str(asked.cell), held=held))
    doubtful = [unconfirmed(asked, point) for value, point in tried if value is None]
    status, reason = _verdict(asked, pieces, met, bool(values or intervals), notes)
    if left_out and status is SolveStatus.NONE:
        reason = sentence("only_negative", cell=str(asked.cell), goal=asked.goal)
    elif left_out:
        notes.append(left_out)
    if doubtful and status is SolveStatus.NONE:
        status, reason = SolveStatus.GIVEN_UP, doubtful[0]
    return Solution(
        asked.indicator,
        asked.period,
        asked.place,
        asked.cell,
        asked.goal,
        status,
        current,
        () if status is SolveStatus.EVERY else values,
        intervals,
        intervals_where(reached, is_true) if reached else (),
        reason,
        tuple(note for note in (*notes, *doubtful) if note not in reason),
    )


def _counted(
    asked: Question, values: tuple[Solved, ...], intervals: tuple[Interval, ...]
) -> tuple[tuple[Solved, ...], tuple[Interval, ...], Sentence | None]:
    """Without what is below 0 where the unknown is counted, and what was left out."""
    if not asked.is_count:
        return values, intervals, None
    kept = tuple(value for value in values if value.value >= 0)
    spans = tuple(each for each in intervals if not _is_negative(each))
    left = [*(value.value for value in values if value.value < 0)]
    if len(spans) == len(intervals) and not left:
        return kept, spans, None
    dropped = [each for each in intervals if each not in spans]
    dropped += [Interval(value, True, value, True) for value in left]
    ranges = Ranges(tuple(dropped), str(asked.cell))
    note = sentence("negative_left_out", ranges=ranges, cell=str(asked.cell), goal=asked.goal)
    return kept, spans, note


def _is_negative(interval: Interval) -> bool:
    if interval.high is None:
        return False
    side = compared(interval.high, Fraction(0))
    return side < 0 or (side == 0 and not interval.high_included)


def _of_whole(asked: Question) -> list[Sentence]:
    """The unknown may be a sum over places, which then says nothing about its parts."""
    figure = asked.run.figure(asked.cell.variable, asked.cell.period, asked.cell.place)
    if all(part.place == asked.cell.place for part in figure.observations):
        return []
    return [sentence("of_all_places", cell=str(asked.cell))]


def _verdict(
    asked: Question, pieces: Pieces, met: Pieces, found: bool, notes: list[Sentence]
) -> tuple[SolveStatus, str]:
    unsolved = [value for value in met.values if isinstance(value, GivenUp)]
    if found and not unsolved and not any(is_false(value) for value in met.values):
        key = "every_value" if met.only is not None else "every_defined"
        return SolveStatus.EVERY, sentence(key, cell=str(asked.cell), goal=asked.goal)
    if found:
        return SolveStatus.FOUND, ""
    if unsolved:
        return SolveStatus.GIVEN_UP, unsolved[0].reason
    return SolveStatus.NONE, why_none(pieces, asked, notes)


def _tried(asked: Question, pieces: Pieces, reached: Pieces | None, point: Point) -> Solved | None:
    """A solution, once computing with it gives the goal."""
    value = to_digits(point)
    outcome = asked.tried(value)
    exact = not isinstance(point, Irrational)
    notes: list[Sentence] = []
    if not _confirms(outcome, asked.goal, exact):
        closer = (asked.tried(to_digits(point, digits)) for digits in _MORE_DIGITS)
        if exact or not any(_confirms(each, asked.goal, exact) for each in closer):
            return None
        notes.append(sentence("steep"))
    if outcome.quality.approximate:
        notes.append(sentence("fifty_digits"))
    where, formula = _branch(pieces, point, str(asked.cell))
    whole = _whole_unit(asked, reached, point)
    shown = outcome.number if outcome.ok else None
    return Solved(value, exact, shown, where, formula, *whole, tuple(notes))


def _confirms(outcome: Outcome, goal: Fraction, exact: bool) -> bool:
    if not outcome.ok:
        return False
    if exact and not outcome.quality.approximate:
        return outcome.value == goal
    return abs(outcome.number - goal) <= _TOLERANCE * max(abs(goal), Fraction(1))


def _branch(pieces: Pieces, point: Point, name: str) -> tuple[str, str]:
    """Where the formula that holds at a point holds, and this formula."""
    value = pieces.at(point)
    assert isinstance(value, Ratio | Stairs)
    parts = intervals_where(pieces, lambda other: other == value)
    around = [part for part in parts if _holds(part, point)]
    if len(pieces.values) == 1:
        return "", value_text(value, name)
    where = sentence("where", ranges=Ranges(tuple(around), name, SHOWN_DIGITS))
    return where, value_text(value, name)


def _holds(part: Interval, point: Point) -> bool:
    above = part.low is None or compared(point, part.low) >= 0
    return above and (part.high is None or compared(point, part.high) <= 0)


def _whole_unit(
    asked: Question, reached: Pieces | None, point: Point
) -> tuple[int | None, Fraction | None]:
    """The nearest whole unit that still meets the target, and the indicator with it."""
    if reached is None or not asked.is_count:
        return None, None
    below = whole_below(point)
    touching = [part for part in intervals_where(reached, is_true) if _holds(part, point)]
    near = [
        number
        for number in range(below - 1, below + 3)
        if is_true(reached.at(Fraction(number)))
        and any(_holds(part, Fraction(number)) for part in touching)
    ]
    for number in sorted(near, key=lambda n: abs(n - to_digits(point))):
        outcome = asked.tried(Fraction(number))
        if outcome.ok:
            return number, outcome.number
    return None, None
