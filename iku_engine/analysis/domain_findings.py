"""What `iku check` says about figures that leave an indicator undefined (IKU506)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import (
    BandOf,
    Input,
    Kind,
    Literal,
    OverMembers,
    OverRecords,
    Program,
    Readable,
    Scope,
    Select,
    YearToDate,
)
from iku_engine.analysis.domain import Domain, Somewhere, Undefined, Where, domain_of
from iku_engine.binding.model import Binding, BoundIndicator, BoundRecords, BoundVersion
from iku_engine.catalog.model import FieldKind
from iku_engine.diagnostics import Diagnostic, quoted
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome, Status
from iku_engine.evaluation.steps import World, evaluate
from iku_engine.language.model import Node, Over
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place, without
from iku_engine.quantities import decimal_text, is_decimal, to_decimal_text
from iku_engine.results.explanation import Explanation
from iku_engine.scales import Scale
from iku_engine.sources.model import Origin

MOST_NAMED = 6
"""How many periods or figures one diagnostic names."""

_LONGEST_TEXT = 200
_HELP = "correct the figure, or say what the formula gives there with `if(...)`"

_Point = tuple[Period, Place]


def indicator_domain(bound: BoundIndicator | BoundVersion) -> Domain:
    """The domain of a formula, of an indicator the last one; empty where it has mistakes."""
    if bound.expanded is None:
        return Domain()
    scales = scales_of(bound.program) if bound.program else {}
    return domain_of(bound.expanded, scales)


def explained_domains(explanation: Explanation, binding: Binding) -> dict[str, Domain]:
    """The domain of each formula in an explanation by its `formula_id`: its own, those inside."""
    found: dict[str, Domain] = {}
    waiting = [explanation]
    while waiting:
        current = waiting.pop()
        name, result = current.result.formula_id, current.result
        if name not in found:
            version = binding.indicators[result.indicator.id].at(result.period)
            found[name] = indicator_domain(version) if version else Domain()
        waiting += [each.parts for each in current.inputs if each.parts is not None]
    return found


def scales_of(program: Program) -> dict[str, Scale]:
    """The rating scales that a program looks at, by name."""
    found: dict[str, Scale] = {}
    waiting = [program]
    while waiting:
        for step in waiting.pop().steps:
            match step:
                case BandOf(scale=scale):
                    found[scale.name] = scale
                case YearToDate(program=inner) | OverMembers(program=inner):
                    waiting.append(inner)
                case OverRecords(value=value, where=where):
                    waiting += [each for each in (value, where) if each is not None]
    return found


def check_domains(run: ExactEvaluation, periods: Sequence[Period]) -> Iterator[Diagnostic]:
    """Indicators that the data leave undefined, and by which figure (IKU506).

    One diagnostic an indicator and condition, naming the periods; figures of the whole, not of
    places. What is undefined because of another indicator is named there only.
    """
    run.prepare({name: [(p, WHOLE) for p in periods] for name in run.binding.indicators})
    for name, bound in run.binding.indicators.items():
        undefined = [p for p in periods if _is_undefined(run, name, p)]
        for version in bound.versions:
            broken = [p for p in undefined if bound.at(p) is version]
            if broken:
                yield from _findings(run, name, version, broken)


def holding_at(condition: Undefined, world: World, scope: Scope, point: _Point) -> Iterator[_Point]:
    """The points at which a condition holds, seen from a period and place.

    That is the point itself, or a period or member inside the reduction it stands in.
    """
    yield from _Conditions(world, scope).points(condition, point)


def _is_undefined(run: ExactEvaluation, name: str, period: Period) -> bool:
    return run.actual(name, period, WHOLE).status is Status.UNDEFINED


def _findings(
    run: ExactEvaluation, indicator: str, version: BoundVersion, periods: Sequence[Period]
) -> Iterator[Diagnostic]:
    scope = _scope_of(run.binding, version)
    conditions = _Conditions(run, scope)
    for condition in indicator_domain(version).conditions:
        found = {p: list(conditions.points(condition, (p, WHOLE))) for p in periods}
        found = {period: points for period, points in found.items() if points}
        if not found:
            continue
        formula = version.declared.formula
        span = condition.subject.span
        where = formula.at(span.start, span.end) if span.end else formula.location
        points = [point for each in found.values() for point in each]
        cells = _figures(run, conditions.program(condition.subject), points)
        message = f"`{indicator}` is undefined in {_listed(found)}: {_broken(condition)}"
        because = f"{_listed(cells)}; {_HELP}" if cells else _HELP
        yield Diagnostic("IKU506", message, where, because, indicator)


@dataclass(slots=True)
class _Conditions:
    """Evaluates conditions of a domain in one world."""

    world: World
    scope: Scope
    programs: dict[Node, Program] = field(default_factory=dict)

    def points(self, condition: Undefined, point: _Point) -> Iterator[_Point]:
        if condition.test is not None:
            yield from self._along(condition, 0, point)

    def program(self, tree: Node) -> Program:
        found = self.programs.get(tree)
        if found is None:
            found = self.programs[tree] = compile_tree(tree, self.scope)
        return found

    def _along(self, condition: Undefined, position: int, point: _Point) -> Iterator[_Point]:
        assert condition.test is not None
        if position == len(condition.path):
            if self._value(condition.test, point).value is True:
                yield point
            return
        step = condition.path[position]
        if isinstance(step, Somewhere):
            for inner in self._inside(step, point):
                yield from self._along(condition, position + 1, inner)
        elif (self._value(step.condition, point).value is True) is isinstance(step, Where):
            yield from self._along(condition, position + 1, point)

    def _value(self, tree: Node, point: _Point) -> Outcome:
        return evaluate(self.program(tree), self.world, *point)

    def _inside(self, step: Somewhere, point: _Point) -> list[_Point]:
        period, place = step.moment.applied(point[0]), point[1]
        if not isinstance(step.reduction, Over):
            return [(each, place) for each in period.since_start_of_year()]
        if not isinstance(self.world, ExactEvaluation):
            return []
        reduced = self.program(step.reduction).steps[-1]
        assert isinstance(reduced, OverMembers)
        whole = without(place, reduced.dimension)
        return [(period, each) for each in self.world.places_over(reduced, whole)]


def _scope_of(binding: Binding, version: BoundVersion) -> Scope:
    """What the conditions of a formula may name: all of it was checked when it was bound."""
    records = {name: _fields(each) for name, each in binding.records.items()}
    return Scope(records=records, scales=scales_of(version.program) if version.program else {})


def _fields(records: BoundRecords) -> dict[str, Readable]:
    found = {
        name: Readable(kind=Kind.TEXT if each.kind is FieldKind.TEXT else Kind.NUMBER)
        for name, each in records.declared.fields.items()
    }
    for name, program in records.computed.items():
        if _yields_text(program, found):
            found[name] = Readable(kind=Kind.TEXT)
    return found


def _yields_text(program: Program, fields: Mapping[str, Readable]) -> bool:
    step = program.steps[program.result]
    while isinstance(step, Select):
        step = program.steps[step.then]
    match step:
        case Literal() | BandOf(output="rating"):
            return True
        case Input(name=name):
            return fields[name].kind is Kind.TEXT
    return False


def _figures(run: ExactEvaluation, program: Program, points: Sequence[_Point]) -> list[str]:
    """The inputs behind a condition with their cells: `koperasi` 2018 is 0 in data.csv row 2."""
    found: dict[str, None] = {}
    for period, place in points:
        for step in program.inputs():
            found[_figure(run, step, step.shift.applied(period), place)] = None
    return list(found)


def _figure(run: ExactEvaluation, step: Input, period: Period, place: Place) -> str:
    outcome = run.series(step.name, period, place)
    members = f" ({', '.join(member for _, member in place)})" if place else ""
    if not outcome.ok:
        return f"`{step.name}` {period}{members} is {outcome.status}"
    figure = outcome.number
    shown = decimal_text(figure) if is_decimal(figure) else f"about {to_decimal_text(figure, 4)}"
    text = f"`{step.name}` {period}{members} is {shown}"
    if step.name not in run.binding.variables:
        return text
    cells = run.figure(step.name, period, place).observations
    if not cells:
        return text
    more = f" and {len(cells) - 1} more cells" if len(cells) > 1 else ""
    return f"{text} in {_cell(cells[0].origin)}{more}"


def _cell(origin: Origin) -> str:
    return f"{PurePath(origin.file).as_posix()} {origin.place}, column {quoted(origin.column)}"


def _broken(condition: Undefined) -> str:
    """The condition in few words, as the formula would write it."""
    if condition.scale:
        return f"{_shown(condition.subject)} lies in no band of `{condition.scale}`"
    assert condition.test is not None
    return _shown(condition.test)


def _shown(tree: Node) -> str:
    text = to_text(tree)
    return f"`{text}`" if len(text) <= _LONGEST_TEXT else f"`{text[:_LONGEST_TEXT]}...`"


def _listed(found: Mapping[Period, object] | Sequence[str]) -> str:
    words = [str(each) for each in found]
    shown = ", ".join(words[:MOST_NAMED])
    left = len(words) - MOST_NAMED
    return f"{shown} and {left} more" if left > 0 else shown
