"""What a branch's own condition says about a test inside the branch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from iku_engine.algebra.constants import literal_value
from iku_engine.language.model import Binary, Compare, Logic, Node, Not, Number

_OPPOSITES = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", ">=": "<=", ">": "<", "<=": ">="}
_SIGNS: Mapping[str, frozenset[int]] = {
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
}
"""The signs that the difference of the two sides may have."""

_ANY = frozenset({-1, 0, 1})


def negated(condition: Node) -> Node:
    """The opposite of a condition, a comparison turned round rather than put behind `not`."""
    match condition:
        case Not(operand=operand):
            return operand
        case Compare(operator=operator, left=left, right=right):
            return Compare(_OPPOSITES[operator], left, right, condition.span)
    return Not(condition, condition.span)


def excluded(test: Compare, conditions: Iterable[Node]) -> bool:
    """Whether these conditions, compared literally, leave no room for a test to hold.

    `b > 0` and `b != 0` leave none for `b = 0`, neither does `a != b` for `a - b = 0`.
    """
    facts = [fact for condition in conditions for fact in _facts(condition)]
    for left, right in _sides(test):
        possible = _ANY
        for fact in facts:
            possible &= _signs(fact, left, right)
        if not possible & _SIGNS[test.operator]:
            return True
    return False


def _facts(condition: Node) -> Iterator[Compare]:
    """The comparisons that hold wherever the condition does."""
    match condition:
        case Compare():
            yield condition
        case Logic(operator="and", left=left, right=right):
            yield from _facts(left)
            yield from _facts(right)
        case Not(operand=Logic(operator="or", left=left, right=right)):
            yield from _facts(negated(left))
            yield from _facts(negated(right))
        case Not(operand=Compare() | Not() as operand):
            yield from _facts(negated(operand))


def _sides(test: Compare) -> Iterator[tuple[Node, Node]]:
    yield test.left, test.right
    if isinstance(test.left, Binary) and test.left.operator == "-" and _is_zero(test.right):
        yield test.left.left, test.left.right


def _is_zero(node: Node) -> bool:
    return node == Number(Fraction(0))


def _signs(fact: Compare, left: Node, right: Node) -> frozenset[int]:
    """The signs of `left - right` that a fact allows."""
    if (fact.left, fact.right) == (left, right):
        return _SIGNS[fact.operator]
    if (fact.right, fact.left) == (left, right):
        return _SIGNS[_MIRRORED[fact.operator]]
    bound, level = literal_value(fact.right), literal_value(right)
    if fact.left != left or bound is None or level is None or bound == level:
        return _ANY
    away = 1 if bound > level else -1
    allowed = _SIGNS[fact.operator]
    return frozenset({away}) if allowed <= {0, away} else _ANY
