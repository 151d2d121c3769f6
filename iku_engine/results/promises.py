"""What was promised and by whom: the printed figure beside what the rule makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iku_engine.catalog.model import Indicator, Targets
from iku_engine.evaluation.decrees import BasisKind, TargetOutcome
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.targets import Promises
from iku_engine.periods import Period
from iku_engine.quantities import Rounding, decimal_text
from iku_engine.results.model import ends_text, promised_text


@dataclass(frozen=True, slots=True)
class Promise:
    """What one decree promises for one period.

    `printed` is what stands in it, `made` what its rule, path or spread gives for the period,
    also where something else is printed; `rule` is that rule as written. `decree` is empty for
    the targets of the indicator itself.
    """

    decree: str
    since: date | None
    kind: BasisKind
    printed: TargetOutcome | None
    made: TargetOutcome | None
    rule: str = ""

    @property
    def outcome(self) -> TargetOutcome:
        """The promise: what is printed, else what is made."""
        found = self.printed or self.made
        assert found is not None
        return found

    @property
    def basis(self) -> str:
        return str(self.outcome.basis or "")


@dataclass(frozen=True, slots=True)
class PromisedPeriod:
    """The promises of an indicator for one period, the one in force last.

    `target` is what results show: for a longer period that is consolidated from shorter ones
    there is no promise of its own.
    """

    indicator: Indicator
    period: Period
    target: TargetOutcome
    promises: tuple[Promise, ...]

    @property
    def in_force(self) -> Promise | None:
        return self.promises[-1] if self.promises else None

    @property
    def replaced(self) -> tuple[Promise, ...]:
        return self.promises[:-1]


def promised(
    run: ExactEvaluation, indicators: Sequence[str], periods: Sequence[Period]
) -> tuple[PromisedPeriod, ...]:
    """The promises of these indicators in these periods; periods without one are left out."""
    run.prepare({name: [(period, ()) for period in periods] for name in indicators})
    found = (promised_at(run, name, period) for name in indicators for period in periods)
    return tuple(one for one in found if one.promises or one.target.basis is not None)


def promised_at(run: ExactEvaluation, indicator: str, period: Period) -> PromisedPeriod:
    """The promises of one indicator for one period."""
    declared = run.binding.indicators[indicator].declared
    written = {revision.decree: revision.targets for revision in declared.revisions}
    promises = tuple(
        _promise(run.promises, indicator, period, outcome, written)
        for outcome in run.promises.history(indicator, period)
    )
    return PromisedPeriod(declared, period, run.promise(indicator, period), promises)


def _promise(
    promises: Promises,
    indicator: str,
    period: Period,
    outcome: TargetOutcome,
    written: dict[str, Targets],
) -> Promise:
    basis = outcome.basis
    if basis is None:  # a circle has no basis: its rule is what made it
        return Promise("", None, BasisKind.RULE, None, outcome)
    declared = promises.run.binding.indicators[indicator].declared
    targets = written.get(basis.decree) or declared.targets
    printed = outcome if basis.kind is BasisKind.GIVEN else None
    made = promises.made(indicator, period, basis.decree) if printed else outcome
    rule = rule_text(targets) if targets is not None and made is not None else ""
    return Promise(basis.decree, basis.since, basis.kind, printed, made, rule)


def rule_text(targets: Targets) -> str:
    """The rule, path or spread of targets in a line, with its rounding; empty without one."""
    spread = targets.spread
    if targets.rule is not None:
        text = targets.rule.text.strip()
    elif targets.path is not None:
        text = f"path: {targets.path}"
    elif spread is not None:
        figures = ", ".join(f"{p}: {decimal_text(value)}" for p, value in spread.annual.items())
        weights = ", ".join(decimal_text(weight) for weight in spread.weights)
        text = f"annual: {{{figures}}}, over: {spread.over.name.lower()}"
        text += f", weights: [{weights}]" if weights else ""
    else:
        return ""
    if targets.round_to is None:
        return text
    mode = "" if targets.rounding is Rounding.HALF_UP else f" {targets.rounding}"
    return f"{text}, round: {targets.round_to}{mode}"


def outcome_text(outcome: TargetOutcome | None, decimals: int) -> str:
    """A promise as text with a decimal point: a figure, or `7..8`; empty where there is none."""
    if outcome is None or not outcome.low.ok:
        return ""
    if outcome.is_range:
        return ends_text(outcome.low.number, outcome.high.number)
    return promised_text(outcome.target.number, decimals)
