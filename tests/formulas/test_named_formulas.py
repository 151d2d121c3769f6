"""Formulas that a catalog names: nesting, shadowing, circles, chains, and calls that do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from iku_engine.engine import Engine
from iku_engine.evaluation.model import Status
from tests.properties.catalogs import codes_of, computed, engine_of, reasons_of, sound

DATA = {"a": {"2018": 5, "2019": 10, "2020": 12}, "b": {"2019": 4, "2020": 3}}


def formula(body: str, *parameters: str, **further: object) -> dict[str, object]:
    return {"title": "rumus", "parameters": list(parameters), "body": body, **further}


def with_formulas(text: str, formulas: Mapping[str, object]) -> Engine:
    return engine_of({"hasil": text, "tetangga": "a"}, formulas=formulas)


def value(text: str, **formulas: object) -> Fraction | None:
    engine = sound(with_formulas(text, formulas))
    return engine.compute("2020", data=DATA).get("hasil", "2020").exact


def test_a_formula_calls_another_with_expressions() -> None:
    half = formula("x / 2", "x")
    quarter = formula("half(half(x))", "x")
    assert value("quarter(a + b)", half=half, quarter=quarter) == Fraction(15, 4)


def test_parameters_shadow_variables_of_the_same_name() -> None:
    """`a` inside is the argument, `b` inside is the catalog's, and neither leaks."""
    mixed = formula("a * 100 + b", "a")
    assert value("mixed(b)", mixed=mixed) == 303
    swapped = formula("a - b", "b", "a")
    assert value("swapped(a, b)", swapped=swapped) == 3 - 12


def test_arguments_are_not_taken_for_parameters_of_the_formula_called() -> None:
    outer = formula("inner(y, x)", "x", "y")
    inner = formula("x - y", "x", "y")
    assert value("outer(a, b)", outer=outer, inner=inner) == 3 - 12


def test_lags_of_calls_and_calls_with_lags_meet() -> None:
    change = formula("x - x[t-1]", "x")
    assert value("change(a)[t-1]", change=change) == 5
    assert value("change(a[t-1])", change=change) == 5
    assert value("change(change(a))", change=change) == -3


def test_built_in_formulas_are_called_inside() -> None:
    kinerja = formula("growth_rate(x) - growth_rate(y)", "x", "y")
    assert value("kinerja(a, b)", kinerja=kinerja) == 20 + 25


def test_a_formula_without_parameters_reads_the_catalog() -> None:
    assert value("selisih()", selisih=formula("a - b")) == 9


def test_a_formula_of_one_catalog_cannot_replace_a_built_in_one() -> None:
    engine = with_formulas("share(a, b)", {"share": formula("0", "x", "y")})
    assert codes_of(engine) == ["IKU107"]
    assert engine.compute("2020", data=DATA).get("hasil", "2020").exact == 400


def test_formulas_in_a_circle_are_named_and_the_neighbour_lives() -> None:
    formulas = {
        "satu": formula("dua(x)", "x"),
        "dua": formula("satu(x) + 1", "x"),
        "pemakai": formula("dua(x)", "x"),
        "diri": formula("diri(x)", "x"),
    }
    engine = with_formulas("pemakai(a)", formulas)
    circles = [one for one in engine.diagnostics if one.code == "IKU302"]
    assert len(circles) == 2
    assert "satu -> dua -> satu" in " ".join(one.message for one in circles)
    results = engine.compute("2020", data=DATA)
    assert results.get("hasil", "2020").status is Status.ERROR
    assert results.get("tetangga", "2020").exact == 12


def test_a_doubling_chain_is_refused_before_it_grows() -> None:
    formulas: dict[str, object] = {"f0": formula("x + x", "x")}
    formulas |= {f"f{n}": formula(f"f{n - 1}(x) * f{n - 1}(x)", "x") for n in range(1, 40)}
    engine = with_formulas("f39(a)", formulas)
    assert set(codes_of(engine)) == {"IKU202"}
    assert engine.compute("2020", data=DATA).get("tetangga", "2020").exact == 12


def test_a_doubling_argument_is_refused_before_it_grows() -> None:
    twice = formula("x * x", "x")
    engine = with_formulas("twice(" * 40 + "a" + ")" * 40, {"twice": twice})
    assert codes_of(engine) == ["IKU202"]


def test_a_chain_of_two_thousand_formulas_needs_no_deep_stack() -> None:
    formulas: dict[str, object] = {"f0": formula("x", "x")}
    formulas |= {f"f{n}": formula(f"f{n - 1}(x)", "x") for n in range(1, 2_000)}
    assert value("f1999(a)", **formulas) == 12
    grown: dict[str, object] = {"f0": formula("x", "x")}
    grown |= {f"f{n}": formula(f"f{n - 1}(x) + 1", "x") for n in range(1, 2_000)}
    engine = with_formulas("f1999(a)", grown)
    assert set(codes_of(engine)) == {"IKU202"}


