"""Where a figure comes from: the formula, the figures put in, and the cell of each input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from iku_engine.algebra.model import Input, OverMembers, OverRecords, Program, YearToDate
from iku_engine.binding.model import BoundIndicator
from iku_engine.binding.versions import held_text
from iku_engine.catalog.model import Policies
from iku_engine.evaluation.certainty import uncertain_words
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.how import How
from iku_engine.evaluation.model import Outcome, Reason, Status
from iku_engine.evaluation.records import select
from iku_engine.language.model import At, Lag, Name, Node, Number, Over, rebuilt
from iku_engine.language.to_latex import to_latex
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period
from iku_engine.places import Place, without
from iku_engine.quantities import decimal_text, round_half_away
from iku_engine.results.model import Result
from iku_engine.results.promises import outcome_text, promised_at
from iku_engine.sources.model import Observation, Origin

MAX_DEPTH = 12
"""How many derived indicators are explained one inside the other."""

_SHOWN_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """One record an aggregate looked at: counted, not counted, or (None) unknown."""

    key: str
    counted: bool | None
    origin: Origin | None
    fields: tuple[tuple[str, str], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedInput:
    """One input as the formula reads it, with the cells it was made from.

    `parts` explains an input that is an indicator; `records` lists what a record aggregate
    looked at, and `how` says where it was made.
    """

    name: str
    label: str
    unit: str
    period: Period
    place: Place
    status: Status
    value: Fraction | None
    reasons: tuple[Reason, ...] = ()
    cells: tuple[Observation, ...] = ()
    parts: Explanation | None = None
    records: tuple[CountedRecord, ...] = ()
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One result, taken apart.

    `formula` is the text as written, `expanded` the same without named formulas, `figures` the
    expanded formula with the figures of the inputs put in. `version` is the range of periods for
    which the formula holds, empty where it holds always. `target_basis` says where the target
    comes from and `target_replaced` what it replaced, as pairs of a basis and a target.
    """

    result: Result
    formula: str
    expanded: str
    figures: str
    latex: str
    inputs: tuple[ExplainedInput, ...]
    target_rule: str = ""
    achievement_formula: str = ""
    achievement_figures: str = ""
    data_source: str = ""
    formulation: str = ""
    version: str = ""
    target_basis: str = ""
    target_since: str = ""
    target_replaced: tuple[tuple[str, str], ...] = ()
    policies: str = ""


def explain_result(
    run: ExactEvaluation, result: Result, labels: Mapping[str, str], depth: int = 0
) -> Explanation:
    """Take one result apart; derived indicators are explained inside it."""
    declared = result.indicator
    bound = run.binding.indicators[declared.id]
    inputs = _Inputs(run, labels, depth).of(bound, result.period, result.place)
    version = bound.at(result.period)
    expanded = version.expanded if version else None
    method = bound.achievement
    pair = {
        "actual": result.exact if result.reached is None else result.reached,
        "target": result.target,
        "target_low": result.target_low,
        "target_high": result.target_high,
    }
    named = bool(result.target_basis)
    promises = promised_at(run, declared.id, result.period) if named else None
    force = promises.in_force if promises else None
    return Explanation(
        result,
        version.declared.formula.text.strip() if version else "",
        to_text(expanded) if expanded else "",
        to_text(_with_figures(expanded, run, result.period, result.place)) if expanded else "",
        to_latex(expanded, labels) if expanded else "",
        inputs,
        force.rule if force else "",
        to_text(method.tree) if method and result.target_low is not None else "",
        to_text(_put_in(method.tree, pair)) if method and result.achievement is not None else "",
        declared.data_source,
        declared.formulation,
        version=held_text(version.declared) if version else "",
        target_basis=result.target_basis,
        target_since=str(force.since or "") if force else "",
        target_replaced=tuple(
            (one.basis, outcome_text(one.outcome, declared.decimals)) for one in promises.replaced
        )
        if promises
        else (),
        policies=_policies_text(declared.policies),
    )


def _policies_text(policies: Policies | None) -> str:
    """The policies of an indicator as a definition declares them, with the regulation."""
    if policies is None:
        return ""
    figures = {
        "zero_target": policies.zero_target,
        "zero_actual": policies.zero_actual,
        "floor": policies.floor,
        "cap": policies.cap,
    }
    declared = [f"{key}: {decimal_text(one)}" for key, one in figures.items() if one is not None]
    if policies.reference:
        declared.append(policies.reference)
    return ", ".join(declared)


