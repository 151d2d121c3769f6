"""Trees with their lags at the inputs: `(a - b)[t-1]` is `a[t-1] - b[t-1]`."""

from __future__ import annotations

from dataclasses import dataclass

from iku_engine.language.model import (
    Aggregate,
    At,
    Call,
    Lag,
    Name,
    Node,
    Number,
    Over,
    Percent,
    Text,
    rebuilt,
)
from iku_engine.periods import Period

_OF_SCALES = ("score", "rating")


@dataclass(frozen=True, slots=True)
class Moment:
    """A period seen from t: first `at` where it is set, then back by periods and years.

    In the body of a named formula `at` may be the name of a parameter.
    """

    periods: int = 0
    years: int = 0
    at: Period | Name | None = None

    def before(self, periods: int, years: int) -> Moment:
        return Moment(self.periods + periods, self.years + years, self.at)

    def applied(self, period: Period) -> Period:
        assert not isinstance(self.at, Name)
        return (self.at or period).shifted(-self.periods, -self.years)


HERE = Moment()


def placed(node: Node, at: Moment) -> Node:
    """The tree as it is written for another moment, with every lag at an input or reduction."""
    match node:
        case Number() | Percent() | Text():
            return node
        case Lag(operand=operand, periods=periods, years=years):
            return placed(operand, at.before(periods, years))
        case At(operand=operand, period=period):
            return placed(operand, Moment(at=period))
        case Name() | Over() | Aggregate() | Call(name="ytd" | "annual"):
            return _written(node, at)
        case Call(name=name, arguments=(first, *others)) if name in _OF_SCALES:
            return Call(name, (placed(first, at), *others), node.named, node.span)
    return rebuilt(node, lambda child: placed(child, at))


def _written(node: Node, at: Moment) -> Node:
    if at.periods or at.years:
        node = Lag(node, at.periods, at.years, node.span)
    return node if at.at is None else At(node, at.at, node.span)
