"""Formula text -> expanded tree, with the formulas that a catalog and its plugins name."""

from __future__ import annotations

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Program, Readable, Scope
from iku_engine.catalog.model import Catalog, NamedFormula
from iku_engine.diagnostics import Diagnostics, LocatedText, text_alone
from iku_engine.formulas.expand import Definition, Expander
from iku_engine.formulas.model import Formula, Library, Parameter
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Node


class Reader:
    """Reads the formulas of one catalog; `diagnostics` are those of its named formulas."""

    def __init__(self, catalog: Catalog, library: Library) -> None:
        declared = {
            name: Definition(as_formula(formula), formula.body)
            for name, formula in catalog.formulas.items()
            if name not in library.names()
        }
        self._expander = Expander(library, declared)
        self._declared = catalog.formulas
        self._methods: dict[str, tuple[Node, Program]] = {}
        self.diagnostics = self._expander.diagnostics

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

    def method(self, method: Formula) -> tuple[Node, Program]:
        """An achievement method as a program over `actual` and `target`."""
        if method.name not in self._methods:
            assert isinstance(method.body, str)
            tree, _, _ = self.read(text_alone(method.body))
            assert tree is not None
            scope = Scope({"actual": Readable(), "target": Readable()})
            self._methods[method.name] = tree, compile_tree(tree, scope)
        return self._methods[method.name]


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
