"""What must hold for every tree made from text, beyond what the grammar says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.language.model import Binary, Negate, Node, Percent, children, walk

_HUNDRED = Fraction(100)


def depth(node: Node) -> int:
    """The number of levels of the tree, counted without recursion."""
    deepest = 0
    waiting = [(node, 1)]
    while waiting:
        current, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children(current))
    return deepest


def misplaced_percents(node: Node) -> Iterator[Percent]:
    """Percent literals other than `100%` that stand as a factor, divisor, base or exponent.

    `a / b * 102%` is read as times 102 by some and as times 1.02 by others.
    """
    for current in walk(node):
        if not isinstance(current, Binary) or current.operator in ("+", "-"):
            continue
        for factor in (current.left, current.right):
            literal = factor
            while isinstance(literal, Negate):
                literal = literal.operand
            if isinstance(literal, Percent) and (
                literal.value != _HUNDRED or current.operator == "^"
            ):
                yield literal
