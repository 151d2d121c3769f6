"""Solving: what is returned meets the goal, and nothing that meets it is left out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from iku_engine import Engine, Period, UsageError
from iku_engine.algebra.roots import compared
from iku_engine.analysis.cells import InputCell, parse_cell, recomputed
from iku_engine.analysis.intervals import Interval
from iku_engine.analysis.pieces import everywhere
from iku_engine.analysis.solve import Solution, SolveStatus, solve
from iku_engine.analysis.trade_off import TradeOff, solve_two
from iku_engine.binding.model import BoundDimension
from iku_engine.evaluation.model import Outcome
from iku_engine.sentences import said
from tests.analysis.formulas import (
    NOW,
    branching_texts,
    engine_of,
    figures,
    plain_trees,
    run_of,
    text_of,
)
from tests.laws import SOLVING

DEFINITIONS = Path(__file__).parents[2] / "definitions"
A = InputCell("a", NOW)


def solved(
    formula: str,
    goal: Fraction | int | str,
    unknown: str = "a",
    figures: Mapping[str, Fraction | int | None] | None = None,
    others: Mapping[str, str] | None = None,
    *,
    counted: bool = False,
) -> Solution:
    """The question for an indicator `x` with this formula, b = 40 and c = 5 unless given."""
    run = run_of(
        engine_of(counted, x=formula, **(others or {})),
        {"b": 40, "c": 5, **(figures or {})},
    )
    return solve(run, "x", NOW, unknown=unknown, goal=Fraction(goal))


def values(solution: Solution) -> list[Fraction]:
    return [value.value for value in solution.values]


def spans(solution: Solution) -> list[str]:
    return [interval.text("x") for interval in solution.intervals]


def test_a_missing_input_of_a_share_is_found_and_rounded_up_to_a_whole_unit() -> None:
    solution = solved("share(a, b)", 51, counted=True)
    (value,) = solution.values
    assert (value.value, value.exact, value.actual) == (Fraction(102, 5), True, Fraction(51))
    assert (value.whole, value.whole_actual) == (21, Fraction(105, 2))
    assert solution.current is None
    assert value.formula == "5 * a@2021 / 2"


def test_a_count_is_rounded_down_where_lower_is_better() -> None:
    text = """
        iku: 1
        owner: d
        owners: {d: {title: D}}
        variables: {a: {label: A, unit: orang}, b: {label: B, unit: orang}}
        indicators:
          x: {name: X, formula: "share(a, b)", unit: "%", polarity: lower,
              achievement: ratio, targets: {2021: 51}}
    """
    solution = solve(run_of(Engine.from_text(text), {"b": 40}), "x", NOW, unknown="a")
    assert solution.goal == 51
    assert [(value.value, value.whole) for value in solution.values] == [(Fraction(102, 5), 20)]


def test_growth_is_solved_for_the_figure_now_and_for_the_one_before() -> None:
    assert values(solved("growth_rate(a)", 10, "a", {"a@2020": 10})) == [11]
    assert values(solved("growth_rate(a)", 10, "a@2020", {"a": 22})) == [20]


def test_only_the_cell_asked_for_is_unknown() -> None:
    solution = solved("index(a, base: 2020) + 0 * b", 150, "a@2020", {"a": 30, "a@2019": 7})
    assert values(solution) == [20]


def test_each_branch_is_solved_inside_its_condition() -> None:
    solution = solved("if(a > 10, a * 2, if(a > 5, 100 - a, a / (a - 3)))", 30)
    assert [(value.value, value.where) for value in solution.values] == [
        (Fraction(90, 29), "3 < a@2021 <= 5"),
        (Fraction(15), "a@2021 > 10"),
    ]
    assert solution.notes == (
        "`a@2021` = 70 solves the formula of a branch that does not hold there",
    )


def test_a_goal_between_two_scores_is_met_by_no_value() -> None:
    solution = solved("score(a, mutu)", 5)
    assert solution.status is SolveStatus.NONE
    assert solution.reason == (
        "`x` jumps past 5: it is below where a@2021 < 5, above where a@2021 >= 6"
    )
    assert [(part.text("x"), part.least_whole) for part in solution.meeting] == [("x >= 6", 6)]


def test_a_score_is_met_by_its_whole_band() -> None:
    assert spans(solved("score(a, mutu)", 4)) == ["2 <= x < 5"]


def test_a_figure_in_a_hole_of_the_scale_is_no_solution() -> None:
    solution = solved("score(a, mutu) + a", Fraction(15))
    assert values(solution) == []
    assert values(solved("score(a, mutu) + a", 17)) == [7]


def test_a_rounded_goal_is_met_by_an_interval() -> None:
    assert spans(solved("round(a / b * 100%, 1)", "33.3")) == ["13.3 <= x < 13.34"]
    assert solved("round(a, 1)", "33.33").status is SolveStatus.NONE
    assert spans(solved("2 * round(a, 0) + c", -1)) == ["-3.5 < x <= -2.5"]


def test_a_count_is_never_below_zero() -> None:
    both = solved("a * a - 5 * a", 6, counted=True)
    assert values(both) == [6]
    assert both.notes == ("a@2021 = -1 gives 6 too, but `a@2021` is counted and never below 0",)
    none = solved("2 * round(a, 0) + c", -1, counted=True)
    assert none.status is SolveStatus.NONE
    assert none.reason == "only values below 0 give -1, and `a@2021` is counted"
    assert spans(solved("round(a, 0)", 0, counted=True)) == ["-0.5 < x < 0.5"]


def test_a_printed_total_that_is_held_is_said_where_it_matters() -> None:
    engine = Engine.open(DEFINITIONS / "kepulauan_tanimbar", discover=False)
    share = engine.question("kontribusi", "2023", {"industri": "1"})
    told = solve(*share, unknown="adhb", goal=Fraction(20)).notes
    assert [said(note, "en").split(":")[0] for note in told] == [
        "`adhb@2023[industri=1]` is part of a printed total that is held as it is"
    ]
    assert "`adhb@2023[industri=64]`" in told[0]
    alone = engine.question("adhk", "2023", {"industri": "1"})
    assert solve(*alone, unknown="adhb", goal=Fraction(20)).notes == ()


def test_work_is_counted_and_ends_a_question_alike_each_time() -> None:
    near = "".join(f"if(a^8 - (1{'0' * 40} * a - {i})^2 > {i}, {i}, " for i in range(1, 60))
    formula = f"{near}a{')' * 59}"
    first, again = solved(formula, 100), solved(formula, 100)
    assert first == again
    assert first.status is SolveStatus.GIVEN_UP
    assert first.reason == "the formula has too many branches whose edges lie close together"


def test_a_quadratic_has_two_roots_rational_or_to_fifty_digits() -> None:
    assert values(solved("a * a - 5 * a", 6)) == [-1, 6]
    low, high = solved("a * a - 5 * a", -3, counted=True).values
    assert not low.exact
    assert not high.exact
    assert abs(low.value**2 - 5 * low.value + 3) < Fraction(1, 10**45)
    assert (low.whole, high.whole) == (0, 5)
    assert solved("a * a - 5 * a", -10).reason == "`x` stays above -10 whatever `a@2021` is"


def test_a_root_that_makes_a_divisor_zero_is_outside_the_domain() -> None:
    solution = solved("a * a / a", 0)
    assert solution.status is SolveStatus.NONE
    assert solution.reason == "`a@2021` = 0 is outside the domain of the formula (zero:a@2021)"
    assert values(solved("(a * a - 4) / (a - 2)", 0)) == [-2]
    assert solved("(a * a - 4) / (a - 2)", 4).status is SolveStatus.NONE


def test_a_target_outside_the_range_says_on_which_side_the_indicator_stays() -> None:
    assert solved("abs(a) + 10", 3).reason == "`x` stays above 3 whatever `a@2021` is"
    assert solved("10 - a * a", 30).reason == "`x` stays below 30 whatever `a@2021` is"


def test_a_constant_and_an_identity_are_said() -> None:
    assert solved("a - a + b", 41).reason == "`x` does not depend on `a@2021`: it is 40"
    identity = solved("a - a + b", 40)
    assert (identity.status, identity.reason) == (
        SolveStatus.EVERY,
        "every value of `a@2021` gives 40",
    )
    almost = solved("a / a * 7", 7)
    assert almost.status is SolveStatus.EVERY
    assert spans(almost) == ["x < 0", "x > 0"]
    assert "for which the formula is defined" in almost.reason


def test_a_chain_of_three_indicators_is_solved_through() -> None:
    solution = solved(
        "second * 2 - first[t-1]",
        60,
        "a@2020",
        {"a": 20, "b@2020": 50},
        {"first": "share(a, b)", "second": "first + growth_rate(a)"},
        counted=True,
    )
    assert values(solution) == [20]
    assert solution.notes[-1] == (
        "a@2020 = -100 gives 60 too, but `a@2020` is counted and never below 0"
    )


def test_a_long_chain_needs_no_recursion() -> None:
    names = [f"i{number}" for number in range(300)]
    chain = {name: f"{before} + 1" for before, name in zip(["a", *names], names, strict=False)}
    solution = solved("i299 * 2", 1000, others=chain)
    assert values(solution) == [200]


def test_sums_over_the_year_are_solved_for_one_month() -> None:
    run = run_of(engine_of(x="ytd(a)"), {"a@2021-Q1": 1, "a@2021-Q3": 5})
    quarter = Period.of(2021, quarter=3)
    solution = solve(run, "x", quarter, unknown="a@2021-Q2", goal=Fraction(10))
    assert values(solution) == [4]


def test_other_missing_inputs_leave_no_value() -> None:
    solution = solved("share(a, b)", 5, figures={"b": None})
    assert solution.status is SolveStatus.NONE
    assert solution.reason == "`x` has no value whatever `a@2021` is (missing:b@2021)"


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("sqrt(a)", "the formula takes a root of the unknown"),
        ("ln(a) + b", "the formula takes `ln` of the unknown"),
        ("exp(a / b)", "the formula takes `exp` of the unknown"),
        ("a^9", "the unknown occurs to a power above 8"),
        ("(a^8 + 1)^8 / (a^7 + 3)^8", "the unknown occurs to a power above 8"),
        ("round(a, 1) + a", "the unknown is rounded, and read together with another use of it"),
        ("round(round(a, 2), 1)", "the unknown is rounded more than once"),
    ],
)
def test_what_cannot_be_solved_ends_quickly_with_its_reason(formula: str, reason: str) -> None:
    started = time.process_time()
    solution = solved(formula, 3)
    assert (solution.status, solution.reason) == (SolveStatus.GIVEN_UP, reason)
    assert time.process_time() - started < 20


def test_a_branch_that_cannot_be_solved_does_not_hide_the_others() -> None:
    solution = solved("if(a > 5, sqrt(a), a)", 3)
    assert values(solution) == [3]
    assert solution.notes == ("not solved for a@2021 > 5: the formula takes a root of the unknown",)


def test_figures_too_long_to_solve_with_are_refused() -> None:
    solution = solved(f"a^3 + b * a + {'9' * 60}", 3, figures={"b": Fraction(7**400, 3**500)})
    assert (solution.status, solution.reason) == (
        SolveStatus.GIVEN_UP,
        "the figures are too long to solve with",
    )


def test_without_a_target_a_goal_must_be_named() -> None:
    run = run_of(engine_of(x="a"), {})
    assert solve(run, "x", NOW, unknown="a").reason == "`x` has no target in 2021: name a goal"


def test_a_target_that_follows_the_unknown_is_no_goal() -> None:
    text = """
        iku: 1
        owner: d
        owners: {d: {title: D}}
        variables: {a: {label: A, unit: orang}}
        indicators:
          x: {name: X, formula: "a + a[t-1]", unit: orang, polarity: higher,
              targets: {start: {2020: 5}, rule: "actual[t-1] + 1"}}
    """
    run = run_of(Engine.from_text(text), {"a": 3, "a@2020": 4, "a@2019": 4})
    reason = solve(run, "x", NOW, unknown="a@2020").reason
    assert reason == "the target itself depends on `a@2020`: name a goal"
    assert solve(run, "x", NOW, unknown="a").goal == 9


@pytest.mark.parametrize("unknown", ["d", "x", "a@20", "a@2020[b]", "", "a b@"])
def test_an_unknown_that_is_no_input_is_a_mistake_of_the_caller(unknown: str) -> None:
    with pytest.raises(UsageError):
        solved("a", 3, unknown)


def test_a_cell_is_read_as_it_is_written() -> None:
    binding = engine_of(x="a").binding
    split = replace(binding, dimensions={"kec": BoundDimension("kec")})
    for text in ("a@2020", "a@2020[kec=B]", "a@2020-Q1"):
        assert str(parse_cell(text, split, NOW, ())) == text
    with pytest.raises(UsageError, match="there is no dimension `kec`"):
        parse_cell("a@2020[kec=B]", binding, NOW, ())


def test_two_unknowns_lie_on_a_line() -> None:
    assert two("share(a, b)", 51).text == "100 * a@2021 - 51 * b@2021 = 0"
    assert two("a / (a + b)", Fraction(1, 4)).coefficients == (3, -1, 0)
    assert two("2 * a - b + c", 7).coefficients == (2, -1, 2)
    assert two("growth_rate(a)", 10, ("a", "a@2020")).coefficients == (10, -11, 0)


@pytest.mark.parametrize(
    ("formula", "goal", "reason"),
    [
        ("a * b", 3, "they are multiplied with each other"),
        ("max(a, b)", 3, "a branch, a rounding or a function"),
        ("(a - b)^2 / (a - b)", 0, "outside the domain"),
        ("a / a + b / b", 2, "depends on neither"),
        ("c", 2, "depends on neither"),
        ("a^9 + b", 2, "too high a power"),
        ("a / 0 + b", 2, "outside the domain"),
    ],
)
def test_where_there_is_no_line_the_reason_is_said(formula: str, goal: int, reason: str) -> None:
    found = two(formula, goal)
    assert found.coefficients is None
    assert reason in found.reason


def two(formula: str, goal: Fraction | int, unknowns: tuple[str, str] = ("a", "b")) -> TradeOff:
    run = run_of(engine_of(x=formula), {"c": 5})
    return solve_two(run, "x", NOW, unknowns=unknowns, goal=Fraction(goal))


@SOLVING
@given(branching_texts(), figures(), figures(), figures())
def test_solve_then_compute_gives_the_goal_and_no_solution_is_left_out(
    formula: str, a: Fraction, b: Fraction, c: Fraction
) -> None:
    """The goal is the value at a known point, which must then be among the solutions."""
    run = run_of(engine_of(x=formula), {"a": a, "b": b, "c": c})
    goal = run.actual("x", NOW, ())
    assume(goal.ok)
    solution = solve(run, "x", NOW, unknown="a", goal=goal.number)
    event(solution.status.value)
    for value in solution.values:
        again = recomputed(run, {A: value.value}, "x", NOW, ())
        if value.exact:
            assert again.value == goal.value
        else:
            assert abs(again.number - goal.number) <= Fraction(1, 10**40) * (1 + abs(goal.number))
    for interval in solution.intervals:
        assert recomputed(run, {A: inside(interval)}, "x", NOW, ()).value == goal.value
    given_up = solution.status is SolveStatus.GIVEN_UP or any(
        note.startswith("not solved") for note in solution.notes
    )
    assert given_up or a in values(solution) or any(has(part, a) for part in solution.intervals)


@SOLVING
@given(branching_texts(), figures(), st.lists(figures(), min_size=4, max_size=4))
def test_the_values_that_meet_a_target_are_those_with_which_it_is_reached(
    formula: str, goal: Fraction, points: list[Fraction]
) -> None:
    run = run_of(engine_of(x=formula), {"a": 1, "b": 3, "c": -2})
    solution = solve(run, "x", NOW, unknown="a", goal=goal)
    assume(not any(note.startswith("not solved") for note in solution.notes))
    ends = [
        end
        for part in (*solution.meeting, *solution.intervals)
        for end in (part.low, part.high)
        if isinstance(end, Fraction)
    ]
    for point in (*points, *ends):
        outcome = recomputed(run, {A: point}, "x", NOW, ())
        reached = outcome.ok and outcome.number >= goal
        assert any(has(part, point) for part in solution.meeting) == reached


@SOLVING
@given(plain_trees(), figures(), figures())
def test_a_line_between_two_unknowns_gives_the_goal(tree: object, a: Fraction, b: Fraction) -> None:
    formula = text_of(tree)  # type: ignore[arg-type]
    run = run_of(engine_of(x=formula), {"a": a, "b": b, "c": 3})
    goal = run.actual("x", NOW, ())
    assume(goal.ok)
    found = solve_two(run, "x", NOW, unknowns=("a", "b"), goal=goal.number)
    assume(found.coefficients is not None)
    assert found.coefficients is not None
    first, second, flat = found.coefficients
    assert first * a + second * b == flat
    for free in (Fraction(1, 3), Fraction(17)):
        pair = ((flat - second * free) / first, free) if first else (free, Fraction(flat, second))
        outcome = recomputed(run, {A: pair[0], InputCell("b", NOW): pair[1]}, "x", NOW, ())
        assert not outcome.ok or outcome.value == goal.value


@given(figures(), figures(), st.booleans(), st.booleans())
def test_whole_numbers_inside_an_interval(
    low: Fraction, high: Fraction, low_in: bool, high_in: bool
) -> None:
    assume(low < high)
    interval = Interval(low, low_in, high, high_in)
    inside_it = [n for n in range(-30, 30) if has(interval, Fraction(n))]
    assert interval.least_whole == (inside_it[0] if inside_it else None)
    assert interval.greatest_whole == (inside_it[-1] if inside_it else None)


def test_pieces_without_edges_hold_one_thing() -> None:
    assert everywhere(Outcome(True)).only == Outcome(True)


def has(interval: Interval, point: Fraction) -> bool:
    above = interval.low is None or compared(point, interval.low) > 0
    below = interval.high is None or compared(point, interval.high) < 0
    at_low = interval.low_included and point == interval.low
    at_high = interval.high_included and point == interval.high
    return (above or at_low) and (below or at_high)


def inside(interval: Interval) -> Fraction:
    from iku_engine.algebra.roots import between

    return between(interval.low, interval.high)
