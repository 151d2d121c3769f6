"""The expression tree: small frozen nodes, each with its stretch of the formula text.

Two trees are equal when they mean the same text, wherever it stood: spans are not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias

from iku_engine.periods import Period


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets of the first sign and of the sign after the last one in the formula text."""

    start: int
    end: int


NOWHERE = Span(0, 0)
"""The span of a node that no text stands for."""


@dataclass(frozen=True, slots=True)
class Number:
    """A literal figure, exact."""

    value: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Percent:
    """A percent literal: `5%` is 5 with the unit `%`, never 0.05."""

    value: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Quoted text, to compare a field or a rating with."""

    value: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, indicator, parameter, record set, field, dimension or scale, by its id."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """A field of a record set: `koperasi.pinjaman`."""

    records: str
    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Lag:
    """The operand some periods (`x[t-1]`) or years (`x[y-1]`) before; both counts are >= 0."""

    operand: Node
    periods: int
    years: int
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class At:
    """The operand in one fixed period: `x[2018]`, or `x[base]` with a parameter's name."""

    operand: Node
    period: Period | Name
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """The operand with the other sign."""

    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic: `operator` is one of `+ - * / ^`."""

    operator: str
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """`operator` is one of `= != < <= > >=`."""

    operator: str
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition; unknown stays unknown."""

    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """Kleene's `and` or `or`."""

    operator: str
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class If:
    """Only the branch taken counts."""

    condition: Node
    then: Node
    otherwise: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language or a named formula, with positional and named arguments."""

    name: str
    arguments: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Over:
    """`total` or `mean` of the operand over the members of a dimension."""

    function: str
    operand: Node
    dimension: Name
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`count`, `sum`, `mean`, `min`, `max`, `stdev` or `stdev_pop` over records, with `where`."""

    function: str
    operand: Node
    condition: Node | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Based:
    """A value measured against a base, made by expanding a named formula that declares one.

    A base below zero makes the value `undefined`, or marks it `negative_base` where `marked`.
    """

    operand: Node
    base: Node
    marked: bool
    span: Span = field(default=NOWHERE, compare=False)


Node: TypeAlias = (
    Number
    | Percent
    | Text
    | Name
    | Member
    | Lag
    | At
    | Negate
    | Binary
    | Compare
    | Not
    | Logic
    | If
    | Call
    | Over
    | Aggregate
    | Based
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the text."""
    match node:
        case Number() | Percent() | Text() | Name() | Member():
            return ()
        case Lag(operand=operand) | Negate(operand=operand) | Not(operand=operand):
            return (operand,)
        case At(operand=operand, period=period):
            return (operand, period) if isinstance(period, Name) else (operand,)
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Logic(left=left, right=right):
            return (left, right)
        case If(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Call(arguments=arguments, named=named):
            return (*arguments, *(value for _, value in named))
        case Over(operand=operand, dimension=dimension):
            return (operand, dimension)
        case Aggregate(operand=operand, condition=condition):
            return (operand,) if condition is None else (operand, condition)
        case Based(operand=operand, base=base):
            return (operand, base)


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same node with `change` applied to each node directly below it."""
    match node:
        case Number() | Percent() | Text() | Name() | Member():
            return node
        case Lag() | Negate() | Not():
            return replace(node, operand=change(node.operand))
        case At(period=Name() as period):
            changed = change(period)
            return replace(
                node,
                operand=change(node.operand),
                period=changed if isinstance(changed, Name) else period,
            )
        case At():
            return replace(node, operand=change(node.operand))
        case Binary() | Compare() | Logic():
            return replace(node, left=change(node.left), right=change(node.right))
        case If():
            return replace(
                node,
                condition=change(node.condition),
                then=change(node.then),
                otherwise=change(node.otherwise),
            )
        case Call():
            return replace(
                node,
                arguments=tuple(change(argument) for argument in node.arguments),
                named=tuple((name, change(value)) for name, value in node.named),
            )
        case Over():
            return replace(node, operand=change(node.operand))
        case Aggregate(condition=None):
            return replace(node, operand=change(node.operand))
        case Aggregate(condition=condition) if condition is not None:
            return replace(node, operand=change(node.operand), condition=change(condition))
        case Based():
            return replace(node, operand=change(node.operand), base=change(node.base))
    raise AssertionError(f"unknown node {node!r}")


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, each before its children."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def size(node: Node) -> int:
    """How many nodes the tree has."""
    return sum(1 for _ in walk(node))
