"""Catalog and formulas -> binding: every formula read, checked, compiled and put in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.invariants import check_tree
from iku_engine.algebra.model import (
    Kind,
    Program,
    Readable,
    Scope,
)
from iku_engine.algebra.units import check_units, parse_unit
from iku_engine.binding.fields import bind_records
from iku_engine.binding.formula_bodies import unknown_names
from iku_engine.binding.grades import check_grades
from iku_engine.binding.model import (
    Binding,
    BoundDimension,
    BoundIndicator,
    BoundVariable,
    BoundVersion,
)
from iku_engine.binding.promises import bind_promises
from iku_engine.binding.read import Reader
from iku_engine.binding.unit_changes import ChangedUnits, changed_units, scope_in_force
from iku_engine.binding.versions import readings, versions_of
from iku_engine.catalog.model import (
    Catalog,
    Dimension,
    FormulaVersion,
    Indicator,
    Rollup,
    Variable,
)
from iku_engine.diagnostics import Diagnostic, Diagnostics, LocatedText, quoted
from iku_engine.formulas.model import Formula, Library
from iku_engine.language.model import Call, Node
from iku_engine.ordering import order_by_need
from iku_engine.scales import Scale
from iku_engine.sources.totals import is_summable, is_summable_unit


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What plugins and the built-ins bring: formulas, functions, scales, achievement methods."""

    library: Library = field(default_factory=Library)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    methods: Mapping[str, Formula] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """What a catalog lacks because of mistakes already named: no second mistake is made of it.

    `names` were declared and are broken; `everything` is set where a file was not read to its
    end, so that any name may stand in the rest.
    """

    names: frozenset[str] = frozenset()
    everything: bool = False

    def without_echoes(self, found: Diagnostics) -> Diagnostics:
        """The diagnostics that do not only repeat that a definition is broken."""
        return tuple(
            d
            for d in found
            if d.code not in ("IKU206", "IKU207")
            or not (self.everything or d.subject in self.names)
        )


def bind(
    catalog: Catalog, vocabulary: Vocabulary, unread: Unread | None = None
) -> tuple[Binding, Diagnostics]:
    """Tie a catalog together. Broken definitions are named and leave the others whole."""
    scales = {**vocabulary.scales, **{k: d.scale for k, d in catalog.scales.items()}}
    reader = Reader(catalog, vocabulary.library)
    found: list[Diagnostic] = [*reader.diagnostics, *_taken(catalog, vocabulary)]
    functions = {name: f.unit for name, f in vocabulary.library.functions.items()}
    records, record_scopes, record_findings = bind_records(catalog, reader, scales, functions)
    found += (*record_findings, *check_grades(catalog, scales))
    scope = Scope(_series(catalog), record_scopes, scales, frozenset(catalog.dimensions), functions)
    binder = _Binder(reader, scope, vocabulary, changed_units(catalog, reader.units))
    indicators = {name: binder.indicator(ind) for name, ind in catalog.indicators.items()}
    found += binder.found
    found += unknown_names(catalog, reader, scope, {d.subject for d in found if d.code == "IKU206"})
    ordering = order_by_need({name: bound.needs for name, bound in indicators.items()})
    found += _circles(ordering.circles, catalog)
    circular = frozenset(ordering.blocked).union(*ordering.circles)
    binding = Binding(
        indicators,
        ordering.order,
        circular,
        {name: _variable(variable, catalog) for name, variable in catalog.variables.items()},
        {name: _dimension(dimension) for name, dimension in catalog.dimensions.items()},
        records,
        dict(vocabulary.library.functions),
    )
    return binding, (unread or Unread()).without_echoes(tuple(found))


