"""Where a formula is undefined: the divisors, roots, logarithms and bands of its text.

Taken from the tree as written, before any algebra, each with the branch it stands in: where
`c` is above 0, `if(c > 0, a / b, 0)` wants `b` to be something else than 0, and elsewhere
nothing. A test that its own branch excludes (`if(b = 0, 0, a / b)`) is not listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from iku_engine.algebra.constants import literal_value, whole
from iku_engine.analysis.branch_facts import excluded, negated
from iku_engine.analysis.moments import HERE, Moment, placed
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
    Node,
    Number,
    Over,
    Percent,
    children,
    walk,
)
from iku_engine.language.vocabulary import FUNCTIONS
from iku_engine.scales import Band, Graded, Scale, find_gaps, sorted_bands

_ZERO = Number(Fraction(0))


class Cause(StrEnum):
    """What leaves a formula undefined; the words are those of reasons."""

    ZERO = "zero"
    NEGATIVE_BASE = "negative_base"
    NEGATIVE_ROOT = "negative_root"
    NOT_POSITIVE = "not_positive"
    HOLE = "hole"
    NO_MATCH = "no_match"
    NOT_SHARED = "not_shared"
    OPAQUE = "opaque"


@dataclass(frozen=True, slots=True)
class Where:
    """A branch: the condition holds."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Unless:
    """A side of `and` or `or`: it counts unless the other side, this one, decides alone."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A reduction: in some period of the year (`ytd`), or at some member of a dimension."""

    reduction: Call | Over
    moment: Moment


Step: TypeAlias = Where | Unless | Somewhere


@dataclass(frozen=True, slots=True)
class Undefined:
    """One condition under which a formula is undefined.

    `test` is the condition on the `subject` as a tree with its lags at the inputs (None for an
    opaque function, which keeps its reasons to itself). `path` leads to it from the outside.
    `scale` and `holes` say which scale has no band for the subject, and where.
    """

    cause: Cause
    subject: Node
    test: Node | None
    path: tuple[Step, ...] = ()
    scale: str = ""
    holes: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Domain:
    """The conditions, in the order of the text, and the inputs that the formula needs."""

    conditions: tuple[Undefined, ...] = ()
    needs: tuple[Node, ...] = ()


def domain_of(tree: Node, scales: Mapping[str, Scale] | None = None) -> Domain:
    """The domain of an expanded tree; `scales` are those it may name."""
    collector = _Collector(scales or {})
    collector.collect(tree, HERE, ())
    return Domain(_fewest(collector.found), tuple(collector.needs))


