"""A value as it depends on one unknown: the line of real numbers cut into points and intervals.

On each of them one thing holds: a quotient of polynomials of the unknown, a staircase made by
rounding, a text or truth value, a reason why there is no value, or why it cannot be solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TypeAlias

from iku_engine.algebra.roots import (
    Irrational,
    Point,
    between,
    compared,
    real_roots,
    sorted_points,
)
from iku_engine.algebra.univariate import Ratio, TooHard, sign_of
from iku_engine.evaluation.model import Outcome, Reason, undefined
from iku_engine.quantities import round_half_away
from iku_engine.sentences import Sentence, sentence

MOST_EDGES = 200
"""How many points may cut the line before an analysis gives up."""

_POLE = undefined(Reason("zero", "the divisor"))


@dataclass(frozen=True, slots=True)
class Stairs:
    """A quotient of a rounded figure: `outer` of `inner` rounded to so many decimals."""

    outer: Ratio
    inner: Ratio
    digits: int

    def after(self, figure: Fraction) -> Fraction:
        """The rounded figure that a value of `inner` becomes."""
        return round_half_away(figure, self.digits)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Why a value cannot be solved for here."""

    reason: Sentence


Value: TypeAlias = Ratio | Stairs | Outcome | GivenUp
"""Numbers are always a `Ratio` or `Stairs`; an `Outcome` is a text, a truth or a failure."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of the line: an open interval, or a point where both ends are the same."""

    low: Point | None
    high: Point | None
    value: Value

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Pieces:
    """Edges from the lowest up; values of interval, point, interval, ..., one more than twice."""

    edges: tuple[Point, ...]
    values: tuple[Value, ...]

    def cells(self) -> Iterator[Cell]:
        """The pieces from the lowest up."""
        ends: list[Point | None] = [None, *self.edges, None]
        for number, value in enumerate(self.values):
            place = number // 2
            if number % 2:
                yield Cell(ends[place + 1], ends[place + 1], value)
            else:
                yield Cell(ends[place], ends[place + 1], value)

    def at(self, point: Point) -> Value:
        """What holds at a point."""
        for number, edge in enumerate(self.edges):
            side = compared(point, edge)
            if side <= 0:
                return self.values[2 * number + (1 if side == 0 else 0)]
        return self.values[-1]

    @property
    def only(self) -> Value | None:
        """What holds everywhere, where it is one thing."""
        return None if self.edges else self.values[0]


def everywhere(value: Value) -> Pieces:
    """One thing on the whole line."""
    return Pieces((), (value,))


def combined(operands: Sequence[Pieces], combine: Callable[[tuple[Value, ...]], Pieces]) -> Pieces:
    """What `combine` makes of the operands' values, piece by piece.

    Its answer holds on the whole line and is cut to the piece.
    """
    edges = sorted_points(edge for operand in operands for edge in operand.edges)
    if len(edges) > MOST_EDGES:
        return everywhere(GivenUp(sentence("many_branches", most=MOST_EDGES)))
    columns = [_spread(operand, edges) for operand in operands]
    made: dict[tuple[Value, ...], Pieces] = {}
    cut: list[Point] = []
    values: list[Value] = []
    for number in range(2 * len(edges) + 1):
        together = tuple(column[number] for column in columns)
        if together not in made:
            made[together] = _made(combine, together)
        own = made[together]
        if number % 2:
            edge = edges[number // 2]
            cut.append(edge)
            values.append(own.at(edge))
            continue
        low = edges[number // 2 - 1] if number else None
        high = edges[number // 2] if number < 2 * len(edges) else None
        _append_within(own, low, high, cut, values)
    return _joined(cut, values)


def _made(combine: Callable[[tuple[Value, ...]], Pieces], together: tuple[Value, ...]) -> Pieces:
    try:
        return combine(together)
    except TooHard as hard:
        return everywhere(GivenUp(hard.reason))


def _spread(pieces: Pieces, edges: Sequence[Point]) -> list[Value]:
    """The values of pieces on a finer cut of the line."""
    found: list[Value] = [pieces.values[0]]
    place = 0
    for edge in edges:
        if place < len(pieces.edges) and edge == pieces.edges[place]:
            found += [pieces.values[2 * place + 1], pieces.values[2 * place + 2]]
            place += 1
        else:
            found += [found[-1], found[-1]]
    return found


def _append_within(
    pieces: Pieces, low: Point | None, high: Point | None, cut: list[Point], values: list[Value]
) -> None:
    """Add what pieces hold inside an open interval."""
    first = sum(1 for edge in pieces.edges if low is not None and compared(edge, low) <= 0)
    values.append(pieces.values[2 * first])
    for number in range(first, len(pieces.edges)):
        edge = pieces.edges[number]
        if high is not None and compared(edge, high) >= 0:
            break
        cut.append(edge)
        values += pieces.values[2 * number + 1 : 2 * number + 3]


def _joined(edges: Sequence[Point], values: Sequence[Value]) -> Pieces:
    """Without edges at which nothing changes."""
    kept: list[Point] = []
    found = [values[0]]
    for number, edge in enumerate(edges):
        point, after = values[2 * number + 1], values[2 * number + 2]
        if not found[-1] == point == after:
            kept.append(edge)
            found += [point, after]
    return Pieces(tuple(kept), tuple(found))


def by_levels(
    value: Ratio | Stairs, levels: Iterable[Fraction], answer: Callable[[Fraction], Value]
) -> Pieces:
    """What `answer` says of a value, where it says the same of all values between two levels."""
    if isinstance(value, Stairs):
        stairs = value
        middles = _middles(stairs, levels)
        return by_levels(stairs.inner, middles, lambda figure: _above(stairs, figure, answer))
    if value.is_constant:
        return everywhere(answer(value.value))
    known: dict[Point, Value] = dict.fromkeys(real_roots(value.below), _POLE)
    for level in levels:
        known.update(dict.fromkeys(real_roots(value.minus(level)), answer(level)))
    if len(known) > MOST_EDGES:
        return everywhere(GivenUp(sentence("many_branches", most=MOST_EDGES)))
    edges = sorted_points(known)
    ends: list[Point | None] = [None, *edges, None]
    values: list[Value] = []
    for number, edge in enumerate(edges):
        values += [answer(value.at(between(ends[number], edge))), known[edge]]
    values.append(answer(value.at(between(ends[-2], None))))
    return _joined(edges, values)


def _above(stairs: Stairs, figure: Fraction, answer: Callable[[Fraction], Value]) -> Value:
    """The answer for the step that a figure is rounded to."""
    step = stairs.after(figure)
    if sign_of(stairs.outer.below, step) == 0:
        return _POLE
    return answer(stairs.outer.at(step))


def _middles(stairs: Stairs, levels: Iterable[Fraction]) -> set[Fraction]:
    """The figures between two steps at which the staircase may pass a level or a pole."""
    size = Fraction(10) ** -stairs.digits
    found: set[Fraction] = set()
    places = [*real_roots(stairs.outer.below)]
    for level in levels:
        places += real_roots(stairs.outer.minus(level))
    for place in places:
        step = _step_below(place, size)
        found |= {step - size / 2, step + size / 2}
    return found


def _step_below(place: Point, size: Fraction) -> Fraction:
    """The last multiple of the size that is not above a point."""
    while isinstance(place, Irrational) and floor(place.low / size) != floor(place.high / size):
        place = place.halved()
    return floor((place if isinstance(place, Fraction) else place.low) / size) * size
