"""Comparing formulas: proved equal, shown different, or said to be not decided."""

from __future__ import annotations

from fractions import Fraction

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Program, Readable, Scope
from iku_engine.analysis.comparable import Change, compare_catalogs, program_of
from iku_engine.analysis.compare import NOW, Verdict, compare_programs
from iku_engine.cli import main
from iku_engine.engine import Engine, Plugins
from iku_engine.evaluation.examples import example_outcome
from iku_engine.language.model import Binary, Lag, Name, Node, Number
from tests.laws import LAW

NAMES = ("a", "b", "c")
PLUGINS = Plugins(discover=False)

leaves: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from(NAMES).map(Name),
    st.sampled_from(NAMES).map(lambda name: Lag(Name(name), 1, 0)),
    st.integers(0, 5).map(lambda number: Number(Fraction(number))),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.builds(
        Binary,
        st.sampled_from("+-*/"),
        inner,
        inner,
    ),
    max_leaves=6,
)
figures = st.fractions(-20, 20, max_denominator=6)


def program(tree: Node) -> Program:
    return compile_tree(tree, Scope({name: Readable() for name in NAMES}))


def formula(text: str) -> Program:
    compiled, found = program_of(text, PLUGINS.library)
    assert compiled is not None, found
    return compiled


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("1+(1-R/T)", "(T-(R-T))/T", Verdict.EQUIVALENT),
        ("(T-(R-T))/T", "(2*T-R)/T", Verdict.EQUIVALENT),
        ("T/R", "(2*T-R)/T", Verdict.DIFFERENT),
        ("growth_rate(x)", "x / x[t-1] * 100% - 100", Verdict.EQUIVALENT),
        ("a * b / b", "a", Verdict.WHERE_DEFINED),
        ("a / (a * b)", "1 / b", Verdict.WHERE_DEFINED),
        ("if(a > b, a, b) + 1", "1 + if(b < a, a, b)", Verdict.EQUIVALENT),
        ("sqrt((a + b)^2)", "sqrt(a^2 + 2*a*b + b^2)", Verdict.EQUIVALENT),
        ("round(a, 1)", "a", Verdict.DIFFERENT),
        ("ytd(a)", "a", Verdict.DIFFERENT),
        ("if(a > b, a, b)", "max(a, b)", Verdict.UNDECIDED),
    ],
)
def test_verdict(first: str, second: str, verdict: Verdict) -> None:
    assert compare_programs(formula(first), formula(second)).verdict is verdict


@LAW
@given(trees)
def test_a_formula_is_equivalent_to_itself(tree: Node) -> None:
    assert compare_programs(program(tree), program(tree)).verdict is Verdict.EQUIVALENT


@LAW
@given(trees, trees)
def test_the_order_of_two_formulas_does_not_matter(first: Node, second: Node) -> None:
    forward = compare_programs(program(first), program(second))
    backward = compare_programs(program(second), program(first))
    assert forward.verdict is backward.verdict


@LAW
@given(trees, trees, st.lists(figures, min_size=6, max_size=6))
def test_the_verdict_agrees_with_evaluation(
    first: Node, second: Node, values: list[Fraction]
) -> None:
    one, other = program(first), program(second)
    comparison = compare_programs(one, other)
    keys = [f"{name}{lag}" for name in NAMES for lag in ("", "[t-1]")]
    given_figures = dict(zip(keys, values, strict=True))
    outcomes = [example_outcome(p, given_figures, PLUGINS.library) for p in (one, other)]
    equal = outcomes[0].value == outcomes[1].value
    match comparison.verdict:
        case Verdict.EQUIVALENT:
            assert equal
        case Verdict.WHERE_DEFINED:
            assert equal or not all(outcome.ok for outcome in outcomes)
        case Verdict.DIFFERENT:
            sample = comparison.sample
            assert sample is not None
            assert (sample.first.status, sample.first.value) != (
                sample.second.status,
                sample.second.value,
            )


def test_the_difference_is_given_in_lowest_terms() -> None:
    comparison = compare_programs(formula("T/R"), formula("(2*T-R)/T"))
    assert comparison.difference == "(T^2 - 2 * T * R + R^2) / (T * R)"
    assert comparison.sample is not None
    assert {name: value for name, _, value in comparison.sample.inputs} == {"T": 5, "R": 10}
    assert all(period == NOW for _, period, _ in comparison.sample.inputs)


def test_an_iku_and_an_iki_of_one_name_contradict_each_other() -> None:
    names = ["peningkatan_umkm", "kadis_peningkatan_umkm"]
    asked = ["compare", *names, "--catalog", "definitions/lampung_barat", "--lang", "en"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 1
    assert "the first gives 50, the second 100" in done.output


def test_catalogs_are_compared_in_meaning_not_in_wording() -> None:
    text = (
        "iku: 1\nowner: d\nowners: {d: {title: D}}\n"
        "variables: {a: {label: A, unit: u}, b: {label: B, unit: u}}\n"
        "indicators:\n"
        '  same: {name: S, formula: share(a, b), unit: "%"}\n'
        '  other: {name: O, formula: "a / b * 100%", unit: "%"}\n'
        "  gone: {name: G, formula: a, unit: u}\n"
    )
    later = text.replace("share(a, b)", "a / b * 100%").replace(
        '"a / b * 100%", unit: "%"}\n  gone', '"b / a * 100%", unit: "%"}\n  come'
    )
    old, new = Engine.from_text(text), Engine.from_text(later)
    changes = {c.indicator: c.change for c in compare_catalogs(old.binding, new.binding)}
    assert changes == {
        "same": Change.WORDING,
        "other": Change.MEANING,
        "come": Change.ADDED,
        "gone": Change.REMOVED,
    }
