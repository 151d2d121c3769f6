"""Exact evaluation, the reference: Python integers, every indicator at every asked point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from iku_engine.algebra.model import Input, OverMembers, OverRecords
from iku_engine.binding.model import Binding
from iku_engine.diagnostics import Diagnostic
from iku_engine.evaluation.model import Outcome, Reason, Status, missing, undefined
from iku_engine.evaluation.needs import Point, needed_points, read_points
from iku_engine.evaluation.records import OpaqueCall, RecordSets
from iku_engine.evaluation.rollup import Figure, Figures, leaves_of, parts_of
from iku_engine.evaluation.steps import World, averaged, evaluate, summed
from iku_engine.formulas.model import Function, Refused
from iku_engine.periods import Period
from iku_engine.places import Place, with_member, without
from iku_engine.quantities import round_half_away
from iku_engine.sources.model import Data

_LONGEST_RULE = 2_400


class ExactEvaluation:
    """One run over one set of data: values are made when first asked for, and kept."""

    def __init__(self, binding: Binding, data: Data) -> None:
        self.data = data
        self.figures = Figures(binding, data)
        self.binding = self.figures.binding
        self.records = RecordSets(self.binding, data, self.opaque)
        self.findings: list[Diagnostic] = []
        self._actuals: dict[tuple[str, Period, Place], Outcome] = {}
        self._targets: dict[tuple[str, Period], Outcome] = {}
        self._reductions: dict[tuple[int, Period, Place], Outcome] = {}
        self._following: set[tuple[str, Period]] = set()
        self._raised: set[str] = set()

    def prepare(self, asked: Mapping[str, Iterable[Point]]) -> None:
        """Compute what these points need, in the order in which indicators need each other."""
        wanted: dict[str, Iterable[Point]] = dict(asked)
        for name, points in self._read_by_rules(asked).items():
            wanted[name] = (*wanted.get(name, ()), *points)
        needed = needed_points(self.binding, wanted, self._parts)
        for name in self.binding.order:
            for period, place in needed.get(name, ()):
                self.actual(name, period, place)

    def actual(self, indicator: str, period: Period, place: Place) -> Outcome:
        """The computed value of an indicator."""
        key = (indicator, period, place)
        found = self._actuals.get(key)
        if found is None:
            found = self._actuals[key] = self._actual(indicator, period, place)
        return found

    def target(self, indicator: str, period: Period) -> Outcome:
        """The promised value: a printed figure, or the rule's, rounded where it says so."""
        key = (indicator, period)
        found = self._targets.get(key)
        if found is None and key in self._following:
            return Outcome(None, Status.ERROR, (Reason("circle", "target", period),))
        if found is None:
            self._following.add(key)
            self._follow_rule(indicator, period)
            found = self._targets[key] = self._target(indicator, period)
            self._following.discard(key)
        return found

    def achievement(self, indicator: str, actual: Outcome, target: Outcome) -> Outcome:
        """The actual against the target, by the indicator's method."""
        bound = self.binding.indicators[indicator]
        if target.status is Status.NO_TARGET:
            return target
        if bound.achievement is None:
            return undefined(Reason("no_method", indicator))
        world = _Pair(actual, target, self.opaque)
        return evaluate(bound.achievement.program, world, Period.of(2000), ())

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
        if bound.program is None or indicator in self.binding.circular:
            return Outcome(None, Status.ERROR, (Reason("error", indicator),))
        return evaluate(bound.program, self, period, place)

    def _parts(self, step: OverMembers) -> tuple[str, ...]:
        tree = self.binding.dimensions.get(step.dimension)
        find = parts_of if step.function == "total" else leaves_of
        return find(tree, self.data, step.dimension)

    def _target(self, indicator: str, period: Period) -> Outcome:
        bound = self.binding.indicators[indicator]
        declared = bound.declared.targets
        if declared is None or bound.targets is None:
            return Outcome(None, Status.NO_TARGET)
        if period in declared.given:
            return Outcome(declared.given[period])
        if bound.targets.broken:
            return Outcome(None, Status.ERROR, (Reason("error", indicator),))
        rule = bound.targets.rule
        if rule is None or not declared.given or period < min(declared.given):
            return Outcome(None, Status.NO_TARGET)
        outcome = evaluate(rule, _TargetWorld(self, indicator), period, ())
        if not outcome.ok or declared.round_to is None:
            return outcome
        rounded = round_half_away(outcome.number, declared.round_to)
        return Outcome(rounded, quality=outcome.quality)

    def _follow_rule(self, indicator: str, period: Period) -> None:
        """Make the targets from the start on, so that each finds the one before it."""
        for earlier in self._rule_periods(indicator, period):
            key = (indicator, earlier)
            if key not in self._targets and key not in self._following:
                self._following.add(key)
                self._targets[key] = self._target(indicator, earlier)
                self._following.discard(key)

    def _rule_periods(self, indicator: str, period: Period) -> list[Period]:
        bound = self.binding.indicators[indicator]
        declared = bound.declared.targets
        if declared is None or bound.targets is None or bound.targets.rule is None:
            return []
        if period in declared.given:
            return []
        starts = [p for p in declared.given if p.frequency is period.frequency and p < period]
        first = min(starts, default=period).number
        first = max(first, period.number - _LONGEST_RULE)
        return [Period(period.frequency, number) for number in range(first, period.number)]

    def _read_by_rules(self, asked: Mapping[str, Iterable[Point]]) -> dict[str, list[Point]]:
        """Points of other indicators that rules of targets read."""
        read: dict[str, list[Point]] = {}
        for name, points in asked.items():
            targets = self.binding.indicators[name].targets
            if targets is None or targets.rule is None:
                continue
            for last in {period for period, _ in points}:
                for period in (*self._rule_periods(name, last), last):
                    for read_name, when, where in read_points(
                        targets.rule, period, (), self._parts
                    ):
                        other = name if read_name == "actual" else read_name
                        if other in self.binding.indicators:
                            read.setdefault(other, []).append((when, where))
        return read

    def _note_failure(self, function: Function, what: str) -> None:
        if function.name not in self._raised:
            self._raised.add(function.name)
            message = f"the function `{function.name}` of {function.origin} {what}"
            self.findings.append(Diagnostic("IKU903", message, subject=function.name))


class _Pair:
    """What an achievement method sees: the actual and the target, nothing else."""

    def __init__(self, actual: Outcome, target: Outcome, opaque: OpaqueCall) -> None:
        self._known = {"actual": actual, "target": target}
        self.opaque = opaque

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        return self._known[name]

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        raise AssertionError("an achievement method has no dimensions")

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        raise AssertionError("an achievement method has no records")


class _TargetWorld:
    """What a rule of targets sees: its own `target` and `actual` beside the catalog's series."""

    def __init__(self, run: ExactEvaluation, indicator: str) -> None:
        self._run, self._indicator = run, indicator
        self.over_records = run.over_records
        self.opaque = run.opaque

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        if name == "target":
            found = self._run.target(self._indicator, period)
            if found.status is Status.NO_TARGET:
                return missing(Reason("missing", "target", period))
            return found
        if name == "actual":
            return self._run.actual(self._indicator, period, place)
        return self._run.series(name, period, place)

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        return self._run.over_members(step, period, place, self)
