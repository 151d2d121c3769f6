"""Figures that are not rational: every digit displayed is certain, or said not to be."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from math import isqrt
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine import Engine
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Status
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_explanation import to_explanation
from iku_engine.results.model import Result
from tests.properties.catalogs import computed, definitions, engine_of, reasons_of, sound

UNCERTAIN = "uncertain_digit:actual"
MANY = 700
"""Decimals of the independent computation, far more than the engine ever works with."""

hundredths = st.integers(0, 10**8).map(lambda n: Fraction(2 * n + 1, 200))
"""Figures half way between two that have two decimals."""


def sqrt_between(value: Fraction) -> tuple[Fraction, Fraction]:
    """The root of a figure from below and above, by the root of an integer."""
    root = isqrt(value.numerator * 10 ** (2 * MANY) // value.denominator)
    return Fraction(root, 10**MANY), Fraction(root + 1, 10**MANY)


def two_decimals(value: Fraction) -> str:
    """The figure rounded half away from zero, by the standard library."""
    context = Context(prec=4_000, Emax=10**6, Emin=-(10**6))
    exact = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP, context))


def of(formula: str, **figures: Fraction | int | str) -> Result:
    data = {name: {"2020": figure} for name, figure in figures.items()}
    return computed(formula, data)


def as_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


@given(hundredths, st.integers(48, 380), st.sampled_from([1, -1]))
def test_a_root_next_to_a_tie_is_rounded_to_its_own_side(
    tie: Fraction, nearness: int, side: int
) -> None:
    square = tie**2 + Fraction(side, 10**nearness)
    result = of("sqrt(a)", a=square)
    low, high = sqrt_between(square)
    assert two_decimals(low) == two_decimals(high) == result.display
    assert result.quality in ((), ("approximate",))


@given(hundredths, st.integers(410, 600), st.sampled_from([1, -1]))
def test_a_root_nearer_to_a_tie_than_any_digits_is_called_uncertain(
    tie: Fraction, nearness: int, side: int
) -> None:
    result = of("sqrt(a)", a=tie**2 + Fraction(side, 10**nearness))
    assert result.quality == ("approximate", UNCERTAIN)


@given(
    st.integers(10**59, 10**60),
    st.integers(1, 1_000),
    st.integers(30, 200),
    st.sampled_from(["sqrt(a) - sqrt(b)", "sqrt(b) - sqrt(a)"]),
)
def test_digits_lost_in_a_difference_are_made_up_for(
    number: int, apart: int, power: int, difference: str
) -> None:
    """Roots of figures of 60 digits agree in most of what 50 digits hold."""
    result = of(f"({difference}) * c", a=number, b=number + apart, c=Fraction(10) ** power)
    a, b = sqrt_between(Fraction(number)), sqrt_between(Fraction(number + apart))
    sign = 1 if difference.startswith("sqrt(b)") else -1
    found = {two_decimals(sign * (y - x) * 10**power) for x in a for y in b}
    assert {result.display} == found
    assert UNCERTAIN not in result.quality


@given(
    st.fractions(Fraction(1, 10), 50, max_denominator=10**4), st.integers(48, 380), st.booleans()
)
def test_logarithms_next_to_a_tie_agree_with_500_digits(
    near: Fraction, nearness: int, above: bool
) -> None:
    tie = Fraction(2 * int(near * 100) + 1, 200)
    with localcontext(Context(prec=nearness, Emax=10**6, Emin=-(10**6))):
        argument = Fraction(as_decimal(tie).exp()) + (Fraction(1, 10**nearness) if above else 0)
    with localcontext(Context(prec=500, Emax=10**6, Emin=-(10**6))):
        expected = as_decimal(argument).ln().quantize(Decimal("0.01"), ROUND_HALF_UP)
    result = of("ln(a)", a=argument)
    assert result.display == str(expected)
    assert UNCERTAIN not in result.quality


@given(st.integers(1, 10**4), st.integers(52, 380), st.sampled_from([1, -1]))
def test_powers_of_e_next_to_a_tie_agree_with_500_digits(
    hundreds: int, nearness: int, side: int
) -> None:
    tie = Fraction(2 * hundreds + 1, 200)
    with localcontext(Context(prec=nearness, Emax=10**6, Emin=-(10**6))):
        argument = Fraction(as_decimal(tie).ln()) + side * Fraction(1, 10 ** (nearness - 2))
    with localcontext(Context(prec=500, Emax=10**6, Emin=-(10**6))):
        expected = as_decimal(argument).exp().quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert of("exp(a)", a=argument).display == str(expected)


def test_figures_that_are_certain_need_no_second_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def finer(run: ExactEvaluation) -> ExactEvaluation | None:
        raise AssertionError("nothing here is open")

    monkeypatch.setattr(ExactEvaluation, "finer", finer)
    assert of("sqrt(a)", a=2).display == "1.41"
    assert of("a / 3", a=2).display == "0.67"
    assert of("1 / a", a=0).status is Status.UNDEFINED


def test_an_irrational_formula_that_gives_a_tie_is_called_uncertain() -> None:
    result = of("exp(ln(a))", a="0.005")
    assert result.status is Status.OK
    assert result.display in ("0.00", "0.01")
    assert result.quality == ("approximate", UNCERTAIN)
    assert of("exp(ln(a))", a="0.0051").quality == ("approximate",)


@pytest.mark.parametrize(("language", "words"), [("en", "not certain"), ("id", "tidak pasti")])
def test_the_explanation_says_that_a_digit_is_not_certain(language: str, words: str) -> None:
    engine = sound(engine_of({"hasil": "exp(ln(a))"}))
    explained = engine.explain("hasil", "2020", data={"a": {"2020": "0.005"}})
    text = to_explanation(explained, Names.of(engine.catalog), language=Language(language))
    assert words in text


@given(st.integers(2, 10**6).filter(lambda n: isqrt(n) ** 2 != n), st.integers(1, 380))
def test_a_comparison_is_decided_by_the_true_value(number: int, decimals: int) -> None:
    """The root cut after so many decimals is smaller, and one unit more is larger."""
    unit = Fraction(1, 10**decimals)
    low, _ = sqrt_between(Fraction(number))
    below = low // unit * unit
    for edge, expected in ((below, 1), (below + unit, 0)):
        result = of("if(sqrt(a) > b, 1, 0)", a=number, b=edge)
        assert result.exact == expected
        assert result.quality == ()


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("if(sqrt(a) * sqrt(a) = a, 1, 2)", "undecided:comparison@2020"),
        ("if(sqrt(a) * sqrt(a) < a, 1, 2)", "undecided:comparison@2020"),
        ("1 / (sqrt(a) * sqrt(a) - a)", "undecided:sqrt(a) * sqrt(a) - a@2020"),
        ("sqrt(sqrt(a) * sqrt(a) - a)", "undecided:sqrt(a) * sqrt(a) - a@2020"),
        ("ln(sqrt(a) * sqrt(a) - a)", "undecided:sqrt(a) * sqrt(a) - a@2020"),
        ("round(exp(ln(a + 0.5)))", "undecided:round@2020"),
    ],
)
def test_what_no_digits_decide_is_undefined_and_never_guessed(formula: str, reason: str) -> None:
    result = of(formula, a=2)
    assert result.status is Status.UNDEFINED
    assert reasons_of(result) == {reason}


def test_only_what_is_read_has_to_be_decided() -> None:
    assert of("if(a > 1 or sqrt(a) * sqrt(a) = a, 1, 2)", a=2).exact == 1
    assert of("if(a > 1, 1, if(sqrt(a) * sqrt(a) = a, 2, 3))", a=2).exact == 1
    assert of("max(sqrt(a), 5)", a=2).quality == ()


def test_what_is_rounded_or_graded_with_certainty_is_exact() -> None:
    rounded = of("round(sqrt(a), 3)", a=2)
    assert (rounded.exact, rounded.quality) == (Fraction("1.414"), ())


SCALE = {
    "nilai": {
        "title": "Nilai",
        "reference": "contoh",
        "bands": [
            {"label": "rendah", "range": "x < 1.414", "score": "1"},
            {"label": "tinggi", "range": "x >= 1.414", "score": "2"},
        ],
    }
}


def rated(formula: str, a: Fraction) -> Result:
    indicator = {"formula": formula, "rating": {"scale": "nilai", "of": "actual"}}
    return computed(indicator, {"a": {"2020": a}}, scales=SCALE)


@given(st.integers(60, 390), st.sampled_from([1, -1]))
def test_a_rating_next_to_an_edge_is_that_of_the_true_value(nearness: int, side: int) -> None:
    square = Fraction("1.414") ** 2 + Fraction(side, 10**nearness)
    assert rated("sqrt(a)", square).rating == ("tinggi" if side > 0 else "rendah")
    score = computed("score(sqrt(a), nilai)", {"a": {"2020": square}}, scales=SCALE)
    assert score.exact == (2 if side > 0 else 1)
    assert score.quality == ()


def test_a_value_on_the_edge_that_is_not_rational_has_no_rating() -> None:
    result = rated("exp(ln(a))", Fraction("1.414"))
    assert (result.status, result.display, result.rating) == (Status.OK, "1.41", "")
    assert [str(reason) for reason in result.rating_reasons] == ["undecided:nilai@2020"]


@given(st.integers(60, 190), st.sampled_from([1, -1]))
def test_an_achievement_next_to_a_tie_is_that_of_the_true_value(nearness: int, side: int) -> None:
    """The actual is displayed without doubt; only its share of the target is close to a tie."""
    target = Fraction(300)
    square = (Fraction("50.005") * target / 100) ** 2 + Fraction(side, 10**nearness)
    indicator = {"formula": "sqrt(a)", "targets": {"2020": "300"}, "polarity": "higher"}
    result = computed(indicator, {"a": {"2020": square}})
    low, _ = sqrt_between(square)
    assert result.achievement is not None
    assert two_decimals(result.achievement) == two_decimals(low / target * 100)
    assert result.quality == ("approximate",)


@given(st.integers(2, 99).filter(lambda n: isqrt(n) ** 2 != n), st.integers(50, 300))
def test_an_indicator_made_of_another_has_the_digits_it_needs(number: int, power: int) -> None:
    unit = Fraction(1, 10**power)
    low, _ = sqrt_between(Fraction(number))
    engine = sound(engine_of({"akar": "sqrt(a)", "sisa": "(akar - b) / c"}))
    data = {"a": {"2020": number}, "b": {"2020": low // unit * unit}, "c": {"2020": unit}}
    result = engine.compute("2020", data=data).get("sisa", "2020")
    assert result.display == two_decimals((low - low // unit * unit) / unit)
    assert result.quality == ("approximate",)


RECORDS = """
iku: 1
owner: d
periods: 2020
owners: {d: {title: D}}
sources: {s: {title: S, file: x.csv, period: tahun, numbers: en}}
records:
  k: {label: K, source: s, key: id, unknown: exclude, fields: {n: {unit: ""}, m: {unit: ""}}}
