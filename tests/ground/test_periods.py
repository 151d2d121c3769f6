"""Periods: written, stepped and ordered along the calendar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.periods import Frequency, Period, parse_periods
from tests.properties.calendar_steps import before, from_start_of_year, make, one_before

years = st.integers(1000, 2999)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    frequency = draw(st.sampled_from(list(Frequency)))
    return make(frequency, draw(years), draw(st.integers(1, int(frequency))))


@given(periods())
def test_a_written_period_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(f"  {period} ") == period


@given(periods(), st.integers(0, 40), st.integers(0, 5))
def test_stepping_agrees_with_counting_one_by_one(period: Period, steps: int, back: int) -> None:
    assert period.shifted(-steps, -back) == before(period, steps, back)


@given(periods(), st.integers(-300, 300), st.integers(-300, 300), st.integers(-9, 9))
def test_steps_add_up_and_come_back(period: Period, one: int, other: int, back: int) -> None:
    assert period.shifted(one).shifted(other) == period.shifted(one + other)
    assert period.shifted(one, back).shifted(-one, -back) == period
    assert period.shifted(years=back) == period.shifted(back * int(period.frequency))
    assert period.shifted(years=back).within_year == period.within_year


@given(periods(), periods())
def test_order_is_that_of_the_calendar(one: Period, other: Period) -> None:
    assert one_before(one) < one
    assert (one < other) + (other < one) + (one == other) == 1
    if one.frequency is other.frequency:
        expected = (one.year, one.within_year) < (other.year, other.within_year)
        assert (one < other) == expected
    elif one.year != other.year:
        assert (one < other) == (one.year < other.year)


@given(periods())
def test_the_year_so_far_begins_with_its_first_period(period: Period) -> None:
    assert list(period.since_start_of_year()) == from_start_of_year(period)


@given(years, st.integers(0, 20))
def test_a_range_holds_every_period_between_its_ends(year: int, length: int) -> None:
    last = min(year + length, 2999)
    assert [p.year for p in parse_periods(f"{year}..{last}")] == list(range(year, last + 1))


def test_a_list_keeps_its_order_and_names_a_period_once() -> None:
    found = parse_periods("2022, 2018..2020,2019")
    assert [str(period) for period in found] == ["2022", "2018", "2019", "2020"]


@pytest.mark.parametrize(
    "text",
    ["", "0999", "3000", "2020-Q5", "2020-13", "2020-1", "2020-00", "20200", "2020-q1", "2020-Q1-1",
     "２０２０", "2020..", "2020..2019", "2020..2021-Q1", "1000..2999-12", "1000-01..2999-12",
     "2020,,2021", "x", "2020" + " " * 40],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        parse_periods(text)


def test_a_quarter_outside_the_year_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        Period.of(2020, quarter=5)
    with pytest.raises(ValueError, match="1 to 12"):
        Period.of(2020, month=0)
    with pytest.raises(ValueError, match="not both"):
        Period.of(2020, quarter=1, month=1)
