"""Figures of longer periods where data, targets and formulas know different kinds of periods."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

import pytest

from iku_engine import Engine
from iku_engine.results.model import Result

Series: TypeAlias = Mapping[str, int | None]

SUM: Mapping[str, str] = {"consolidation": "sum"}
BOTH = {"x": SUM, "y": SUM}


def engine_of(
    formula: str = "x",
    variables: Mapping[str, Mapping[str, str]] | None = None,
    indicator: Mapping[str, object] | None = None,
) -> Engine:
    declared = {"x": {}, "y": {}} if variables is None else variables
    asked_for = {"name": "I", "formula": formula, "unit": "kali", **(indicator or {})}
    return Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "variables": {
                name: {"label": name, "unit": "kali", **fields} for name, fields in declared.items()
            },
            "indicators": {"i": asked_for},
        },
        discover=False,
    )


def rows(**series: Series) -> list[dict[str, object]]:
    return [
        {"variable": name, "period": period, "value": value}
        for name, figures in series.items()
        for period, value in figures.items()
    ]


def quarters(*values: int | None, year: int = 2024) -> dict[str, int | None]:
    return {f"{year}-Q{number}": value for number, value in enumerate(values, 1)}


def months(*values: int | None) -> dict[str, int | None]:
    return {f"2024-{number:02d}": value for number, value in enumerate(values, 1)}


def asked(
    engine: Engine, period: str, data: list[dict[str, object]], *, to_date: bool = False
) -> Result:
    return engine.compute(period, data=data, to_date=to_date).get("i", period)


def reasons(result: Result) -> list[str]:
    return [str(reason) for reason in result.reasons]


CUMULATIVE: Mapping[str, object] = {
    "polarity": "higher",
    "phasing": "cumulative",
    "targets": quarters(10, 20, 30, 40),
}


@pytest.mark.parametrize("on", ["variable", "indicator"])
def test_a_cumulative_target_of_a_quarter_is_met_by_the_months_up_to_it(on: str) -> None:
    declared = {**CUMULATIVE, **(SUM if on == "indicator" else {})}
    engine = engine_of("x", {"x": SUM if on == "variable" else {}}, declared)
    found = asked(engine, "2024-Q3", rows(x=months(*[1] * 12)))
    assert [found.exact, found.reached, found.achievement] == [3, 9, 30]


def test_the_explanation_puts_in_what_was_reached_since_the_start_of_the_year() -> None:
    engine = engine_of(indicator={**CUMULATIVE, **SUM})
    explained = engine.explain("i", "2024-Q2", data=rows(x=quarters(5, 6, 7, 8)))
    assert explained.achievement_figures == "11 / 20 * 100%"


@pytest.mark.parametrize(
    ("data", "targets", "period"),
    [
        ({"2024": 12}, quarters(10, 20, 30, 40), "2024-Q3"),
        (quarters(3, 3, 3, 3), months(*range(1, 13)), "2024-03"),
    ],
)
def test_figures_of_a_longer_period_never_meet_the_target_of_a_part_of_it(
    data: Series, targets: Series, period: str
) -> None:
    engine = engine_of("x", {"x": SUM}, {**CUMULATIVE, "targets": targets})
    found = asked(engine, period, rows(x=data))
    assert found.target is not None
    assert found.achievement is None


def test_to_date_a_ratio_takes_the_same_part_of_the_year_above_and_below() -> None:
    engine = engine_of("x / y", BOTH)
    data = rows(x=months(*[2] * 12), y=quarters(3, 3, 3))
    found = asked(engine, "2024", data, to_date=True)
    assert found.exact == 2
    assert found.quality == ("partial 3/4",)


@pytest.mark.parametrize(
    ("data", "targets", "target"),
    [
        (months(*[1] * 6), quarters(10, 10, 10, 10), 20),
        (months(*[1] * 5), quarters(10, 10, 10, 10), None),
        (quarters(1, 1), months(*[1] * 12), 6),
        (quarters(1, None, 1), quarters(10, 20, 30, 40), 40),
        (quarters(1, 1), {"2024": 40}, None),
    ],
)
def test_to_date_the_targets_are_those_of_just_the_same_part_of_the_year(
    data: Series, targets: Series, target: int | None
) -> None:
    engine = engine_of(
        "x",
        {"x": SUM},
        {"polarity": "higher", "phasing": "per_period", "targets": targets, **SUM},
    )
    found = asked(engine, "2024", rows(x=data), to_date=True)
    assert found.target == target
    assert (found.achievement is None) == (target is None)


def test_to_date_with_a_gap_no_cumulative_target_is_of_the_same_part() -> None:
    found = asked(
        engine_of(indicator={**CUMULATIVE, **SUM}),
        "2024",
        rows(x=quarters(1, None, 1)),
        to_date=True,
    )
    assert found.exact == 2
    assert found.target is None


def test_to_date_the_year_before_is_made_of_the_same_quarters() -> None:
    engine = engine_of("x - x[y-1]", {"x": SUM})
    data = rows(x={**quarters(5, 5, 5), **quarters(1, 1, 1, 100, year=2023)})
    assert asked(engine, "2024", data, to_date=True).exact == 12


def test_the_year_so_far_needs_all_of_the_quarters_before() -> None:
    engine = engine_of("ytd(x)", {"x": SUM})
    found = asked(engine, "2024-Q3", rows(x=months(*[1] * 8)), to_date=True)
    assert reasons(found) == ["missing:x@2024-09"]


def test_a_quarter_without_figures_is_missing_beside_years_that_have_them() -> None:
    found = asked(engine_of(), "2024-Q1", rows(x={"2023": 5, "2024-Q2": 3}))
    assert reasons(found) == ["missing:x@2024-Q1"]


def test_a_blank_figure_of_the_year_is_made_of_its_quarters() -> None:
    engine = engine_of(variables={"x": SUM})
    assert asked(engine, "2024", rows(x={"2024": None, **quarters(1, 2, 3, 4)})).exact == 10


def test_blank_quarters_are_not_figures_of_shorter_periods() -> None:
    found = asked(engine_of(), "2023", rows(x={"2022": 7, **quarters(None, None, year=2023)}))
    assert reasons(found) == ["missing:x@2023"]


def test_a_gap_in_an_input_never_changes_how_the_year_is_made() -> None:
    engine = engine_of("x / y", BOTH, {"consolidation": "last"})
    whole = asked(engine, "2024", rows(x=quarters(1, 2, 3, 4), y=quarters(5, 5, 5, 5)))
    assert whole.exact == Fraction(1, 2)
    assert whole.quality == ()
    gap = asked(engine, "2024", rows(x=quarters(1, None, 3, 4), y=quarters(5, 5, 5, 5)))
    assert reasons(gap) == ["missing:x@2024-Q2"]


def test_a_long_chain_of_indicators_is_made_quarter_by_quarter() -> None:
    length = 400
    chain: dict[str, dict[str, str]] = {
        f"i{number}": {
            "name": f"I{number}",
            "formula": f"i{number - 1} + 1" if number else "x",
            "unit": "kali",
        }
        for number in range(length)
    }
    chain["year"] = {"name": "Z", "formula": f"i{length - 1}", "unit": "kali", **SUM}
    engine = Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "variables": {"x": {"label": "X", "unit": "kali"}},
            "indicators": chain,
        },
        discover=False,
    )
    data = rows(x=quarters(1, 2, 3, 4))
    found = engine.compute("2024", indicators=["year"], data=data).get("year", "2024")
    assert found.exact == 10 + 4 * (length - 1)


def test_records_of_quarters_make_the_year_of_an_indicator() -> None:
    engine = Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "sources": {"s": {"title": "S", "file": "s.csv", "period": "p", "numbers": "en"}},
            "records": {
                "k": {
                    "label": "K",
                    "source": "s",
                    "key": "id",
                    "fields": {"m": {"label": "M", "unit": "kali"}},
                }
            },
            "indicators": {"i": {"name": "I", "formula": "count(k)", "unit": "k", **SUM}},
        },
        discover=False,
    )
    data = {
        "k": [
            {"id": str(n), "period": f"2024-Q{q}", "m": 1} for q in (1, 2, 3, 4) for n in range(q)
        ]
    }
    found = engine.compute("2024", data=data).get("i", "2024")
    assert found.exact == 10
    assert found.quality == ("consolidated:sum",)


PLACES = {
    "iku": "1",
    "owner": "d",
    "owners": {"d": {"title": "D"}},
    "dimensions": {
        "kec": {
            "label": "K",
            "members": {
                "p": {"label": "P"},
                "a": {"label": "A", "parent": "p"},
                "b": {"label": "B", "parent": "p"},
            },
        }
    },
    "variables": {"x": {"label": "X", "unit": "kali", **SUM}},
    "indicators": {"i": {"name": "I", "formula": "x", "unit": "kali"}},
}


def at_places(**figures: Mapping[str, int]) -> list[dict[str, object]]:
    return [
        {"variable": "x", "period": period, "kec": member, "value": value}
        for member, series in figures.items()
        for period, value in series.items()
    ]


NAMES = [f"2024-Q{number}" for number in (1, 2, 3, 4)]


def test_printed_figures_of_a_whole_make_its_year_not_those_of_its_parts() -> None:
    engine = Engine.from_text(PLACES, discover=False)
    data = at_places(
        p=dict.fromkeys(NAMES, 31), a=dict.fromkeys(NAMES, 10), b=dict.fromkeys(NAMES, 20)
    )
    assert engine.compute("2024", data=data).get("i", "2024").exact == 124


def test_a_place_with_a_figure_of_the_year_keeps_it_beside_places_with_quarters() -> None:
    engine = Engine.from_text(PLACES, discover=False)
    data = at_places(a={"2024": 100, **dict.fromkeys(NAMES, 10)}, b=dict.fromkeys(NAMES, 20))
    assert engine.compute("2024", data=data).get("i", "2024").exact == 180


def test_one_period_in_two_spellings_is_a_target_that_stands_twice() -> None:
    engine = engine_of(indicator={"polarity": "higher", "targets": {"2024-Q1": 1, "TW I 2024": 2}})
    assert [found.code for found in engine.diagnostics] == ["IKU003"]
