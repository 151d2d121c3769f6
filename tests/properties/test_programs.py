"""Compiled programs against stepwise evaluation of the tree, and against sympy's own values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from iku_engine.evaluation.model import Outcome, Status
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
)
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period
from iku_engine.testing.calendar_steps import before
from iku_engine.testing.stepwise import Figures, Stepwise, TooBig
from tests.laws import LAW
from tests.properties.reading import causes_of, compiled_outcome, noted
from tests.properties.trees import PERIODS, SCALE, arithmetic, figures_of, numeric, pools

Pools = Mapping[str, list[Fraction | None]]


def agrees(tree: Node, figures: Figures, period: Period) -> Outcome:
    """Compare both evaluations and give the engine's back."""
    found = compiled_outcome(tree, figures, period)
    try:
        expected = Stepwise(figures, {SCALE.name: SCALE}).of(tree, period)
    except TooBig:
        assume(False)
    if found.status is Status.TOO_LARGE:
        assume(False)
    event(expected.status)
    context = f"{to_text(tree)} at {period}"
    assert (found.status.value, found.value) == (expected.status, expected.value), context
    assert causes_of(found.reasons) == expected.causes, context
    if found.ok:
        assert noted(found.quality.notes) == expected.notes, context
    return found


BASED = Based(Name("a"), Based(Lag(Name("a"), 1, 0), Name("a"), False), False)
"""Measured against a base that lies a year before and has a base of its own."""


@LAW
@given(numeric(), pools(), st.sampled_from(PERIODS))
@example(BASED, {name: [Fraction(n) for n in (0, 0, 0, 0, -1)] for name in "abcd"}, Period.of(2020))
def test_a_compiled_program_agrees_with_stepwise_evaluation(
    tree: Node, pool: Pools, period: Period
) -> None:
    agrees(tree, figures_of(pool), period)


@given(arithmetic(), pools(), st.sampled_from(PERIODS))
def test_domain_tests_agree_with_stepwise_evaluation_of_the_text(
    tree: Node, pool: Pools, period: Period
) -> None:
    agrees(tree, figures_of(pool), period)


@given(arithmetic(("a", "b")), st.sampled_from([Fraction(n) for n in (-1, 0, 1, 2)]), pools())
def test_cancelled_divisors_still_count(tree: Node, figure: Fraction, pool: Pools) -> None:
    """`tree / tree` and `tree - tree` under a line: algebra alone would drop both."""
    figures = figures_of({**pool, "a": [figure] * 5})
    agrees(Binary("/", tree, tree), figures, PERIODS[0])
    twice = Binary("/", Number(Fraction(1)), Binary("-", tree, tree))
    found = agrees(twice, figures, PERIODS[0])
    assert found.status in (Status.UNDEFINED, Status.MISSING)


@LAW
@given(numeric(reduced=False, based=False, bands=False), pools())
def test_exact_evaluation_equals_the_value_of_sympy(tree: Node, pool: Pools) -> None:
    """Where we give a figure; sympy gives one in places where the text is undefined."""
    figures = figures_of(pool)
    found = compiled_outcome(tree, figures, PERIODS[0])
    assume(found.ok)
    value = _Sympy(figures).of(tree, PERIODS[0])
    assert isinstance(value, sympy.Rational), (to_text(tree), value)
    assert Fraction(int(value.p), int(value.q)) == found.number


@LAW
@given(numeric(bands=True), pools(), st.sampled_from(PERIODS), st.sampled_from(["a", "b"]))
def test_a_missing_input_never_yields_a_number(
    tree: Node, pool: Pools, period: Period, name: str
) -> None:
    """With every figure of an input gone, either nothing is known or it was not needed."""
    figures = figures_of({**pool, name: [None] * 5})
    found = compiled_outcome(tree, figures, period)
    if found.ok:
        for figure in (Fraction(0), Fraction(7, 3), Fraction(-40)):
            other = figures_of({**pool, name: [figure] * 5})
            assert compiled_outcome(tree, other, period).value == found.value
    assert found.status is not Status.ERROR


