"""Calls of named formulas -> the trees they stand for, within the bound on nodes.

The result holds only what the language itself can do, and calls of opaque functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from iku_engine.diagnostics import (
    Diagnostic,
    Diagnostics,
    LocatedText,
    did_you_mean,
    quoted,
    text_alone,
)
from iku_engine.formulas.arguments import ArgumentError, Bound, bind_arguments
from iku_engine.formulas.model import Formula, Library
from iku_engine.language.bounds import MAX_DEPTH, MAX_NODES
from iku_engine.language.from_text import parse_formula
from iku_engine.language.invariants import depth
from iku_engine.language.model import (
    At,
    Based,
    Call,
    Name,
    Node,
    Over,
    Span,
    children,
    rebuilt,
    size,
    walk,
)
from iku_engine.language.vocabulary import AGGREGATES, FUNCTIONS, OVER_DIMENSION
from iku_engine.ordering import order_by_need
from iku_engine.periods import Period

MAX_CALLS = 8
"""How many formulas of plugins may call each other one inside the other."""

_MAYBE_OF_A_PLUGIN = (
    "where a plugin has it, install the plugin or name it with `--plugin`; `iku formulas` lists "
    "what there is"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named formula ready to be expanded, with the text its mistakes are shown in."""

    formula: Formula
    text: LocatedText | None = None


