"""Compiled programs: what they keep of the text, and that they stay small."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Condition, Input, Program, Quotient, Readable, Scope, Shift
from iku_engine.algebra.region import MAX_DEGREE, MAX_SLOTS, MAX_TERMS
from iku_engine.evaluation.model import Status
from iku_engine.language.model import Name, walk
from iku_engine.periods import Period
from tests.properties.reading import World, compiled_outcome, fixed, parsed

NOW = Period.of(2020)


def program_of(text: str) -> Program:
    tree = parsed(text)
    names = [node.name for node in walk(tree) if isinstance(node, Name)]
    return compile_tree(tree, Scope({name: Readable() for name in names}))


def quotients(program: Program) -> list[Quotient]:
    return [step for step in program.steps if isinstance(step, Quotient)]


def test_a_ratio_is_two_integer_polynomials() -> None:
    (quotient,) = quotients(program_of("(a - b) / b * 100"))
    assert sorted(quotient.numerator) == [(-100, ((1, 1),)), (100, ((0, 1),))]
    assert quotient.denominator == ((1, ((1, 1),)),)
    assert all(type(one) is int for one, _ in (*quotient.numerator, *quotient.denominator))


def test_what_algebra_removes_is_still_needed_and_tested() -> None:
    (quotient,) = quotients(program_of("a / a + 0 * b"))
    assert quotient.numerator == quotient.denominator == ((1, ()),)
    assert len(quotient.needs) == 2
    assert [test.condition for test in quotient.tests] == [Condition.NOT_ZERO]


def test_a_step_that_stands_twice_is_made_once() -> None:
    program = program_of("abs(a / b) + abs(a / b) * a[t-1][t-2] + a[t-3]")
    assert len(program.inputs()) == 3
    assert Input("a", Shift(periods=3)) in program.inputs()
    assert len(quotients(program)) == 2


def test_lags_are_moved_to_the_inputs() -> None:
    program = program_of("((a / b[t-1])[y-1])[t-2]")
    shifts = {step.name: step.shift for step in program.inputs()}
    assert shifts == {"a": Shift(2, 1), "b": Shift(3, 1)}


def test_the_outer_lag_of_a_fixed_period_changes_nothing() -> None:
    figures = fixed({("a", Period.of(2017)): Fraction(7), ("a", Period.of(2018)): Fraction(8)})
    assert compiled_outcome(parsed("a[2018][t-1]"), figures, NOW).value == 8
    assert compiled_outcome(parsed("a[t-1][2018]"), figures, NOW).value == 7


@pytest.mark.parametrize("terms", [10, 60, 140])
def test_sums_of_ratios_are_cut_before_they_grow(terms: int) -> None:
    program = program_of(" + ".join(f"a{n} / b{n}" for n in range(terms)))
    for quotient in quotients(program):
        assert len(quotient.needs) <= MAX_SLOTS
        for polynomial in (quotient.numerator, quotient.denominator):
            assert len(polynomial) <= MAX_TERMS
            degrees = [sum(power for _, power in powers) for _, powers in polynomial]
            assert max(degrees) <= MAX_DEGREE


def test_sums_of_many_variables_are_cut_before_they_are_slow() -> None:
    names = " + ".join(f"a{n}" for n in range(140))
    program = program_of(f"({names}) / ({names} - a0)")
    assert all(len(quotient.needs) <= MAX_SLOTS for quotient in quotients(program))


def test_all_divisors_are_named_also_where_a_program_is_cut() -> None:
    """Both sides of the sum are undefined, one of them behind a step that algebra cannot see."""
    figures = fixed({(name, NOW): Fraction(0) for name in "abcd"})
    outcome = compiled_outcome(parsed("abs(a / b) + a / c + round(a / d)"), figures, NOW)
    assert [str(reason) for reason in outcome.reasons] == [
        "zero:b@2020",
        "zero:d@2020",
        "zero:c@2020",
    ]
    hidden = compiled_outcome(parsed("1 / (abs(a / b) - abs(a / b) + c)"), figures, NOW)
    assert [str(reason) for reason in hidden.reasons] == ["zero:b@2020"]


def test_a_divisor_inside_a_lag_is_named_as_it_would_be_written() -> None:
    figures = fixed({})
    tree = parsed("1 / ((a - b)[t-1][2019])")
    zero = fixed({("a", Period.of(2018)): Fraction(3), ("b", Period.of(2018)): Fraction(3)})
    assert compiled_outcome(tree, figures, NOW).status is Status.MISSING
    (reason,) = compiled_outcome(tree, zero, NOW).reasons
    assert reason.subject == "(a - b)[t-1][2019]"
    assert compiled_outcome(parsed(reason.subject), zero, NOW).value == 0


def test_only_slots_that_are_needed_are_looked_at() -> None:
    """The branch not taken asks for no figure."""
    asked: list[str] = []

    class Watching(World):
        def series(self, name: str, period: Period, place: object) -> object:  # type: ignore[override]
            asked.append(name)
            return super().series(name, period, ())

    from iku_engine.evaluation.steps import evaluate

    program = program_of("if(a = 0, b, c / d)")
    figures = fixed({(name, NOW): Fraction(0) for name in "ab"})
    outcome = evaluate(program, Watching(figures), NOW, ())  # type: ignore[arg-type]
    assert outcome.value == 0
    assert asked == ["a", "b"]
