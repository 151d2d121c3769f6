"""Formula text -> expanded tree, with the formulas that a catalog and its plugins name."""

from __future__ import annotations

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.invariants import check_tree
from iku_engine.algebra.model import Kind, Program, Readable, Scope
from iku_engine.binding.unit_table import unit_table_of
from iku_engine.catalog.model import Catalog, NamedFormula
from iku_engine.diagnostics import Diagnostic, Diagnostics, LocatedText, text_alone
from iku_engine.formulas.expand import Definition, Expander
from iku_engine.formulas.model import METHOD_READS, Formula, Library, Parameter
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Node


class Reader:
    """Reads the formulas of one catalog, with the units it knows.

    `diagnostics` are those of its named formulas and of its own units.
    """

    def __init__(self, catalog: Catalog, library: Library) -> None:
        declared = {
            name: Definition(as_formula(formula), formula.body)
            for name, formula in catalog.formulas.items()
            if name not in library.names()
        }
        self._expander = Expander(library, declared)
        self._declared = catalog.formulas
        self._functions = library.functions
        self._methods: dict[str, tuple[Node, Program] | Diagnostic] = {}
        self.units, found = unit_table_of(catalog)
        self.diagnostics = (*self._expander.diagnostics, *found)

    def read(self, text: LocatedText) -> tuple[Node | None, Node | None, Diagnostics]:
        """The tree as written, the expanded one, and what keeps either from being made."""
        tree, found = parse_formula(text)
        if tree is None:
            return None, None, found
        expanded, found = self._expander.expand(tree, text)
        return tree, expanded, found

    def declared(self, name: str) -> NamedFormula | None:
        """The formula that the catalog itself names so, if there is one."""
        return self._declared.get(name)

    def method(self, method: Formula) -> tuple[Node, Program] | Diagnostic:
        """An achievement method as a tree and a program, or what is wrong with its formula."""
        found = self._methods.get(method.name)
        if found is None:
            found = self._methods[method.name] = self._read_method(method)
        return found

    def _read_method(self, method: Formula) -> tuple[Node, Program] | Diagnostic:
        title = f"the achievement method `{method.name}` of {method.origin}"
        if not isinstance(method.body, str):
            return Diagnostic("IKU901", f"{title} has no text as its body", subject=method.name)
        text = text_alone(method.body)
        tree, expanded, found = self.read(text)
        scope = Scope(
            {name: Readable() for name in METHOD_READS},
            functions={name: function.unit for name, function in self._functions.items()},
        )
        if expanded is not None:
            found = tuple(check_tree(expanded, scope, text, Kind.NUMBER))
        if tree is None or expanded is None or found:
            message = f"{title} cannot be used: {found[0].message if found else 'its formula'}"
            return Diagnostic("IKU901", message, help=found[0].help, subject=method.name)
        return tree, compile_tree(expanded, scope)


def as_formula(declared: NamedFormula) -> Formula:
    """A formula named in a catalog, as the value that plugins and the built-ins register."""
    return Formula(
        name=declared.id,
        title=declared.title or declared.id,
        title_id=declared.title or declared.id,
        meaning="",
        parameters=tuple(Parameter(name, "") for name in declared.parameters),
        body=declared.body.text,
        unit=declared.unit or "",
        examples=(),
        origin=declared.location.file,
    )
