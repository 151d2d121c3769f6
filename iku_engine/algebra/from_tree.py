"""Expanded tree -> compiled program.

Domain tests are taken from the tree as written, before any algebra: `a / a` needs `a` and is
undefined where `a` is 0. Lags are pushed down to the inputs, so that a lag of an expression is
the expression of lagged inputs.
"""

from __future__ import annotations

from fractions import Fraction

from iku_engine.algebra.constants import literal_value, whole
from iku_engine.algebra.invariants import aggregated_records, unqualified
from iku_engine.algebra.model import (
    HERE,
    BandOf,
    Comparison,
    Condition,
    Connective,
    Extreme,
    Input,
    Kind,
    Literal,
    Opaque,
    OverMembers,
    OverRecords,
    Program,
    Root,
    Rounding,
    Scope,
    Select,
    Shift,
    Step,
    TextComparison,
    Transcendental,
    YearToDate,
)
from iku_engine.algebra.region import Region, to_quotient
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
    Name,
    Negate,
    Node,
    Not,
    Number,
    Over,
    Percent,
    Text,
)
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period

_TRANSCENDENTAL = ("ln", "log10", "exp")


def compile_tree(tree: Node, scope: Scope) -> Program:
    """Compile a tree that `check_tree` found nothing wrong with."""
    return _Compiler(scope).program(tree)


def shifted_tree(tree: Node, shift: Shift) -> Node:
    """The tree at a shifted period, as it would be written."""
    if shift.periods:
        tree = Lag(tree, shift.periods, 0)
    if shift.years:
        tree = Lag(tree, 0, shift.years)
    return tree if shift.at is None else At(tree, shift.at)


