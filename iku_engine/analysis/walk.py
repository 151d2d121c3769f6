"""One way through the programs of an indicator and of those it reads, for several analyses.

What a value is - a figure with its derivatives, a value cut into pieces - is the analysis's own;
the walk knows periods, places, chains of indicators, sums over the year and over members.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Generic, TypeVar

from iku_engine.algebra.model import (
    BandOf,
    Comparison,
    Connective,
    Extreme,
    Input,
    Opaque,
    OverMembers,
    OverRecords,
    Program,
    Quotient,
    Root,
    Rounding,
    Select,
    Step,
    TextComparison,
    Transcendental,
    YearToDate,
    constant,
)
from iku_engine.binding.model import BoundIndicator
from iku_engine.catalog.model import Consolidation
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome, Reason
from iku_engine.evaluation.needs import needed_points
from iku_engine.evaluation.steps import Run
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place, member_in, without

V = TypeVar("V")
_ROOT_WORK = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where a step is looked at, and what evaluation makes of it."""

    period: Period
    place: Place
    outcome: Callable[[], Outcome]

    def reason(self, subject: Input | str, kind: str) -> Reason:
        """The reason that names a divisor or argument, as evaluation does."""
        if isinstance(subject, Input):
            return Reason(kind, subject.name, subject.shift.applied(self.period), self.place)
        return Reason(kind, subject, self.period, self.place)


class Walk(ABC, Generic[V]):
    """The values of indicators as one analysis sees them; each is made once."""

    def __init__(self, run: ExactEvaluation) -> None:
        self.run = run
        self.work = 0
        """About how much evaluation has to do for what was walked through, in plain steps."""
        self._actuals: dict[tuple[str, Period, Place], V] = {}

    @abstractmethod
    def variable(self, name: str, period: Period, place: Place) -> V:
        """The value of a variable."""

    @abstractmethod
    def fixed(self, outcome: Outcome, source: Step | None = None) -> V:
        """A value that no figure moves."""

    @abstractmethod
    def applied(self, step: Step, operands: Sequence[V], moment: Moment) -> V:
        """What a step makes of the values of its `operands_of`.

        `moment.outcome()` is what evaluation makes of it with the figures of the run.
        """

    def indicator(self, name: str, period: Period, place: Place) -> V:
        """The value of an indicator, those it reads made first: a long chain needs no recursion."""
        needed = needed_points(
            self.run.binding,
            {name: [(period, place)]},
            self._parts,
            self.run.over_periods.shorter,
        )
        for each in self.run.binding.order:
            for when, where in needed.get(each, ()):
                self._actual(each, when, where)
        return self._actual(name, period, place)

    def _parts(self, step: OverMembers) -> tuple[str, ...]:
        places = self.run.places_over(step, WHOLE)
        return tuple(member_in(place, step.dimension) or "" for place in places)

    def _actual(self, name: str, period: Period, place: Place) -> V:
        key = (name, period, place)
        if key not in self._actuals:
            bound = self.run.binding.indicators[name]
            version = bound.at(period)
            if version is None or version.program is None or name in self.run.binding.circular:
                self._actuals[key] = self.fixed(self.run.actual(name, period, place))
            else:
                made = self._consolidated(bound, period, place)
                self._actuals[key] = made or self._program(version.program, period, place)
        return self._actuals[key]

    def _consolidated(self, bound: BoundIndicator, period: Period, place: Place) -> V | None:
        """A value made of those of shorter periods; None for one the formula makes itself."""
        name, how = bound.declared.id, bound.declared.consolidation
        if how is None:
            return None
        moment = Moment(period, place, partial(self.run.actual, name, period, place))
        moment.outcome()  # only then it is known what it was made of
        periods = self.run.over_periods.made_of(name, period, place)
        if not periods:
            return None
        values = [self._actual(name, each, place) for each in periods]
        if how is Consolidation.LAST:
            return values[-1]
        return self._summed(values, 1 if how is Consolidation.SUM else len(values), moment)

    def _series(self, name: str, period: Period, place: Place) -> V:
        if name in self.run.binding.indicators:
            return self._actual(name, period, place)
        return self.variable(name, period, place)

    def _program(self, program: Program, period: Period, place: Place) -> V:
        """Steps come behind those they work on, so one pass makes them all."""
        done: list[V] = []
        evaluation = Run(program, self.run, period, place)
        for slot, step in enumerate(program.steps[: program.result + 1]):
            moment = Moment(period, place, partial(evaluation.slot, slot))
            self.work += _ROOT_WORK if isinstance(step, Root | Transcendental) else 1
            done.append(self._step(step, done, moment))
        return done[program.result]

    def _step(self, step: Step, done: Sequence[V], moment: Moment) -> V:
        match step:
            case Input(name=name, shift=shift):
                return self._series(name, shift.applied(moment.period), moment.place)
            case YearToDate(program=program):
                periods = step.periods(moment.period)
                parts = [self._program(program, each, moment.place) for each in periods]
                return self._summed(parts, 1, moment)
            case OverMembers():
                return self._over_members(step, moment)
            case OverRecords():
                return self.fixed(moment.outcome(), step)
        return self.applied(step, [done[slot] for slot in operands_of(step)], moment)

    def _over_members(self, step: OverMembers, moment: Moment) -> V:
        """As evaluation does: `total` of a variable is its figure at the whole."""
        period = step.shift.applied(moment.period)
        whole = without(moment.place, step.dimension)
        only = step.program.steps[0]
        if (
            step.function == "total"
            and len(step.program.steps) == 1
            and isinstance(only, Input)
            and only.name in self.run.binding.variables
        ):
            return self.variable(only.name, only.shift.applied(period), whole)
        places = self.run.places_over(step, whole)
        if not places:
            return self.fixed(moment.outcome())
        parts = [self._program(step.program, period, each) for each in places]
        return self._summed(parts, 1 if step.function == "total" else len(parts), moment)

    def _summed(self, parts: Sequence[V], divisor: int, moment: Moment) -> V:
        slots = tuple(range(len(parts)))
        numerator = tuple((1, ((slot, 1),)) for slot in slots)
        return self.applied(Quotient(numerator, ((divisor, ()),), slots), parts, moment)


def operands_of(step: Step) -> tuple[int, ...]:
    """The slots a step works on."""
    match step:
        case Quotient(needs=needs):
            return needs
        case Comparison(difference=slot):
            return (slot,)
        case TextComparison(left=left, right=right):
            return (left, right)
        case Connective(operands=operands) | Extreme(operands=operands) | Opaque(operands=operands):
            return operands
        case Select(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case BandOf(operand=slot) | Root(operand=slot) | Rounding(operand=slot):
            return (slot,)
        case Transcendental(operand=slot):
            return (slot,)
    return ()


def with_figures_in(step: Step, figures: Sequence[Fraction]) -> Program:
    """A program that applies a step to fixed figures."""
    slots = tuple(range(len(figures)))
    match step:
        case Root() | Transcendental() | Rounding() | BandOf():
            placed: Step = replace(step, operand=0)
        case Opaque():
            placed = replace(step, operands=slots)
        case _:
            raise AssertionError(f"{step!r} has parts that are no figures")
    return Program((*map(constant, figures), placed), len(figures))
