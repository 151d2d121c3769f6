"""The callbacks of the grammar: each alternative of it makes one node of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import lark

from iku_engine.diagnostics import quoted
from iku_engine.language.bounds import MAX_LAG
from iku_engine.language.model import (
    Aggregate,
    At,
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
    Span,
    Text,
)
from iku_engine.language.vocabulary import AGGREGATES, OVER_DIMENSION, RESERVED
from iku_engine.periods import Period

_OPERATORS = {"\N{MULTIPLICATION SIGN}": "*", "\N{DIVISION SIGN}": "/", "<>": "!="}
_MINUS = "\N{MINUS SIGN}"


class Refused(Exception):
    """A mistake found by a callback of the grammar, with its stretch of text."""

    def __init__(self, code: str, message: str, span: Span, instead: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.span, self.instead = code, message, span, instead


@lark.v_args(inline=True)
class TreeBuilder(lark.Transformer[lark.Token, Node]):
    """One callback for each alternative of the grammar."""

    def number(self, token: lark.Token) -> Node:
        return Number(Fraction(str(token)), _span(token))

    def percent(self, token: lark.Token) -> Node:
        return Percent(Fraction(str(token)), Span(_start(token), _end(token) + 1))

    def text(self, token: lark.Token) -> Node:
        return Text(str(token)[1:-1], _span(token))

    def name(self, token: lark.Token) -> Node:
        if str(token) in RESERVED:
            raise Refused("IKU201", f"`{token}` is a word of the language", _span(token))
        return Name(str(token), _span(token))

    def member(self, records: lark.Token, field: lark.Token) -> Node:
        return Member(str(records), str(field), Span(_start(records), _end(field)))

    def bracketed(self, inner: Node) -> Node:
        return inner

    def sign(self, operator: lark.Token, operand: Node) -> Node:
        if str(operator) == "+":
            return operand
        return Negate(operand, Span(_start(operator), operand.span.end))

    def binary(self, left: Node, operator: lark.Token, right: Node) -> Node:
        spelled = str(operator)
        sign = "-" if spelled == _MINUS else _OPERATORS.get(spelled, spelled)
        return Binary(sign, left, right, _around(left, right))

    def compare(self, left: Node, operator: lark.Token, right: Node) -> Node:
        sign = _OPERATORS.get(str(operator), str(operator))
        return Compare(sign, left, right, _around(left, right))

    def comparison_chain(self, *parts: Node | lark.Token) -> Node:
        last = parts[-1]
        start = parts[0].span.start if not isinstance(parts[0], lark.Token) else 0
        end = last.span.end if not isinstance(last, lark.Token) else start + 1
        raise Refused(
            "IKU210", "comparisons are not chained", Span(start, end), "write `a < b and b < c`"
        )

    def either(self, left: Node, right: Node) -> Node:
        return Logic("or", left, right, _around(left, right))

    def both(self, left: Node, right: Node) -> Node:
        return Logic("and", left, right, _around(left, right))

    def negated(self, operand: Node) -> Node:
        return Not(operand, operand.span)

    def choose(self, condition: Node, then: Node, otherwise: Node) -> Node:
        return If(condition, then, otherwise, _around(condition, otherwise))

    def relative(self, axis: lark.Token, sign: lark.Token, count: lark.Token) -> _Step:
        span = Span(_start(axis), _end(count))
        if str(axis) not in ("t", "y"):
            help_text = "a lag is written `x[t-1]` (periods) or `x[y-1]` (years)"
            raise Refused("IKU201", f"{quoted(str(axis))} is not a lag", span, help_text)
        if str(sign) == "+":
            raise Refused("IKU210", "a formula looks back, never ahead", span)
        if "." in str(count) or not 1 <= int(count) <= MAX_LAG:
            raise Refused("IKU202", f"a lag is a whole number from 1 to {MAX_LAG}", span)
        return _Step(periods=int(count)) if str(axis) == "t" else _Step(years=int(count))

    def absolute_year(self, token: lark.Token) -> _Step:
        return self.absolute(token)

    def absolute(self, token: lark.Token) -> _Step:
        try:
            return _Step(fixed=Period.parse(str(token)))
        except ValueError as mistake:
            raise Refused("IKU201", str(mistake), _span(token)) from None

    def named_step(self, token: lark.Token) -> _Step:
        if str(token) == "t":
            return _Step()
        return _Step(fixed=Name(str(token), _span(token)))

    def step(self, step: _Step) -> _Step:
        return step

    def lag(self, operand: Node, step: _Step) -> Node:
        span = operand.span
        if step.fixed is not None:
            return At(operand, step.fixed, span)
        if not step.periods and not step.years:
            return operand
        return Lag(operand, step.periods, step.years, span)

    def named_argument(self, name: lark.Token, value: Node) -> _Named:
        return _Named(str(name), value)

    def arguments(self, *found: Node | _Named) -> list[Node | _Named]:
        return list(found)

    def call(self, name: lark.Token, found: Sequence[Node | _Named] = ()) -> Node:
        span = _span(name)
        if str(name) in RESERVED and str(name) in ("and", "or", "not", "over", "where"):
            raise Refused("IKU201", f"`{name}` is a word of the language", span)
        positional = [part for part in found if not isinstance(part, _Named)]
        named = [part for part in found if isinstance(part, _Named)]
        first_named = next((i for i, part in enumerate(found) if isinstance(part, _Named)), None)
        if first_named is not None and first_named < len(positional):
            raise Refused("IKU208", "a named argument stands before one without a name", span)
        if len({part.name for part in named}) < len(named):
            raise Refused("IKU208", "an argument is named twice", span)
        if str(name) in AGGREGATES and len(found) == 1 and not named:
            return Aggregate(str(name), positional[0], None, _up_to(name, positional[0]))
        arguments = tuple(positional)
        pairs = tuple((part.name, part.value) for part in named)
        last = found[-1] if found else None
        end = last.value if isinstance(last, _Named) else last
        return Call(str(name), arguments, pairs, _up_to(name, end) if end else span)

    def over(self, name: lark.Token, operand: Node, dimension: lark.Token) -> Node:
        if str(name) not in OVER_DIMENSION:
            raise Refused(
                "IKU201", f"{quoted(str(name))} does not run over a dimension", _span(name),
                "write `total(x over d)` or `mean(x over d)`",
            )  # fmt: skip
        target = Name(str(dimension), _span(dimension))
        return Over(str(name), operand, target, Span(_start(name), _end(dimension) + 1))

    def where(self, name: lark.Token, operand: Node, condition: Node) -> Node:
        if str(name) not in AGGREGATES:
            raise Refused(
                "IKU201", f"{quoted(str(name))} does not run over records", _span(name),
                f"`where` belongs to {', '.join(sorted(AGGREGATES))}",
            )  # fmt: skip
        return Aggregate(str(name), operand, condition, _up_to(name, condition))


class _Step:
    """What stands between the brackets behind an operand."""

    def __init__(
        self, periods: int = 0, years: int = 0, fixed: Period | Name | None = None
    ) -> None:
        self.periods, self.years, self.fixed = periods, years, fixed


class _Named:
    """An argument with its name."""

    def __init__(self, name: str, value: Node) -> None:
        self.name, self.value = name, value


def _start(token: lark.Token) -> int:
    assert token.start_pos is not None
    return token.start_pos


def _end(token: lark.Token) -> int:
    assert token.end_pos is not None
    return token.end_pos


def _span(token: lark.Token) -> Span:
    return Span(_start(token), _end(token))


def _around(left: Node, right: Node) -> Span:
    return Span(left.span.start, right.span.end)


def _up_to(name: lark.Token, last: Node) -> Span:
    return Span(_start(name), last.span.end + 1)
