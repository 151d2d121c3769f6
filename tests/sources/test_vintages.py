"""Figures published more than once: the latest holds, a day to go back to, what was replaced."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.model import FieldKind
from iku_engine.periods import Period
from iku_engine.places import WHOLE
from iku_engine.sources.from_memory import data_from_memory
from iku_engine.sources.model import Data, Mark, Observation
from tests.sources.building import (
    Folder,
    catalog,
    codes,
    dimension,
    figures,
    record_set,
    variable,
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def dated(folder: Folder, rows: str) -> Data:
    return folder.read(f"tahun,terbit,a\n{rows}", vintage="terbit")


def only(data: Data, name: str = "a", year: int = 2020) -> Observation:
    return data.observations[name, Period.of(year), WHOLE]


def test_the_latest_published_figure_holds(folder: Folder) -> None:
    data = dated(folder, "2020,2021-03-31,5\n2020,2022-03-31,7\n2020,2020-12-31,6\n")
    assert figures(data) == {"a@2020": "7"}
    assert not data.diagnostics


def test_a_figure_knows_those_it_replaced_newest_first(folder: Folder) -> None:
    found = only(dated(folder, "2020,2021-03-31,5\n2020,2022-03-31,7\n2020,2020-12-31,6*\n"))
    assert found.published == date(2022, 3, 31)
    assert [(one.printed, one.published, one.origin.row) for one in found.replaced] == [
        ("5", date(2021, 3, 31), 2),
        ("6*", date(2020, 12, 31), 4),
    ]


@pytest.mark.parametrize(
    ("rows", "holds"),
    [
        ("2020,,5**\n2020,,6*\n2020,,7\n", "7"),
        ("2020,,6*\n2020,,5**\n", "6"),
        ("2020**,,5\n2020,,7\n", "7"),
        ("2020,2021-03-31,5*\n2020,2021-03-31,6\n", "6"),
        ("2020,2021-03-31,5\n2020,2022-03-31,6**\n", "6"),
        ("2020,,5\n2020,2021-03-31,6*\n", "6"),
    ],
)
def test_the_firmer_mark_holds_on_one_day_only(folder: Folder, rows: str, holds: str) -> None:
    data = dated(folder, rows)
    assert figures(data) == {"a@2020": holds}
    assert not data.diagnostics


def test_marks_part_vintages_without_a_column_of_dates(folder: Folder) -> None:
    data = folder.read("tahun,a\n2020,5**\n2020,6*\n2021,7*\n")
    assert figures(data) == {"a@2020": "6", "a@2021": "7"}
    assert only(data).mark is Mark.PROVISIONAL
    assert not data.diagnostics


@pytest.mark.parametrize(
    "rows", ["2020,,5\n2020,,5\n", "2020,2021-03-31,5*\n2020,31/03/2021,6*\n", "2020,,\n2020,,5\n"]
)
def test_two_figures_of_one_day_and_mark_are_a_mistake(folder: Folder, rows: str) -> None:
    assert codes(dated(folder, rows)) == ["IKU406"]


def test_a_blank_of_a_later_release_replaces_nothing(folder: Folder) -> None:
    rows = "tahun,terbit,a,b\n2020,2021-03-31,5,6\n2020,2022-03-31,,7\n"
    data = folder.read(rows, variable("a"), variable("b"), vintage="terbit")
    assert figures(data) == {"a@2020": "5", "b@2020": "7"}
    assert not only(data).replaced


def test_an_unreadable_figure_does_not_bring_back_the_one_it_replaced(folder: Folder) -> None:
    data = dated(folder, "2020,2021-03-31,5\n2020,2022-03-31,tujuh\n")
    assert codes(data) == ["IKU404"]
    assert figures(data) == {}


def test_an_unreadable_figure_of_an_earlier_release_is_only_named(folder: Folder) -> None:
    data = dated(folder, "2020,2021-03-31,lima\n2020,2022-03-31,7\n")
    assert codes(data) == ["IKU404"]
    assert figures(data) == {"a@2020": "7"}


@pytest.mark.parametrize("day", ["kemarin", "2021-02-30", "03/31/2021", "2021"])
def test_a_day_that_cannot_be_read_leaves_out_its_row(folder: Folder, day: str) -> None:
    data = dated(folder, f"2020,{day},5\n2021,2022-03-31,6\n")
    assert codes(data) == ["IKU415"]
    assert figures(data) == {"a@2021": "6"}
    location = data.diagnostics[0].location
    assert location is not None
    assert (location.line, location.column, location.length) == (2, 6, len(day))


def test_a_missing_column_of_dates_leaves_out_the_source(folder: Folder) -> None:
    data = folder.read("tahun,a\n2020,5\n", vintage="terbit")
    assert codes(data) == ["IKU403"]
    assert figures(data) == {}


def test_going_back_to_a_day_leaves_out_later_releases(tmp_path: Path) -> None:
    rows = "2020,,4\n2020,2021-03-31,5\n2020,2022-03-31,6\n2021,2022-03-31,7\n"
    held = {}
    for day in (date(2020, 1, 1), date(2021, 3, 30), date(2021, 3, 31), date(2022, 3, 31)):
        held[day.isoformat()] = figures(dated(Folder(tmp_path, as_of=day), rows))
    assert held == {
        "2020-01-01": {"a@2020": "4"},
        "2021-03-30": {"a@2020": "4"},
        "2021-03-31": {"a@2020": "5"},
        "2022-03-31": {"a@2020": "6", "a@2021": "7"},
    }


def test_a_later_release_names_no_member_on_an_earlier_day(tmp_path: Path) -> None:
    folder = Folder(tmp_path, (dimension("kota"),), as_of=date(2021, 1, 1))
    rows = "tahun,terbit,kota,a\n2020,2020-06-30,Sukau,5\n2020,2022-06-30,Liwa,6\n"
    assert folder.read(rows, vintage="terbit").members == {"kota": ("Sukau",)}


def test_of_a_record_the_last_published_row_stands(tmp_path: Path) -> None:
    folder = Folder(tmp_path, records=(record_set(n=FieldKind.NUMBER),))
    rows = "tahun,terbit,id,n\n2020,2022-01-01,A,7\n2020,2021-01-01,A,5\n2020,2021-01-01,B,6\n"
    found = folder.read(rows, variable("n"), vintage="terbit").records["koperasi"]
    assert [(one.key, one.cells["n"].printed) for one in found] == [("A", "7"), ("B", "6")]


def test_two_records_of_one_day_are_a_mistake(tmp_path: Path) -> None:
    folder = Folder(tmp_path, records=(record_set(n=FieldKind.NUMBER),))
    rows = "tahun,terbit,id,n\n2020,2021-01-01,A,7\n2020,2021-01-01,A,5\n"
    data = folder.read(rows, variable("n"), vintage="terbit")
    assert codes(data) == ["IKU406", "IKU406"]


HELD = catalog("", None, variable("a"))


@pytest.mark.parametrize("day", [date(2022, 3, 31), "2022-03-31", "31/03/2022", "31 Maret 2022"])
def test_rows_from_memory_may_say_when_they_were_published(day: object) -> None:
    rows = [
        {"variable": "a", "period": 2020, "value": 7, "published": day},
        {"variable": "a", "period": 2020, "value": 5, "published": date(2021, 3, 31)},
        {"variable": "a", "period": 2020, "value": 4, "published": None},
    ]
    data = data_from_memory(HELD, rows)
    assert not data.diagnostics
    assert figures(data) == {"a@2020": "7"}
    assert [str(one.value) for one in only(data).replaced] == ["5", "4"]
    assert figures(data_from_memory(HELD, rows, as_of=date(2021, 12, 31))) == {"a@2020": "5"}


def test_a_row_from_memory_with_no_day_in_published_is_refused() -> None:
    rows = [{"variable": "a", "period": 2020, "value": 7, "published": "kemarin"}]
    data = data_from_memory(HELD, rows)
    assert codes(data) == ["IKU413"]
    assert figures(data) == {}


def test_records_from_memory_may_say_when_they_were_published() -> None:
    held = catalog("", None, records=(record_set(n=FieldKind.NUMBER),))
    rows = [
        {"id": "A", "period": 2020, "n": 7, "published": "2022-01-01"},
        {"id": "A", "period": 2020, "n": 5, "published": "2021-01-01"},
    ]
    data = data_from_memory(held, {"koperasi": rows})
    assert not data.diagnostics
    assert [one.cells["n"].printed for one in data.records["koperasi"]] == ["7"]


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 9))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2020", "2021"]),
        st.none() | DAYS,
        st.sampled_from(["1", "2", "3", "-", "x"]),
        st.sampled_from(["", "*", "**"]),
    ),
    unique_by=lambda row: (row[0], row[1], row[3]),
    max_size=8,
)


def read(rows: Sequence[tuple[str, date | None, str, str]], as_of: date | None = None) -> Data:
    lines = [f"{when}{mark},{day or ''},{cell}" for when, day, cell, mark in rows]
    with tempfile.TemporaryDirectory() as path:
        return dated(Folder(Path(path), as_of=as_of), "\n".join([*lines, ""]))


def held(data: Data) -> dict[str, tuple[object, ...]]:
    """Every figure with its day, its mark and what it replaced."""
    return {
        f"{name}@{period}": (
            one.value,
            one.published,
            one.mark,
            *((older.value, older.published, older.mark) for older in one.replaced),
        )
        for (name, period, _), one in data.observations.items()
    }


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_vintage(
    rows: list[tuple[str, date | None, str, str]], random: Random
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert held(read(rows)) == held(read(shuffled))


@given(ROWS)
def test_a_day_after_every_release_is_as_good_as_none(
    rows: list[tuple[str, date | None, str, str]],
) -> None:
    assert held(read(rows, date(2999, 12, 31))) == held(read(rows))


@given(ROWS)
def test_a_day_before_every_release_leaves_the_figures_without_a_date(
    rows: list[tuple[str, date | None, str, str]],
) -> None:
    undated = [row for row in rows if row[1] is None]
    assert held(read(rows, date(2019, 12, 31))) == held(read(undated))


@given(ROWS, DAYS)
def test_going_back_is_reading_the_rows_up_to_that_day(
    rows: list[tuple[str, date | None, str, str]], day: date
) -> None:
    known = [row for row in rows if row[1] is None or row[1] <= day]
    assert held(read(rows, day)) == held(read(known))
    assert held(read(known, day + timedelta(days=400))) == held(read(known))
