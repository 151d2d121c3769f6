"""Periods: written, stepped and ordered along the calendar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.periods import Frequency, Period, parse_periods
from iku_engine.testing.calendar_steps import before, from_start_of_year, make, one_before

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
    ["", "0999", "3000", "2020-Q5", "2020-13", "2020-1", "2020-00", "20200", "2020-Q1-1",
     "２０２０", "2020..", "2020..2019", "2020..2021-Q1", "1000..2999-12", "1000-01..2999-12",
     "2020,,2021", "x", "2020" + " " * 40],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        parse_periods(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [("TW I 2024", "2024-Q1"), ("TW 1 2024", "2024-Q1"), ("TW1 2024", "2024-Q1"),
     ("tw iv/2024", "2024-Q4"), ("Triwulan I 2022", "2022-Q1"),
     ("Triwulan 1 Tahun 2022", "2022-Q1"), ("TRIWULAN KE-3 2022", "2022-Q3"),
     ("Q1 2022", "2022-Q1"), ("2022 Q1", "2022-Q1"), ("2022Q1", "2022-Q1"),
     ("2022-q1", "2022-Q1"), ("2022 TW II", "2022-Q2"), ("Januari 2024", "2024-01"),
     ("Jan 2024", "2024-01"), ("2024 Mei", "2024-05"), ("Nopember 2021", "2021-11"),
     ("August 2021", "2021-08"), ("Bulan 1 2024", "2024-01"), ("bulan 12 tahun 2024", "2024-12"),
     ("Bulan Maret 2024", "2024-03"), ("Tahun 2022", "2022"), ("Tahunan 2022", "2022"),
     ("T.A. 2022", "2022"), ("  triwulan \u00a0 ii   2022 ", "2022-Q2")],
)  # fmt: skip
def test_a_period_is_read_as_documents_write_it(text: str, period: str) -> None:
    assert str(Period.parse(text)) == period


@pytest.mark.parametrize(
    ("text", "why"),
    [("Semester I 2022", "a semester"), ("Smt 2 2022", "a semester"), ("01/2024", "quarter or a"),
     ("1-2024", "quarter or a"), ("2024-1", "quarter or a"), ("2024 I", "is written"),
     ("I 2024", "is written"), ("TW V 2024", "is written"), ("TW 5 2024", "is written"),
     ("Bulan 13 2024", "is written"), ("Jan 24", "is written"), ("triwulan 2022", "is written"),
     ("tw12022", "is written"), ("TW I 2022 2023", "is written"), ("Tahun", "is written")],
)  # fmt: skip
def test_what_may_be_two_periods_or_is_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Period.parse(text)


def test_a_range_of_periods_may_be_written_in_words() -> None:
    quarters = parse_periods("TW I 2024..TW III 2024")
    assert [str(period) for period in quarters] == ["2024-Q1", "2024-Q2", "2024-Q3"]


@given(periods(), st.sampled_from(list(Frequency)))
def test_the_shorter_periods_of_a_period_all_lie_in_it(period: Period, other: Frequency) -> None:
    if other < period.frequency:
        assert period in period.longer(other).shorter(period.frequency)
        with pytest.raises(ValueError, match="not made of"):
            period.shorter(other)
        return
    parts = period.shorter(other)
    assert len(parts) * period.frequency == other
    assert parts[0].within_year == 1 or other is not Frequency.YEAR
    assert all(period.holds(part) and part.longer(period.frequency) == period for part in parts)
    assert not period.holds(parts[0].shifted(-1))


def test_a_year_lies_in_no_month() -> None:
    with pytest.raises(ValueError, match="no single month"):
        Period.of(2020).longer(Frequency.MONTH)


def test_a_quarter_outside_the_year_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        Period.of(2020, quarter=5)
    with pytest.raises(ValueError, match="1 to 12"):
        Period.of(2020, month=0)
    with pytest.raises(ValueError, match="not both"):
        Period.of(2020, quarter=1, month=1)
