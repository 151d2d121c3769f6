"""Rows of files become observations and records; what is wrong is located and stays alone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine.catalog.model import FieldKind
from iku_engine.diagnostics import Location
from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat
from iku_engine.sources import from_csv
from iku_engine.sources.model import Data, Mark
from tests.sources.building import (
    Folder,
    Options,
    codes,
    dimension,
    figures,
    member,
    record_set,
    variable,
)

LONG: Options = {"variable": "nama", "value": "nilai"}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def by_kecamatan(tmp_path: Path) -> Folder:
    return Folder(tmp_path, dimensions=(dimension("kecamatan"),))


def located(data: Data, position: int = 0) -> Location:
    location = data.diagnostics[position].location
    assert location is not None
    return location


def test_a_wide_source_has_a_column_for_each_variable(folder: Folder) -> None:
    data = folder.read("tahun,a,b\n2020,1,2\n2021,-,4\n", variable("a"), variable("b"))
    assert figures(data) == {"a@2020": "1", "b@2020": "2", "a@2021": "-", "b@2021": "4"}
    assert not data.diagnostics


def test_a_long_source_names_the_variable_in_each_row(folder: Folder) -> None:
    content = "nama,tahun,nilai\na,2020,1\nb,2020,2\n"
    a, b = variable("a", "nilai"), variable("b", "nilai")
    assert figures(folder.read(content, a, b, **LONG)) == {"a@2020": "1", "b@2020": "2"}


def test_where_picks_the_rows_of_a_variable(folder: Folder) -> None:
    content = "tahun,jenis,status,n\n2020,kop,aktif,1\n2020,kop,beku,2\n2020,ukm,aktif,3\n"
    aktif = variable("aktif", "n", where=(("jenis", "kop"), ("status", "aktif")))
    ukm = variable("ukm", "n", where=(("jenis", "ukm"),))
    assert figures(folder.read(content, aktif, ukm)) == {"aktif@2020": "1", "ukm@2020": "3"}


def test_where_replaces_the_id_in_a_long_source(folder: Folder) -> None:
    content = "nama,tahun,nilai\nJumlah UMKM,2020,1\nb,2020,2\n"
    a = variable("a", "nilai", where=(("nama", "Jumlah UMKM"),))
    data = folder.read(content, a, variable("b", "nilai"), **LONG)
    assert figures(data) == {"a@2020": "1", "b@2020": "2"}


def test_comments_blank_rows_and_a_byte_order_mark_keep_line_numbers(folder: Folder) -> None:
    content = "\ufeff# satu\r\n# dua\r\n\r\ntahun,a\r\n\r\n2020,x\r\n,\r\n2021,5\r\n"
    data = folder.read(content, comment="#")
    assert figures(data) == {"a@2021": "5"}
    assert codes(data) == ["IKU404"]
    assert (located(data).line, located(data).column, located(data).text) == (6, 6, "2020,x")
    assert [one.origin.row for one in data.observations.values()] == [8]


def test_quoted_text_over_lines_keeps_line_numbers(folder: Folder) -> None:
    data = folder.read('tahun,catatan,a\n2020,"satu\ndua, tiga",5\n2021,"x",y\n')
    assert [one.origin.row for one in data.observations.values()] == [2]
    assert (located(data).line, located(data).column) == (4, 10)


def test_a_diagnostic_names_the_file_as_it_can_be_opened(folder: Folder) -> None:
    assert located(folder.read("tahun,a\n2020,x\n")).file == str(folder.path / "x.csv")


def test_marks_of_row_and_figure_the_weaker_wins(folder: Folder) -> None:
    data = folder.read("tahun,a,b\n2017*,1,2**\n2018**,3*,4\n", variable("a"), variable("b"))
    marks = [one.mark for one in data.observations.values()]
    assert marks == [
        Mark.PROVISIONAL,
        Mark.VERY_PROVISIONAL,
        Mark.VERY_PROVISIONAL,
        Mark.VERY_PROVISIONAL,
    ]


@pytest.mark.parametrize(
    ("content", "code", "alive"),
    [
        ("tahun,b\n2020,5\n", "IKU403", {}),
        ("tahun,a,a\n2020,5,6\n", "IKU403", {}),
        ("tahun,a\n2020,lima\n2021,5\n", "IKU404", {"a@2021": "5"}),
        ("tahun,a\n2020,12.34\n2021,5\n", "IKU405", {"a@2021": "5"}),
        ("tahun,a\n2020,5\n2020,6\n2021,7\n", "IKU406", {"a@2020": "5", "a@2021": "7"}),
        ("tahun,a\n2020,5\n2020,5\n", "IKU406", {"a@2020": "5"}),
        ("tahun,a\nTW I,5\n2021,6\n", "IKU407", {"a@2021": "6"}),
        ("tahun,a\n2020,1.234\n2021,2.345\n2022,3.456\n", "IKU410",
         {"a@2020": "1234", "a@2021": "2345", "a@2022": "3456"}),
        ('tahun,a\n2020,"5"6\n2021,7\n', "IKU401", {"a@2021": "7"}),
        ('tahun,a\n2020,5\n2021,"6\n2022,7\n', "IKU401", {"a@2020": "5"}),
        ("tahun,a\n2020,1,5\n2021,6\n", "IKU414", {"a@2021": "6"}),
        ("", "IKU401", {}),
        ("# only\n", "IKU403", {}),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_and_its_neighbours_live_on(
    folder: Folder, content: str, code: str, alive: dict[str, str]
) -> None:
    data = folder.read(content)
    assert set(codes(data)) == {code}
    assert figures(data) == alive


@pytest.mark.parametrize("content", [b"tahun,a\n2020,5\n2021,\x81\n", b"tahun,a\n\n20\x0020,5\n"])
def test_bytes_that_are_no_text_are_located_by_line(folder: Folder, content: bytes) -> None:
    data = folder.read(content)
    assert codes(data) == ["IKU401"]
    assert located(data).line == 3


def test_a_missing_column_is_reported_where_it_is_declared_with_the_nearest(
    folder: Folder,
) -> None:
    data = folder.read("tahun,jumlah_umkm\n2020,5\n", variable("umkm", "jumlah_umk"))
    assert located(data).file == "iku.yaml"
    assert data.diagnostics[0].help == "did you mean `jumlah_umkm`?"
    assert data.diagnostics[0].subject == "umkm"


def test_another_delimiter_than_the_declared_one_is_noticed(folder: Folder) -> None:
    data = folder.read("tahun;a\n2020;5\n", delimiter=",")
    assert set(codes(data)) == {"IKU403"}
    assert "delimiter" in data.diagnostics[0].help
    assert not folder.read("tahun;a\n2020;1,5\n", delimiter=";").diagnostics


@pytest.mark.parametrize("delimiter", [";;", '"', "\n", "\N{EURO SIGN}"])
def test_no_delimiter_raises(folder: Folder, delimiter: str) -> None:
    assert codes(folder.read("tahun,a\n2020,5\n", delimiter=delimiter))


def test_a_second_figure_names_the_row_of_the_first_even_if_that_is_unreadable(
    folder: Folder,
) -> None:
    data = folder.read("tahun,a\n2020,x\n2020,6\n")
    assert codes(data) == ["IKU404", "IKU406"]
    assert "row 2" in data.diagnostics[1].message
    assert not data.observations


def test_a_short_row_is_filled_with_missing_cells(folder: Folder) -> None:
    assert figures(folder.read("tahun,a\n2020\n2021,5\n")) == {"a@2020": "-", "a@2021": "5"}


def test_one_unambiguous_figure_settles_the_format(folder: Folder) -> None:
    assert not folder.read("tahun,a\n2020,1.234\n2021,2.345\n2022,34\n").diagnostics
    assert not folder.read("tahun,a\n2020,1.234\n2021,2.345\n").diagnostics


def test_members_come_from_the_data_in_their_order(by_kecamatan: Folder) -> None:
    data = by_kecamatan.read("tahun,kecamatan,a\n2020, Sukau ,1\n2020,Batu Brak,2\n2021,Sukau,3\n")
    assert data.members == {"kecamatan": ("Sukau", "Batu Brak")}
    assert figures(data)["a@2020,kecamatan=Sukau"] == "1"


def test_an_undeclared_member_is_refused_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path, dimensions=(dimension("kecamatan", member("Sukau"), member("B")),))
    content = "tahun,kecamatan,a\n2020,Sukkau,1\n2021,Sukkau,2\n2020,,3\n2020,Sukau,4\n"
    data = folder.read(content)
    assert codes(data) == ["IKU409", "IKU409"]
    assert data.diagnostics[0].help == "did you mean `Sukau`?"
    assert figures(data) == {"a@2020,kecamatan=Sukau": "4"}
    assert data.members == {"kecamatan": ("Sukau", "B")}


def test_a_member_of_a_row_with_a_bad_figure_is_still_named(by_kecamatan: Folder) -> None:
    """So that a sum over all members is missing, not silently smaller."""
    data = by_kecamatan.read("tahun,kecamatan,a\n2020,Sukau,1\n2020,Batu Brak,x\n?,Lumbok,1\n")
    assert data.members["kecamatan"] == ("Sukau", "Batu Brak", "Lumbok")


def test_a_row_no_variable_reads_is_a_warning_once(folder: Folder) -> None:
    content = "nama,tahun,nilai\nb,2020,1\numkn,2020,2\numkn,2021,3\n"
    data = folder.read(content, variable("b", "nilai"), variable("umkm", "nilai"), **LONG)
    assert codes(data) == ["IKU412"]
    assert data.diagnostics[0].help == "did you mean `umkm`?"
    assert figures(data) == {"b@2020": "1"}


def test_rows_of_a_variable_whose_column_is_missing_are_not_reported_again(
    folder: Folder,
) -> None:
    content = "nama,tahun,nilai\na,2020,1\n"
    assert codes(folder.read(content, variable("a", "nilay"), **LONG)) == ["IKU403"]
    data = folder.read(content, variable("a", "nilai"), variable="nama", value="nilay")
    assert codes(data) == ["IKU403"]


def test_twenty_diagnostics_of_a_kind_are_shown_and_the_others_counted(folder: Folder) -> None:
    rows = "".join(f"{year},x\n" for year in range(1990, 2021))
    data = folder.read("tahun,a\n" + rows + "2021,12.34\n2022,5\n")
    assert codes(data).count("IKU404") == 21
    assert "11 more" in data.diagnostics[-2].message
    assert data.diagnostics[-1].code == "IKU405"
    assert figures(data) == {"a@2022": "5"}


@pytest.mark.parametrize(
    ("bound", "content"),
    [
        ("MAX_ROWS", "tahun,a\n2020,5\n2021,6\n2022,7\n2023,8\n"),
        ("MAX_COLUMNS", "tahun,a,b,c,d\n2020,5,,,\n"),
        ("MAX_CELL", "tahun,a\n2020,aaaaaaa\n"),
        ("_MAX_LINE", "tahun,a\n2020,5                   \n"),
    ],
)
def test_a_file_past_a_bound_is_refused(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, bound: str, content: str
) -> None:
    monkeypatch.setattr(from_csv, bound, {"_MAX_LINE": 10}.get(bound, 4))
    data = folder.read(content)
    assert codes(data) == ["IKU411"]
    assert not data.observations


def test_an_endless_cell_is_refused(folder: Folder) -> None:
    assert codes(folder.read("tahun,a\n2020,5\n2021," + "x" * 200_000 + "\n")) == ["IKU411"]


def test_a_long_line_is_shown_cut(folder: Folder) -> None:
    data = folder.read(f"tahun,catatan,a\n2020,{'x' * 900},y\n")
    assert (len(located(data).text), located(data).column) == (400, 1)


def test_records_hold_figures_and_texts(folder: Folder) -> None:
    folder.records = (record_set(modal=FieldKind.NUMBER, status=FieldKind.TEXT),)
    data = folder.read("id,tahun,modal,status\nK2,2020*,1.000,-\nK1,2020, x ,sehat\n")
    assert sorted(codes(data)) == ["IKU403", "IKU404"]
    first, second = data.records["koperasi"]
    assert (first.key, first.cells["modal"].value, first.cells["modal"].printed) == (
        "K1",
        None,
        "x",
    )
    assert first.cells["status"].value == "sehat"
    assert second.cells["modal"].value == Fraction(1000)
    assert second.cells["modal"].mark is Mark.PROVISIONAL
    assert second.cells["status"].value is None
    assert str(second.cells["modal"].origin) == "x.csv row 2, column modal"


def test_a_record_without_key_or_met_twice_is_left_out(folder: Folder) -> None:
    folder.records = (record_set(a=FieldKind.NUMBER),)
    content = "id,tahun,a\nK1,2020,1\nK1,2020,2\nK1,2021,3\n,2022,4\n"
    data = folder.read(content, variable("n", "a"))
    found = [(one.key, str(one.period), one.cells["a"].value) for one in data.records["koperasi"]]
    assert found == [("K1", "2020", Fraction(1)), ("K1", "2021", Fraction(3))]
    assert sorted(codes(data)) == ["IKU404", "IKU406", "IKU406"]


def test_a_field_without_its_column_is_missing_in_every_record(folder: Folder) -> None:
    folder.records = (record_set(a=FieldKind.NUMBER, b=FieldKind.NUMBER),)
    data = folder.read("id,tahun,a\nK1,2020,1\n")
    assert codes(data) == ["IKU403"]
    assert data.records["koperasi"][0].cells["b"].value is None


def test_record_sets_of_a_file_that_is_missing_are_empty(folder: Folder) -> None:
    folder.records = (record_set(a=FieldKind.NUMBER),)
    assert folder.read_file("none.csv").records == {"koperasi": ()}


def test_quarters_and_months_are_periods_too(folder: Folder) -> None:
    data = folder.read("tahun,a\n2020-Q1,1\n2020-03,2\n")
    assert [key[1] for key in data.observations] == [
        Period.of(2020, quarter=1),
        Period.of(2020, month=3),
    ]


def test_the_english_format_reads_its_own_grouping(folder: Folder) -> None:
    data = folder.read('tahun,a\n2020,"1,234.5"\n', numbers=NumberFormat.EN)
    assert figures(data) == {"a@2020": "2469/2"}


def test_ten_mistakes_are_found_in_one_run(by_kecamatan: Folder) -> None:
    content = (
        "tahun,kecamatan,a,b\n"
        "2020,S,x,12.34\n"
        "2020,T,10%,5\n"
        "2020,T,1,5\n"
        "20,S,1,1\n"
        "2021,,1,1\n"
        '2021,"S"x,1,1\n'
        "2021,S,1,1,1\n"
    )
    data = by_kecamatan.read(content, variable("a"), variable("b"), variable("c"))
    assert sorted(codes(data)) == [
        "IKU401", "IKU403", "IKU404", "IKU404", "IKU405", "IKU406", "IKU406", "IKU407", "IKU409",
        "IKU414",
    ]  # fmt: skip
    assert all(one.location is not None for one in data.diagnostics)


def test_the_first_day_of_a_month_is_the_month_as_text_too(folder: Folder) -> None:
    rows = ["2022-03-01", "2022-04-01 00:00:00", "2022-05-01T00:00", "2022-06-01*"]
    data = folder.read("tahun,a\n" + "".join(f"{row},1\n" for row in rows))
    assert not data.diagnostics
    assert list(figures(data)) == ["a@2022-03", "a@2022-04", "a@2022-05", "a@2022-06"]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2022-03-02", "a day is a period only as the first"),
        ("2022-03-01 07:00:00", "a day is a period only as the first"),
        ("2022-13-01", "a day is a period only as the first"),
        ("01/03/2022", "a day is a period only as the first"),
        ("Semester I 2022", "a semester is not a period here"),
        ("3/2022", "it may be a quarter or a month"),
        ("", "the period of the row is blank"),
    ],
)
def test_what_is_no_period_is_told_what_to_write(folder: Folder, period: str, said: str) -> None:
    data = folder.read(f"tahun,a\n{period},5\n")
    assert codes(data) == ["IKU407"]
    (found,) = data.diagnostics
    assert said in f"{found.message}: {found.help}"
