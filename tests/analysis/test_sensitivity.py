"""Sensitivity: derivatives against calculus, effects against computing again."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given

import iku_engine.analysis.sensitivity as analysed
from iku_engine import Engine, Period
from iku_engine.analysis.cells import recomputed
from iku_engine.analysis.sensitivity import InputEffect, Sensitivity, sensitivity
from iku_engine.analysis.slopes import Slopes
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.sources.model import Data, Key, Observation, Origin
from tests.analysis.formulas import (
    NOW,
    Tree,
    branching_texts,
    derived,
    engine_of,
    figures,
    plain_trees,
    run_of,
    text_of,
)
from tests.laws import LAW


def asked(formula: str, given: Mapping[str, Fraction | int | None], **others: str) -> Sensitivity:
    return sensitivity(run_of(engine_of(x=formula, **others), given), "x", NOW)


def by_cell(found: Sensitivity) -> dict[str, InputEffect]:
    return {str(effect.cell): effect for effect in found.inputs}


def test_a_share_moves_with_its_part_and_against_its_whole() -> None:
    found = by_cell(asked("share(a, b)", {"a": 20, "b": 40}))
    part, whole = found["a@2021"], found["b@2021"]
    assert (part.derivative, part.elasticity, part.effect) == (
        Fraction(5, 2),
        Fraction(1),
        Fraction(5, 2),
    )
    assert (whole.derivative, whole.elasticity) == (Fraction(-5, 4), Fraction(-1))
    assert whole.effect == Fraction(2000, 41) - 50
    assert (part.label, part.unit, part.figure) == ("Bagian", "indeks", Fraction(20))


def test_inputs_are_ranked_by_elasticity_and_then_by_one_unit_more() -> None:
    found = asked("2 * a + b + c", {"a": 10, "b": 20, "c": 1})
    assert [str(effect.cell) for effect in found.inputs] == ["a@2021", "b@2021", "c@2021"]


def test_a_chain_is_followed_to_its_variables_and_periods() -> None:
    found = by_cell(
        asked(
            "second * 2 - first[t-1]",
            {"a": 20, "a@2020": 10, "b": 40, "b@2020": 50},
            first="share(a, b)",
            second="first + growth_rate(a)",
        )
    )
    assert found["a@2021"].derivative == 25
    assert found["a@2020"].derivative == -42
    assert set(found) == {"a@2021", "a@2020", "b@2021", "b@2020"}


def test_only_the_branch_taken_moves_the_indicator() -> None:
    found = by_cell(asked("if(c > 3, a * 2, b)", {"a": 20, "b": 40, "c": 5}))
    assert found["a@2021"].derivative == 2
    assert found["c@2021"].derivative == 0
    assert found["c@2021"].notes == ("it only decides a step or branch",)
    assert "b@2021" not in found


def test_a_step_has_no_slope_and_may_still_jump() -> None:
    found = by_cell(asked("score(a, mutu) + b", {"a": Fraction(11, 2) - Fraction(3, 2), "b": 1}))
    assert found["a@2021"].derivative == 0
    assert found["a@2021"].notes == (
        "it only decides a step or branch",
        "one unit more leaves no value (hole:mutu@2021)",
    )
    assert found["a@2021"].effect is None


def test_where_two_branches_meet_there_is_no_derivative() -> None:
    assert by_cell(asked("abs(a)", {"a": 0}))["a@2021"].derivative is None
    found = by_cell(asked("max(a, b, c)", {"a": 2, "b": 2, "c": 1}))
    assert found["a@2021"].derivative is None
    assert found["c@2021"].derivative == 0
    assert by_cell(asked("max(a, 0 + a)", {"a": 2}))["a@2021"].derivative == 1


def test_roots_and_logarithms_are_marked_approximate() -> None:
    root = by_cell(asked("sqrt(a)", {"a": 2}))["a@2021"]
    assert root.approximate
    assert root.derivative is not None
    assert abs((2 * root.derivative) ** 2 - Fraction(1, 2)) < Fraction(1, 10**45)
    exact = by_cell(asked("sqrt(a)", {"a": 4}))["a@2021"]
    assert (exact.derivative, exact.elasticity, exact.approximate) == (
        Fraction(1, 4),
        Fraction(1, 2),
        False,
    )
    assert by_cell(asked("ln(a)", {"a": 4}))["a@2021"].derivative == Fraction(1, 4)
    assert by_cell(asked("sqrt(a)", {"a": 0}))["a@2021"].derivative is None


def test_elasticity_is_not_defined_where_the_indicator_is_zero() -> None:
    effect = by_cell(asked("a - b", {"a": 2, "b": 2}))["a@2021"]
    assert (effect.derivative, effect.elasticity, effect.effect) == (Fraction(1), None, Fraction(1))


def test_an_indicator_without_a_figure_has_no_sensitivity() -> None:
    found = asked("share(a, b)", {"a": 2})
    assert found.inputs == ()
    assert found.reason == "`x` has no figure in 2021 (missing:b@2021)"


PLACES = """
iku: 1
owner: d
owners: {d: {title: D}}
sources: {s: {title: S, file: x.csv, period: tahun, numbers: id, dimensions: [kec]}}
dimensions: {kec: {label: K, members: {A: {label: A}, B: {label: B}}}}
variables:
  u: {label: Unit, unit: unit, source: s, column: u}
  v: {label: Nilai, unit: skor, rollup: mean, source: s, column: v}
