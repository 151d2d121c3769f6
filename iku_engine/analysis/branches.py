"""An indicator as a value of one unknown input: every step taken piece by piece.

Everything else is put in as exact figures. Tests on divisors are those of the text, and run
before any algebra, so that a root outside the domain is never a solution.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from iku_engine.algebra.model import (
    BandOf,
    Comparison,
    Connective,
    Extreme,
    Literal,
    Opaque,
    Quotient,
    Root,
    Rounding,
    Select,
    Step,
    TextComparison,
    Transcendental,
)
from iku_engine.algebra.univariate import (
    UNKNOWN,
    Ratio,
    constant_ratio,
    line_ratio,
)
from iku_engine.analysis.arithmetic import (
    difference,
    failure_among,
    lifted,
    number_of,
    quotient_pieces,
)
from iku_engine.analysis.cells import InputCell, with_figures
from iku_engine.analysis.pieces import (
    GivenUp,
    Pieces,
    Stairs,
    Value,
    by_levels,
    combined,
    everywhere,
)
from iku_engine.analysis.walk import Moment, Walk, with_figures_in
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome, Reason, failure_of, undefined
from iku_engine.evaluation.steps import evaluate
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.scales import Graded
from iku_engine.sentences import Sentence, sentence

_ZERO = Fraction(0)
_HOLDS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TWICE = GivenUp(sentence("rounded_twice"))


class Branches(Walk[Pieces]):
    """The values of indicators as one input cell moves."""

    def __init__(self, run: ExactEvaluation, unknown: InputCell) -> None:
        super().__init__(with_figures(run, {unknown: _ZERO}))
        self._moved = with_figures(run, {unknown: Fraction(1)})

    def variable(self, name: str, period: Period, place: Place) -> Pieces:
        """A figure is a sum or mean of cells: a straight line in each, known from two points."""
        start = self.run.figure(name, period, place).outcome
        end = self._moved.figure(name, period, place).outcome
        if not (start.ok and end.ok):
            return everywhere(start)
        return everywhere(line_ratio(start.number, end.number - start.number))

    def fixed(self, outcome: Outcome, source: Step | None = None) -> Pieces:
        return everywhere(_as_value(outcome))

    def applied(self, step: Step, operands: Sequence[Pieces], moment: Moment) -> Pieces:
        if isinstance(step, Literal):
            return everywhere(Outcome(step.value))
        if isinstance(step, Connective):
            return combined(operands, lambda values: everywhere(_connective(step, values)))
        if isinstance(step, Select):
            return combined(operands, lambda values: everywhere(_select(values)))
        return combined(operands, lambda values: self._of_values(step, values, moment))

    def _of_values(self, step: Step, values: tuple[Value, ...], moment: Moment) -> Pieces:
        """A step that has no value where one of its operands has none."""
        if isinstance(step, Quotient):
            return quotient_pieces(step, values, moment)
        failed = failure_among(values)
        if failed is not None:
            return everywhere(failed)
        match step:
            case TextComparison(operator=sign):
                return everywhere(Outcome((_text(values[0]) == _text(values[1])) == (sign == "=")))
            case Comparison(operator=sign):
                holds = _HOLDS[sign]
                return by_levels(number_of(values[0]), [_ZERO], lambda v: Outcome(holds(v, _ZERO)))
            case Extreme(function=function):
                return _extreme(function, [number_of(value) for value in values])
            case BandOf():
                return _band(step, number_of(values[0]), moment)
            case Rounding(digits=digits):
                return everywhere(_rounded(number_of(values[0]), digits))
        return everywhere(self._called(step, [number_of(value) for value in values], moment))

    def _called(self, step: Step, values: Sequence[Ratio | Stairs], moment: Moment) -> Value:
        """Roots, logarithms and functions of plugins: only of figures that do not move."""
        figures = [v.value for v in values if isinstance(v, Ratio) and v.is_constant]
        if len(figures) < len(values):
            return GivenUp(_taken(step))
        program = with_figures_in(step, figures)
        return _as_value(evaluate(program, self.run, moment.period, moment.place))


def _taken(step: Step) -> Sentence:
    match step:
        case Root():
            return sentence("root_of_unknown")
        case Transcendental(function=function) | Opaque(function=function):
            return sentence("function_of_unknown", function=function)
    raise AssertionError(f"{step!r} is no function")


def _as_value(outcome: Outcome) -> Value:
    if outcome.ok and isinstance(outcome.value, Fraction):
        return constant_ratio(outcome.value)
    return outcome


def _text(value: Value) -> object:
    assert isinstance(value, Outcome)
    return value.value


def _connective(step: Connective, values: Sequence[Value]) -> Value:
    """Kleene's `and`, `or`, `not`: one operand that decides is enough."""
    if step.operator == "not":
        inner = values[0]
        return Outcome(not inner.value) if isinstance(inner, Outcome) and inner.ok else inner
    decisive = step.operator == "or"
    for value in values:
        if isinstance(value, Outcome) and value.ok and value.value is decisive:
            return value
    unknown = next((value for value in values if isinstance(value, GivenUp)), None)
    failed = failure_of(value for value in values if isinstance(value, Outcome))
    return unknown or failed or Outcome(not decisive)


def _select(values: Sequence[Value]) -> Value:
    condition, then, otherwise = values
    if not isinstance(condition, Outcome) or not condition.ok:
        return condition
    return then if condition.value else otherwise


def _rounded(value: Ratio | Stairs, digits: int) -> Value:
    if isinstance(value, Stairs):
        return _TWICE
    stairs = Stairs(UNKNOWN, value, digits)
    return constant_ratio(stairs.after(value.value)) if value.is_constant else stairs


def _band(step: BandOf, value: Ratio | Stairs, moment: Moment) -> Pieces:
    scale = step.scale
    if scale.on is Graded.DISPLAYED:
        rounded = _rounded(value, scale.decimals)
        if isinstance(rounded, GivenUp):
            return everywhere(rounded)
        value = number_of(rounded)
    edges = {edge for band in scale.bands for edge in (band.low, band.high) if edge is not None}

    def answer(figure: Fraction) -> Value:
        band = scale.band_of(figure)
        if band is None:
            return undefined(Reason("hole", scale.name, moment.period, moment.place))
        return _as_value(Outcome(band.label if step.output == "rating" else band.score))

    return by_levels(value, edges, answer)


def _extreme(function: str, values: Sequence[Ratio | Stairs]) -> Pieces:
    if function == "abs":
        value = values[0]
        negative = lifted([value], lambda own: _scaled(own[0], -1))
        return by_levels(value, [_ZERO], lambda figure: value if figure >= 0 else negative)
    found = everywhere(values[0])
    for value in values[1:]:
        found = combined([found, everywhere(value)], lambda pair: _further(function, pair))
    return found


def _further(function: str, pair: Sequence[Value]) -> Pieces:
    """The larger or smaller of two values."""
    failed = failure_among(pair)
    if failed is not None:
        return everywhere(failed)
    first, second = (number_of(value) for value in pair)
    gap = lifted([first, second], difference)
    if isinstance(gap, GivenUp):
        return everywhere(gap)
    keeps = _HOLDS[">=" if function == "max" else "<="]
    return by_levels(gap, [_ZERO], lambda v: first if keeps(v, _ZERO) else second)


def _scaled(value: Ratio, factor: int) -> Ratio:
    return Ratio(tuple(c * factor for c in value.above), value.below)
