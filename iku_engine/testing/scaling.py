"""How a value grows with its inputs: not at all for a ratio, as they do for a sum.

The degree of a tree says by which power of k its value grows where every input is k times as
large (k > 0): 0 for a share, 1 for a sum or a mean. A tree that adds amounts to plain figures has
none.
"""

from __future__ import annotations

from iku_engine.language.model import (
    At,
    Based,
    Binary,
    Call,
    Compare,
    If,
    Lag,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Percent,
)

ANY = "any"
"""The degree of 0, which is 0 however much larger it gets."""


class Mixed(ValueError):
    """A tree that has no degree."""


def degree_of(tree: Node) -> int | str:
    """The degree of a tree that yields a figure, `ANY` for 0. Raises `Mixed` where it has none."""
    match tree:
        case Number(value=value):
            return 0 if value else ANY
        case Percent(value=value):
            return 0 if value else ANY
        case Name():
            return 1
        case Lag(operand=operand) | At(operand=operand) | Negate(operand=operand):
            return degree_of(operand)
        case Based(operand=operand, base=base):
            degree_of(base)
            return degree_of(operand)
        case Binary():
            return _of_arithmetic(tree)
        case If(condition=condition, then=then, otherwise=otherwise):
            _require_steady(condition)
            return _same(degree_of(then), degree_of(otherwise))
        case Call(name=name, arguments=arguments):
            return _of_call(name, arguments)
    raise Mixed


def _of_arithmetic(tree: Binary) -> int | str:
    left, right = degree_of(tree.left), degree_of(tree.right)
    match tree.operator:
        case "+" | "-":
            return _same(left, right)
        case "*" | "/":
            if isinstance(left, str) or isinstance(right, str):
                return ANY
            return left + right if tree.operator == "*" else left - right
    exponent = _whole(tree.right)
    if exponent is None or isinstance(left, str):
        return _same(_same(left, right), 0)
    return left * exponent


def _of_call(name: str, arguments: tuple[Node, ...]) -> int | str:
    degrees = [degree_of(one) for one in arguments[: 1 if name in ("score", "rating") else None]]
    if name in ("abs", "ytd", "annual"):
        return degrees[0]
    if name in ("min", "max"):
        common = degrees[0]
        for degree in degrees[1:]:
            common = _same(common, degree)
        return common
    for degree in degrees:  # bands, roundings, roots and functions know the size of what they get
        _same(degree, 0)
    return 0


def _require_steady(condition: Node) -> None:
    """Raise `Mixed` for a condition that may turn when all inputs get larger."""
    match condition:
        case Compare(left=left, right=right):
            if type(right).__name__ == "Text" or type(left).__name__ == "Text":
                degree_of(left if type(right).__name__ == "Text" else right)
            else:
                _same(degree_of(left), degree_of(right))
        case Not(operand=operand):
            _require_steady(operand)
        case Logic(left=left, right=right):
            _require_steady(left)
            _require_steady(right)
        case _:
            raise Mixed


def _same(left: int | str, right: int | str) -> int | str:
    if isinstance(left, str):
        return right
    if isinstance(right, str) or left == right:
        return left
    raise Mixed


def _whole(node: Node) -> int | None:
    """A literal exponent that is a whole number."""
    sign = -1 if isinstance(node, Negate) else 1
    figure = node.operand if isinstance(node, Negate) else node
    whole = isinstance(figure, Number) and figure.value.denominator == 1
    return sign * int(figure.value) if whole and isinstance(figure, Number) else None
