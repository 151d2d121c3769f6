"""Band coverage against brute force: every edge, points between edges, and points beyond."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iku_engine.analysis.coverage import bands_text, coverage_of
from iku_engine.catalog.from_yaml import parse_catalog
from iku_engine.coverage import first_figure, gaps_of, overlaps_of, repaired
from iku_engine.scales import Band, Graded, Scale, parse_range, sorted_bands
from tests.laws import LAW

FINE = [Fraction(n, 40) for n in range(-160, 161)]
"""Edges lie on tenths from -3 to 3, so that these are edges and points between any two."""
edges = st.integers(-30, 30).map(lambda n: Fraction(n, 10))


@st.composite
def bands(draw: st.DrawFn) -> Band:
    low, high = draw(st.none() | edges), draw(st.none() | edges)
    if low is not None and high is not None and low >= high:
        low = high = min(low, high)
        return Band("x", low, True, high, True)
    low_side = low is not None and draw(st.booleans())
    return Band("x", low, low_side, high, high is not None and draw(st.booleans()))


def numbered(found: list[Band]) -> tuple[Band, ...]:
    return sorted_bands(
        tuple(
            Band(f"B{n}", b.low, b.low_included, b.high, b.high_included, Fraction(n, 2))
            for n, b in enumerate(found)
        )
    )


tables = st.lists(bands(), min_size=1, max_size=6).map(numbered)
kinds = st.sampled_from([None, 0, 1])


@st.composite
def chains(draw: st.DrawFn) -> tuple[Band, ...]:
    """Bands one behind the other, as regulations print them: holes and shared edges."""
    points = sorted(draw(st.lists(edges, min_size=4, max_size=8, unique=True)))
    found: list[Band] = []
    for low, high in zip(points[::2], points[1::2], strict=False):
        shared = draw(st.booleans()) and bool(found)
        start = found[-1].high if shared else low
        found.append(Band("x", start, draw(st.booleans()), high, draw(st.booleans())))
    return numbered(found)


def seen(decimals: int | None) -> list[Fraction]:
    """The figures a scale is asked about, out of the fine grid."""
    if decimals is None:
        return FINE
    return [value for value in FINE if (value * 10**decimals).denominator == 1]


def holders(table: tuple[Band, ...], value: Fraction) -> set[str]:
    return {band.label for band in table if band.holds(value)}


@LAW
@given(tables | chains(), kinds)
def test_holes_are_the_figures_from_edge_to_edge_without_a_band(
    table: tuple[Band, ...], decimals: int | None
) -> None:
    figures = seen(decimals)
    held = [value for value in FINE if holders(table, value)]
    low, high = min(held), max(held)
    expected = {v for v in figures if low < v < high and not holders(table, v)}
    gaps = gaps_of(table, decimals)
    assert {v for v in figures if any(gap.interval.holds(v) for gap in gaps)} == expected
    for gap in gaps:
        assert any(gap.interval.holds(value) for value in figures)


@LAW
@given(tables | chains(), kinds)
def test_overlaps_are_the_figures_with_two_bands(
    table: tuple[Band, ...], decimals: int | None
) -> None:
    figures = seen(decimals)
    twice = {value for value in figures if len(holders(table, value)) > 1}
    found = overlaps_of(table, decimals)
    assert {v for v in figures if any(one.interval.holds(v) for one in found)} == twice
    for one in found:
        assert {one.first.label, one.second.label} <= holders(table, one.value)
        assert one.interval.holds(one.value)


@given(bands(), st.integers(0, 1))
def test_the_first_figure_of_an_interval_is_its_lowest(band: Band, decimals: int) -> None:
    found = first_figure(band, decimals)
    inside = [value for value in seen(decimals) if band.holds(value)]
    assert (found is None) == (not inside)
    if found is not None and band.low is not None:
        assert found == min(inside)


POINT_AT_AN_EDGE = (
    Band("Semua"),
    Band("Rendah", high=Fraction(1, 10)),
    Band("Tepat", Fraction(1, 10), True, Fraction(1, 10), True),
)


@given(tables | chains(), kinds)
@example(POINT_AT_AN_EDGE, 0)
def test_a_repair_leaves_nothing_and_moves_nothing(
    table: tuple[Band, ...], decimals: int | None
) -> None:
    repair = repaired(table, decimals)
    if repair is None:
        return
    assert not gaps_of(repair, decimals) and not overlaps_of(repair, decimals)
    for value in FINE:
        before, after = holders(table, value), holders(repair, value)
        if len(before) == 1:
            assert after == before
        elif before:
            assert after <= before
    for value in seen(decimals):
        if holders(table, value):
            assert len(holders(repair, value)) == 1
    assert repaired(repair, decimals) == repair


@given(chains())
def test_bands_one_behind_the_other_are_always_repaired(table: tuple[Band, ...]) -> None:
    assert repaired(table) is not None


@given(tables | chains())
def test_a_repair_is_read_back_as_it_is_printed(table: tuple[Band, ...]) -> None:
    repair = repaired(table)
    if repair is None or any(band.low is None and band.high is None for band in repair):
        return
    lines = bands_text(repair).splitlines()
    text = "iku: 1\nscales:\n  s:\n" + "".join(f"    {line}\n" for line in lines)
    catalog, diagnostics = parse_catalog(text)
    assert not diagnostics
    assert catalog.scales["s"].scale.bands == repair


@pytest.mark.parametrize(
    ("ranges", "repair"),
    [
        ("91 <= x <= 100 | 76 <= x <= 90", "76 <= x < 91 | 91 <= x <= 100"),
        ("x > 80 | x < 80", "x < 80 | x >= 80"),
        ("x >= 80 | x <= 80", "x < 80 | x >= 80"),
        ("x = 0 | 0 < x <= 9 | 10 <= x <= 10.5", "x = 0 | 0 < x < 10 | 10 <= x <= 10.5"),
        ("x = 0 | 0 <= x < 5", "x = 0 | 0 < x < 5"),
        ("x = 100 | 90 <= x <= 100", "90 <= x < 100 | x = 100"),
        ("0 <= x <= 60 | 50 <= x <= 100", "0 <= x < 50 | 50 <= x <= 100"),
        ("0 <= x <= 100 | 40 <= x <= 50", None),
        ("0 <= x <= 1 | 0 <= x <= 1", None),
    ],
)
def test_a_repair_makes_every_lower_edge_inclusive(ranges: str, repair: str | None) -> None:
    table = numbered([parse_range(one) for one in ranges.split(" | ")])
    found = repaired(table)
    assert repair == (" | ".join(band.range_text() for band in found) if found else None)


def test_the_coverage_of_a_scale_says_both_over_values_and_over_figures() -> None:
    table = numbered([parse_range(one) for one in ("0 <= x <= 75", "76 <= x <= 90", "x > 90")])
    found = coverage_of(Scale("akip", table, decimals=0))
    assert found.covers.range_text() == "x >= 0"
    assert [gap.interval.range_text() for gap in found.gaps] == ["75 < x < 76"]
    assert not found.displayed_gaps and not found.overlaps and not found.is_whole
    displayed = coverage_of(Scale("akip", table, on=Graded.DISPLAYED, decimals=0))
    assert displayed.is_whole and displayed.repair == table
    assert not coverage_of(Scale("akip", table, on=Graded.DISPLAYED, decimals=1)).is_whole


def test_the_help_of_a_hole_and_an_overlap_is_ready_to_paste() -> None:
    text = (
        "iku: 1\nscales:\n  akip:\n    bands:\n"
        "      - {label: AA, range: 91 <= x <= 100}\n"
        "      - {label: A, range: 76 <= x <= 90}\n"
        "      - {label: B, range: x <= 76}\n"
    )
    overlap, hole = sorted(parse_catalog(text)[1], key=lambda one: one.code, reverse=True)
    assert (hole.code, overlap.code) == ("IKU110", "IKU111")
    assert hole.help == (
        "write `76 <= x < 91` for `A`, or `on: displayed` and `decimals: 0` where they speak of "
        "rounded figures"
    )
    assert overlap.help == "write `x < 76` for `B` and `76 <= x < 91` for `A`"


def test_a_band_inside_another_is_left_to_the_agency() -> None:
    text = (
        "iku: 1\nscales: {s: {bands: [{label: A, range: 0 <= x <= 9}, "
        "{label: B, range: 3 <= x <= 4}]}}\n"
    )
    (found,) = parse_catalog(text)[1]
    assert found.help == "exclude an edge from one of them with `<` or `>`"