indicators:
  y: {name: Y, unit: "", formula: "FORMULA"}
"""


def over(formula: str, rows: list[tuple[Fraction, Fraction]]) -> Result:
    engine = sound(Engine.from_text(RECORDS.replace("FORMULA", formula), discover=False))
    data = [{"id": str(i), "period": 2020, "n": n, "m": m} for i, (n, m) in enumerate(rows)]
    return engine.compute(data={"k": data}).get("y", "2020")


def test_records_are_counted_by_the_true_value() -> None:
    near = Fraction("1.414") ** 2
    rows = [(near + Fraction(side, 10**90), Fraction("1.414")) for side in (1, -1, 1)]
    assert over("count(k where sqrt(n) > m)", rows).exact == 2


def test_a_record_that_no_digits_decide_is_not_left_out_in_silence() -> None:
    result = over("count(k where exp(ln(n)) > m)", [(Fraction(2), Fraction(2))])
    assert result.status is Status.MISSING
    assert [reason.kind for reason in result.reasons] == ["undecided"]


PLUGIN = """
from iku_engine.formulas.model import Function, Parameter
from iku_engine.hooks import hookimpl

@hookimpl
def iku_functions():
    return [Function("dobel", "Double", "Dobel", "", (Parameter("x", ""),), lambda x: 2 * x)]