def test_a_mistake_in_a_body_is_reported_once_where_it_stands() -> None:
    engine = with_formulas("buruk(a) + buruk(b)", {"buruk": formula("x +", "x")})
    assert codes_of(engine) == ["IKU201"]
    assert engine.compute("2020", data=DATA).get("hasil", "2020").status is Status.ERROR


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("growth_rat(a)", "IKU207"),
        ("growth_rate()", "IKU208"),
        ("growth_rate(a, b)", "IKU208"),
        ("growth_rate(a, over: month)", "IKU208"),
        ("growth_rate(a, ovr: year)", "IKU208"),
        ("growth_rate(a, x: b)", "IKU208"),
        ("growth_rate(a, negative_base: zero)", "IKU208"),
        ("difference(a, b, negative_base: marked)", "IKU208"),
        ("share(a)", "IKU208"),
        ("rate(a, b, per: a)", "IKU208"),
        ("index(a)", "IKU208"),
        ("index(a, base: b)", "IKU208"),
        ("index(a, base: 99)", "IKU208"),
        ("weighted_mean(a)", "IKU208"),
        ("weighted_mean(a, 1, b)", "IKU208"),
        ("weighted_mean()", "IKU208"),
        ("price_change(a, 2)", "IKU208"),
        ("price_change(a, nowhere)", "IKU206"),
        ("abs(a, b)", "IKU208"),
        ("abs()", "IKU208"),
        ("round(a, digits: 2)", "IKU208"),
        ("mean(a, b)", "IKU208"),
        ("total(a)", "IKU208"),
        ("sum(a)", "IKU211"),
        ("a[base]", "IKU211"),
        ("a^b", "IKU213"),
        ("a^65", "IKU213"),
        ("a^0.3333", "IKU213"),
        ("root(a, 1)", "IKU213"),
        ("root(a, b)", "IKU213"),
        ("round(a, 31)", "IKU213"),
        ("round(a, 0.5)", "IKU213"),
        ("a > b", "IKU211"),
        ('"teks"', "IKU211"),
        ("if(a, 1, 2)", "IKU211"),
        ('a = "teks"', "IKU211"),
        ("score(a, nowhere)", "IKU206"),
        ("nowhere + 1", "IKU206"),
        ("nowhere.field", "IKU206"),
        ("count(a)", "IKU211"),
    ],
)
def test_a_call_that_does_not_fit_is_located(call: str, code: str) -> None:
    engine = engine_of({"hasil": call, "tetangga": "a"}, ("a", "b"))
    assert codes_of(engine) == [code]
    assert engine.diagnostics[0].location is not None
    results = engine.compute("2020", data=DATA)
    assert results.get("hasil", "2020").status is Status.ERROR
    assert results.get("tetangga", "2020").status is Status.OK


def test_a_misspelled_formula_is_suggested() -> None:
    engine = with_formulas("growth_rat(a)", {})
    assert "`growth_rate`" in engine.diagnostics[0].help


def test_an_index_is_100_in_its_base_period() -> None:
    index = "index(a, base: 2019)"
    assert computed(index, DATA, "2019").exact == 100
    assert computed(index, DATA, "2020").exact == 120
    months = {"a": {"2019-03": 8, "2020-01": 10}}
    assert computed('index(a, base: "2019-03")', months, "2020-01").exact == 125
    assert reasons_of(computed("index(a, base: 2017)", DATA)) == {"missing:a@2017"}


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ("growth_rate(a)", "negative_base:a@2019"),
        ("growth_rate(a, over: year)", "negative_base:a@2019"),
        ("decline_rate(a)", "negative_base:a@2019"),
        ("share(b, a[t-1])", "negative_base:a@2019"),
        ("rate(b, a[t-1])", "negative_base:a@2019"),
        ("index(b, base: 2018)", "negative_base:b@2018"),
        ("implicit_index(b, a[t-1] * 1)", "negative_base:(a * 1)[t-1]@2020"),
        ("share(b, -5)", "negative_base:-5@2020"),
    ],
)
def test_a_base_below_zero_is_marked_or_undefined_as_the_call_says(call: str, note: str) -> None:
    data = {"a": {"2019": -5, "2020": 5}, "b": {"2018": -1, "2020": 1}}
    marked = computed(call, data)
    assert marked.status is Status.OK
    if "* 1" not in call:
        assert marked.quality == (note,)
    else:
        assert len(marked.quality) == 1
    refused = computed(f"{call[:-1]}, negative_base: undefined)", data)
    assert refused.status is Status.UNDEFINED
    assert [str(reason) for reason in refused.reasons] == list(marked.quality)


def test_growth_from_below_zero_has_the_sign_arithmetic_gives_it() -> None:
    assert computed("growth_rate(a)", {"a": {"2019": -5, "2020": 5}}).exact == -200


def test_a_base_of_zero_is_undefined_once() -> None:
    result = computed("growth_rate(a)", {"a": {"2019": 0, "2020": 5}})
    assert reasons_of(result) == {"zero:a@2019"}


def test_examples_of_catalog_formulas_are_run_against_their_bodies() -> None:
    def checked(body: str, value: str, **given: str) -> dict[str, object]:
        return formula(body, "x", "y", examples=[{"given": given, "value": value}])

    scales = {"skala": {"bands": [{"label": "x", "range": "x >= 0", "score": "3"}]}}
    formulas = {
        "benar": checked("x / y", "0.25", x="1", y="4"),
        "salah": checked("x / y", "4", x="1", y="4"),
        "nol": checked("x / y", "undefined", x="1", y="0"),
        "kosong": checked("x / y", "missing", x="1"),
        "skor": checked("score(x, skala) + y", "4", x="1", y="1"),
        "pangkat": checked("x^y", "8", x="2", y="3"),
        "katalog": checked("x + a", "5", x="2", a="3"),
        "anggota": checked("total(x over d)", "2", x="2"),
    }
    dimensions = {"d": {"label": "D"}}
    engine = sound(
        engine_of({"hasil": "a"}, formulas=formulas, scales=scales, dimensions=dimensions)
    )
    found = engine.check()
    assert {one.code for one in found} == {"IKU112"}
    assert {one.subject for one in found} == {"salah", "pangkat", "anggota"}
