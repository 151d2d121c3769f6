"""Dates: the day first or ISO, never the month first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.dates import read_date


@pytest.mark.parametrize(
    "text",
    ["2024-03-04", "04/03/2024", "4/3/2024", "4 Maret 2024", "04 maret 2024", " 2024-03-04 "],
)
def test_one_day_is_written_in_several_ways(text: str) -> None:
    assert read_date(text) == date(2024, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2024", "2024-3-4", "03-04-2024", "31/02/2024", "2024-13-01", "4 March 2024", "20240304",
        "2024-W10-1", "4/3/24", "٤/٣/٢٠٢٤", "", "kemarin", "1" * 500,
    ],
)  # fmt: skip
def test_other_text_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"a date is written|no such day"):
        read_date(text)


@given(st.dates())
def test_a_day_is_read_back_from_each_form(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}/{day.month}/{day.year:04}") == day
