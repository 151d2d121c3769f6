"""Data handed over may split a variable that no source does."""

from __future__ import annotations

from fractions import Fraction

from iku_engine import Engine

CATALOG = """
iku: 1
owner: d
periods: 2020
owners: {d: {title: D}}
dimensions: {kec: {label: Kecamatan}}
variables: {x: {label: X, unit: orang}}
indicators: {y: {name: Y, formula: 2 * x, unit: orang}}
"""
ROWS = [
    {"variable": "x", "period": 2020, "kec": "A", "value": 5},
    {"variable": "x", "period": 2020, "kec": "B", "value": 7},
]


def test_the_whole_is_the_sum_of_the_places_handed_over() -> None:
    assert Engine.from_text(CATALOG).compute(data=ROWS).get("y", "2020").exact == Fraction(24)


def test_results_are_split_by_what_the_data_name() -> None:
    results = Engine.from_text(CATALOG).compute(by="kec", data=ROWS)
    assert results.get("y", "2020", kec="B").exact == Fraction(14)
