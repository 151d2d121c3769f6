"""A second evaluator, written from what `docs/semantics.md` says alone: it walks the tree.

No program, no polynomial, no sympy: each node of the expanded tree yields a value, or the set of
inputs it misses, or the set of divisors and domains that leave it undefined. It is slow and plain
on purpose; the engine has to agree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from iku_engine.formulas.model import Refused
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
    Text,
    walk,
)
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period
from iku_engine.scales import Scale
from iku_engine.testing.calendar_steps import before, from_start_of_year

Cause: TypeAlias = tuple[str, str, Period]
"""What is wrong, the text it is wrong with (without lags around it), and the period of that."""

Figures: TypeAlias = Callable[[str, Period], Fraction | None]


@dataclass(frozen=True)
class Answer:
    """`ok` with a value, or `missing` or `undefined` with all causes; `notes` go with values."""

    status: str
    value: Fraction | bool | str | None = None
    causes: frozenset[Cause] = frozenset()
    notes: frozenset[Cause] = frozenset()


class TooBig(Exception):
    """A value that no evaluator is asked to hold."""


MOST_BITS = 60_000


def known(value: Fraction | bool | str, notes: Iterable[Cause] = ()) -> Answer:
    """An answer that is there. Raises `TooBig` where no evaluator is asked to hold it."""
    if isinstance(value, Fraction):
        size = max(value.numerator.bit_length(), value.denominator.bit_length())
        if size > MOST_BITS:
            raise TooBig
    return Answer("ok", value, notes=frozenset(notes))


def failed(answers: Sequence[Answer]) -> Answer | None:
    """Missing wins over undefined; all causes of the winner are kept."""
    for status in ("missing", "undefined"):
        causes = [answer.causes for answer in answers if answer.status == status]
        if causes:
            return Answer(status, causes=frozenset().union(*causes))
    return None


def undefined(kind: str, node: Node, period: Period) -> Answer:
    """An answer that is not there, for what a node came to in a period."""
    return Answer("undefined", causes=frozenset({cause(kind, node, period)}))


def cause(kind: str, node: Node, period: Period) -> Cause:
    """The cause with the lags around its text applied to its period."""
    while isinstance(node, Lag | At | Based):
        if isinstance(node, Lag):
            period = before(period, node.periods, node.years)
        elif isinstance(node, At):
            assert isinstance(node.period, Period)
            period = node.period
        node = node.operand  # a base is not written: the text is that of the operand
    return kind, to_text(node), period


@dataclass(frozen=True)
class Stepwise:
    """Walks trees over one set of figures, scales and opaque functions."""

    figures: Figures
    scales: Mapping[str, Scale]
    functions: Mapping[str, Callable[..., Fraction | Refused]] = field(default_factory=dict)

    def of(self, node: Node, period: Period) -> Answer:  # noqa: C901, PLR0911 - an arm a node
        """The answer of a node at a period."""
        match node:
            case Number(value=value) | Percent(value=value):
                return known(value)
            case Text(value=text):
                return known(text)
            case Name(name=name):
                figure = self.figures(name, period)
                if figure is None:
                    return Answer("missing", causes=frozenset({("missing", name, period)}))
                return known(figure)
            case Lag(operand=operand, periods=periods, years=years):
                return self.of(operand, before(period, periods, years))
            case At(operand=operand, period=Period() as fixed):
                return self.of(operand, fixed)
            case Negate(operand=operand):
                return self._with([self.of(operand, period)], lambda x: -x)
            case Binary():
                return self._binary(node, period)
            case Compare(operator=operator, left=left, right=right):
                sides = [self.of(left, period), self.of(right, period)]
                return failed(sides) or known(_holds(operator, sides), _notes(sides))
            case Not(operand=operand):
                inner = self.of(operand, period)
                return inner if inner.status != "ok" else known(not inner.value, inner.notes)
            case Logic(operator=operator, left=left, right=right):
                return _kleene(operator, [self.of(left, period), self.of(right, period)])
            case If(condition=condition, then=then, otherwise=otherwise):
                return self._choice(condition, then, otherwise, period)
            case Based():
                return self._based(node, period)
            case Call():
                return self._call(node, period)
        raise AssertionError(f"not evaluated stepwise: {node!r}")

    def _binary(self, node: Binary, period: Period) -> Answer:
        left = self.of(node.left, period)
        if node.operator == "^":
            return self._power(node, left, period)
        right = self.of(node.right, period)
        sides = [left, right]
        if node.operator == "/" and right.status == "ok" and right.value == 0:
            # The divisor is wrong by itself, whatever becomes of what it divides.
            sides.append(undefined("zero", node.right, period))
        return self._with(sides, lambda x, y: _arithmetic(node.operator, x, y))

    def _power(self, node: Binary, base: Answer, period: Period) -> Answer:
        exponent = node.right
        sign = -1 if isinstance(exponent, Negate) else 1
        figure = exponent.operand if isinstance(exponent, Negate) else exponent
        assert isinstance(figure, Number)
        assert figure.value.denominator == 1
        power = sign * int(figure.value)
        if power <= 0 and base.status == "ok" and base.value == 0:
            return undefined("zero", node.left, period)
        return self._with([base], lambda x: x**power)

    def _choice(self, condition: Node, then: Node, otherwise: Node, period: Period) -> Answer:
        chosen = self.of(condition, period)
        if chosen.status != "ok":
            return chosen
        branch = self.of(then if chosen.value else otherwise, period)
        if branch.status != "ok" or branch.value is None:
            return branch
        return known(branch.value, chosen.notes | branch.notes)

    def _based(self, node: Based, period: Period) -> Answer:
        value, base = self.of(node.operand, period), self.of(node.base, period)
        answers = [value, base]
        below_zero = base.status == "ok" and isinstance(base.value, Fraction) and base.value < 0
        if below_zero and not node.marked:
            answers.append(undefined("negative_base", node.base, period))
        wrong = failed(answers)
        if wrong or value.value is None:
            return wrong or value
        mark = {cause("negative_base", node.base, period)} if below_zero else set()
        return known(value.value, value.notes | base.notes | mark)

    def _call(self, node: Call, period: Period) -> Answer:
        first = node.arguments[0]
        if node.name == "ytd":
            parts = [self.of(first, each) for each in from_start_of_year(period)]
            return self._with(parts, lambda *found: sum(found, Fraction(0)))
        if node.name in ("score", "rating"):
            return self._band(node, period)
        if node.name == "round":
            digits = _digits(node.arguments[1]) if len(node.arguments) == 2 else 0
            return self._with([self.of(first, period)], lambda x: rounded(x, digits))
        answers = [self.of(argument, period) for argument in node.arguments]
        if node.name in self.functions:
            return self._opaque(node, answers, period)
        functions: Mapping[str, Callable[..., Fraction]] = {"abs": abs, "min": min, "max": max}
        return self._with(answers, functions[node.name])

    def _opaque(self, node: Call, answers: Sequence[Answer], period: Period) -> Answer:
        wrong = failed(answers)
        if wrong:
            return wrong
        found = self.functions[node.name](*(answer.value for answer in answers))
        if isinstance(found, Refused):
            return undefined(found.reason, node, period)
        return known(Fraction(found), _notes(answers))

    def _band(self, node: Call, period: Period) -> Answer:
        operand = self.of(node.arguments[0], period)
        if operand.status != "ok":
            return operand
        scale = node.arguments[1]
        assert isinstance(scale, Name)
        assert isinstance(operand.value, Fraction)
        value = operand.value
        for band in self.scales[scale.name].bands:
            low, high = band.low, band.high
            above = low is None or value > low or (value == low and band.low_included)
            below = high is None or value < high or (value == high and band.high_included)
            if above and below:
                found = band.label if node.name == "rating" else band.score
                assert found is not None
                return known(found, operand.notes)
        return undefined("hole", scale, period)

    def _with(self, answers: Sequence[Answer], compute: Callable[..., Fraction]) -> Answer:
        """A value made of the others when all are known."""
        wrong = failed(answers)
        if wrong:
            return wrong
        return known(compute(*(answer.value for answer in answers)), _notes(answers))


_WALKED = (
    Number, Percent, Text, Name, Lag, At, Negate, Binary, Compare, Not, Logic, If, Based, Call,
)  # fmt: skip
_CALLED = frozenset({"ytd", "score", "rating", "round", "abs", "min", "max"})


def knows(tree: Node, functions: Container[str] = ()) -> bool:
    """Whether a tree is walked: exact figures of series, without records, members, roots, logs."""
    for node in walk(tree):
        if not isinstance(node, _WALKED):
            return False
        if isinstance(node, Call) and node.name not in _CALLED and node.name not in functions:
            return False
        if isinstance(node, Binary) and node.operator == "^" and not _is_whole(node.right):
            return False
    return True


def _is_whole(node: Node) -> bool:
    figure = node.operand if isinstance(node, Negate) else node
    return isinstance(figure, Number) and figure.value.denominator == 1


def rounded(value: Fraction, digits: int) -> Fraction:
    """Half away from zero, by looking at the distance to the figure below."""
    step = Fraction(1, 10) ** digits
    steps = abs(value) // step
    if abs(value) - steps * step >= step / 2:
        steps += 1
    return steps * step * (-1 if value < 0 else 1)


def _digits(node: Node) -> int:
    if isinstance(node, Negate):
        return -_digits(node.operand)
    assert isinstance(node, Number)
    return int(node.value)


def _arithmetic(operator: str, left: Fraction, right: Fraction) -> Fraction:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    return left * right if operator == "*" else left / right


def _holds(operator: str, sides: Sequence[Answer]) -> bool:
    left, right = sides[0].value, sides[1].value
    if operator == "=":
        return left == right
    if operator == "!=":
        return left != right
    assert isinstance(left, Fraction)
    assert isinstance(right, Fraction)
    if operator.startswith("<"):
        return left < right or (operator == "<=" and left == right)
    return left > right or (operator == ">=" and left == right)


def _kleene(operator: str, sides: Sequence[Answer]) -> Answer:
    """One true side decides `or`, one false side `and`; else every side must be known."""
    decisive = operator == "or"
    for side in sides:
        if side.status == "ok" and side.value is decisive:
            return side
    return failed(sides) or known(not decisive, _notes(sides))


def _notes(answers: Sequence[Answer]) -> frozenset[Cause]:
    return frozenset().union(*(answer.notes for answer in answers))
