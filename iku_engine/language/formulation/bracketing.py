"""One level of brackets -> the trees it may mean: the precedence as written, then the others.

A decree prints fractions in one line and leaves brackets out, so `a - b / b x 100%` mostly
means `(a - b) / b x 100%`. Another bracketing is sensible where every sum it makes adds like to
like: quantities to quantities, ratios to ratios.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from iku_engine.language.bounds import MAX_DEPTH
from iku_engine.language.formulation.model import MAX_READINGS
from iku_engine.language.model import Binary, Lag, Name, Negate, Node, Number, Percent, Span, walk
from iku_engine.sentences import Sentence, sentence

FOLDED = "|"
"""Stands between `x 100%` and the divisor of a fraction that was printed in one line."""

_HUNDRED = Fraction(100)


class Unbuildable(Exception):
    """A level that makes no tree, with the reason."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Part:
    """A tree with its depth; `degree` is 1 for a quantity, 0 for a ratio or figure.

    The degree is None where unlike parts are added.
    """

    node: Node
    degree: int | None
    depth: int = 1


Choices: TypeAlias = tuple[Part, ...]
"""The trees that one operand may be; none where it is missing in the text."""


@dataclass(slots=True)
class Level:
    """What stands between two brackets while it is read: operands with operators between."""

    operands: list[Choices] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)
    negative: bool = False
    start: int = 0

    @property
    def ends_with_hundred(self) -> bool:
        """Whether it ends with `x 100%`."""
        return (
            self.operators[-1:] == ["*"]
            and len(self.operators) < len(self.operands)
            and is_hundred(self.operands[-1])
        )


def is_hundred(operand: Choices) -> bool:
    """Whether an operand is `100` or `100%`."""
    return len(operand) == 1 and _says_hundred(operand[0])


def _says_hundred(part: Part) -> bool:
    return isinstance(part.node, Number | Percent) and part.node.value == _HUNDRED


def readings_of(level: Level) -> Choices:
    """The trees of a level, at most `MAX_READINGS`; raises `Unbuildable`."""
    if not all(level.operands):
        found = _with_divisor(level)
    elif FOLDED in level.operators:
        found = _unfolded(level)
    else:
        found = itertools.chain(_as_written(level), _bracketed(level))
    return tuple(itertools.islice(dict.fromkeys(found), MAX_READINGS))


def _as_written(level: Level) -> Iterator[Part]:
    for operands in _chosen(level.operands):
        yield _built(operands, level.operators, level.negative)


def _bracketed(level: Level) -> Iterator[Part]:
    for operands in _chosen(level.operands):
        for left, right in ((True, False), (False, True), (True, True)):
            yield from _around_the_slash(level, operands, left=left, right=right)
        yield from _all_in_percent(level, operands)


def _around_the_slash(
    level: Level, operands: Sequence[Part], *, left: bool, right: bool
) -> Iterator[Part]:
    """Brackets around the sums before and after the only fraction stroke."""
    operators = level.operators
    if operators.count("/") != 1:
        return
    slash = operators.index("/")
    tail = len(operators) - _trailing_hundred(level)
    above, below = operators[:slash], operators[slash + 1 : tail]
    numerator = _built(operands[: slash + 1], above, level.negative)
    divisor = _built(operands[slash + 1 : tail + 1], below)
    inside = [*operands[: slash + 1]] * left + [*operands[slash + 1 : tail + 1]] * right
    if any(_says_hundred(part) for part in inside):
        return  # `x 100%` ends a ratio: no bracket goes around it and something else
    if (left and not _is_sensible_sum(numerator, above)) or (
        right and not _is_sensible_sum(divisor, below)
    ):
        return
    inner = [numerator] if left else list(operands[: slash + 1])
    inner += [divisor] if right else list(operands[slash + 1 : tail + 1])
    between = [*([] if left else above), "/", *([] if right else below), *operators[tail:]]
    yield _built([*inner, *operands[tail + 1 :]], between, level.negative and not left)


def _all_in_percent(level: Level, operands: Sequence[Part]) -> Iterator[Part]:
    """`1 - r / t x 100%` with all of it in percent."""
    if not _trailing_hundred(level) or any(_says_hundred(part) for part in operands[:-1]):
        return
    total = _built(operands[:-1], level.operators[:-1], level.negative)
    if _is_sensible_sum(total, level.operators[:-1]):
        yield _joined("*", total, operands[-1])


def _trailing_hundred(level: Level) -> int:
    return 1 if level.ends_with_hundred else 0


def _is_sensible_sum(part: Part, operators: Sequence[str]) -> bool:
    return part.degree is not None and any(operator in "+-" for operator in operators)


def _with_divisor(level: Level) -> Iterator[Part]:
    """A fraction without its divisor: measured against the period before, or this one."""
    missing = level.operands.index(())
    if level.operands.count(()) > 1 or level.operators.count("/") > 1:
        raise Unbuildable(sentence("read_no_divisor"))
    for operands in _chosen(level.operands[:missing] + level.operands[missing + 1 :]):
        numerator = _built(operands[:missing], level.operators[: missing - 1], level.negative)
        rest, operators = operands[missing:], level.operators[missing - 1 :]
        for divisor in _divisors(numerator.node):
            yield _built([numerator, Part(divisor, 1), *rest], operators)


def _divisors(numerator: Node) -> tuple[Node, ...]:
    lagged = [node for node in walk(numerator) if isinstance(node, Lag)]
    inside = {id(node.operand) for node in lagged}
    now = [node for node in walk(numerator) if isinstance(node, Name) and id(node) not in inside]
    for lag in lagged:
        if lag.operand in now:
            return lag, lag.operand
    raise Unbuildable(sentence("read_no_divisor"))


def _unfolded(level: Level) -> Iterator[Part]:
    """`A x 100% B`: the divisor was printed behind the line of the numerator."""
    fold = level.operators.index(FOLDED)
    above, below = level.operators[: fold - 1], level.operators[fold + 1 :]
    if FOLDED in below or "/" in above:
        raise Unbuildable(sentence("read_no_operator"))
    for operands in _chosen(level.operands):
        numerator = _built(operands[:fold], above, level.negative)
        divisor = _built(operands[fold + 1 :], below)
        yield _built([numerator, divisor, operands[fold]], ["/", "*"])


def _chosen(operands: Sequence[Choices]) -> Iterator[tuple[Part, ...]]:
    return itertools.islice(itertools.product(*operands), MAX_READINGS)


def _built(operands: Sequence[Part], operators: Sequence[str], negative: bool = False) -> Part:
    """The tree by the usual precedence."""
    term, total, sign = operands[0], None, "+"
    if negative:
        node = Negate(term.node, term.node.span)
        term = Part(node, term.degree, term.depth + 1)
    for operator, operand in zip(operators, operands[1:], strict=True):
        if operator in "*/":
            term = _joined(operator, term, operand)
            continue
        total = term if total is None else _joined(sign, total, term)
        sign, term = operator, operand
    return term if total is None else _joined(sign, total, term)


def _joined(operator: str, left: Part, right: Part) -> Part:
    depth = max(left.depth, right.depth) + 1
    if depth > MAX_DEPTH:
        raise Unbuildable(sentence("read_deep", most=MAX_DEPTH))
    span = Span(left.node.span.start, right.node.span.end)
    node = Binary(operator, left.node, right.node, span)
    return Part(node, _degree(operator, left.degree, right.degree), depth)


def _degree(operator: str, left: int | None, right: int | None) -> int | None:
    if left is None or right is None:
        return None
    if operator in "+-":
        return left if left == right else None
    return left + right if operator == "*" else left - right
