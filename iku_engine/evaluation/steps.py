"""One small function a kind of step: what it yields from the slots it works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
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
from iku_engine.evaluation.certainty import (
    UNDECIDED,
    ends,
    graded,
    marked,
    rounded,
    sign_of,
)
from iku_engine.evaluation.inexact import furthest, quotient, rising
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
from iku_engine.evaluation.polynomials import Figures, Ranges, TooLarge
from iku_engine.evaluation.reductions import summed
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.quantities import is_too_large


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

    def reason(self, kind: str, subject: str) -> Reason:
        """A reason about the point itself."""
        return Reason(kind, subject, self.period, self.place)

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
    found = {slot: o for slot, o in zip(step.needs, operands, strict=True) if o.ok}
    figures = Figures(tuple(found), tuple(outcome.number for outcome in found.values()))
    quality = merged_quality(operands)
    ranges = _ranges(found) if quality.approximate else None
    try:
        reasons, notes = _tested(step.tests, figures if ranges is None else ranges, run)
        if failed is not None or reasons:
            before = failed.reasons if failed is not None else ()
            return undefined(*dict.fromkeys((*before, *reasons)))
        if ranges is None:
            value = figures.quotient(step.numerator, step.denominator)
            outcome = Outcome(value, quality=quality)
        else:
            outcome = quotient(step, figures, ranges, operands, run.reason(UNDECIDED, "value"))
    except TooLarge:
        return too_large("value", run.period)
    if notes and outcome.ok:
        quality = outcome.quality
        kept = tuple(dict.fromkeys((*quality.notes, *notes)))
        return replace(outcome, quality=Quality(quality.mark, quality.approximate, kept))
    return outcome


def _ranges(found: Mapping[int, Outcome]) -> Ranges:
    between = [ends(outcome) for outcome in found.values()]
    return Ranges(tuple(found), [low for low, _ in between], [high for _, high in between])


def _tested(
    tests: Sequence[Test], figures: Figures | Ranges, run: Run
) -> tuple[list[Reason], list[str]]:
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
        held = _holds(test, figures)
        if held is None:
            passed.append(False)
            reasons.append(run.subject(test.subject, UNDECIDED))
            continue
        passed.append(held or test.marking)
        if not held and test.marking:
            notes.append(str(run.subject(test.subject, test.condition.value)))
        elif not held:
            reasons.append(run.subject(test.subject, test.condition.value))
    return list(dict.fromkeys(reasons)), notes


def _holds(test: Test, figures: Figures | Ranges) -> bool | None:
    """Whether a test passes; None where the digits at hand do not say."""
    sign = figures.sign(test.numerator)
    if test.condition is Condition.NOT_ZERO:
        return None if sign is None else sign != 0
    below = figures.sign(test.denominator)
    return None if sign is None or below is None else sign * below >= 0


def _literal(step: Literal, run: Run) -> Outcome:
    return Outcome(step.value)


_HOLDS: Mapping[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


def _comparison(step: Comparison, run: Run) -> Outcome:
    difference = run.slot(step.difference)
    if not difference.ok:
        return difference
    sign = sign_of(difference)
    if sign is None:
        return undefined(run.reason(UNDECIDED, "comparison"))
    quality = marked(difference.quality, approximate=False)
    return Outcome(_HOLDS[step.operator](sign), quality=quality)


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
    return replace(chosen, quality=merged_quality((condition, chosen)))


def _extreme(step: Extreme, run: Run) -> Outcome:
    operands = [run.slot(slot) for slot in step.operands]
    failed = failure_of(operands)
    if failed is not None:
        return failed
    return furthest(step.function, operands)


def _band(step: BandOf, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    figure = graded(step.scale, operand)
    band = None if figure is None else step.scale.band_of(figure)
    if band is None:
        kind = UNDECIDED if figure is None else "hole"
        when = step.shift.applied(run.period)
        return undefined(Reason(kind, step.scale.name, when, run.place))
    quality = marked(operand.quality, approximate=False)
    return Outcome(band.label if step.output == "rating" else band.score, quality=quality)


def _root(step: Root, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    low, high = ends(operand)
    if low < 0 and step.degree % 2 == 0:
        kind = "negative_root" if high < 0 else UNDECIDED
        return undefined(run.subject(step.subject, kind))
    return rising(lambda value: nth_root(value, step.degree), operand)


def _transcendental(step: Transcendental, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    if step.function == "exp":
        try:
            return rising(exponential, operand)
        except TooLarge:
            return too_large("exp", run.period)
    low, high = ends(operand)
    if low <= 0:
        kind = "not_positive" if high <= 0 else UNDECIDED
        return undefined(run.subject(step.subject, kind))
    logarithm = natural_logarithm if step.function == "ln" else common_logarithm
    return rising(logarithm, operand)


def _rounding(step: Rounding, run: Run) -> Outcome:
    operand = run.slot(step.operand)
    if not operand.ok:
        return operand
    return rounded(operand, step.digits, run.reason(UNDECIDED, "round"))


def _year_to_date(step: YearToDate, run: Run) -> Outcome:
    periods = step.periods(run.period)
    parts = [evaluate(step.program, run.world, period, run.place) for period in periods]
    return summed(parts)


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
    # Of a value that is not exact the function sees the figure kept for it: what it makes of
    # that is marked and says no error, because nobody knows how the function bends.
    return Outcome(answer, quality=merged_quality(operands))


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
