"""Derivatives of an indicator with respect to every input figure, exact at the figures at hand.

The chain rule through the programs: quotients by the rule N'D - ND' over D squared, branches as
they are taken, steps (bands, rounding) as flat, roots and logarithms to 50 digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from iku_engine.algebra.model import (
    Extreme,
    Opaque,
    OverRecords,
    Polynomial,
    Quotient,
    Root,
    Select,
    Step,
    Transcendental,
)
from iku_engine.analysis.cells import InputCell, with_figures
from iku_engine.analysis.walk import Moment, Walk
from iku_engine.catalog.model import Rollup
from iku_engine.evaluation.irrational import natural_logarithm, to_significant
from iku_engine.evaluation.model import Outcome
from iku_engine.evaluation.polynomials import Figures, TooLarge
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.sentences import sentence

FLAT = sentence("decides")
TOO = sentence("decides_too")
_ONE: Polynomial = ((1, ()),)


@dataclass(frozen=True, slots=True)
class Slope:
    """The derivative with respect to one figure; None where there is none, and why."""

    value: Fraction | None
    approximate: bool = False
    notes: tuple[str, ...] = ()

    def times(self, factor: Slope) -> Slope:
        """The chain rule."""
        notes = tuple(dict.fromkeys((*self.notes, *factor.notes)))
        if self.value == 0 or factor.value == 0:
            return Slope(Fraction(0), notes=notes)
        if self.value is None or factor.value is None:
            return Slope(None, notes=notes)
        return _slope(self.value * factor.value, self.approximate or factor.approximate, notes)

    def plus(self, other: Slope) -> Slope:
        """The derivative of a sum."""
        notes = tuple(dict.fromkeys((*self.notes, *other.notes)))
        if self.value is None or other.value is None:
            return Slope(None, notes=notes)
        return _slope(self.value + other.value, self.approximate or other.approximate, notes)


ZERO = Slope(Fraction(0))


@dataclass(frozen=True, slots=True)
class Moved:
    """A value at the figures at hand and its slope in each; `notes` are about what has none."""

    outcome: Outcome
    slopes: Mapping[InputCell, Slope] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Slopes(Walk[Moved]):
    """The values of indicators with their derivatives."""

    def variable(self, name: str, period: Period, place: Place) -> Moved:
        figure = self.run.figure(name, period, place)
        if not figure.outcome.ok:
            return Moved(figure.outcome)
        cells = [InputCell(o.variable, o.period, o.place) for o in figure.observations]
        if len(cells) == 1 or self.run.binding.variables[name].rollup is Rollup.SUM:
            return Moved(figure.outcome, dict.fromkeys(cells, Slope(Fraction(1))))
        shares: dict[InputCell, Slope] = {}
        for cell, observed in zip(cells, figure.observations, strict=True):
            moved = with_figures(self.run, {cell: (observed.value or Fraction(0)) + 1})
            after = moved.figure(name, period, place).outcome
            shares[cell] = Slope(after.number - figure.outcome.number)
        return Moved(figure.outcome, shares)

    def fixed(self, outcome: Outcome, source: Step | None = None) -> Moved:
        if isinstance(source, OverRecords):
            return Moved(outcome, {}, (sentence("of_records", text=source.text),))
        return Moved(outcome)

    def applied(self, step: Step, operands: Sequence[Moved], moment: Moment) -> Moved:
        outcome = moment.outcome()
        notes = tuple(dict.fromkeys(note for each in operands for note in each.notes))
        if not outcome.ok:
            return Moved(outcome, {}, notes)
        if isinstance(step, Select):
            return _select(operands, outcome)
        if isinstance(step, Extreme) and step.function != "abs":
            return Moved(outcome, _of_extreme(operands, outcome), notes)
        factors = _factors(step, operands, outcome)
        return Moved(outcome, _chained(operands, factors), notes)


def _factors(step: Step, operands: Sequence[Moved], outcome: Outcome) -> Sequence[Slope]:
    """The derivative of a step in each of its operands."""
    match step:
        case Quotient():
            return _partials(step, operands)
        case Extreme():
            return [_size_slope(operands[0].outcome.number)]
        case Root(degree=degree):
            return [_root_slope(operands[0].outcome.number, degree, outcome)]
        case Transcendental(function=function):
            return [_transcendental_slope(function, operands[0].outcome, outcome)]
        case Opaque(function=function):
            own = Slope(None, notes=(sentence("of_plugin", function=function),))
            return [own] * len(operands)
    return [replace(ZERO, notes=(FLAT,))] * len(operands)


def _chained(operands: Sequence[Moved], factors: Sequence[Slope]) -> dict[InputCell, Slope]:
    return _added(
        (cell, slope.times(factor))
        for operand, factor in zip(operands, factors, strict=True)
        for cell, slope in operand.slopes.items()
    )


def _added(parts: Iterable[tuple[InputCell, Slope]]) -> dict[InputCell, Slope]:
    found: dict[InputCell, Slope] = {}
    for cell, slope in parts:
        found[cell] = found[cell].plus(slope) if cell in found else slope
    return found


def _select(operands: Sequence[Moved], outcome: Outcome) -> Moved:
    """The branch taken; what only the condition reads moves nothing."""
    condition, then, otherwise = operands
    taken = then if condition.outcome.value else otherwise
    slopes = _added((*_flat(condition.slopes), *taken.slopes.items()))
    return Moved(outcome, slopes, tuple(dict.fromkeys((*condition.notes, *taken.notes))))


def _flat(cells: Iterable[InputCell]) -> list[tuple[InputCell, Slope]]:
    return [(cell, replace(ZERO, notes=(FLAT,))) for cell in cells]


def _of_extreme(operands: Sequence[Moved], outcome: Outcome) -> dict[InputCell, Slope]:
    """The operand that is the largest or smallest; where several are, only if they agree."""
    winners = [each for each in operands if each.outcome.value == outcome.value]
    found: dict[InputCell, Slope] = {}
    for cell in dict.fromkeys(cell for each in operands for cell in each.slopes):
        slopes = [each.slopes.get(cell, ZERO) for each in winners]
        if len({slope.value for slope in slopes}) > 1:
            found[cell] = Slope(None, notes=(sentence("branches_meet"),))
        elif any(cell in each.slopes for each in winners):
            found[cell] = slopes[0]
        else:
            found[cell] = replace(ZERO, notes=(FLAT,))
    return found


def _partials(step: Quotient, operands: Sequence[Moved]) -> list[Slope]:
    """N'D - ND' over D squared, in each slot."""
    values = [operand.outcome.number for operand in operands]
    figures = Figures(step.needs, values)
    try:
        above, below = (figures.quotient(p, _ONE) for p in (step.numerator, step.denominator))
        slopes = []
        for slot, operand in zip(step.needs, operands, strict=True):
            if not operand.slopes:
                slopes.append(ZERO)
                continue
            rise = figures.quotient(_derived(step.numerator, slot), _ONE)
            fall = figures.quotient(_derived(step.denominator, slot), _ONE)
            slopes.append(Slope((rise * below - above * fall) / below**2))
    except TooLarge:
        return [Slope(None, notes=(sentence("long_slope"),))] * len(operands)
    inexact = any(operand.outcome.quality.approximate for operand in operands)
    return [replace(slope, approximate=inexact and slope.value != 0) for slope in slopes]


def _derived(polynomial: Polynomial, slot: int) -> Polynomial:
    """The partial derivative in one slot."""
    terms = []
    for coefficient, powers in polynomial:
        power = dict(powers).get(slot, 0)
        if power:
            lowered = ((s, p - 1 if s == slot else p) for s, p in powers)
            terms.append((coefficient * power, tuple((s, p) for s, p in lowered if p)))
    return tuple(terms)


def _size_slope(value: Fraction) -> Slope:
    if value == 0:
        return Slope(None, notes=(sentence("branches_meet"),))
    return Slope(Fraction(1 if value > 0 else -1))


def _root_slope(value: Fraction, degree: int, outcome: Outcome) -> Slope:
    if value == 0:
        return Slope(None, notes=(sentence("root_of_zero"),))
    return _slope(outcome.number / (degree * value), outcome.quality.approximate)


def _transcendental_slope(function: str, operand: Outcome, outcome: Outcome) -> Slope:
    if function == "exp":
        return _slope(outcome.number, outcome.quality.approximate)
    if function == "ln":
        return _slope(1 / operand.number, operand.quality.approximate)
    return _slope(1 / (operand.number * natural_logarithm(Fraction(10))[0]), True)


def _slope(value: Fraction, approximate: bool, notes: tuple[str, ...] = ()) -> Slope:
    """Where it is no exact figure, to 50 digits."""
    return Slope(to_significant(value) if approximate and value else value, approximate, notes)
