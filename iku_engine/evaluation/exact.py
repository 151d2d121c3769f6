"""Exact evaluation, the reference: Python integers, every indicator at every asked point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from iku_engine.algebra.model import Input, OverMembers, OverRecords
from iku_engine.binding.model import Binding
from iku_engine.diagnostics import Diagnostic
from iku_engine.evaluation.achievement import achievement_of
from iku_engine.evaluation.certainty import MOST_DIGITS, is_open, sharpened
from iku_engine.evaluation.consolidation import Window, only_gaps
from iku_engine.evaluation.decrees import TargetOutcome
from iku_engine.evaluation.irrational import DIGITS
from iku_engine.evaluation.model import Outcome, Reason, Status, missing
from iku_engine.evaluation.needs import Point, needed_points, steps_of
from iku_engine.evaluation.over_periods import OverPeriods
from iku_engine.evaluation.records import RecordSets
from iku_engine.evaluation.reductions import averaged, summed
from iku_engine.evaluation.rollup import Figure, Figures, leaves_of, parts_of
from iku_engine.evaluation.steps import World, evaluate
from iku_engine.evaluation.targets import Promises
from iku_engine.periods import Period
from iku_engine.places import Place, with_member, without
from iku_engine.sources.model import Data

if TYPE_CHECKING:  # only plugins bring functions
    from iku_engine.formulas.model import Function


class ExactEvaluation:
    """One run over one set of data: values are made when first asked for, and kept.

    `as_of` is the day to which decrees and publications are known; None knows all of them. In a
    `window` longer periods are made of only some of the shorter ones.
    """

    def __init__(
        self,
        binding: Binding,
        data: Data,
        digits: int = DIGITS,
        *,
        as_of: date | None = None,
        window: Window | None = None,
    ) -> None:
        self.data = data
        self.as_of = as_of
        self.digits = digits
        self._finer: ExactEvaluation | None = None
        self.figures = Figures(binding, data, window)
        self.binding = self.figures.binding
        self.findings: list[Diagnostic] = []
        self.records = RecordSets(self.binding, data, self.opaque, self.findings)
        self.promises = Promises(self, as_of)
        self.over_periods = OverPeriods(self, window)
        self._actuals: dict[tuple[str, Period, Place], Outcome] = {}
        self._reductions: dict[tuple[int, Period, Place], Outcome] = {}
        self._raised: set[str] = set()

    def prepare(self, asked: Mapping[str, Iterable[Point]]) -> None:
        """Compute what these points need, in the order in which indicators need each other."""
        wanted: dict[str, Iterable[Point]] = dict(asked)
        for name, points in self.promises.read_by_rules(asked, self._parts).items():
            wanted[name] = (*wanted.get(name, ()), *points)
        needed = needed_points(self.binding, wanted, self._parts, self.over_periods.shorter)
        steps = steps_of([p for name in needed for p in self.binding.indicators[name].programs])
        self.records.expect(step for step in steps if isinstance(step, OverRecords))
        for name in self.binding.order:
            for period, place in needed.get(name, ()):
                self.actual(name, period, place)

    def actual(self, indicator: str, period: Period, place: Place) -> Outcome:
        """The computed value of an indicator."""
        key = (indicator, period, place)
        found = self._actuals.get(key)
        if found is None:
            found = self._actual(indicator, period, place)
            decimals = self.binding.indicators[indicator].declared.decimals
            if is_open(found, decimals):
                found = sharpened(
                    found,
                    self,
                    lambda run: run.prepared(indicator, period, place),
                    lambda outcome: is_open(outcome, decimals),
                )
            self._actuals[key] = found
        return found

    def prepared(self, indicator: str, period: Period, place: Place) -> Outcome:
        """The same, with what it needs computed in order first."""
        if (indicator, period, place) not in self._actuals:
            self.prepare({indicator: [(period, place)]})
        return self.actual(indicator, period, place)

    def finer(self) -> ExactEvaluation | None:
        """The same run with twice the digits of what is not rational; None at the bound."""
        if self._finer is None and self.digits < MOST_DIGITS:
            digits = 2 * self.digits
            window = self.over_periods.window
            self._finer = ExactEvaluation(
                self.binding, self.data, digits, as_of=self.as_of, window=window
            )
        return self._finer

    def within(self, window: Window) -> ExactEvaluation:
        """The same run over only some of the shorter periods of each longer one."""
        return ExactEvaluation(
            self.binding, self.data, self.digits, as_of=self.as_of, window=window
        )

    def target(self, indicator: str, period: Period) -> Outcome:
        """The promised figure of a period: undefined where a range was promised."""
        return self.promise(indicator, period).target

    def promise(self, indicator: str, period: Period) -> TargetOutcome:
        """What was promised for a period, by the decree in force."""
        return self.over_periods.promise(indicator, period)

    def targets_at(self, indicator: str, period: Period) -> TargetOutcome:
        """What the decrees say of exactly this period: nothing is consolidated from others."""
        return self.promises.at(indicator, period)

    def achievement(self, indicator: str, actual: Outcome, promise: TargetOutcome) -> Outcome:
        """The actual against the target, by the indicator's method and its policies."""
        bound = self.binding.indicators[indicator]
        return achievement_of(bound, actual, promise, self.opaque)

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        if name in self.binding.indicators:
            return self.actual(name, period, place)
        return self.figure(name, period, place).outcome

    def figure(self, variable: str, period: Period, place: Place) -> Figure:
        """A variable's figure with the observations it was made from."""
        return self.figures.figure(variable, period, place)

    def over_members(
        self, step: OverMembers, period: Period, place: Place, world: World | None = None
    ) -> Outcome:
        """`total` of a variable is its figure at the whole; the rest is evaluated by member."""
        whole = without(place, step.dimension)
        only = step.program.steps[0]
        if (
            step.function == "total"
            and len(step.program.steps) == 1
            and isinstance(only, Input)
            and only.name in self.binding.variables
        ):
            return self.series(only.name, only.shift.applied(period), whole)
        if world is not None:
            return self._reduced(step, period, whole, world)
        key = (id(step), period, whole)  # every member of the whole asks for the same
        found = self._reductions.get(key)
        if found is None:
            found = self._reductions[key] = self._reduced(step, period, whole, self)
        return found

    def _reduced(self, step: OverMembers, period: Period, whole: Place, world: World) -> Outcome:
        places = self.places_over(step, whole)
        if not places:
            return missing(Reason("no_members", step.dimension, period, whole))
        parts = [evaluate(step.program, world, period, each) for each in places]
        return summed(parts) if step.function == "total" else averaged(parts)

    def places_over(self, step: OverMembers, whole: Place) -> list[Place]:
        """The places of the members that a reduction runs over."""
        return [with_member(whole, step.dimension, member) for member in self._parts(step)]

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        return self.records.aggregate(step, period, place)

    def opaque(self, function: str, arguments: Sequence[Fraction]) -> Fraction | str:
        """Call a plugin's function; one that raises is named once and gives no value."""
        from iku_engine.formulas.model import Function, Refused  # noqa: PLC0415 - rarely needed

        declared = self.binding.functions[function]
        assert isinstance(declared, Function)
        try:
            answer: object = declared.compute(*arguments)
        except (Exception, SystemExit) as failure:  # a plugin may raise anything
            self._note_failure(declared, f"raised {type(failure).__name__}")
            return "raised"
        if isinstance(answer, Refused):
            return answer.reason
        if isinstance(answer, bool) or not isinstance(answer, int | Fraction):
            self._note_failure(declared, f"gave a {type(answer).__name__}, not an exact number")
            return "raised"
        return Fraction(answer)

    def _actual(self, indicator: str, period: Period, place: Place) -> Outcome:
        bound = self.binding.indicators[indicator]
        version = bound.at(period)
        if version is None:
            return missing(Reason("no_formula", indicator, period))
        if version.program is None or indicator in self.binding.circular:
            return Outcome(None, Status.ERROR, (Reason("error", indicator),))
        found = evaluate(version.program, self, period, place)
        if found.status is Status.MISSING and not only_gaps(found, period):
            return self.over_periods.value(indicator, period, place) or found
        return found

    def _parts(self, step: OverMembers) -> tuple[str, ...]:
        tree = self.binding.dimensions.get(step.dimension)
        find = parts_of if step.function == "total" else leaves_of
        return find(tree, self.data, step.dimension)

    def _note_failure(self, function: Function, what: str) -> None:
        if function.name not in self._raised:
            self._raised.add(function.name)
            message = f"the function `{function.name}` of {function.origin} {what}"
            self.findings.append(Diagnostic("IKU903", message, subject=function.name))
