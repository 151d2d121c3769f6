"""The actual against what was promised: the method's formula, and the policies around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from iku_engine.algebra.model import OverMembers, OverRecords
from iku_engine.binding.model import BoundIndicator
from iku_engine.catalog.model import Policies
from iku_engine.evaluation import certainty
from iku_engine.evaluation.decrees import TargetOutcome
from iku_engine.evaluation.model import Outcome, Quality, Reason, Status, undefined
from iku_engine.evaluation.records import OpaqueCall
from iku_engine.evaluation.steps import evaluate
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.quantities import decimal_text

_WHENEVER = Period.of(2000)  # a method knows no periods


def achievement_of(
    bound: BoundIndicator, actual: Outcome, promise: TargetOutcome, opaque: OpaqueCall
) -> Outcome:
    """The achievement in percent by the indicator's method, its policies applied.

    Each policy that was applied is a note of the quality: `cap:120`, `zero_target:100`.
    """
    if promise.status is Status.NO_TARGET:
        return Outcome(None, Status.NO_TARGET)
    if bound.achievement is None:
        return undefined(Reason("no_method", bound.declared.id))
    policies = bound.declared.policies
    if policies is not None:
        settled = _settled(policies, actual, promise.target)
        if settled is not None:
            return _bounded(policies, settled)
    world = _Pair(actual, promise, opaque)
    outcome = evaluate(bound.achievement.program, world, _WHENEVER, ())
    return outcome if policies is None else _bounded(policies, outcome)


def _settled(policies: Policies, actual: Outcome, target: Outcome) -> Outcome | None:
    """What the policies say without the method: at a target of 0, at an actual of 0."""
    if not actual.ok:
        return None
    for name, figure, outcome in (
        ("zero_target", policies.zero_target, target),
        ("zero_actual", policies.zero_actual, actual),
    ):
        if figure is not None and outcome.ok and certainty.sign_of(outcome) == 0:
            return _noted(Outcome(figure, quality=actual.quality), name, figure)
    return None


def _bounded(policies: Policies, outcome: Outcome) -> Outcome:
    if not outcome.ok:
        return outcome
    for name, bound in _passed(policies, outcome.number):
        exact = certainty.marked(outcome.quality, approximate=False)
        return _noted(Outcome(bound, quality=exact), name, bound)
    return outcome


def _passed(policies: Policies, value: Fraction) -> Iterator[tuple[str, Fraction]]:
    if policies.floor is not None and value < policies.floor:
        yield "floor", policies.floor
    if policies.cap is not None and value > policies.cap:
        yield "cap", policies.cap


def _noted(outcome: Outcome, policy: str, figure: Fraction) -> Outcome:
    quality = outcome.quality
    note = f"{policy}:{decimal_text(figure)}"
    return replace(
        outcome, quality=Quality(quality.mark, quality.approximate, (*quality.notes, note))
    )


class _Pair:
    """What an achievement method sees: the actual and the promise, nothing else."""

    def __init__(self, actual: Outcome, promise: TargetOutcome, opaque: OpaqueCall) -> None:
        self._known = {
            "actual": actual,
            "target": promise.target,
            "target_low": promise.low,
            "target_high": promise.high,
        }
        self.opaque = opaque

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        return self._known[name]

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        raise AssertionError("an achievement method has no dimensions")

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        raise AssertionError("an achievement method has no records")