class _Inputs:
    """Collects the inputs of one formula, each once, in the order of the text."""

    def __init__(self, run: ExactEvaluation, labels: Mapping[str, str], depth: int) -> None:
        self._run, self._labels, self._depth = run, labels, depth
        self._found: dict[tuple[str, Period, Place], ExplainedInput] = {}

    def of(self, bound: BoundIndicator, period: Period, place: Place) -> tuple[ExplainedInput, ...]:
        parts = self._run.over_periods.made_of(bound.declared.id, period, place)
        for part in parts:
            self._series(bound.declared.id, part, place)
        version = bound.at(period) if not parts else None
        if version is not None and version.program is not None:
            self._collect(version.program, period, place)
        return tuple(self._found.values())

    def _collect(self, program: Program, period: Period, place: Place) -> None:
        for step in program.steps:
            match step:
                case Input(name=name, shift=shift):
                    self._series(name, shift.applied(period), place)
                case YearToDate(program=inner):
                    for each in step.periods(period):
                        self._collect(inner, each, place)
                case OverMembers():
                    self._members(step, step.shift.applied(period), place)
                case OverRecords():
                    self._records(step, step.shift.applied(period), place)

    def _members(self, step: OverMembers, period: Period, place: Place) -> None:
        whole = without(place, step.dimension)
        only = step.program.inputs()
        if step.function == "total" and len(step.program.steps) == len(only) == 1:
            self._series(only[0].name, only[0].shift.applied(period), whole)
            return
        for member_place in self._run.places_over(step, whole):
            self._collect(step.program, period, member_place)

    def _series(self, name: str, period: Period, place: Place) -> None:
        key = (name, period, place)
        if key in self._found:
            return
        outcome = self._run.series(name, period, place)
        declared = self._run.binding.indicators.get(name)
        cells: tuple[Observation, ...] = ()
        parts = None
        if declared is None:
            unit = self._run.binding.variables[name].declared.unit
            cells = self._run.figure(name, period, place).observations
        else:
            version = declared.version_at(period)
            unit = version.unit if version else declared.declared.unit
            if self._depth < MAX_DEPTH:
                part = _bare_result(declared, period, place, outcome)
                parts = explain_result(self._run, part, self._labels, self._depth + 1)
        self._found[key] = ExplainedInput(
            name,
            self._labels.get(name, name),
            unit,
            period,
            place,
            outcome.status,
            outcome.number if outcome.ok else None,
            outcome.reasons,
            cells,
            parts,
        )

    def _records(self, step: OverRecords, period: Period, place: Place) -> None:
        outcome = self._run.over_records(step, period, place)
        worlds = self._run.records.at(step.records, period, place)
        selection = select(step, worlds)
        counted = {id(record) for record, _ in selection.counted}
        unknown = {id(record): outcome for record, outcome in selection.unknown}
        declared = self._run.binding.records[step.records].declared
        rows = []
        for world in worlds:
            record = world.record
            state = None if id(record) in unknown else id(record) in counted
            shown = tuple((name, _shown(world.field(name))) for name in declared.fields)
            origin = next((cell.origin for cell in record.cells.values()), None)
            why = unknown.get(id(record))
            reason = ";".join(str(reason) for reason in why.reasons) if why else ""
            rows.append(CountedRecord(record.key, state, origin, shown, reason))
        self._found[step.text, period, place] = ExplainedInput(
            step.text,
            declared.label,
            "",
            period,
            place,
            outcome.status,
            outcome.number if outcome.ok else None,
            outcome.reasons,
            records=tuple(rows),
            how=self._run.records.how(step),
        )


def _bare_result(bound: BoundIndicator, period: Period, place: Place, outcome: Outcome) -> Result:
    """A derived indicator's own figure, without target and achievement."""
    return Result(
        bound.declared,
        period,
        place,
        outcome.status,
        outcome.number if outcome.ok else None,
        outcome.reasons,
        None,
        None,
        Status.NO_TARGET,
        (),
        "",
        "",
        (
            *outcome.quality.words(),
            *uncertain_words((("actual", outcome, bound.declared.decimals),)),
        ),
        version=bound.version_at(period),
    )


def _with_figures(node: Node, run: ExactEvaluation, period: Period, place: Place) -> Node:
    """The tree with the figures of its inputs in their place; what has none keeps its name."""
    match node:
        case Name(name=name):
            return _figure_node(node, _known(run, name, period, place))
        case Lag(operand=operand, periods=periods, years=years):
            inner = _with_figures(operand, run, period.shifted(-periods, -years), place)
            return inner if inner is not operand else node
        case At(operand=operand, period=Period() as fixed):
            inner = _with_figures(operand, run, fixed, place)
            return inner if inner is not operand else node
        case Over(function="total", operand=Name(name=name), dimension=dimension):
            return _figure_node(node, _known(run, name, period, without(place, dimension.name)))
        case Over():
            return node
    return rebuilt(node, lambda child: _with_figures(child, run, period, place))


def _known(run: ExactEvaluation, name: str, period: Period, place: Place) -> Fraction | None:
    if name not in run.binding.indicators and name not in run.binding.variables:
        return None
    outcome = run.series(name, period, place)
    return outcome.number if outcome.ok else None


def _put_in(node: Node, figures: Mapping[str, Fraction | None]) -> Node:
    if isinstance(node, Name):
        return _figure_node(node, figures.get(node.name))
    return rebuilt(node, lambda child: _put_in(child, figures))


def _figure_node(node: Node, value: Fraction | None) -> Node:
    """A figure as a reader writes it: long decimals are cut for the eye, not for the sum."""
    if value is None:
        return node
    shown = round_half_away(value, _SHOWN_DECIMALS)
    return Number(shown)


def _shown(outcome: Outcome) -> str:
    if not outcome.ok:
        return "?"
    if isinstance(outcome.value, Fraction):
        return decimal_text(round_half_away(outcome.value, _SHOWN_DECIMALS))
    return str(outcome.value)
