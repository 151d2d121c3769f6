"""Formulas that change in time: the one in force is computed, explained, checked and solved."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.analysis.comparable import Change, compare_catalogs
from iku_engine.analysis.domain_findings import check_domains, explained_domains
from iku_engine.analysis.solve import solve
from iku_engine.binding.encoding import from_data, to_data
from iku_engine.binding.versions import held_text, holds, meet
from iku_engine.engine import Engine
from iku_engine.periods import Period, parse_periods
from iku_engine.reports.explanation_mapping import explanation_mapping
from iku_engine.reports.names import Names
from iku_engine.reports.to_explanation import Extras, to_explanation
from iku_engine.reports.to_table import to_table
from tests.binding.changing import engine_of_versions, version
from tests.properties.catalogs import engine_of

FIGURES = {
    "a": {2018: 10, 2019: 20, 2020: 30, 2021: 40, 2022: 50},
    "b": {2018: 2, 2019: 2, 2020: 2, 2021: 5, 2022: 0},
}
TWO = (version("..2020", "a + b", "orang"), version("2021..", "a * 2", "kali"))
ORANG = {"a": "orang", "b": "orang"}


def codes(engine: Engine) -> list[str]:
    return [one.code for one in engine.diagnostics]


def test_the_version_of_the_period_is_computed() -> None:
    results = engine_of_versions({"x": TWO}).compute(data=FIGURES)
    assert [str(one.exact) for one in results] == ["12", "22", "32", "80", "100"]


def test_a_row_has_the_unit_of_its_version() -> None:
    results = engine_of_versions({"x": TWO}).compute("2020..2021", data=FIGURES)
    assert [row["unit"] for row in results.as_rows()] == ["orang", "kali"]
    assert "orang → kali" in to_table(results, Names())


def test_a_period_without_a_formula_is_missing_with_that_reason() -> None:
    versions = (version("2018..2018", "a"), version("2020..", "b"))
    results = engine_of_versions({"x": versions}).compute(data=FIGURES)
    found = results.get("x", "2019")
    assert found.status.value == "missing"
    assert [str(reason) for reason in found.reasons] == ["no_formula:x@2019"]
    assert results.get("x", "2018").exact == 10
    assert results.get("x", "2022").exact == 0


def test_a_lag_reads_the_version_of_the_period_before() -> None:
    engine = engine_of_versions({"x": TWO}, {"y": "x - x[t-1]"})
    results = engine.compute(indicators=["y"], data=FIGURES)
    assert [str(one.exact) for one in results] == ["None", "10", "10", "48", "20"]


def test_a_mistake_in_one_version_costs_its_periods_only() -> None:
    engine = engine_of_versions({"x": (version("..2020", "a +"), version("2021..", "a"))})
    assert codes(engine) == ["IKU201"]
    results = engine.compute(data=FIGURES)
    assert [one.status.value for one in results] == ["error"] * 3 + ["ok"] * 2


def test_a_circle_through_an_earlier_version_is_found() -> None:
    engine = engine_of_versions({"x": (version("..2020", "y"), version("2021..", "a"))}, {"y": "x"})
    assert codes(engine) == ["IKU301"]


def test_each_version_is_checked_against_its_own_unit() -> None:
    versions = (version("..2020", "a / b", "%"), version("2021..", "a", "orang"))
    assert codes(engine_of_versions({"x": versions}, variables=ORANG)) == ["IKU203"]


CHANGED = (version("..2020", "a", "orang"), version("2021..", "k", "kg"))
UNITS = {"a": "orang", "k": "kg"}


@pytest.mark.parametrize(
    ("formula", "found"),
    [("x * 2", ["IKU330"]), ("x[2022] * 2", []), ("x[2022] - x[2021]", []), ("a * 2", [])],
)
def test_a_formula_that_reads_across_a_change_of_unit_is_named(
    formula: str, found: list[str]
) -> None:
    unit = "orang" if formula.startswith("a") else "kg"
    engine = engine_of_versions({"x": CHANGED}, {"y": {"formula": formula, "unit": unit}}, UNITS)
    assert codes(engine) == found


def test_a_formula_by_the_same_ranges_reads_one_unit_each() -> None:
    follows = (version("..2020", "x + a", "orang"), version("2021..", "x + k", "kg"))
    assert codes(engine_of_versions({"x": CHANGED, "y": follows}, variables=UNITS)) == []


def test_a_lag_over_the_change_is_named_in_the_version_that_has_it() -> None:
    follows = (version("..2020", "x + a", "orang"), version("2021..", "x + x[t-1]", "kg"))
    assert codes(engine_of_versions({"x": CHANGED, "y": follows}, variables=UNITS)) == ["IKU330"]


def test_a_new_spelling_of_a_unit_is_no_change() -> None:
    versions = (version("..2020", "a", "Rp"), version("2021..", "a", "rupiah"))
    engine = engine_of_versions(
        {"x": versions}, {"y": {"formula": "x - x[t-1]", "unit": "Rp"}}, {"a": "rupiah"}
    )
    assert codes(engine) == []


def test_an_explanation_shows_the_formula_in_force_and_its_periods() -> None:
    engine = engine_of_versions({"x": TWO}, {"y": "x[t-1]"})
    explained = engine.explain("x", "2019", data=FIGURES)
    assert (explained.formula, explained.version, explained.figures) == (
        "a + b",
        "..2020",
        "20 + 2",
    )
    assert explanation_mapping(explained)["unit"] == "orang"
    assert "..2020" in to_explanation(explained, Names())
    inside = engine.explain("y", "2022", data=FIGURES).inputs[0]
    assert inside.unit == "kali"
    assert inside.parts is not None
    assert (inside.parts.formula, inside.parts.version) == ("a * 2", "2021..")


def test_an_explanation_without_a_formula_in_force_says_why() -> None:
    engine = engine_of_versions({"x": (version("2021..", "a"),)})
    explained = engine.explain("x", "2019", data=FIGURES)
    assert (explained.formula, explained.inputs) == ("", ())
    assert "tidak ada rumus yang berlaku: `x` 2019" in to_explanation(explained, Names())


def test_each_formula_inside_an_explanation_has_its_own_domain() -> None:
    versions = (version("..2020", "a / b"), version("2021..", "a / c"))
    engine = engine_of_versions({"x": versions}, {"y": "x + x[t-1]"})
    data = {**FIGURES, "c": {2021: 1}}
    explained = engine.explain("y", "2021", data=data)
    domains = explained_domains(explained, engine.binding)
    assert set(domains) == {"y", "x 2021..", "x ..2020"}
    text = to_explanation(explained, Names(), extras=Extras(domains))
    assert "(b = 0)" in text
    assert "(c = 0)" in text


def test_undefined_figures_are_named_by_the_formula_in_force() -> None:
    versions = (version("..2021", "a / (b - 2)"), version("2022..", "a / b"))
    engine = engine_of_versions({"x": versions})
    run = engine.question("x", "2022", data=FIGURES)[0]
    found = list(check_domains(run, parse_periods("2018..2022")))
    assert [one.message for one in found] == [
        "`x` is undefined in 2018, 2019, 2020: `b - 2 = 0`",
        "`x` is undefined in 2022: `b = 0`",
    ]


@pytest.mark.parametrize(("period", "solution"), [("2020", 98), ("2021", 50)])
def test_solving_uses_the_formula_of_the_period(period: str, solution: int) -> None:
    engine = engine_of_versions({"x": TWO})
    asked = engine.question("x", period, data=FIGURES)
    answer = solve(*asked, unknown="a", goal=Fraction(100))
    assert [one.value for one in answer.values] == [solution]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("a + b", "b + a", Change.WORDING),
        ("a + b", "a - b", Change.MEANING),
        ("a + b", "a + b", Change.NOTHING),
        ("a + b", "a +", Change.UNREADABLE),
    ],
)
def test_catalogs_are_compared_in_the_periods_they_share(
    before: str, after: str, change: Change
) -> None:
    last = version("2021..", "c")
    first = engine_of_versions({"x": (version("..2020", before), last)}).binding
    second = engine_of_versions({"x": (version("..2020", after), last)}).binding
    found = next(compare_catalogs(first, second))
    assert (found.change, found.first if change is not Change.NOTHING else before) == (
        change,
        before,
    )


def test_a_changed_earlier_formula_differs_from_one_formula_for_all() -> None:
    one = engine_of({"x": "c"}).binding
    two = engine_of_versions({"x": (version("..2020", "a"), version("2021..", "c"))}).binding
    found = next(compare_catalogs(one, two))
    assert (found.change, found.first, found.second) == (Change.MEANING, "c", "a")


def test_versions_are_kept() -> None:
    binding = engine_of_versions({"x": TWO}).binding
    assert from_data(to_data(binding.indicators)) == binding.indicators


@pytest.mark.parametrize(
    ("held", "period", "answer"),
    [
        ("..2020", "2020", True), ("..2020", "2020-Q4", True), ("..2020", "2021-01", False),
        ("2021-07..", "2021", False), ("2021-07..", "2021-Q3", True),
        ("2021-07..", "2021-06", False), ("2018..2020", "2017", False), ("..", "1999", True),
    ],
)  # fmt: skip
def test_a_version_holds_in_periods_that_lie_in_its_range(
    held: str, period: str, answer: bool
) -> None:
    assert holds(version(held, "a"), Period.parse(period)) is answer


def test_ranges_are_written_as_declared() -> None:
    held = ["..2020", "2021..", "2018..2020", "2018..2018", ".."]
    assert [held_text(version(one, "a")) for one in held] == [
        "..2020", "2021..", "2018..2020", "2018", "",
    ]  # fmt: skip


YEARS = st.integers(2015, 2025)
RANGES = st.tuples(YEARS | st.none(), YEARS | st.none()).map(
    lambda ends: f"{ends[0] or ''}..{ends[1] or ''}"
)


@given(RANGES, RANGES)
def test_two_versions_meet_where_one_year_lies_in_both(first: str, second: str) -> None:
    both = [version(first, "a"), version(second, "b")]
    years = [Period.of(year) for year in range(2000, 2050)]
    shared = [year for year in years if all(holds(one, year) for one in both)]
    empty = any(one.first and one.last and one.last < one.first for one in both)
    assert empty or meet(both[0], both[1]) is bool(shared)


FORMULAS = st.sampled_from(["a + b", "a / b", "growth_rate(a)", "if(b > 2, a, a[t-1])", "ytd(a)"])
VALUES = st.dictionaries(st.integers(2017, 2022), st.integers(-3, 9), max_size=6)


@given(FORMULAS, VALUES, VALUES, st.integers(2017, 2022))
def test_versions_of_one_formula_are_as_good_as_one(
    formula: str, a: dict[int, int], b: dict[int, int], last: int
) -> None:
    alike = (version(f"..{last}", formula), version(f"{last + 1}..", formula))
    data = {"a": a, "b": b}
    changed = engine_of_versions({"x": alike}, {"y": "x - x[t-1]"}).compute(data=data)
    plain = engine_of({"x": formula, "y": "x - x[t-1]"}).compute(data=data)
    assert changed.as_rows() == plain.as_rows()
