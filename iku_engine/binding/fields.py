"""Computed fields of records -> programs, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.invariants import Checker
from iku_engine.algebra.model import Kind, Program, Readable, Scope
from iku_engine.algebra.units import check_units
from iku_engine.binding.model import BoundRecords
from iku_engine.binding.read import Reader
from iku_engine.catalog.model import Catalog, FieldKind, RecordField, RecordSet
from iku_engine.diagnostics import Diagnostic
from iku_engine.language.model import Name, Node, walk
from iku_engine.ordering import order_by_need
from iku_engine.scales import Scale

_KINDS = {FieldKind.NUMBER: Kind.NUMBER, FieldKind.TEXT: Kind.TEXT}


def bind_records(
    catalog: Catalog, reader: Reader, scales: Mapping[str, Scale], functions: Mapping[str, str]
) -> tuple[dict[str, BoundRecords], dict[str, Mapping[str, Readable]], list[Diagnostic]]:
    """All record sets, what a formula may read of each, and what is wrong with their fields."""
    bound: dict[str, BoundRecords] = {}
    scopes: dict[str, Mapping[str, Readable]] = {}
    found: list[Diagnostic] = []
    for name, declared in catalog.records.items():
        binder = _FieldBinder(declared, reader, scales, functions)
        source = catalog.sources.get(declared.source)
        bound[name] = binder.bind(tuple(source.dimensions) if source else ())
        scopes[name] = binder.fields
        found += binder.found
    return bound, scopes, found


class _FieldBinder:
    def __init__(
        self,
        declared: RecordSet,
        reader: Reader,
        scales: Mapping[str, Scale],
        functions: Mapping[str, str],
    ) -> None:
        self._declared, self._reader = declared, reader
        self._scales, self._functions = scales, functions
        self.found: list[Diagnostic] = []
        self.fields: dict[str, Readable] = {
            name: Readable(field.unit, _KINDS[field.kind])
            for name, field in declared.fields.items()
        }

    def bind(self, dimensions: tuple[str, ...]) -> BoundRecords:
        trees: dict[str, Node] = {}
        broken: set[str] = set()
        for name, field in self._declared.fields.items():
            if field.formula is None:
                continue
            _, expanded, found = self._reader.read(field.formula)
            self.found += found
            if expanded is None:
                broken.add(name)
            else:
                trees[name] = expanded
        ordering = order_by_need({name: _names(tree) for name, tree in trees.items()})
        for circle in ordering.circles:
            path = " -> ".join((*circle, circle[0]))
            where = self._declared.fields[circle[0]].location
            message = f"fields of `{self._declared.id}` need each other in a circle: {path}"
            self.found.append(Diagnostic("IKU301", message, where))
        broken.update(ordering.blocked, *ordering.circles)
        computed: dict[str, Program] = {}
        for name in ordering.order:
            program = self._compiled(self._declared.fields[name], trees[name])
            if program is None:
                broken.add(name)
            else:
                computed[name] = program
        return BoundRecords(self._declared, computed, dimensions, frozenset(broken))

    def _compiled(self, field: RecordField, tree: Node) -> Program | None:
        text = field.formula
        assert text is not None
        scope = Scope(self.fields, {}, self._scales, frozenset(), self._functions, of_record=True)
        checker = Checker(text)
        kind = checker.kind(tree, scope)
        self.fields[field.id] = Readable(field.unit, kind)
        if kind is Kind.TRUTH and not checker.found:
            where = text.at(tree.span.start, tree.span.end)
            message = f"the field `{field.id}` is a condition, not a figure or a text"
            checker.found.append(Diagnostic("IKU211", message, where))
        self.found += dict.fromkeys(checker.found)
        if checker.found:
            return None
        if field.unit:
            self.found += check_units(tree, field.unit, scope, text, self._reader.units)
        return compile_tree(tree, scope)


def _names(tree: Node) -> tuple[str, ...]:
    return tuple(node.name for node in walk(tree) if isinstance(node, Name))
