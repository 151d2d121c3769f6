"""Which reader a source gets, and that a reader of a plugin needs no more than the protocol."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine import Engine
from iku_engine.catalog.model import FieldKind, Source
from iku_engine.diagnostics import Diagnostic, Diagnostics, Location
from iku_engine.sources.findings import Refusal
from iku_engine.sources.from_files import read_data
from iku_engine.sources.kinds import BUILT_IN, kind_of
from iku_engine.sources.model import Origin, TableKey
from iku_engine.sources.protocol import (
    BadRow,
    CellValue,
    Digits,
    Kind,
    Measured,
    Permitted,
    Refused,
    Row,
    Table,
)
from tests.sources.building import (
    Options,
    catalog,
    codes,
    dimension,
    figures,
    record_set,
    source,
    variable,
)

BROKEN = Refusal("IKU404", "a cell that the service marks as wrong")


class Answer:
    """A table of exact values, as a service might answer."""

    name = "layanan"
    path = "layanan"
    sha256 = "ab" * 32
    header = ("tahun", "kota", "a", "id")
    remarks: Diagnostics = ()

    def __init__(self, *rows: list[CellValue] | BadRow) -> None:
        self._rows = rows

    def rows(self) -> Iterator[Row | BadRow]:
        for line, row in enumerate(self._rows, start=1):
            yield row if isinstance(row, BadRow) else Row(line, row)

    def origin(self, row: int, column: int) -> Origin:
        spot = TableKey("data", f"kunci-{row}")
        return Origin(self.name, self.sha256, row, self.header[column], spot)

    def location(self, row: int, column: int | None = None) -> Location:
        return Location(self.path, row, (column or 0) + 1, spot=f"key kunci-{row}")


def read_answer(*rows: list[CellValue] | BadRow, unit: str = "unit") -> tuple[object, list[str]]:
    kind = Kind("layanan", lambda _source, _permitted: Answer(*rows))
    declared = source("", "", kind="layanan", dimensions={"kota": "kota"})
    made = catalog(
        "", declared, variable("a", unit=unit), dimensions=(dimension("kota"),),
        records=(record_set(a=FieldKind.NUMBER, kota=FieldKind.TEXT),),
    )  # fmt: skip
    data = read_data(made, kinds=(*BUILT_IN, kind))
    return figures(data), codes(data)


def test_exact_values_are_read_as_they_are() -> None:
    found = read_answer(
        [Fraction(2020), "X", Fraction(5, 2), "1"],
        [Digits("2021"), Fraction(18), Digits("2.50"), "2"],
        [date(2022, 3, 1), "X", None, "3"],
        ["2023", "X", "2,5", "4"],
    )
    assert found == (
        {
            "a@2020,kota=X": "5/2",
            "a@2021,kota=18": "5/2",
            "a@2022-03,kota=X": "-",
            "a@2023,kota=X": "5/2",
        },
        [],
    )


def test_a_unit_that_comes_with_the_figure_is_held_against_the_declared_one() -> None:
    row: list[CellValue] = [Fraction(2020), "X", Measured(Fraction(5), "Kop"), "1"]
    assert read_answer(row, unit="koperasi")[0] == {"a@2020,kota=X": "5"}
    assert read_answer(row, unit="UMKM") == ({}, ["IKU404", "IKU404"])  # the record's as well


def test_refused_cells_days_and_rows_are_reported_and_the_others_live_on() -> None:
    assert read_answer(
        ["2020", "X", Refused("rusak", BROKEN), "1"],
        ["2021", "X", date(2021, 3, 1), "2"],
        ["2022", Refused("Y", BROKEN), Fraction(7), "3"],
        BadRow(4, Refusal("IKU414", "a row of another width")),
        [date(2022, 3, 2), "X", Fraction(1), "5"],
    ) == ({"a@2022,kota=Y": "7"}, ["IKU404"] * 4 + ["IKU414", "IKU407"])


def test_a_figure_of_a_service_is_known_by_its_key() -> None:
    answer = Answer([Fraction(2020), "X", Fraction(1, 3), "1"])
    assert str(answer.origin(1, 2)) == "layanan table data, key kunci-1, column a"


def kind_named(file: str, **options: str) -> str:
    declared: Options = {"kind": options.get("kind", "")}
    found = kind_of(source("", file, **declared))
    return found.name if isinstance(found, Kind) else found[0].code


def test_the_suffix_names_the_kind_where_none_is_declared() -> None:
    assert [kind_named(file) for file in ("x.csv", "x.XLSX", "x.tsv", "x", "data.xlsx/x.dat")] == [
        "csv", "xlsx", "csv", "csv", "csv",
    ]  # fmt: skip
    assert kind_named("x.dat", kind="xlsx") == "xlsx"
    assert kind_named("x.csv", kind="csw") == "IKU422"


def test_what_a_reader_says_belongs_to_its_source(tmp_path: Path) -> None:
    def read(_: Source, permitted: Permitted) -> Table | Diagnostics:
        assert permitted.folder == str(tmp_path)
        return (Diagnostic("IKU401", "the service does not answer"),)

    declared = source(tmp_path, "", kind="layanan")
    data = read_data(catalog(str(tmp_path), declared), kinds=(Kind("layanan", read),))
    assert [(one.code, one.subject) for one in data.diagnostics] == [("IKU401", "isian")]


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("{file: x.csv, query: select 1", "query"),
        ("{file: x.csv, sheet: Rekap", "sheet"),
        ("{file: x.xlsx, table: rekap", "table"),
        ("{file: x.xlsx, encoding: cp850", "encoding"),
        ("{file: x.sqlite, table: rekap, header: 2", "header"),
        ("{kind: csv, connection: gudang", "connection"),
        ("{kind: postgresql, connection: gudang, table: a, options: {host: h}", "options"),
    ],
)
def test_a_field_that_a_kind_does_not_use_leaves_the_source_out(line: str, unread: str) -> None:
    found = Engine.from_text(f"iku: 1\nsources:\n  s: {line}, period: t, numbers: id}}\n")
    said = [one for one in found.data().diagnostics if one.code == "IKU431"]
    assert [unread in one.message for one in said] == [True]