indicators:
  bagian: {name: X, formula: "share(u, total(u over kec))", unit: "%"}
  rata: {name: Y, formula: "mean(u over kec)", unit: unit}
  nilai: {name: Z, formula: v, unit: skor}
"""


def places() -> ExactEvaluation:
    observations: dict[Key, Observation] = {}
    for variable, values in {"u": (1, 3), "v": (10, 20)}.items():
        for member, value in zip("AB", values, strict=True):
            key: Key = (variable, NOW, (("kec", member),))
            observations[key] = Observation(*key, Fraction(value), Origin("memory", "", 1, ""))
    engine = Engine.from_text(PLACES, discover=False)
    return ExactEvaluation(engine.binding, Data(observations, {}, {"kec": ("A", "B")}))


def test_members_are_inputs_of_their_own_and_grouped_by_variable() -> None:
    found = sensitivity(places(), "rata", NOW)
    assert [(str(e.cell), e.derivative) for e in found.inputs] == [
        ("u@2021[kec=B]", Fraction(1, 2)),
        ("u@2021[kec=A]", Fraction(1, 2)),
    ]
    (group,) = found.variables
    assert (group.variable, group.inputs, group.elasticity) == ("u", 2, Fraction(1))


def test_a_part_moves_its_whole_too() -> None:
    found = by_cell(sensitivity(places(), "bagian", NOW, (("kec", "A"),)))
    assert found["u@2021[kec=A]"].derivative == Fraction(75, 4)
    assert found["u@2021[kec=B]"].derivative == Fraction(-25, 4)


def test_a_mean_over_places_shares_its_slope() -> None:
    found = by_cell(sensitivity(places(), "nilai", NOW))
    assert {effect.derivative for effect in found.values()} == {Fraction(1, 2)}


def test_sums_over_the_year_have_one_input_a_period() -> None:
    run = run_of(engine_of(x="ytd(a)"), {"a@2021-Q1": 1, "a@2021-Q2": 5})
    found = sensitivity(run, "x", Period.of(2021, quarter=2))
    assert [str(effect.cell) for effect in found.inputs] == ["a@2021-Q2", "a@2021-Q1"]


@LAW
@given(plain_trees(), figures(), figures(), figures())
def test_the_derivative_is_that_of_calculus_and_the_elasticity_follows(
    tree: Tree, a: Fraction, b: Fraction, c: Fraction
) -> None:
    point = {"a": a, "b": b, "c": c}
    try:
        duals = {name: derived(tree, point, name) for name in point}
    except ZeroDivisionError:
        assume(False)
    found = asked(text_of(tree), point)
    value = duals["a"].value
    assert found.actual == value
    for effect in found.inputs:
        slope = duals[effect.cell.variable].slope
        assert effect.derivative == slope
        if value:
            assert effect.elasticity == slope * point[effect.cell.variable] / value
        else:
            assert effect.elasticity is None
    named = {effect.cell.variable for effect in found.inputs}
    assert all(not duals[name].slope for name in point if name not in named)


@given(branching_texts(), figures(), figures(), figures())
def test_one_unit_more_is_what_computing_again_gives(
    formula: str, a: Fraction, b: Fraction, c: Fraction
) -> None:
    run = run_of(engine_of(x=formula), {"a": a, "b": b, "c": c})
    found = sensitivity(run, "x", NOW)
    for effect in found.inputs:
        again = recomputed(run, {effect.cell: effect.figure + 1}, "x", NOW, ())
        assert found.actual is not None
        assert effect.effect == (again.number - found.actual if again.ok else None)


def test_a_long_chain_is_computed_again_for_the_first_inputs_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roots = " + ".join(f"sqrt(a + {number})" for number in range(100))
    chain = {f"r{i}": f"({roots}) * (b + {i}) + {f'r{i - 1}' if i else 'c'}" for i in range(20)}
    run = run_of(engine_of(x="r19", **chain), {"a": 2, "b": 3, "c": 5})
    walk = Slopes(run)
    walk.indicator("x", NOW, ())
    assert walk.work > 20 * 100 * 50
    every = sensitivity(run, "x", NOW)
    assert all(effect.effect is not None for effect in every.inputs)
    monkeypatch.setattr(analysed, "_FEWEST_EFFECTS", 2)
    monkeypatch.setattr(analysed, "_MOST_WORK", 2 * walk.work)
    few = sensitivity(run, "x", NOW)
    assert [effect.effect is None for effect in few.inputs] == [False, False, True]
    assert few.notes == ("one unit more is computed for the first 2 inputs only",)
