"""One small function a kind of step: what it yields from the slots it works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from iku_engine.algebra.model import (
    BandOf,
    Comparison,
    Condition,
    Connective,
    Extreme,
    Input,
    Literal,
    Opaque,
    OverMembers,
    OverRecords,
    Program,
    Quotient,
    Root,
    Rounding,
    Select,
    Step,
    Test,
    TextComparison,
    Transcendental,
    YearToDate,
)
from iku_engine.evaluation.irrational import (
    common_logarithm,
    exponential,
    natural_logarithm,
    nth_root,
)
from iku_engine.evaluation.model import (
    Outcome,
    Quality,
    Reason,
    Status,
    failure_of,
    merged_quality,
    too_large,
    undefined,
)
from iku_engine.evaluation.polynomials import Figures, TooLarge
from iku_engine.evaluation.sums import mean_of, total_of
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.quantities import is_too_large, round_half_away


class World(Protocol):
    """What a program may ask for beyond its own slots."""

    def series(self, name: str, period: Period, place: Place) -> Outcome: ...

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome: ...

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome: ...

    @property
    def opaque(self) -> Callable[[str, Sequence[Fraction]], Fraction | str]: ...


def evaluate(program: Program, world: World, period: Period, place: Place) -> Outcome:
    """The value of a program at a period and place; only the slots it needs are looked at."""
    return Run(program, world, period, place).slot(program.result)


class Run:
    """One evaluation: the slots computed so far."""

    def __init__(self, program: Program, world: World, period: Period, place: Place) -> None:
        self.steps = program.steps
        self.world, self.period, self.place = world, period, place
        self._done: dict[int, Outcome] = {}

    def slot(self, number: int) -> Outcome:
        found = self._done.get(number)
        if found is None:
            step = self.steps[number]
            found = self._done[number] = _EVALUATORS[type(step)](step, self)
        return found

    def subject(self, subject: Input | str, kind: str) -> Reason:
        """The reason that names a divisor or argument: an input at its own period, or a text."""
        if isinstance(subject, Input):
            return Reason(kind, subject.name, subject.shift.applied(self.period), self.place)
        return Reason(kind, subject, self.period, self.place)


def _input(step: Input, run: Run) -> Outcome:
    return run.world.series(step.name, step.shift.applied(run.period), run.place)


def _quotient(step: Quotient, run: Run) -> Outcome:
    operands = [run.slot(slot) for slot in step.needs]
    failed = failure_of(operands)
    if failed is not None and failed.status is not Status.UNDEFINED:
        return failed
    known = {s: o.number for s, o in zip(step.needs, operands, strict=True) if o.ok}
    figures = Figures(tuple(known), tuple(known.values()))
    quality = merged_quality(operands)
    try:
        reasons, notes = _tested(step.tests, figures, run)
        if failed is not None or reasons:
            before = failed.reasons if failed is not None else ()
            return undefined(*dict.fromkeys((*before, *reasons)))
        value = figures.quotient(step.numerator, step.denominator)
    except TooLarge:
        return too_large("value", run.period)
    if notes:
        kept = tuple(dict.fromkeys((*quality.notes, *notes)))
        quality = Quality(quality.mark, quality.approximate, kept)
    return Outcome(value, quality=quality)


def _tested(tests: Sequence[Test], figures: Figures, run: Run) -> tuple[list[Reason], list[str]]:
    """Reasons and marks of the tests that fail.

    A test runs when those inside it passed and its figures are known.
    """
    reasons: list[Reason] = []
    notes: list[str] = []
    passed: list[bool] = []
    for test in tests:
        if not figures.has(test.needs) or not all(passed[index] for index in test.after):
            passed.append(False)
            continue
        sign = figures.sign(test.numerator)
        if test.condition is Condition.NOT_ZERO:
            held = sign != 0
        else:
            held = sign * figures.sign(test.denominator) >= 0
        passed.append(held or test.marking)
        if not held and test.marking:
            notes.append(str(run.subject(test.subject, test.condition.value)))
        elif not held:
            reasons.append(run.subject(test.subject, test.condition.value))
    return list(dict.fromkeys(reasons)), notes


def _literal(step: Literal, run: Run) -> Outcome:
    return Outcome(step.value)


_HOLDS: Mapping[str, Callable[[Fraction], bool]] = {
    "=": lambda difference: difference == 0,
    "!=": lambda difference: difference != 0,
    "<": lambda difference: difference < 0,
    "<=": lambda difference: difference <= 0,
    ">": lambda difference: difference > 0,
    ">=": lambda difference: difference >= 0,
}


def _comparison(step: Comparison, run: Run) -> Outcome:
    difference = run.slot(step.difference)
    if not difference.ok:
        return difference
    return Outcome(_HOLDS[step.operator](difference.number), quality=difference.quality)


def _text_comparison(step: TextComparison, run: Run) -> Outcome:
    sides = [run.slot(step.left), run.slot(step.right)]
    failed = failure_of(sides)
    if failed is not None:
        return failed
    equal = sides[0].value == sides[1].value
    return Outcome(equal if step.operator == "=" else not equal, quality=merged_quality(sides))


def _connective(step: Connective, run: Run) -> Outcome:
    operands = [run.slot(slot) for slot in step.operands]
    if step.operator == "not":
        inner = operands[0]
        return Outcome(not inner.value, quality=inner.quality) if inner.ok else inner
    decisive = step.operator == "or"  # one true decides `or`, one false decides `and`
    for operand in operands:
        if operand.ok and operand.value is decisive:
            return operand
    failed = failure_of(operands)
    return failed or Outcome(not decisive, quality=merged_quality(operands))


def _select(step: Select, run: Run) -> Outcome:
    condition = run.slot(step.condition)
    if not condition.ok:
        return condition
    chosen = run.slot(step.then if condition.value else step.otherwise)
    if not chosen.ok:
        return chosen
    return Outcome(chosen.value, quality=merged_quality((condition, chosen)))


def _extreme(step: Extreme, run: Run) -> Outcome:
    operands = [run.slot(slot) for slot in step.operands]
    failed = failure_of(operands)
    if failed is not None:
        return failed
    values = [operand.number for operand in operands]
    if step.function == "abs":
        value = abs(values[0])
    else:
        value = min(values) if step.function == "min" else max(values)
    return Outcome(value, quality=merged_quality(operands))


def _band(step: BandOf, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    band = step.scale.band_of(operand.number)
    if band is None:
        when = step.shift.applied(run.period)
        return undefined(Reason("hole", step.scale.name, when, run.place))
    return Outcome(band.label if step.output == "rating" else band.score, quality=operand.quality)


def _root(step: Root, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    if operand.number < 0 and step.degree % 2 == 0:
        return undefined(run.subject(step.subject, "negative_root"))
    return _inexact(nth_root(operand.number, step.degree), operand)


def _transcendental(step: Transcendental, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    if step.function == "exp":
        try:
            return _inexact(exponential(operand.number), operand)
        except TooLarge:
            return too_large("exp", run.period)
    if operand.number <= 0:
        return undefined(run.subject(step.subject, "not_positive"))
    logarithm = natural_logarithm if step.function == "ln" else common_logarithm
    return _inexact(logarithm(operand.number), operand)


def _rounding(step: Rounding, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    return Outcome(round_half_away(operand.number, step.digits), quality=operand.quality)


def _year_to_date(step: YearToDate, run: Run) -> Outcome:
    periods = step.shift.applied(run.period).since_start_of_year()
    parts = [evaluate(step.program, run.world, period, run.place) for period in periods]
    return summed(parts)


def summed(parts: Sequence[Outcome]) -> Outcome:
    """The sum of outcomes, or what keeps it from being known."""
    return _reduced(total_of, parts)


def averaged(parts: Sequence[Outcome]) -> Outcome:
    """The plain mean of outcomes, or what keeps it from being known."""
    return _reduced(mean_of, parts)


def _reduced(
    reduce: Callable[[Sequence[Fraction]], tuple[Fraction, bool]], parts: Sequence[Outcome]
) -> Outcome:
    failed = failure_of(parts)
    if failed is not None:
        return failed
    try:
        value, exact = reduce([part.number for part in parts])
    except TooLarge:
        return too_large("sum", None)
    quality = merged_quality(parts)
    if not exact:
        quality = Quality(quality.mark, True, quality.notes)
    return Outcome(value, quality=quality)


def _over_members(step: OverMembers, run: Run) -> Outcome:
    return run.world.over_members(step, step.shift.applied(run.period), run.place)


def _over_records(step: OverRecords, run: Run) -> Outcome:
    return run.world.over_records(step, step.shift.applied(run.period), run.place)


def _opaque(step: Opaque, run: Run) -> Outcome:
    operands = [run.slot(slot) for slot in step.operands]
    failed = failure_of(operands)
    if failed is not None:
        return failed
    answer = run.world.opaque(step.function, [operand.number for operand in operands])
    if isinstance(answer, str):
        when = step.shift.applied(run.period)
        return undefined(Reason(answer, step.function, when, run.place))
    if is_too_large(answer):
        return too_large(step.function, step.shift.applied(run.period))
    return Outcome(answer, quality=merged_quality(operands))


def _inexact(found: tuple[Fraction, bool], operand: Outcome) -> Outcome:
    value, exact = found
    quality = operand.quality
    if not exact:
        quality = Quality(quality.mark, True, quality.notes)
    return Outcome(value, quality=quality)


_EVALUATORS: Mapping[type[Step], Callable[..., Outcome]] = {
    Input: _input,
    Quotient: _quotient,
    Literal: _literal,
    Comparison: _comparison,
    TextComparison: _text_comparison,
    Connective: _connective,
    Select: _select,
    Extreme: _extreme,
    BandOf: _band,
    Root: _root,
    Transcendental: _transcendental,
    Rounding: _rounding,
    YearToDate: _year_to_date,
    OverMembers: _over_members,
    OverRecords: _over_records,
    Opaque: _opaque,
}
