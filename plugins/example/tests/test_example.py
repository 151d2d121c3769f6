"""The plugin's own tests, all through `iku_engine.testing`."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iku_plugin_example
from iku_engine.scales import find_gaps, find_overlaps
from iku_engine.testing import (
    Law,
    check_golden,
    laws_of,
    problems_of,
    read_case,
    tiny_engine,
)
from iku_plugin_example.absorption_gap import ABSORPTION_GAP
from iku_plugin_example.efficiency_scale import EFFICIENCY_SCALE
from iku_plugin_example.working_days import WORKING_DAYS

HERE = Path(__file__).parent
PLUGIN = Path(iku_plugin_example.__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case_holds(case: Path, tmp_path: Path) -> None:
    assert problems_of(read_case(case), tmp_path, plugins=[PLUGIN]) == []


@pytest.mark.parametrize("law", [*laws_of(ABSORPTION_GAP), *laws_of(WORKING_DAYS)], ids=str)
def test_law_holds(law: Law) -> None:
    law.check()


def test_the_months_of_a_leap_year_are_kept_as_a_table() -> None:
    engine = tiny_engine(
        plugins=[PLUGIN],
        hari_kerja={"formula": "working_days(2024, bulan)", "unit": "hari", "decimals": "0"},
        periods="2024-01..2024-12",
    )
    months = {f"2024-{month:02}": month for month in range(1, 13)}
    check_golden(engine.compute(data={"bulan": months}), HERE / "tables" / "hari_kerja_2024.csv")


def test_every_value_has_one_band() -> None:
    assert not list(find_gaps(EFFICIENCY_SCALE.bands))
    assert not list(find_overlaps(EFFICIENCY_SCALE.bands))


@given(st.integers(1900, 2999), st.integers(1, 12))
def test_working_days_are_those_of_the_calendar(year: int, month: int) -> None:
    day, expected = datetime.date(year, month, 1), 0
    while day.month == month:
        expected += day.weekday() < 5
        day += datetime.timedelta(days=1)
    assert WORKING_DAYS.compute(Fraction(year), Fraction(month)) == expected
