"""The plugin's own tests, all through `iku_engine.testing`."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.formulas.model import Formula, Function
from iku_engine.scales import find_gaps, find_overlaps
from iku_engine.testing import check_examples, problems_of, read_case
from iku_plugin_example.absorption_gap import ABSORPTION_GAP
from iku_plugin_example.efficiency_scale import EFFICIENCY_SCALE
from iku_plugin_example.working_days import WORKING_DAYS

HERE = Path(__file__).parent
PLUGIN = HERE.parent / "iku_plugin_example"
CASES = sorted((HERE / "cases").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case_holds(case: Path, tmp_path: Path) -> None:
    assert problems_of(read_case(case), tmp_path, plugins=[PLUGIN]) == []


@pytest.mark.parametrize("formula", [ABSORPTION_GAP, WORKING_DAYS], ids=lambda f: f.name)
def test_examples_hold(formula: Formula | Function) -> None:
    assert check_examples(formula) == []


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