class _Binder:
    """Binds one indicator after the other, collecting what is wrong with each."""

    def __init__(
        self, reader: Reader, scope: Scope, vocabulary: Vocabulary, changed: ChangedUnits
    ) -> None:
        self._reader, self._scope, self._vocabulary = reader, scope, vocabulary
        self._changed = changed
        self.found: list[Diagnostic] = []

    def indicator(self, declared: Indicator) -> BoundIndicator:
        versions = tuple(self._version(declared, one) for one in versions_of(declared))
        read = readings([one.program for one in versions if one.program is not None])
        names = dict.fromkeys(step.name for step in read)
        methods = self._vocabulary.methods
        promises = bind_promises(declared, self._reader, self._scope, methods)
        self._note(promises.found, declared)
        return BoundIndicator(
            declared,
            versions,
            tuple(name for name in names if name in self._scope.series),
            promises.targets,
            promises.achievement,
            promises.rating,
            promises.revisions,
        )

    def _version(self, declared: Indicator, version: FormulaVersion) -> BoundVersion:
        tree, expanded, found = self._reader.read(version.formula)
        if expanded is None:
            self._note(found, declared)
            return BoundVersion(version, tree, None, None)
        program, found = self._compiled(expanded, self._scope, version.formula)
        self._note(found, declared)
        if program is not None:
            table = self._reader.units
            scope, across = scope_in_force(self._scope, self._changed, version, program, table)
            units = check_units(expanded, version.unit, scope, version.formula, table)
            self._note((*units, *self._named_unit(tree, version), *across), declared)
        return BoundVersion(version, tree, expanded, program)

    def _named_unit(self, tree: Node | None, version: FormulaVersion) -> Iterator[Diagnostic]:
        """The unit that a catalog gives its own formula, against the indicator's."""
        formula = self._reader.declared(tree.name) if isinstance(tree, Call) else None
        if formula is None or not formula.unit or not version.unit:
            return
        table = self._reader.units
        if not parse_unit(formula.unit, table).same_as(parse_unit(version.unit, table)):
            message = (
                f"the unit is {quoted(version.unit)} but `{formula.id}` is declared "
                f"to yield {quoted(formula.unit)}"
            )
            yield Diagnostic("IKU214", message, version.formula.location)

    def _compiled(
        self, expanded: Node, scope: Scope, text: LocatedText
    ) -> tuple[Program | None, Diagnostics]:
        found = tuple(check_tree(expanded, scope, text, Kind.NUMBER))
        return (None, found) if found else (compile_tree(expanded, scope), ())

    def _note(self, found: Diagnostics, declared: Indicator) -> None:
        self.found += [
            Diagnostic(d.code, d.message, d.location, d.help, d.subject or declared.id)
            for d in found
        ]


def _series(catalog: Catalog) -> dict[str, Readable]:
    series = {name: Readable(variable.unit) for name, variable in catalog.variables.items()}
    for name, indicator in catalog.indicators.items():
        summable = all(is_summable_unit(one.unit) for one in versions_of(indicator))
        series[name] = Readable(indicator.unit, summable=summable)
    return series


def _variable(variable: Variable, catalog: Catalog) -> BoundVariable:
    source = catalog.sources.get(variable.source)
    dimensions = tuple(source.dimensions) if source else ()
    rollup = variable.rollup or (Rollup.SUM if is_summable(variable) else None)
    return BoundVariable(variable, dimensions, rollup)


def _dimension(dimension: Dimension) -> BoundDimension:
    """Children and roots; a member whose parent is the total is a root like any other."""
    members = dimension.members
    total = next((m.id for m in members.values() if m.total), "")
    children: dict[str, list[str]] = {}
    roots: list[str] = []
    for member in members.values():
        if member.parent in ("", total) and not member.total:
            roots.append(member.id)
        elif member.parent and not member.total:
            children.setdefault(member.parent, []).append(member.id)
    below = {parent: tuple(found) for parent, found in children.items()}
    return BoundDimension(dimension.id, tuple(members), below, tuple(roots), total)


def _taken(catalog: Catalog, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """Declared formulas and scales that have the name of one that exists already."""
    for name, formula in catalog.formulas.items():
        if name in vocabulary.library.names():
            message = f"the formula `{name}` exists already"
            yield Diagnostic("IKU107", message, formula.location, "give it another name")
    for name, scale in catalog.scales.items():
        if name in vocabulary.scales:
            message = f"the scale `{name}` exists already"
            yield Diagnostic("IKU107", message, scale.location, "give it another name")


def _circles(circles: tuple[tuple[str, ...], ...], catalog: Catalog) -> Iterator[Diagnostic]:
    for circle in circles:
        shown = (*circle[:8], "...") if len(circle) > 8 else (*circle, circle[0])
        if len(circle) == 1:
            message = f"`{circle[0]}` needs itself"
        else:
            message = f"indicators need each other in a circle: {' -> '.join(shown)}"
        where = catalog.indicators[circle[0]].formula.location
        yield Diagnostic("IKU301", message, where, subject=circle[0])
