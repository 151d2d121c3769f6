"""Two inputs left open: the line of pairs of figures between them that all give the goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TypeAlias

from iku_engine.algebra.model import Polynomial, Quotient, Select, Step
from iku_engine.algebra.quotients import Form, reduced
from iku_engine.algebra.univariate import Ratio, constant_ratio
from iku_engine.analysis.branches import Branches
from iku_engine.analysis.cells import InputCell, parse_cell, recomputed, with_figures
from iku_engine.analysis.pieces import GivenUp, Value, everywhere
from iku_engine.analysis.solve import goal_of
from iku_engine.analysis.walk import Moment, Walk
from iku_engine.diagnostics import quoted
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome, failure_of
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place
from iku_engine.sentences import Sentence, sentence

_MOST_DEGREE = 4
_MOST_BITS = 2_000


@dataclass(frozen=True, slots=True)
class TradeOff:
    """`a * first + b * second = c`, in whole coefficients; None where there is no such line.

    Points of the line at which a divisor of the formula is 0 do not count. `text` is the line
    as a sentence shows it.
    """

    indicator: str
    period: Period
    place: Place
    unknowns: tuple[InputCell, InputCell]
    goal: Fraction | None
    coefficients: tuple[int, int, int] | None = None
    text: str = ""
    reason: str = ""


def solve_two(
    run: ExactEvaluation,
    indicator: str,
    period: Period,
    place: Place = WHOLE,
    *,
    unknowns: tuple[str, str],
    goal: Fraction | None = None,
) -> TradeOff:
    """The line between two unknowns on which the indicator is at the goal, else a reason."""
    if indicator not in run.binding.indicators:
        raise UsageError(f"there is no indicator {quoted(indicator)}")
    first, second = (parse_cell(each, run.binding, period, place) for each in unknowns)
    if first == second:
        raise UsageError(f"{quoted(str(first))} is named twice: two unknowns are two inputs")
    found = goal_of(run, indicator, period, first, second) if goal is None else goal
    if isinstance(found, str):
        return TradeOff(indicator, period, place, (first, second), None, reason=found)
    unknown = (first, second)
    made = _line(_Surfaces(run, unknown).indicator(indicator, period, place), found)
    if not isinstance(made, str):
        figures = [dict(zip(unknown, pair, strict=True)) for pair in _pairs(made)]
        tried = (recomputed(run, each, indicator, period, place) for each in figures)
        if not any(outcome.value == found for outcome in tried):
            made = sentence("line_outside")
    if isinstance(made, str):
        return TradeOff(indicator, period, place, unknown, found, reason=made)
    return TradeOff(indicator, period, place, unknown, found, made, _line_text(made, unknown))


@dataclass(frozen=True, slots=True)
class _Surface:
    """A quotient of polynomials of the two unknowns, which stand at positions 0 and 1."""

    above: Polynomial
    below: Polynomial


_Open: TypeAlias = _Surface | Value


class _Surfaces(Walk[_Open]):
    """The values of indicators as two input cells move."""

    def __init__(self, run: ExactEvaluation, unknowns: tuple[InputCell, InputCell]) -> None:
        first, second = unknowns
        zero, one = Fraction(0), Fraction(1)
        super().__init__(with_figures(run, {first: zero, second: zero}))
        self._moved = (
            with_figures(run, {first: one, second: zero}),
            with_figures(run, {first: zero, second: one}),
        )
        self._constants = Branches(self.run, first)

    def variable(self, name: str, period: Period, place: Place) -> _Open:
        start = self.run.figure(name, period, place).outcome
        if not start.ok:
            return start
        form: Form = start.number
        for position, moved in enumerate(self._moved):
            slope = moved.figure(name, period, place).outcome.number - start.number
            if slope:
                form = ("+", form, ("*", slope, ("x", position)))
        return _made(form)

    def fixed(self, outcome: Outcome, source: Step | None = None) -> _Open:
        if outcome.ok and isinstance(outcome.value, Fraction):
            return constant_ratio(outcome.value)
        return outcome

    def applied(self, step: Step, operands: Sequence[_Open], moment: Moment) -> _Open:
        fixed = [operand for operand in operands if not isinstance(operand, _Surface)]
        if len(fixed) == len(operands):
            pieces = self._constants.applied(step, [everywhere(each) for each in fixed], moment)
            return pieces.values[0]
        if isinstance(step, Select) and isinstance(operands[0], Outcome) and operands[0].ok:
            return operands[1] if operands[0].value else operands[2]
        failed = failure_of(operand for operand in fixed if isinstance(operand, Outcome))
        given_up = next((operand for operand in fixed if isinstance(operand, GivenUp)), None)
        if failed or given_up:
            return failed or given_up or _NOT_PLAIN
        return _quotient(step, operands) if isinstance(step, Quotient) else _NOT_PLAIN


_NOT_PLAIN = GivenUp(sentence("line_not_plain"))


def _quotient(step: Quotient, operands: Sequence[_Open]) -> _Open:
    values = dict(zip(step.needs, operands, strict=True))
    if not _is_bounded(step, values):
        return GivenUp(sentence("line_too_long"))
    above, below = (_put_in(part, values) for part in (step.numerator, step.denominator))
    return _made(("/", above, below))


def _is_bounded(step: Quotient, values: Mapping[int, _Open]) -> bool:
    """Degree and size are estimated before anything is multiplied out."""
    degree = bits = 0
    for coefficient, powers in (*step.numerator, *step.denominator):
        own = size = 0
        for slot, power in powers:
            value = values[slot]
            if isinstance(value, _Surface):
                own += power * max(_degree(value.above), _degree(value.below))
            size += power * _bits(value)
        degree, bits = max(degree, own), max(bits, size + coefficient.bit_length())
    return degree <= _MOST_DEGREE and bits <= _MOST_BITS


def _degree(polynomial: Polynomial) -> int:
    return max((sum(power for _, power in powers) for _, powers in polynomial), default=0)


def _bits(value: _Open) -> int:
    if isinstance(value, _Surface):
        return max(c.bit_length() for c, _ in (*value.above, *value.below))
    assert isinstance(value, Ratio)
    return max(value.value.numerator.bit_length(), value.value.denominator.bit_length())


def _made(form: Form) -> _Open:
    """In lowest terms; a constant as a figure."""
    above, below = reduced(form, 2)
    if _degree(above) or _degree(below):
        return _Surface(above, below)
    return constant_ratio(Fraction(above[0][0], below[0][0]) if above else Fraction(0))


def _put_in(polynomial: Polynomial, values: Mapping[int, _Open]) -> Form:
    return _sum_form(polynomial, {slot: _as_form(value) for slot, value in values.items()})


def _as_form(value: _Open) -> Form:
    if isinstance(value, _Surface):
        places: dict[int, Form] = {0: ("x", 0), 1: ("x", 1)}
        return ("/", _sum_form(value.above, places), _sum_form(value.below, places))
    assert isinstance(value, Ratio)
    return value.value


def _sum_form(polynomial: Polynomial, values: Mapping[int, Form]) -> Form:
    total: Form = Fraction(0)
    for coefficient, powers in polynomial:
        term: Form = Fraction(coefficient)
        for slot, power in powers:
            term = ("*", term, ("^", values[slot], Fraction(power)))
        total = ("+", total, term)
    return total


def _line(value: _Open, goal: Fraction) -> tuple[int, int, int] | Sentence:
    """The coefficients of `above - goal * below = 0` where it is linear."""
    if isinstance(value, GivenUp):
        return value.reason
    if isinstance(value, Outcome):
        reasons = ";".join(str(reason) for reason in value.reasons)
        return sentence("line_no_value", reasons=reasons)
    if not isinstance(value, _Surface):
        return sentence("line_independent")
    terms: dict[tuple[tuple[int, int], ...], int] = {}
    for coefficient, powers in value.above:
        terms[powers] = terms.get(powers, 0) + coefficient * goal.denominator
    for coefficient, powers in value.below:
        terms[powers] = terms.get(powers, 0) - coefficient * goal.numerator
    left = {powers: coefficient for powers, coefficient in terms.items() if coefficient}
    flat = left.pop((), 0)
    if not left:
        return sentence("line_none", goal=goal)
    if any(powers not in (((0, 1),), ((1, 1),)) for powers in left):
        return sentence("line_curved")
    first, second = left.get(((0, 1),), 0), left.get(((1, 1),), 0)
    common = gcd(first, second, flat) * (1 if (first or second) > 0 else -1)
    return first // common, second // common, -flat // common


def _pairs(line: tuple[int, int, int]) -> Iterator[tuple[Fraction, Fraction]]:
    """Some pairs on the line, to compute the indicator with."""
    first, second, flat = line
    for free in map(Fraction, (100, 10, 7, 1000, 1, -1)):
        if first:
            yield (flat - second * free) / first, free
        else:
            yield free, Fraction(flat, second)


def _line_text(line: tuple[int, int, int], unknowns: tuple[InputCell, InputCell]) -> str:
    """`3 * a@2020 - b@2020 = 40`."""
    text = ""
    for coefficient, cell in zip(line[:2], unknowns, strict=True):
        if not coefficient:
            continue
        size = "" if abs(coefficient) == 1 else f"{abs(coefficient)} * "
        sign = ("-" if coefficient < 0 else "") if not text else (" + ", " - ")[coefficient < 0]
        text += f"{sign}{size}{cell}"
    return f"{text} = {line[2]}"