@given(arithmetic(), pools())
def test_without_branches_every_missing_input_of_the_text_is_named(tree: Node, pool: Pools) -> None:
    """`0 * missing` and `missing / missing` are missing: algebra forgives nothing."""
    figures = figures_of(pool)
    gone = {
        (name, period) for name, period in _read(tree, PERIODS[0]) if figures(name, period) is None
    }
    found = compiled_outcome(tree, figures, PERIODS[0])
    assume(found.status is not Status.TOO_LARGE)
    assert (found.status is Status.MISSING) == bool(gone)
    if gone:
        assert {(reason.subject, reason.period) for reason in found.reasons} == gone


def _read(tree: Node, period: Period) -> set[tuple[str, Period]]:
    match tree:
        case Name(name=name):
            return {(name, period)}
        case Lag(operand=operand, periods=periods, years=years):
            return _read(operand, before(period, periods, years))
        case At(operand=operand, period=Period() as fixed):
            return _read(operand, fixed)
        case Negate(operand=operand) | Binary(operator="^", left=operand):
            return _read(operand, period)
        case Binary(left=left, right=right):
            return _read(left, period) | _read(right, period)
    return set()


class _Sympy:
    """The tree as an expression of sympy over rational figures, which it evaluates itself."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def of(self, node: Node, period: Period) -> sympy.Basic:
        match node:
            case Number(value=value):
                return sympy.Rational(value.numerator, value.denominator)
            case Name(name=name):
                figure = self._figures(name, period)
                if figure is None:
                    return sympy.nan
                return sympy.Rational(figure.numerator, figure.denominator)
            case Lag(operand=operand, periods=periods, years=years):
                return self.of(operand, before(period, periods, years))
            case At(operand=operand, period=Period() as fixed):
                return self.of(operand, fixed)
            case Negate(operand=operand):
                return sympy.Mul(-1, self.of(operand, period))
            case If(condition=condition, then=then, otherwise=otherwise):
                chosen = then if self._holds(condition, period) else otherwise
                return self.of(chosen, period)
            case Call(name=name, arguments=arguments):
                return self._call(name, arguments, period)
            case Binary(operator=operator, left=left, right=right):
                sides = self.of(left, period), self.of(right, period)
                return _sympy_arithmetic(operator, *sides)
        raise AssertionError(node)

    def _call(self, name: str, arguments: tuple[Node, ...], period: Period) -> sympy.Basic:
        values = [self.of(argument, period) for argument in arguments]
        if not all(value.is_Rational for value in values):
            return sympy.nan
        if name != "round":
            return {"abs": sympy.Abs, "min": sympy.Min, "max": sympy.Max}[name](*values)
        scale = sympy.Integer(10) ** (values[1] if len(values) == 2 else 0)
        size = sympy.floor(sympy.Abs(values[0]) * scale + sympy.Rational(1, 2)) / scale
        return sympy.sign(values[0]) * size

    def _holds(self, node: Node, period: Period) -> bool:
        """The truth of a condition that is known; one side may decide alone."""
        match node:
            case Not(operand=operand):
                return not self._holds(operand, period)
            case Logic(operator=operator, left=left, right=right):
                sides = (self._holds(left, period), self._holds(right, period))
                return all(sides) if operator == "and" else any(sides)
            case Compare(operator=operator, left=left, right=right):
                first, second = self.of(left, period), self.of(right, period)
                if not (first.is_Rational and second.is_Rational):
                    return False
                relations = {
                    "=": sympy.Eq, "!=": sympy.Ne, "<": sympy.Lt,
                    "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge,
                }  # fmt: skip
                return bool(relations[operator](first, second))
        raise AssertionError(node)


def _sympy_arithmetic(operator: str, left: sympy.Basic, right: sympy.Basic) -> sympy.Basic:
    match operator:
        case "+":
            return sympy.Add(left, right)
        case "-":
            return sympy.Add(left, sympy.Mul(-1, right))
        case "*":
            return sympy.Mul(left, right)
        case "/":
            return sympy.Mul(left, sympy.Pow(right, -1))
    return sympy.Pow(left, right)
