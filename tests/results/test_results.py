"""Results: what is displayed, what needs to be collected, and where a figure comes from."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iku_engine.errors import UsageError
from iku_engine.evaluation.model import Status
from iku_engine.results.model import significant_text
from tests.properties.catalogs import computed, engine_of, reasons_of, sound

RATING = {
    "kesehatan": {
        "bands": [
            {"label": "Sehat", "range": "x > 90"},
            {"label": "Kurang", "range": "x <= 90"},
        ]
    }
}


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("-0.004", "2", "0.00"),
        ("0.005", "2", "0.01"),
        ("-0.005", "2", "-0.01"),
        ("1234567.891", "1", "1234567.9"),
        ("7", "3", "7.000"),
    ],
)
def test_figures_are_displayed_as_declared_and_kept_exact(
    value: str, decimals: str, shown: str
) -> None:
    result = computed({"formula": "a", "decimals": decimals}, {"a": {"2020": value}})
    assert result.display == shown
    assert result.exact == Fraction(value)


def test_a_rating_grades_the_unrounded_figure_unless_the_scale_says_so() -> None:
    data = {"a": {"2020": "90.004"}}
    indicator = {"formula": "a", "rating": {"scale": "kesehatan"}}
    assert computed(indicator, data, scales=RATING).rating == "Sehat"
    displayed = {"kesehatan": {**RATING["kesehatan"], "on": "displayed"}}
    assert computed(indicator, data, scales=displayed).rating == "Kurang"


def test_figures_are_carried_unrounded_into_other_indicators() -> None:
    engine = sound(engine_of({"kasar": {"formula": "a / 3", "decimals": "0"}, "kali": "kasar * 3"}))
    assert engine.compute("2020", data={"a": {"2020": 1}}).get("kali", "2020").exact == 1


def test_only_what_is_missing_and_needed_has_to_be_collected() -> None:
    engine = sound(engine_of({"hasil": "if(a > 0, b[t-1], c) + growth_rate(d)"}))
    data = {"a": {"2020": 1}, "d": {"2020": 5, "2019": 0}}
    needed = engine.needed_inputs("2020", data=data)
    assert [(one.variable, str(one.period)) for one in needed] == [("b", "2019")]


def test_marks_of_the_data_travel_and_the_weakest_wins() -> None:
    data = [
        {"variable": "a", "period": "2020", "value": 1, "mark": "*"},
        {"variable": "b", "period": "2020", "value": 2, "mark": "**"},
        {"variable": "c", "period": "2020", "value": 3},
    ]
    assert computed("a + b", data).quality == ("very_provisional",)
    assert computed("a + c", data).quality == ("provisional",)
    assert computed("c", data).quality == ()
    assert computed("if(c > 0, c, a)", data).quality == ()


def test_status_words_are_those_of_the_design() -> None:
    assert computed("a", {}).status is Status.MISSING
    assert computed("1 / a", {"a": {"2020": 0}}).status is Status.UNDEFINED
    assert reasons_of(computed("a / b", {"b": {"2020": 0}})) == {"missing:a@2020"}
    both = computed("1 / a + 1 / b", {"a": {"2020": 0}, "b": {"2020": 0}})
    assert [str(reason) for reason in both.reasons] == ["zero:a@2020", "zero:b@2020"]


@pytest.mark.parametrize(
    ("formula", "value", "status"),
    [
        ("if(b = 0, 0, a / b)", 0, Status.OK),
        ("0 * c", None, Status.MISSING),
        ("a / a", None, Status.UNDEFINED),
        ("if(c > 1, 1, 2)", None, Status.MISSING),
        ("if(c > 1 and a > 0, 1, 2)", 2, Status.OK),
        ("if(c > 1 or b = 0, 1, 2)", 1, Status.OK),
        ("if(not c > 1, 1, 2)", None, Status.MISSING),
        ("if(c > 1 and 1 / b > 1, 1, 2)", None, Status.MISSING),
        ("max(a, c)", None, Status.MISSING),
        ("min(a, 1 / b)", None, Status.UNDEFINED),
    ],
)
def test_missing_and_undefined_follow_the_branch_taken(
    formula: str, value: int | None, status: Status
) -> None:
    result = computed(formula, {"a": {"2020": 0}, "b": {"2020": 0}})
    assert (result.exact, result.status) == (value, status)


def test_what_nobody_declared_cannot_be_asked_for() -> None:
    engine = sound(engine_of({"hasil": "a"}))
    for ask in (
        lambda: engine.compute("2020", indicators=["hasl"], data={}),
        lambda: engine.compute("2020", by=["kecamatan"], data={}),
        lambda: engine.compute("20", data={}),
        lambda: engine.explain("hasil", "2020", data={}, kecamatan="x"),
    ):
        with pytest.raises(UsageError):
            ask()


def test_an_explanation_puts_the_figures_in() -> None:
    engine = sound(engine_of({"tumbuh": "growth_rate(a)", "dua": "tumbuh * 2"}))
    data = {"a": {"2019": 100, "2020": "110.5"}}
    explained = engine.explain("tumbuh", "2020", data=data)
    assert explained.expanded == "(a - a[t-1]) / a[t-1] * 100%"
    assert explained.figures == "(110.5 - 100) / 100 * 100%"
    assert [(one.name, str(one.period)) for one in explained.inputs] == [
        ("a", "2020"),
        ("a", "2019"),
    ]
    parts = engine.explain("dua", "2020", data=data).inputs[0].parts
    assert parts is not None
    assert parts.figures == explained.figures


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 3), "0." + "3" * 50),
        (Fraction(-200, 3), "-66." + "6" * 47 + "7"),
        (Fraction(1, 3 * 10**20), "0." + "0" * 20 + "3" * 50),
        (Fraction(5), "5"),
        (Fraction(10**60), "1" + "0" * 60),
    ],
)
def test_significant_digits_are_counted_from_the_first_that_is_not_zero(
    value: Fraction, text: str
) -> None:
    assert significant_text(value) == text