"""


def test_a_plugin_function_of_an_irrational_figure_proves_no_digit(tmp_path: Path) -> None:
    """Nobody knows how the function bends, so its digits are shown and called uncertain."""
    (tmp_path / "p.py").write_text(PLUGIN, encoding="utf-8")
    half, compared = "hasil / 2", "if(hasil > 1, 1, 0)"
    declared = definitions({"hasil": "dobel(sqrt(a))", "setengah": half, "banding": compared})
    engine = sound(Engine.from_text(declared, plugins=[tmp_path / "p.py"], discover=False))
    results = engine.compute("2020", data={"a": {"2020": 2}})
    for name, display in (("hasil", "2.83"), ("setengah", "1.41")):
        assert results.get(name, "2020").display == display
        assert results.get(name, "2020").quality == ("approximate", UNCERTAIN)
    assert results.get("banding", "2020").status is Status.UNDEFINED
    exact = engine.compute("2020", data={"a": {"2020": 4}})
    assert [result.quality for result in exact] == [(), (), ()]


Tree: TypeAlias = "str | tuple[str, *tuple[Tree, ...]]"
"""A formula as a name, or as a function or sign with what it works on."""

leaves = st.sampled_from(["a", "b", "c"])
functions = st.tuples(st.sampled_from(["sqrt", "ln", "exp"]), leaves)
trees: st.SearchStrategy[Tree] = st.recursive(
    leaves | functions,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner),
        st.tuples(st.sampled_from(["abs", "size"]), inner),
    ),
    max_leaves=6,
)
small = st.fractions(Fraction(1, 50), 40, max_denominator=50)


@given(trees, small, small, small)
def test_a_displayed_figure_is_that_of_500_digits(
    tree: Tree, a: Fraction, b: Fraction, c: Fraction
) -> None:
    with localcontext(Context(prec=500, Emax=10**6, Emin=-(10**6))):
        known = {"a": as_decimal(a), "b": as_decimal(b), "c": as_decimal(c)}
        try:
            expected = by_decimal(tree, known)
        except ZeroDivisionError:
            return
        result = of(text_of(tree), a=a, b=b, c=c)
        assert result.status is Status.OK
        if UNCERTAIN in result.quality:
            twice = expected * 200
            assert abs(twice - twice.to_integral_value()) < Decimal(10) ** -350
        elif result.quality == ("approximate",):
            assert Decimal(result.display) == expected.quantize(Decimal("0.01"), ROUND_HALF_UP)
        else:
            assert result.exact is not None
            assert abs(as_decimal(result.exact) - expected) < Decimal(10) ** -450


def text_of(tree: Tree) -> str:
    """The formula as a definition writes it."""
    if isinstance(tree, str):
        return tree
    name, *inner = tree
    parts = [text_of(each) for each in inner]
    if name == "size":
        return f"sqrt(abs({parts[0]}))"
    return f"({parts[0]} {name} {parts[1]})" if name in "+-*/" else f"{name}({', '.join(parts)})"


def by_decimal(tree: Tree, known: Mapping[str, Decimal]) -> Decimal:
    """The same formula by the standard library; a divisor next to 0 counts as 0."""
    if isinstance(tree, str):
        return known[tree]
    name, *inner = tree
    values = [by_decimal(each, known) for each in inner]
    if name == "/" and abs(values[1]) < Decimal(10) ** -300:
        raise ZeroDivisionError
    return _BY_DECIMAL[name](*values)


_BY_DECIMAL: Mapping[str, Callable[..., Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "min": min,
    "max": max,
    "abs": abs,
    "size": lambda value: abs(value).sqrt(),
    "sqrt": lambda value: value.sqrt(),
    "ln": lambda value: value.ln(),
    "exp": lambda value: value.exp(),
}
