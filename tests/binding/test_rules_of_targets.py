"""Rules of targets that cannot work: without a start, in a circle, or reading what is not there."""

from __future__ import annotations

from iku_engine.engine import Engine
from iku_engine.evaluation.model import Status
from tests.properties.catalogs import codes_of, engine_of, reasons_of, sound

DATA = {"a": {str(year): year - 2000 for year in range(2015, 2023)}}


def with_rule(rule: str, start: dict[str, str] | None = None) -> Engine:
    targets = {"start": {"2018": "10"} if start is None else start, "rule": rule}
    indicator = {"formula": "a", "polarity": "higher", "targets": targets}
    return engine_of({"hasil": indicator, "tetangga": "a"})


def test_a_rule_may_read_the_actual_and_other_series() -> None:
    engine = sound(with_rule("max(target[t-1], actual[t-1]) + tetangga[t-1] + b * 0"))
    results = engine.compute("2019", data={**DATA, "b": {"2019": 5}})
    assert results.get("hasil", "2019").target == 18 + 18


def test_a_rule_that_needs_its_own_target_is_a_circle() -> None:
    for rule in ("target * 1.02", "ytd(target)", "if(a > 3, target, 1)", "target[t]"):
        engine = with_rule(rule)
        assert codes_of(engine) == ["IKU301"], rule
        result = engine.compute("2019", data=DATA).get("hasil", "2019")
        assert result.exact == 19
        assert result.achievement_status is Status.UNDEFINED


def test_a_rule_that_needs_a_later_target_is_a_circle_when_computed() -> None:
    engine = sound(with_rule("target[2999] - 1"))
    for row in engine.compute("2018..2022", data=DATA):
        if row.indicator.id == "hasil" and str(row.period) != "2018":
            assert row.target is None
            assert {reason.kind for reason in row.achievement_reasons} == {"circle"}


def test_a_fixed_later_target_that_is_printed_may_be_read() -> None:
    engine = sound(with_rule("target[2022] / 2", {"2018": "10", "2022": "40"}))
    results = engine.compute("2018..2022", data=DATA)
    targets = [results.get("hasil", str(year)).target for year in range(2018, 2023)]
    assert targets == [10, 20, 20, 20, 40]


def test_a_rule_without_a_start_is_reported() -> None:
    assert codes_of(with_rule("target[t-1] + 1", {}))[0] in ("IKU304", "IKU102", "IKU103")


def test_a_gap_in_what_a_rule_reads_stays_a_gap() -> None:
    engine = sound(with_rule("target[t-1] + b"))
    results = engine.compute("2018..2021", data={**DATA, "b": {"2019": 1, "2021": 1}})
    assert results.get("hasil", "2019").target == 11
    for year in ("2020", "2021"):
        result = results.get("hasil", year)
        assert result.target is None
        assert result.status is Status.OK
        assert result.achievement_status is Status.MISSING
        assert "missing:b@2020" in {str(reason) for reason in result.achievement_reasons}


def test_a_rule_steps_quarters_as_well_as_years() -> None:
    engine = sound(with_rule("target[t-1] + 1", {"2020-Q1": "5"}))
    data = {"a": {"2020-Q4": 3, "2021-Q1": 3}}
    results = engine.compute("2020-Q4..2021-Q1", data=data)
    assert [results.get("hasil", text).target for text in ("2020-Q4", "2021-Q1")] == [8, 9]


def test_a_rule_of_a_century_of_months_needs_no_deep_stack() -> None:
    engine = sound(with_rule("target[t-1] + 1", {"1900-01": "0"}))
    result = engine.compute("2000-01", data={"a": {"2000-01": 1}}).rows[0]
    assert result.target == 1200
    assert reasons_of(result) == set()


def test_a_rule_over_members_reads_the_target_of_the_whole() -> None:
    targets = {"start": {"2018": "10"}, "rule": "total(target[t-1] over d) + 1"}
    indicator = {"formula": "a", "polarity": "higher", "targets": targets}
    members = {"m1": {"label": "Satu"}, "m2": {"label": "Dua"}}
    engine = sound(
        engine_of({"hasil": indicator}, dimensions={"d": {"label": "D", "members": members}})
    )
    assert engine.compute("2019", data=DATA).rows[0].target == 21