class _Compiler:
    """Builds one program; the same step twice is computed once."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._slots: dict[Step, int] = {}

    def program(self, tree: Node) -> Program:
        result = self._slot(tree, HERE)
        return Program(tuple(self._slots), result)

    def _inner(self, tree: Node, scope: Scope) -> Program:
        return _Compiler(scope).program(tree)

    def _add(self, step: Step) -> int:
        return self._slots.setdefault(step, len(self._slots))

    def _slot(self, node: Node, shift: Shift) -> int:
        """The slot that holds the value of a node."""
        region = self._region(node, shift)
        return self._materialised(region)

    def _materialised(self, region: Region) -> int:
        return region.slot if region.slot is not None else self._add(to_quotient(region))

    def _region(self, node: Node, shift: Shift) -> Region:
        match node:
            case Number(value=value) | Percent(value=value):
                return Region.constant(value)
            case Name(name=name):
                return self._input(name, shift)
            case Lag(operand=operand, periods=periods, years=years):
                further = Shift(shift.periods + periods, shift.years + years, shift.at)
                return self._region(operand, further)
            case At(operand=operand, period=Period() as period):
                return self._region(operand, Shift(at=period))
            case Negate(operand=operand):
                return self._arithmetic("*", Region.constant(Fraction(-1)), operand, shift)
            case Binary(operator="^"):
                return self._power(node, shift)
            case Binary(operator=operator, left=left, right=right):
                return self._arithmetic(operator, self._region(left, shift), right, shift)
            case Based():
                return self._based(node, shift)
            case _:
                return Region.of_slot(self._opaque(node, shift))

    def _input(self, name: str, shift: Shift) -> Region:
        return Region.of_slot(self._add(Input(name, shift)))

    def _arithmetic(self, operator: str, left: Region, node: Node, shift: Shift) -> Region:
        right = self._region(node, shift)
        if not left.fits(operator, right):
            left = Region.of_slot(self._materialised(left))
        if not left.fits(operator, right):
            right = Region.of_slot(self._materialised(right))
        subject = self._subject(node, shift) if operator == "/" else ""
        return left.combined(operator, right, subject)

    def _power(self, node: Binary, shift: Shift) -> Region:
        exponent = literal_value(node.right)
        assert exponent is not None
        base = self._region(node.left, shift)
        if exponent.denominator > 1:
            subject = self._subject(node.left, shift)
            root = Root(self._materialised(base), exponent.denominator, subject)
            base = Region.of_slot(self._add(root))
        power = abs(exponent.numerator)
        if not base.fits_power(power):
            base = Region.of_slot(self._materialised(base))
        raised = base.raised(power)
        if exponent > 0:
            return raised
        subject = self._subject(node.left, shift)
        tested = base.tested(Condition.NOT_ZERO, subject)
        return Region.constant(Fraction(1)).over_tested(raised, tested)

    def _based(self, node: Based, shift: Shift) -> Region:
        """The value, with a test that its base is not below zero."""
        value = self._region(node.operand, shift)
        literal = literal_value(node.base)
        if literal is not None and literal >= 0:
            return value
        base = self._region(node.base, shift)
        subject = self._subject(node.base, shift)
        return value.measured_against(base, subject, marking=node.marked)

    def _subject(self, node: Node, shift: Shift) -> Input | str:
        """A divisor as a reason names it: an input by itself, else the text of it."""
        own = shift
        while isinstance(node, Lag | At):
            if isinstance(node, Lag):
                own = Shift(own.periods + node.periods, own.years + node.years, own.at)
            elif isinstance(node.period, Period):
                own = Shift(at=node.period)
            node = node.operand
        if isinstance(node, Name):
            return Input(node.name, own)
        return to_text(shifted_tree(node, own))

    def _opaque(self, node: Node, shift: Shift) -> int:
        match node:
            case Text(value=value):
                return self._add(Literal(value))
            case Compare():
                return self._compare(node, shift)
            case Not(operand=operand):
                return self._add(Connective("not", (self._slot(operand, shift),)))
            case Logic(operator=operator, left=left, right=right):
                sides = (self._slot(left, shift), self._slot(right, shift))
                return self._add(Connective(operator, sides))
            case If(condition=condition, then=then, otherwise=otherwise):
                condition_slot = self._slot(condition, shift)
                branches = self._slot(then, shift), self._slot(otherwise, shift)
                return self._add(Select(condition_slot, *branches))
            case Over(function=function, operand=operand, dimension=dimension):
                inner = self._inner(operand, self._scope)
                return self._add(OverMembers(function, inner, dimension.name, shift))
            case Aggregate():
                return self._add(self._aggregate(node, shift))
            case Call():
                return self._add(self._call(node, shift))
        raise AssertionError(f"cannot compile {node!r}")

    def _compare(self, node: Compare, shift: Shift) -> int:
        if self._is_text(node.left):
            sides = self._slot(node.left, shift), self._slot(node.right, shift)
            return self._add(TextComparison(node.operator, *sides))
        difference = self._arithmetic("-", self._region(node.left, shift), node.right, shift)
        return self._add(Comparison(node.operator, self._materialised(difference)))

    def _is_text(self, node: Node) -> bool:
        match node:
            case Text() | Call(name="rating"):
                return True
            case Name(name=name):
                readable = self._scope.series.get(name)
                return readable is not None and readable.kind is Kind.TEXT
            case If(then=then):
                return self._is_text(then)
        return False

    def _aggregate(self, node: Aggregate, shift: Shift) -> OverRecords:
        records = aggregated_records(node, self._scope)
        assert records is not None
        inner = self._scope.of(records)
        value = where = None
        if node.function != "count":
            value = self._inner(unqualified(node.operand, records), inner)
        if node.condition is not None:
            where = self._inner(unqualified(node.condition, records), inner)
        return OverRecords(node.function, records, value, where, to_text(node), shift)

    def _call(self, node: Call, shift: Shift) -> Step:
        if node.name in ("ytd", "annual"):
            inner = self._inner(node.arguments[0], self._scope)
            return YearToDate(inner, shift, node.name == "annual")
        if node.name in ("score", "rating"):
            scale = node.arguments[1]
            assert isinstance(scale, Name)
            operand = self._slot(node.arguments[0], shift)
            return BandOf(operand, self._scope.scales[scale.name], node.name, shift)
        if node.name == "round":
            digits = whole(node.arguments[1], -99, 99) if len(node.arguments) == 2 else 0
            return Rounding(self._slot(node.arguments[0], shift), digits or 0)
        if node.name in ("sqrt", "root"):
            degree = whole(node.arguments[1], 2, 64) if node.name == "root" else 2
            subject = self._subject(node.arguments[0], shift)
            return Root(self._slot(node.arguments[0], shift), degree or 2, subject)
        operands = tuple(self._slot(argument, shift) for argument in node.arguments)
        if node.name in _TRANSCENDENTAL:
            subject = self._subject(node.arguments[0], shift)
            return Transcendental(node.name, operands[0], subject)
        if node.name in ("abs", "min", "max"):
            return Extreme(node.name, operands)
        return Opaque(node.name, operands, shift)
