"""Indicators that use other indicators: chains, circles, and broken ones among sound ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iku_engine.evaluation.model import Status
from tests.properties.catalogs import codes_of, computed, engine_of, reasons_of, sound

DATA = {"a": {"2017": 1, "2018": 2, "2019": 4, "2020": 8}}


def test_indicators_may_be_declared_before_what_they_use() -> None:
    engine = sound(engine_of({"c": "b * 2", "b": "base + 1", "base": "a"}, ("a",)))
    assert engine.compute("2020", data=DATA).get("c", "2020").exact == 18


def test_a_circle_is_named_and_breaks_only_what_needs_it() -> None:
    engine = engine_of(
        {
            "satu": "dua + 1",
            "dua": "tiga + 1",
            "tiga": "satu[t-1]",
            "pemakai": "satu * 2",
            "diri": "diri[t-1] + a",
            "sehat": "a",
        },
        ("a",),
    )
    assert codes_of(engine) == ["IKU301", "IKU301"]
    messages = " ".join(one.message for one in engine.diagnostics)
    assert "satu -> dua -> tiga -> satu" in messages
    assert "`diri` needs itself" in messages
    results = engine.compute("2020", data=DATA)
    states = {row.indicator.id: row.status for row in results}
    assert states.pop("sehat") is Status.OK
    assert set(states.values()) == {Status.ERROR}


def test_a_broken_indicator_breaks_its_users_and_leaves_its_neighbours() -> None:
    engine = engine_of({"rusak": "a +", "pemakai": "rusak + a", "sehat": "a * 2"}, ("a",))
    assert codes_of(engine) == ["IKU201"]
    results = engine.compute("2020", data=DATA)
    assert results.get("pemakai", "2020").status is Status.ERROR
    assert reasons_of(results.get("pemakai", "2020")) == {"error:rusak"}
    assert results.get("sehat", "2020").exact == 16


def test_an_error_wins_over_missing_inputs() -> None:
    engine = engine_of({"rusak": "a +", "pemakai": "rusak + b"}, ("a", "b"))
    result = engine.compute("2020", data={}).get("pemakai", "2020")
    assert result.status is Status.ERROR


def test_a_branch_not_taken_may_be_broken() -> None:
    engine = engine_of({"rusak": "a +", "hasil": "if(a > 0, a, rusak)"}, ("a",))
    assert engine.compute("2020", data=DATA).get("hasil", "2020").exact == 8


def test_reasons_of_an_indicator_pass_through_those_that_use_it() -> None:
    engine = sound(engine_of({"rasio": "a / b", "tumbuh": "growth_rate(rasio)"}))
    data = {"a": {"2019": 1, "2020": 1}, "b": {"2019": 0, "2020": 1}}
    results = engine.compute("2020", data=data)
    assert reasons_of(results.get("tumbuh", "2020")) == {"zero:b@2019"}


@pytest.mark.parametrize("lag", ["", "[t-1]"])
def test_a_chain_of_three_thousand_indicators_needs_no_deep_stack(lag: str) -> None:
    chain = {"i0": "a"} | {f"i{n}": f"i{n - 1}{lag} + 1" for n in range(1, 3_000)}
    engine = sound(engine_of(chain, ("a",)))
    start = Fraction(8)
    year = "2020" if not lag else "-979"
    results = engine.compute("2020", indicators=["i2999"], data=DATA)
    result = results.get("i2999", "2020")
    if lag:
        assert reasons_of(result) == {f"missing:a@{year}"}
    else:
        assert result.exact == start + 2999


def test_a_chain_declared_backwards_is_the_same() -> None:
    chain = {f"i{n}": f"i{n - 1} + 1" for n in range(1_999, 0, -1)} | {"i0": "a"}
    results = sound(engine_of(chain, ("a",))).compute("2020", indicators=["i1999"], data=DATA)
    assert results.get("i1999", "2020").exact == 8 + 1999


def test_a_rule_of_targets_over_a_long_chain_needs_no_deep_stack() -> None:
    chain: dict[str, str | dict[str, object]] = {"i0": "a"}
    chain |= {f"i{n}": f"i{n - 1} + 1" for n in range(1, 1_500)}
    rule = {"start": {"2017": "10"}, "rule": "actual[t-1] * 1.1"}
    chain["akhir"] = {"formula": "i1499", "polarity": "higher", "targets": rule}
    results = sound(engine_of(chain, ("a",))).compute("2020", indicators=["akhir"], data=DATA)
    assert results.get("akhir", "2020").target == Fraction(4 + 1499) * Fraction("1.1")


def test_unknown_names_suggest_near_ones() -> None:
    engine = engine_of({"hasil": "jumlah_umk + 1"}, ("jumlah_umkm",))
    assert codes_of(engine) == ["IKU206"]
    assert "`jumlah_umkm`" in engine.diagnostics[0].help


def test_a_name_of_a_hundred_signs_is_refused_without_a_suggestion() -> None:
    engine = engine_of({"hasil": "x" * 100}, ("jumlah_umkm",))
    assert codes_of(engine) == ["IKU202"]


def test_a_variable_without_data_is_missing_by_name() -> None:
    assert reasons_of(computed("a + b * 0", {"a": {"2020": 1}})) == {"missing:b@2020"}
