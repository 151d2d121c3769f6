"""Literal figures in the places where a formula must have one: exponents, degrees, digits."""

from __future__ import annotations

from fractions import Fraction

from iku_engine.language.model import Binary, Negate, Node, Number


def literal_value(node: Node) -> Fraction | None:
    """The value of a figure written out, such as `2`, `-1` or `(1 / 3)`; None for the rest."""
    match node:
        case Number(value=value):
            return value
        case Negate(operand=operand):
            value_of = literal_value(operand)
            return None if value_of is None else -value_of
        case Binary(operator=operator, left=left, right=right) if operator != "^":
            return _combined(operator, literal_value(left), literal_value(right))
    return None


def whole(node: Node, least: int, most: int) -> int | None:
    """The literal whole number of a node, where it lies within its bounds."""
    value = literal_value(node)
    if value is None or value.denominator != 1 or not least <= value <= most:
        return None
    return int(value)


def _combined(operator: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None or (operator == "/" and not right):
        return None
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right