def outside_bands(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """The intervals that no band holds: below the scale, its holes, above it."""
    ordered = sorted_bands(bands)
    if not ordered:
        return (Band(""),)
    first = ordered[0]
    last = max(ordered, key=lambda b: (b.high is None, b.high or Fraction(0), b.high_included))
    found = [gap.interval for gap in find_gaps(bands)]
    if first.low is not None:
        found.insert(0, Band("", high=first.low, high_included=not first.low_included))
    if last.high is not None:
        found.append(Band("", last.high, not last.high_included))
    return tuple(found)


@dataclass(slots=True)
class _Collector:
    """Walks a tree from the outside, with the moment and the path to each node."""

    scales: Mapping[str, Scale]
    found: list[Undefined] = field(default_factory=list)
    needs: dict[Node, None] = field(default_factory=dict)

    def collect(self, node: Node, at: Moment, path: tuple[Step, ...]) -> None:
        match node:
            case Name():
                self._need(node, at, path)
            case Lag(operand=operand):
                self.collect(operand, at.before(node.periods, node.years), path)
            case At(operand=operand, period=period):
                self.collect(operand, Moment(at=period), path)
            case Binary(left=left, operator="^"):
                self.collect(left, at, path)
                self._power(node, at, path)
            case Binary(left=left, right=right):
                self.collect(left, at, path)
                self.collect(right, at, path)
                if node.operator == "/":
                    self._test(Cause.ZERO, "=", right, at, path)
            case Based(operand=operand, base=base):
                self.collect(operand, at, path)
                self.collect(base, at, path)
                if not node.marked:
                    self._test(Cause.NEGATIVE_BASE, "<", base, at, path)
            case If() | Logic():
                self._branches(node, at, path)
            case _:
                self._reduced_or_called(node, at, path)

    def _branches(self, node: If | Logic, at: Moment, path: tuple[Step, ...]) -> None:
        if isinstance(node, If):
            condition = placed(node.condition, at)
            self.collect(node.condition, at, path)
            self.collect(node.then, at, (*path, Where(condition)))
            self.collect(node.otherwise, at, (*path, Where(negated(condition))))
            return
        left, right = placed(node.left, at), placed(node.right, at)
        if node.operator == "and":
            left, right = negated(left), negated(right)
        self.collect(node.left, at, (*path, Unless(right)))
        self.collect(node.right, at, (*path, Unless(left)))

    def _reduced_or_called(self, node: Node, at: Moment, path: tuple[Step, ...]) -> None:
        match node:
            case Over(operand=operand):
                self._need(node, at, path)
                self.collect(operand, HERE, (*path, Somewhere(node, at)))
            case Call(name="ytd" | "annual", arguments=arguments):
                self._need(node, at, path)
                self.collect(arguments[0], HERE, (*path, Somewhere(node, at)))
            case Aggregate():
                self._need(node, at, path)
                self._aggregate(node, at, path)
            case Call():
                self._call(node, at, path)
            case _:
                for child in children(node):
                    self.collect(child, at, path)

    def _call(self, node: Call, at: Moment, path: tuple[Step, ...]) -> None:
        if node.name in ("score", "rating"):
            self.collect(node.arguments[0], at, path)
            self._band(node, at, path)
            return
        for argument in children(node):
            self.collect(argument, at, path)
        if node.name in ("ln", "log10"):
            self._test(Cause.NOT_POSITIVE, "<=", node.arguments[0], at, path)
        elif node.name in ("sqrt", "root"):
            degree = whole(node.arguments[1], 2, 64) if node.name == "root" else 2
            if degree is None or degree % 2 == 0:
                self._test(Cause.NEGATIVE_ROOT, "<", node.arguments[0], at, path)
        elif node.name not in FUNCTIONS:
            self.found.append(Undefined(Cause.OPAQUE, placed(node, at), None, path))

    def _power(self, node: Binary, at: Moment, path: tuple[Step, ...]) -> None:
        """`x^-1` and `x^0` want a base that is not 0, an even root one that is not below it."""
        exponent = literal_value(node.right)
        if exponent is None:
            return
        if exponent.denominator % 2 == 0:
            self._test(Cause.NEGATIVE_ROOT, "<", node.left, at, path)
        if exponent <= 0:
            self._test(Cause.ZERO, "=", node.left, at, path)

    def _band(self, node: Call, at: Moment, path: tuple[Step, ...]) -> None:
        name = node.arguments[1]
        assert isinstance(name, Name)
        subject = placed(node.arguments[0], at)
        scale = self.scales.get(name.name)
        if scale is None:
            self.found.append(Undefined(Cause.HOLE, subject, None, path, name.name))
            return
        holes = outside_bands(scale.bands)
        graded = subject
        if scale.on is Graded.DISPLAYED:
            graded = Call("round", (subject, Number(Fraction(scale.decimals))))
        test: Node | None = None
        for hole in holes:
            inside = _inside(graded, hole)
            test = inside if test is None else Logic("or", test, inside)
        if test is not None:
            self.found.append(Undefined(Cause.HOLE, subject, test, path, name.name, holes))

    def _aggregate(self, node: Aggregate, at: Moment, path: tuple[Step, ...]) -> None:
        """Nothing is the mean of no record; a sum or a count of none is 0.

        Of a figure below 0, or of zeros only, there are no shares that Gini could compare.
        """
        if node.function in ("count", "sum"):
            return
        records = next((m.records for m in walk(node.operand) if isinstance(m, Member)), "")
        if not records:
            return
        counted = placed(Aggregate("count", Name(records), node.condition, node.span), at)
        least = Number(Fraction(2 if node.function == "stdev" else 1))
        test = Compare("<", counted, least)
        subject = placed(node, at)
        self.found.append(Undefined(Cause.NO_MATCH, subject, test, path))
        if node.function == "gini":
            least_of, most_of = (placed(replace(node, function=f), at) for f in ("min", "max"))
            shares = Logic("or", Compare("<", least_of, _ZERO), Compare("=", most_of, _ZERO))
            self.found.append(Undefined(Cause.NOT_SHARED, subject, shares, path))

    def _test(
        self, cause: Cause, operator: str, subject: Node, at: Moment, path: tuple[Step, ...]
    ) -> None:
        literal = subject.value if isinstance(subject, Percent) else literal_value(subject)
        if literal is not None and not _breaks(operator, literal):
            return
        shown = placed(subject, at)
        test = Compare(operator, shown, _ZERO)
        if not excluded(test, _conditions(path)):
            self.found.append(Undefined(cause, shown, test, path))

    def _need(self, node: Node, at: Moment, path: tuple[Step, ...]) -> None:
        if not any(isinstance(step, Somewhere) for step in path):
            self.needs[placed(node, at)] = None


def _breaks(operator: str, literal: Fraction) -> bool:
    if operator == "=":
        return literal == 0
    return literal < 0 or (operator == "<=" and literal == 0)


def _conditions(path: tuple[Step, ...]) -> list[Node]:
    """What holds at the end of a path: only what was asked at the same moment."""
    known: list[Node] = []
    for step in path:
        match step:
            case Somewhere():
                known = []
            case Where(condition=condition):
                known.append(condition)
            case Unless(condition=condition):
                known.append(negated(condition))
    return known


def _inside(value: Node, interval: Band) -> Node:
    """The interval as a condition."""
    if interval.low is not None and interval.low == interval.high:
        return Compare("=", value, Number(interval.low))
    sides: list[Node] = []
    if interval.low is not None:
        operator = ">=" if interval.low_included else ">"
        sides.append(Compare(operator, value, Number(interval.low)))
    if interval.high is not None:
        operator = "<=" if interval.high_included else "<"
        sides.append(Compare(operator, value, Number(interval.high)))
    if not sides:
        return Compare("=", _ZERO, _ZERO)
    return sides[0] if len(sides) == 1 else Logic("and", sides[0], sides[1])


def _fewest(found: list[Undefined]) -> tuple[Undefined, ...]:
    """Each condition once, without those that hold only where another one does."""
    kept: list[Undefined] = []
    paths: dict[tuple[Node, Node | None], list[tuple[Step, ...]]] = {}
    for one in found:
        paths.setdefault((one.subject, one.test), []).append(one.path)
    for one in dict.fromkeys(found):
        others = paths[one.subject, one.test]
        if not any(_is_wider(other, one.path) for other in others):
            kept.append(one)
    return tuple(kept)


def _is_wider(path: tuple[Step, ...], other: tuple[Step, ...]) -> bool:
    """Whether the first path leads to more places: it is the other one with fewer steps."""
    if len(path) >= len(other):
        return False
    rest = iter(other)
    reductions = [step for step in path if isinstance(step, Somewhere)]
    same = reductions == [step for step in other if isinstance(step, Somewhere)]
    return same and all(step in rest for step in path)
