"""Formulas of change, spread and place against values computed by hand."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine import Engine
from iku_engine.evaluation.sums import gini_of

HEAD = "iku: 1\nowner: d\nperiods: 2020\nowners: {d: {title: D}}\n"
figures = st.fractions(Fraction(1, 10), 1000, max_denominator=20)


def value(formula: str, data: object, declared: str = "", unit: str = "") -> Fraction | None:
    engine = Engine.from_text(
        f'{HEAD}{declared}indicators:\n  y: {{name: Y, formula: "{formula}", unit: "{unit}"}}\n'
    )
    assert not engine.diagnostics
    return engine.compute(data=data).get("y", "2020").exact


PASAR = (
    "sources: {s: {title: S, file: x.csv, period: tahun, numbers: en}}\n"
    "records: {pasar: {label: P, source: s, key: id, fields: {harga: {unit: Rp}}}}\n"
)
SERIES = 'variables: {x: {label: X, unit: ""}, z: {label: Z, unit: ""}}\n'


def market(prices: list[Fraction]) -> dict[str, object]:
    return {"pasar": [{"id": str(i), "period": 2020, "harga": p} for i, p in enumerate(prices)]}


@given(figures, st.integers(1, 12), st.fractions(Fraction(1, 2), 2, max_denominator=8))
def test_average_growth_applied_n_times_gives_the_level(
    start: Fraction, periods: int, factor: Fraction
) -> None:
    data = {"x": {2020: start * factor**periods, 2020 - periods: start}}
    assert value(f"average_growth(x, {periods})", data, SERIES) == (factor - 1) * 100


@pytest.mark.parametrize("n", ["0", "61", "1.5", "-2"])
def test_the_periods_of_average_growth_are_a_whole_number(n: str) -> None:
    engine = Engine.from_text(
        f"{HEAD}{SERIES}indicators:\n  y: {{name: Y, formula: 'average_growth(x, {n})', unit: ''}}"
    )
    (found,) = engine.diagnostics
    assert found.code == "IKU208"
    assert "whole number of periods" in found.message


@given(st.lists(figures, min_size=2, max_size=8))
def test_gini_is_the_mean_difference_over_twice_the_mean(prices: list[Fraction]) -> None:
    count, total = len(prices), sum(prices)
    differences = sum(abs(a - b) for a in prices for b in prices)
    assert value("gini(pasar.harga)", market(prices), PASAR) == differences / (2 * count * total)


@given(figures, st.integers(1, 9))
def test_gini_of_equal_figures_is_zero(price: Fraction, count: int) -> None:
    assert gini_of([price] * count) == (Fraction(0), Fraction(0))


def test_gini_of_nothing_or_of_debts_is_undefined() -> None:
    for prices in ([Fraction(0), Fraction(0)], [Fraction(3), Fraction(-1)]):
        assert value("gini(pasar.harga)", market(prices), PASAR) is None


@given(st.lists(figures, min_size=2, max_size=8))
def test_coefficient_of_variation_is_deviation_over_mean(prices: list[Fraction]) -> None:
    found = value("coefficient_of_variation(pasar.harga)", market(prices), PASAR, "%")
    assert found is not None
    mean = sum(prices, Fraction(0)) / len(prices)
    variance = sum(((p - mean) ** 2 for p in prices), Fraction(0)) / (len(prices) - 1)
    with localcontext() as context:
        context.prec = 60
        root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
        expected = Fraction(root) / mean * 100
    assert abs(found - expected) <= Fraction(1, 10**40) * (1 + abs(expected))


@given(figures, figures, figures, figures)
def test_contributions_of_parts_add_up_to_the_growth_of_the_whole(
    a: Fraction, b: Fraction, c: Fraction, d: Fraction
) -> None:
    data = {"x": {2019: a, 2020: b}, "z": {2019: c, 2020: d}}
    parts = [value(f"contribution_to_growth({n}, x + z)", data, SERIES, "%") for n in "xz"]
    assert sum(part or 0 for part in parts) == value("growth_rate(x + z)", data, SERIES, "%")
