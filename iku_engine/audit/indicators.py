"""Variants of the rules of indicators: targets rounded otherwise, achievements by other methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from iku_engine.audit.candidates import Candidate
from iku_engine.audit.context import Context
from iku_engine.audit.model import Cause, Column, PrintedCell
from iku_engine.binding.model import BoundIndicator
from iku_engine.catalog.model import Targets
from iku_engine.evaluation.achievement import achievement_of
from iku_engine.evaluation.decrees import TargetOutcome
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome
from iku_engine.periods import Period
from iku_engine.quantities import Rounding, rounded

_NO_ROUNDING = "none"
_CAPS = (100, 120)


def of_indicator(context: Context, cell: PrintedCell) -> Iterator[Candidate]:
    """What else the target, actual or achievement of an indicator might be."""
    if cell.column is Column.TARGET:
        yield from _of_target(context, cell)
    elif cell.column is Column.ACHIEVEMENT:
        yield from _of_achievement(context, cell)


def _of_target(context: Context, cell: PrintedCell) -> Iterator[Candidate]:
    """The target by the same rule, rounded in another way or started from the printed figure."""
    bound = context.run.binding.indicators[cell.place]
    targets = bound.declared.targets
    if targets is None or (targets.rule is None and targets.path is None and not targets.spread):
        return
    ways: list[tuple[str, Targets]] = [
        (way.value, replace(targets, rounding=way))
        for way in Rounding
        if way is not targets.rounding and targets.round_to is not None
    ]
    if targets.round_to is not None:
        ways.append((_NO_ROUNDING, replace(targets, round_to=None)))
    for name, changed in ways:
        yield from _made(context, cell, bound, changed, Cause.ROUNDED_PARTS, name)
    yield from _multiples(context, cell, bound, targets)
    before = cell.period.shifted(-1)
    printed = context.printed.get((cell.place, Column.TARGET, before))
    if printed is not None and targets.rule is not None:
        started = replace(targets, given={**targets.given, before: printed})
        subject = str(before)
        yield from _made(context, cell, bound, started, Cause.PREVIOUS_PRINTED, subject)
        for way in Rounding:
            changed = replace(started, rounding=way)
            yield from _made(context, cell, bound, changed, Cause.PREVIOUS_PRINTED, subject)


def _multiples(
    context: Context, cell: PrintedCell, bound: BoundIndicator, targets: Targets
) -> Iterator[Candidate]:
    """Twice, three times, ... what is printed for an earlier period, where the rule gives that."""
    exact = replace(targets, round_to=None)
    ours = _promised(context, bound, exact, cell.period)
    for (place, column, period), printed in context.printed.items():
        if (place, column) != (cell.place, Column.TARGET) or not period < cell.period:
            continue
        before = _promised(context, bound, exact, period)
        times = ours / before if ours and before else Fraction(0)
        if times > 1 and times.denominator == 1:
            yield Candidate(Cause.PRINTED_MULTIPLE, (str(period),), printed * times)


def _promised(
    context: Context, bound: BoundIndicator, targets: Targets, period: Period
) -> Fraction | None:
    """The target of a period where these targets were declared."""
    declared = replace(bound.declared, targets=targets)
    indicators = {**context.run.binding.indicators, declared.id: replace(bound, declared=declared)}
    binding = replace(context.run.binding, indicators=indicators)
    run = ExactEvaluation(binding, context.run.data, as_of=context.run.as_of)
    outcome = run.target(declared.id, period)
    return outcome.number if outcome.ok else None


def _made(
    context: Context,
    cell: PrintedCell,
    bound: BoundIndicator,
    targets: Targets,
    cause: Cause,
    subject: str,
) -> Iterator[Candidate]:
    """The target of the cell where these targets were declared."""
    figure = _promised(context, bound, targets, cell.period)
    if figure is not None:
        yield Candidate(cause, (subject,), figure)


def _of_achievement(context: Context, cell: PrintedCell) -> Iterator[Candidate]:
    result = context.result(cell.place, cell.period)
    if result is None or result.exact is None:
        return
    bound = context.run.binding.indicators[cell.place]
    promise = context.run.promise(cell.place, cell.period)
    shown = Outcome(rounded(result.exact, bound.declared.decimals))
    yield from _achieved(context, bound, shown, promise, Cause.ROUNDED_PARTS, ())
    actual, target = (
        context.printed_or_ours(cell.place, column, cell.period)
        for column in (Column.ACTUAL, Column.TARGET)
    )
    if actual is not None and target is not None:
        printed = TargetOutcome.point(Outcome(target))
        yield from _achieved(context, bound, Outcome(actual), printed, Cause.PRINTED_PARTS, ())
    for cap in _CAPS:
        if result.achievement is not None and result.achievement > cap:
            yield Candidate(Cause.CAPPED, (str(cap),), Fraction(cap))
    for name, method in context.methods.items():
        other = replace(bound, achievement=method)
        exact = Outcome(result.exact)
        yield from _achieved(context, other, exact, promise, Cause.OTHER_METHOD, (name,))
    yield Candidate(Cause.COPIED, (cell.place, Column.ACTUAL.value), result.exact)


def _achieved(
    context: Context,
    bound: BoundIndicator,
    actual: Outcome,
    promise: TargetOutcome,
    cause: Cause,
    subjects: tuple[str, ...],
) -> Iterator[Candidate]:
    """The achievement of this actual against this promise by the method of `bound`."""
    outcome = achievement_of(bound, actual, promise, context.run.opaque)
    if outcome.ok:
        yield Candidate(cause, subjects, outcome.number)
