"""Scales: the band of a value, holes and overlaps, against looking at every value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.scales import (
    Band,
    Graded,
    Scale,
    find_gaps,
    find_overlaps,
    parse_range,
    sorted_bands,
)

edges = st.integers(-4, 4).map(Fraction)
SAMPLES = [Fraction(n, 4) for n in range(-24, 25)]
"""Every edge, points between neighbouring edges, and points beyond them all."""


@st.composite
def bands(draw: st.DrawFn) -> Band:
    low, high = draw(st.none() | edges), draw(st.none() | edges)
    if low is not None and high is not None and low >= high:
        return Band("x", low, True, low, True)
    low_side = low is not None and draw(st.booleans())
    return Band("x", low, low_side, high, high is not None and draw(st.booleans()))


tables = st.lists(bands(), min_size=1, max_size=5).map(
    lambda found: sorted_bands(
        tuple(
            Band(str(n), b.low, b.low_included, b.high, b.high_included)
            for n, b in enumerate(found)
        )
    )
)


def inside(band: Band, value: Fraction) -> bool:
    """Whether a band holds a value, said once more."""
    if band.low is not None and (value < band.low or (value == band.low and not band.low_included)):
        return False
    return band.high is None or value < band.high or (value == band.high and band.high_included)


@given(tables, st.sampled_from(SAMPLES))
def test_the_band_of_a_value_is_the_first_that_holds_it(
    table: tuple[Band, ...], value: Fraction
) -> None:
    expected = next((band for band in table if inside(band, value)), None)
    assert Scale("s", table).band_of(value) == expected


@given(tables)
def test_overlaps_are_the_values_with_two_bands(table: tuple[Band, ...]) -> None:
    twice = {value for value in SAMPLES if sum(inside(band, value) for band in table) > 1}
    found = list(find_overlaps(table))
    assert bool(found) == bool(twice)
    for overlap in found:
        assert inside(overlap.first, overlap.value)
        assert inside(overlap.second, overlap.value)
        assert overlap.first is not overlap.second


@given(tables)
def test_gaps_are_the_values_between_bands_without_one(table: tuple[Band, ...]) -> None:
    held = [value for value in SAMPLES if any(inside(band, value) for band in table)]
    expected = {
        value for value in SAMPLES if held and min(held) < value < max(held) and value not in held
    }
    gaps = list(find_gaps(table))
    found = {value for value in SAMPLES if any(inside(gap.interval, value) for gap in gaps)}
    assert found == expected


@given(bands().filter(lambda band: band.low is not None or band.high is not None))
def test_a_printed_range_is_read_back(band: Band) -> None:
    found = parse_range(band.range_text())
    for value in SAMPLES:
        assert inside(found, value) == inside(band, value)


def test_a_scale_on_displayed_figures_grades_the_rounded_one() -> None:
    table = (parse_range("x <= 90"), parse_range("x > 90"))
    value = Fraction("90.004")
    assert Scale("s", table).band_of(value) == table[1]
    assert Scale("s", table, on=Graded.DISPLAYED).band_of(value) == table[0]
    assert Scale("s", table, on=Graded.DISPLAYED, decimals=3).band_of(value) == table[1]


@pytest.mark.parametrize(
    "text",
    ["", "x", "5", "80 <= x >= 90", "90 < x < 80", "5 < x <= 5", "x > 1 or x < 0", "80 =< x",
     "80 <= y", "x >= 1e3", "x >= .5", "1 <= x = 2", "x" * 300],
)  # fmt: skip
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="range"):
        parse_range(text)
