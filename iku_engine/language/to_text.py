"""Expression tree -> canonical formula text, which the parser reads back as the same tree."""

from __future__ import annotations

from iku_engine.language.model import (
    Aggregate,
    At,
    Based,
    Binary,
    Call,
    Compare,
    If,
    Lag,
    Logic,
    Member,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Over,
    Percent,
    Text,
)
from iku_engine.quantities import decimal_text, is_decimal

OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER, LAG, ATOM = range(10)
"""How tightly a node binds, from the loosest to the tightest."""

_BINARY = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def to_text(node: Node) -> str:
    """The canonical text of a tree: one blank around operators, brackets only where needed."""
    match node:
        case Number(value=value):
            return decimal_text(value)
        case Percent(value=value):
            return f"{decimal_text(value)}%"
        case Text(value=value):
            return f'"{value}"'
        case Name(name=name):
            return name
        case Member(records=records, name=name):
            return f"{records}.{name}"
        case Lag(operand=operand):
            return f"{_within(operand, LAG)}{lag_text(node)}"
        case At(operand=operand, period=period):
            shown = period.name if isinstance(period, Name) else str(period)
            return f"{_within(operand, LAG)}[{shown}]"
        case Based(operand=operand):
            return to_text(operand)
        case Over(function=function, operand=operand, dimension=dimension):
            return f"{function}({to_text(operand)} over {dimension.name})"
        case _:
            return _operation(node)


def binding(node: Node) -> int:
    """How tightly the text of a node binds."""
    match node:
        case Logic(operator=operator):
            return OR if operator == "or" else AND
        case Not():
            return NOT
        case Compare():
            return COMPARISON
        case Binary(operator=operator):
            return _BINARY[operator]
        case Negate():
            return SIGN
        case Lag() | At():
            return LAG
        case Based(operand=operand):
            return binding(operand)
        case Number(value=value) | Percent(value=value):
            return ATOM if is_decimal(value) and value >= 0 else PRODUCT
        case _:
            return ATOM


def lag_text(lag: Lag) -> str:
    """`[t-1]`, `[y-1]`, or both one behind the other."""
    periods = f"[t-{lag.periods}]" if lag.periods else ""
    return periods + (f"[y-{lag.years}]" if lag.years else "")


def _operation(node: Node) -> str:
    match node:
        case Negate(operand=operand):
            return f"-{_within(operand, SIGN)}"
        case Not(operand=operand):
            return f"not {_within(operand, NOT)}"
        case Binary(operator="^", left=left, right=right):
            return f"{_within(left, LAG)}^{_exponent(right)}"
        case Binary(operator=operator, left=left, right=right):
            own = _BINARY[operator]
            return f"{_within(left, own)} {operator} {_within(right, own + 1)}"
        case Compare(operator=operator, left=left, right=right):
            return f"{_within(left, SUM)} {operator} {_within(right, SUM)}"
        case Logic(operator=operator, left=left, right=right):
            own = binding(node)
            return f"{_within(left, own)} {operator} {_within(right, own + 1)}"
        case If(condition=condition, then=then, otherwise=otherwise):
            return f"if({to_text(condition)}, {to_text(then)}, {to_text(otherwise)})"
        case Call(name=name, arguments=arguments, named=named):
            parts = [to_text(argument) for argument in arguments]
            parts += [f"{key}: {to_text(value)}" for key, value in named]
            return f"{name}({', '.join(parts)})"
        case Aggregate(function=function, operand=operand, condition=None):
            return f"{function}({to_text(operand)})"
        case Aggregate(function=function, operand=operand, condition=condition) if condition:
            return f"{function}({to_text(operand)} where {to_text(condition)})"
    raise AssertionError(f"unknown node {node!r}")


def _exponent(node: Node) -> str:
    """An exponent may carry a sign without brackets, and powers bind to the right."""
    return to_text(node) if binding(node) in (SIGN, POWER) else _within(node, LAG)


def _within(node: Node, least: int) -> str:
    text = to_text(node)
    return text if binding(node) >= least else f"({text})"
