"""Workbooks as planners make them: one sheet becomes a table, each figure known by its cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docs.tools.workbooks import number_row, parts, sheet_xml, text_row, workbook_of, zipped
from iku_engine.catalog.model import FieldKind
from iku_engine.sources.model import Data, SheetCell
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

Fill = Callable[[Worksheet], None]


class Books(Folder):
    """A folder with one workbook, made from its rows, from text or by hand."""

    def read_book(self, content: bytes, *variables: object, **options: object) -> Data:
        (self.path / "x.xlsx").write_bytes(content)
        return self.read_file("x.xlsx", *variables, **options)  # type: ignore[arg-type]

    def read_rows(
        self,
        *rows: Sequence[object],
        fill: Fill | None = None,
        variables: object = (),
        **options: object,
    ) -> Data:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in rows:
            sheet.append(list(row))
        if fill is not None:
            fill(sheet)
        made = io.BytesIO()
        book.save(made)
        return self.read_book(made.getvalue(), *variables, **options)  # type: ignore[misc]


@pytest.fixture
def folder(tmp_path: Path) -> Books:
    return Books(tmp_path)


@pytest.fixture
def by_kota(tmp_path: Path) -> Books:
    return Books(tmp_path, dimensions=(dimension("kota"),))


def messages(data: Data) -> str:
    return "\n".join(one.message for one in data.diagnostics)


def spots(data: Data) -> list[str]:
    return [one.location.spot for one in data.diagnostics if one.location]


def test_a_figure_is_known_by_its_sheet_and_cell(folder: Books) -> None:
    data = folder.read_book(workbook_of("== Rekap 2022\nno,tahun,a\n1,2022,5\n"))
    (found,) = data.observations.values()
    assert found.origin.spot == SheetCell("Rekap 2022", "C2")
    assert str(found.origin) == "x.xlsx sheet Rekap 2022, cell C2, column a"
    assert len(found.origin.sha256) == 64
    assert not data.diagnostics


def test_numbers_are_the_decimals_they_show(folder: Books) -> None:
    rows: list[Sequence[object]] = [
        ["tahun", "a"],
        [2020, 0.1],
        [2021, 12],
        [2022, 1e-7],
        [2023, 1e21],
    ]
    data = folder.read_rows(*rows)
    assert figures(data) == {
        "a@2020": "1/10", "a@2021": "12", "a@2022": "1/10000000", "a@2023": str(10**21),
    }  # fmt: skip
    assert [one.printed for one in data.observations.values()][:2] == ["0,1", "12"]


def test_text_is_read_in_the_declared_format(folder: Books) -> None:
    data = folder.read_rows(
        ["tahun", "a"], ["2020*", "1.250,5"], ["TW II 2021", "-"], [2022, "12.5"]
    )
    assert figures(data) == {"a@2020": "2501/2", "a@2021-Q2": "-"}
    assert codes(data) == ["IKU405"]
    assert spots(data) == ["sheet Sheet, B4"]


def test_days_are_months_vintages_and_words_but_no_figures(by_kota: Books) -> None:
    header = ["tahun", "kota", "a", "terbit"]
    data = by_kota.read_rows(
        header,
        [date(2022, 3, 1), date(2020, 5, 6), 5, date(2023, 1, 2)],
        [date(2022, 4, 30), "X", 5, None],
        [2022, "X", date(2020, 1, 1), None],
        vintage="terbit",
    )
    assert figures(data) == {"a@2022-03,kota=2020-05-06": "5"}
    assert [one.published for one in data.observations.values()] == [date(2023, 1, 2)]
    assert codes(data) == ["IKU407", "IKU404"]
    assert "is a date, not a figure" in messages(data)


def test_percents_are_what_the_cell_shows(folder: Books) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0%"
        sheet["B3"].number_format = '0.0"x"\\ %'
        sheet["B4"].number_format = '0.0" %"'  # a word, not the sign that multiplies

    rows: list[Sequence[object]] = [
        ["tahun", "a"],
        [2020, 0.1],
        [2021, 0.125],
        [2022, 12.5],
        [2023, 0.5],
    ]
    data = folder.read_rows(*rows, fill=fill, variables=[variable("a", unit="%")])
    assert figures(data) == {"a@2020": "10", "a@2021": "25/2", "a@2022": "25/2", "a@2023": "1/2"}
    assert [one.printed for one in data.observations.values()][:2] == ["10%", "12,5%"]
    data = folder.read_rows(*rows, fill=fill, variables=[variable("a", unit="rasio")])
    assert figures(data) == {"a@2022": "25/2", "a@2023": "1/2"}
    assert "carries the unit `%`" in messages(data)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("11 Kop", "koperasi", "11"), ("11 kop.", "Kop", "11"), ("11Kop", "KOP", "11"),
        ("10%", "%", "10"), ("10 persen", "%", "10"), ("1.250,5* kg", "kg", None),
        ("Rp 1.250.000,-", "rupiah", "1250000"), ("Rp1.250", "rupiah", "1250"),
        ("11 UMKM", "koperasi", None), ("10%", "rasio", None), ("11 m2", "m2", "11"),
        ("1e5", "e5", None), ("11 karung", "karung", "11"), ("12.34 kg", "kg", None),
        ("11 kg*", "kg", "11"),
    ],
)  # fmt: skip
def test_a_unit_stuck_on_a_figure_is_the_declared_one_or_an_error(
    folder: Books, text: str, unit: str, value: str | None
) -> None:
    for data in (
        folder.read_rows(["tahun", "a"], [2020, text], variables=[variable("a", unit=unit)]),
        folder.read(f'tahun,a\n2020,"{text}"\n', variable("a", unit=unit)),
    ):
        assert figures(data) == ({} if value is None else {"a@2020": value})
        assert bool(data.diagnostics) == (value is None)


def test_a_stuck_unit_settles_no_format(folder: Books) -> None:
    rows: list[Sequence[object]] = [
        ["tahun", "a"],
        *([2000 + n, f"1.{n}00 kg"] for n in range(1, 6)),
    ]
    data = folder.read_rows(*rows, variables=[variable("a", unit="kg")])
    assert codes(data) == ["IKU410"]


def test_merged_headers_and_two_header_rows_name_the_columns(by_kota: Books) -> None:
    def fill(sheet: Worksheet) -> None:
        for span in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_cells(span)

    rows: list[Sequence[object]] = [
        ["Rekapitulasi"], ["tahun", "kota", "Koperasi", None], [None, None, "aktif", " be\nku "],
        [2020, "X", 5, 6],
    ]  # fmt: skip
    a, b = variable("a", "Koperasi / aktif"), variable("b", "Koperasi / be ku")
    data = by_kota.read_rows(*rows, fill=fill, variables=[a, b], header=(2, 3))
    assert not data.diagnostics
    assert figures(data) == {"a@2020,kota=X": "5", "b@2020,kota=X": "6"}


def test_a_title_over_the_table_is_said_with_the_row_of_the_header(folder: Books) -> None:
    data = folder.read_rows(["Rekapitulasi"], [], ["tahun", "a"], [2020, 5])
    assert codes(data) == ["IKU403"]
    assert data.diagnostics[0].help == "row 3 has it: declare `header: 3` for the source"


def test_a_merged_word_holds_for_its_rows_and_a_merged_figure_for_none_but_the_first(
    by_kota: Books,
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("C2:C3")

    rows: list[Sequence[object]] = [
        ["tahun", "kota", "a"], [2020, "X", 5], [None, "Y", None], [None, "Z", 7],
    ]  # fmt: skip
    data = by_kota.read_rows(*rows, fill=fill)
    assert figures(data) == {"a@2020,kota=X": "5", "a@2020,kota=Z": "7"}
    assert codes(data) == ["IKU404"]
    assert "shows the figure of C2" in messages(data)
    assert spots(data) == ["sheet Sheet, C3"]


def test_merged_days_name_the_month_of_each_row(by_kota: Books) -> None:
    data = by_kota.read_rows(
        ["tahun", "kota", "a"], [date(2022, 3, 1), "X", 5], [None, "Y", 6],
        fill=lambda sheet: sheet.merge_cells("A2:A3"),
    )  # fmt: skip
    assert figures(data) == {"a@2022-03,kota=X": "5", "a@2022-03,kota=Y": "6"}


def test_formulas_have_the_values_they_were_saved_with(folder: Books) -> None:
    rows = (
        text_row(1, "tahun", "a", "b")
        + '<row r="2"><c r="A2"><v>2020</v></c><c r="B2"><f>2+3</f><v>5</v></c>'
        '<c r="C2" t="str"><f>IF(B2=5,"","x")</f><v></v></c></row>'
    )
    data = folder.read_book(zipped(parts({"Data": sheet_xml(rows)})), variable("a"), variable("b"))
    assert figures(data) == {"a@2020": "5", "b@2020": "-"}
    assert not data.diagnostics


def test_a_formula_that_failed_or_never_ran_is_no_missing_figure(folder: Books) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"] = "#DIV/0!"
        sheet["B3"].data_type = "e"

    data = folder.read_rows(["tahun", "a"], [2020, "=1+1"], [2021, None], [2022, 7], fill=fill)
    assert figures(data) == {"a@2022": "7"}
    assert codes(data) == ["IKU404", "IKU404"]
    assert "never been computed" in messages(data)
    assert "`#DIV/0!`" in messages(data)
    assert spots(data) == ["sheet Sheet, B2", "sheet Sheet, B3"]


@pytest.mark.parametrize("word", ["Jumlah", "TOTAL", "Grand Total", "Jumlah/Total", "Rata-rata :"])
@pytest.mark.parametrize("book", [True, False])
def test_a_row_of_totals_is_never_summed(by_kota: Books, word: str, book: bool) -> None:
    rows: list[Sequence[object]] = [["tahun", "kota", "a"], [2020, "X", 5], [2020, "Y", 6]]
    for last in ([word, None, 11], [2020, word, 11], [None, word, 11]):
        if book:
            data = by_kota.read_rows(*rows, last)
        else:
            lines = [
                ",".join("" if one is None else str(one) for one in row) for row in [*rows, last]
            ]
            data = by_kota.read("\n".join(lines))
        assert figures(data) == {"a@2020,kota=X": "5", "a@2020,kota=Y": "6"}
        assert codes(data) == ["IKU424"]
        assert data.members == {"kota": ("X", "Y")}


def test_a_declared_total_is_held_against_its_parts(tmp_path: Path) -> None:
    kota = dimension("kota", member("X"), member("Y"), member("Jumlah", total=True))
    data = Books(tmp_path, dimensions=(kota,)).read_rows(
        ["tahun", "kota", "a"], [2020, "X", 5], [2020, "Y", 6], [2020, "Jumlah", 15]
    )
    assert codes(data) == ["IKU408"]
    assert spots(data) == ["sheet Sheet, C4"]


def test_a_thing_that_is_counted_is_no_total(by_kota: Books) -> None:
    data = by_kota.read_rows(["tahun", "kota", "a"], [2020, "Jumlah penduduk", 5])
    assert figures(data) == {"a@2020,kota=Jumlah penduduk": "5"}


def test_notes_comments_and_what_stands_beside_the_table_are_left_alone(by_kota: Books) -> None:
    data = by_kota.read_rows(
        ["tahun", "kota", "a"], ["# draf", "x", 1], [2020, "X", 5, None, "periksa"], [],
        ["Sumber: Dinas Koperasi"], comment="#",
    )  # fmt: skip
    assert figures(data) == {"a@2020,kota=X": "5"}
    assert not data.diagnostics


def test_a_table_may_begin_anywhere(folder: Books) -> None:
    rows = number_row(1) + (
        '<row r="4"><c r="C4" t="inlineStr"><is><t>tahun</t></is></c>'
        '<c r="E4" t="inlineStr"><is><t>a</t></is></c></row>'
        '<row r="6"><c r="C6"><v>2020</v></c><c r="E6"><v>5</v></c></row>'
    )
    data = folder.read_book(zipped(parts({"Data": sheet_xml(rows)})))
    assert figures(data) == {"a@2020": "5"}
    assert [one.origin.spot for one in data.observations.values()] == [SheetCell("Data", "E6")]


def test_cells_and_rows_that_do_not_say_where_they_stand_follow_each_other(folder: Books) -> None:
    rows = (
        '<row><c t="str"><v>tahun</v></c><c t="str"><v>a</v></c></row>'
        "<row><c><v>2020</v></c><c><v>5</v></c></row>"
    )
    data = folder.read_book(zipped(parts({"Data": sheet_xml(rows)})))
    assert figures(data) == {"a@2020": "5"}


SHEETS = """== Sampul (hidden)
rahasia
== Data
tahun,a
2020,5
== 2021
tahun,a
2020,6
== Lama (hidden)
tahun,a
2020,7
"""


@pytest.mark.parametrize(
    ("sheet", "figure"),
    [("Data", "5"), ("data", "5"), ("2021", "6"), ("1", "5"), ("2", "6"), ("Lama", "7")],
)
def test_a_sheet_is_named_or_counted_among_those_shown(
    folder: Books, sheet: str, figure: str
) -> None:
    data = folder.read_book(workbook_of(SHEETS), sheet=sheet)
    assert figures(data) == {"a@2020": figure}
    assert not data.diagnostics


def test_without_a_name_the_first_sheet_shown_is_read_and_said(folder: Books) -> None:
    data = folder.read_book(workbook_of(SHEETS))
    assert figures(data) == {"a@2020": "5"}
    assert codes(data) == ["IKU425"]
    assert "rahasia" not in messages(data)


@pytest.mark.parametrize("sheet", ["Dat", "0", "3", "-1", "9" * 30])
def test_a_sheet_that_is_not_there_is_said_with_those_that_are(folder: Books, sheet: str) -> None:
    data = folder.read_book(workbook_of(SHEETS), sheet=sheet)
    assert codes(data) == ["IKU423"]
    assert "Data" in data.diagnostics[0].help


def test_an_empty_sheet_and_one_without_figures_are_said(folder: Books) -> None:
    assert codes(folder.read_book(zipped(parts({"Data": sheet_xml("")})))) == ["IKU401"]
    assert codes(folder.read_book(workbook_of("== D\ntahun,a\n"), header=(7, 7))) == ["IKU401"]


def test_a_long_sheet_and_records_read_as_in_a_file(tmp_path: Path) -> None:
    folder = Books(tmp_path, records=(record_set(a=FieldKind.NUMBER, s=FieldKind.TEXT),))
    content = "tahun,id,nama,nilai,a,s\n2020,7,a,5,5,sehat\n2020,8,b,6,6,-\n"
    options: Options = {"variable": "nama", "value": "nilai"}
    both = [variable("a", "nilai"), variable("b", "nilai")]
    book = folder.read_book(workbook_of("== Data\n" + content), *both, **options)
    file = folder.read(content, *both, **options)
    assert figures(book) == figures(file) == {"a@2020": "5", "b@2020": "6"}
    assert [
        (one.key, [cell.value for cell in one.cells.values()]) for one in book.records["koperasi"]
    ] == [
        (one.key, [cell.value for cell in one.cells.values()]) for one in file.records["koperasi"]
    ]


def test_grades_are_read_from_sheets_too(folder: Books) -> None:
    data = folder.read_rows(["tahun", "a"], [2020, "x"], variables=[variable("a", grades="nihil")])
    assert not data.observations


def test_without_the_library_the_extra_is_named(
    folder: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iku_engine.sources.from_xlsx.is_installed", lambda: False)
    data = folder.read_book(workbook_of("== D\ntahun,a\n2020,5\n"))
    assert codes(data) == ["IKU422"]
    assert data.diagnostics[0].help == "install `iku-engine[xlsx]`"