class _Refused(Exception):
    """A call that cannot be expanded; without a message the formula's own mistake says why."""

    def __init__(
        self,
        code: str = "",
        message: str = "",
        span: Span | None = None,
        help_: str = "",
        subject: str = "",
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.span = code, message, span
        self.help, self.subject = help_, subject


class Expander:
    """Expands trees against one set of named formulas; each body is read and expanded once.

    `diagnostics` says what is wrong with the declared formulas. They are expanded in the order
    in which they call each other, so that a long chain of them needs no deep recursion.
    """

    def __init__(self, library: Library, declared: Mapping[str, Definition]) -> None:
        self._library = library
        self._definitions = {
            **{name: Definition(formula) for name, formula in library.formulas.items()},
            **declared,
        }
        self._bodies: dict[tuple[str, str], tuple[Node, Node | None]] = {}
        self._depth = 0
        self._broken: set[str] = set()
        self._trees: dict[str, Node] = {}
        self.diagnostics = tuple(self._prepared(declared))

    def expand(self, tree: Node, text: LocatedText) -> tuple[Node | None, Diagnostics]:
        """The tree without calls of named formulas, or None with the reasons."""
        try:
            expanded = self._bounded(self._expanded(tree), tree.span)
        except _Refused as mistake:
            return None, _diagnostics(mistake, tree, text)
        return expanded, ()

    def _prepared(self, declared: Mapping[str, Definition]) -> Iterator[Diagnostic]:
        trees = self._trees
        for name, definition in declared.items():
            assert definition.text is not None
            tree, diagnostics = parse_formula(definition.text)
            yield from diagnostics
            if tree is None:
                self._broken.add(name)
            else:
                trees[name] = tree
        calls = {name: _called(tree) for name, tree in trees.items()}
        ordering = order_by_need(calls)
        self._broken.update(ordering.blocked, *ordering.circles)
        for circle in ordering.circles:
            path = " -> ".join((*circle[:8], "...") if len(circle) > 8 else (*circle, circle[0]))
            text = declared[circle[0]].text
            message = f"formulas call each other in a circle: {path}"
            yield Diagnostic("IKU302", message, text.location if text else None)
        for name in ordering.order:
            try:
                self._body(name, "")
            except _Refused as mistake:
                self._broken.add(name)
                text = declared[name].text
                assert text is not None
                yield from _diagnostics(mistake, trees[name], text)

    def _expanded(self, node: Node) -> Node:
        if not isinstance(node, Call):
            return rebuilt(node, self._expanded)
        arguments = rebuilt(node, self._expanded)
        assert isinstance(arguments, Call)
        definition = self._definitions.get(node.name)
        if definition is not None:
            return self._bounded(self._instance(definition.formula, arguments), node.span)
        if node.name in FUNCTIONS or node.name in self._library.functions:
            _check_count(arguments, self._library)
            return arguments
        if node.name in AGGREGATES or node.name in OVER_DIMENSION:
            message = f"`{node.name}` does not take these arguments"
            raise _Refused("IKU208", message, node.span, _aggregate_help(node.name))
        known = (*self._definitions, *self._library.functions, *FUNCTIONS)
        message = f"the formula {quoted(node.name)} is not known"
        help_ = did_you_mean(node.name, known) or _MAYBE_OF_A_PLUGIN
        raise _Refused("IKU207", message, node.span, help_, subject=node.name)

    def _instance(self, formula: Formula, call: Call) -> Node:
        """The body of a formula with the arguments of one call put in."""
        try:
            bound = bind_arguments(formula, call)
        except ArgumentError as mistake:
            raise _Refused(mistake.code, str(mistake), mistake.span, mistake.help) from None
        if bound.tree is not None:
            return self._built(formula, bound.tree, call.span)
        body, base = self._body(formula.name, bound.choice)
        return _put_in(body, base, bound, call.span)

    def _built(self, formula: Formula, tree: Node, span: Span) -> Node:
        """The tree of a builder, whose own calls are written out like all others."""
        if self._depth > MAX_CALLS:
            message = f"`{formula.name}` leads through more than {MAX_CALLS} formulas"
            raise _Refused("IKU302", message, span)
        self._depth += 1
        try:
            return self._expanded(self._bounded(_spanning(tree, span), span))
        finally:
            self._depth -= 1

    def _body(self, name: str, choice: str) -> tuple[Node, Node | None]:
        """The expanded body and base of a formula, its parameters under names of their own."""
        key = (name, choice)
        if key in self._bodies:
            return self._bodies[key]
        if name in self._broken:
            raise _Refused
        if self._depth > MAX_CALLS:
            self._broken.add(name)
            raise _Refused("IKU302", f"`{name}` leads through more than {MAX_CALLS} formulas")
        definition = self._definitions[name]
        self._depth += 1
        try:
            body = self._parsed(definition, _variant(definition.formula.body, choice))
            base_text = _variant(definition.formula.base, choice)
            base = self._parsed(definition, base_text) if base_text else None
        finally:
            self._depth -= 1
        self._bodies[key] = (body, base)
        return body, base

    def _parsed(self, definition: Definition, body: str) -> Node:
        tree = self._trees.get(definition.formula.name) if definition.text else None
        if tree is None:
            tree, diagnostics = parse_formula(text_alone(body))
            if tree is None:
                raise _Refused(diagnostics[0].code, diagnostics[0].message)
        parameters = {parameter.name for parameter in definition.formula.parameters}
        renamed = _renamed(tree, definition.formula.name, parameters)
        return self._bounded(self._expanded(renamed), tree.span)

    def _bounded(self, tree: Node, span: Span) -> Node:
        if size(tree) > MAX_NODES or depth(tree) > MAX_DEPTH:
            message = (
                f"with its named formulas written out, more than {MAX_NODES:,} nodes "
                f"or {MAX_DEPTH} levels"
            )
            raise _Refused("IKU202", message, span, "split it into indicators of their own")
        return tree


def placeholder(formula: str, parameter: str) -> str:
    """The name a parameter has inside an expanded body; no text can spell it."""
    return f"{formula}:{parameter}"


def _called(tree: Node) -> tuple[str, ...]:
    return tuple(node.name for node in walk(tree) if isinstance(node, Call))


def _variant(body: object, choice: str) -> str:
    if isinstance(body, Mapping):
        return str(body[choice])
    return body if isinstance(body, str) else ""


def _renamed(tree: Node, formula: str, parameters: set[str]) -> Node:
    """Parameters under names no text can spell, so that nothing outside is taken for one."""
    match tree:
        case Name(name=name) if name in parameters:
            return Name(placeholder(formula, name), tree.span)
        case Over(dimension=dimension):
            renamed = _renamed(dimension, formula, parameters)
            assert isinstance(renamed, Name)
            tree = replace(tree, dimension=renamed)
    return rebuilt(tree, lambda child: _renamed(child, formula, parameters))


def _put_in(body: Node, base: Node | None, bound: Bound, span: Span) -> Node:
    placed = {placeholder(bound.formula, name): node for name, node in bound.trees.items()}
    periods = {placeholder(bound.formula, name): p for name, p in bound.periods.items()}
    sizes = {name: size(node) for name, node in placed.items()}
    growth = sum(sizes.get(n.name, 1) for n in walk(body) if isinstance(n, Name))
    if growth > MAX_NODES:
        raise _Refused("IKU202", f"written out, more than {MAX_NODES:,} nodes", span)
    filled = _filled(body, placed, periods, span)
    if base is None:
        return filled
    return Based(filled, _filled(base, placed, periods, span), bound.marked, span)


def _filled(
    node: Node, placed: Mapping[str, Node], periods: Mapping[str, Period], span: Span
) -> Node:
    def change(child: Node) -> Node:
        return _filled(child, placed, periods, span)

    match node:
        case Name(name=name) if name in placed:
            return placed[name]
        case At(operand=operand, period=Name(name=name)) if name in periods:
            return At(change(operand), periods[name], span)
        case Over(operand=operand, dimension=Name(name=name)) if name in placed:
            dimension = placed[name]
            assert isinstance(dimension, Name)
            return Over(node.function, change(operand), dimension, span)
    return replace(rebuilt(node, change), span=span)


def _spanning(tree: Node, span: Span) -> Node:
    """A tree made by a builder: nodes that stand for no text take the span of the call."""
    if tree.span != Span(0, 0):
        return tree
    return replace(rebuilt(tree, lambda child: _spanning(child, span)), span=span)


def _aggregate_help(name: str) -> str:
    """How a call over members or records is written."""
    ways = [f"`{name}(x over dimension)`"] * (name in OVER_DIMENSION)
    ways += [f"`{name}(records.field where condition)`"] * (name in AGGREGATES)
    return f"write {' or '.join(ways)}"


def _check_count(call: Call, library: Library) -> None:
    """Language functions and opaque functions: how many arguments, and none with a name."""
    if call.named:
        raise _Refused("IKU208", f"`{call.name}` takes no named arguments", call.span)
    if call.name in FUNCTIONS:
        least, most = FUNCTIONS[call.name].least, FUNCTIONS[call.name].most
        signature = FUNCTIONS[call.name].signature
    else:
        parameters = library.functions[call.name].parameters
        least = most = len(parameters)
        signature = f"{call.name}({', '.join(parameter.name for parameter in parameters)})"
    if not least <= len(children(call)) <= most:
        count = len(children(call))
        message = f"`{call.name}` does not take {count} argument{'' if count == 1 else 's'}"
        raise _Refused("IKU208", message, call.span, f"it is written `{signature}`")


def _diagnostics(mistake: _Refused, tree: Node, text: LocatedText) -> Diagnostics:
    if not mistake.code:
        return ()
    span = mistake.span or tree.span
    where = text.at(span.start, span.end)
    return (Diagnostic(mistake.code, mistake.message, where, mistake.help, mistake.subject),)
