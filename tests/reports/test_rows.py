"""CSV, JSON, Arrow and the sheet of inputs: machine-readable, harmless, the same in all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.evaluation.model import Reason, Status
from iku_engine.quantities import NumberFormat
from iku_engine.reports.to_csv import FIGURES, to_csv
from iku_engine.reports.to_inputs import to_inputs
from iku_engine.reports.to_json import to_json
from iku_engine.results.inputs import NeededInput
from iku_engine.results.model import Results
from iku_engine.sources.cells import plain_text
from tests.reports.building import UMKM, missing, result, results, year

THIRD = result(UMKM, 2020, Fraction(1234567, 3), target=-10)
NOTHING = result(UMKM, 2021, None, reasons=[missing("umkm", 2020), missing("umkm", 2021)])
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_csv_is_long_and_plain() -> None:
    assert to_csv(results(THIRD, NOTHING)) == (
        "indicator,owner,period,unit,actual,target,achievement,rating,status,reason,"
        "achievement_status,quality,exact,achievement_exact\n"
        "peningkatan_umkm,dinas,2020,%,411522.33,-10.00,-4115223.33,,ok,,ok,,1234567/3,"
        "-12345670/3\n"
        "peningkatan_umkm,dinas,2021,%,,,,,missing,missing:umkm@2020;missing:umkm@2021,"
        "no_target,,,\n"
    )


def test_dimensions_are_columns_behind_the_period() -> None:
    found = results(result(place={"kecamatan": "01"}), dimensions=["kecamatan"])
    assert read(to_csv(found))[0]["kecamatan"] == "01"
    assert to_csv(found).startswith("indicator,owner,period,kecamatan,unit,")


def test_the_indonesian_locale_is_for_spreadsheets() -> None:
    text = to_csv(results(THIRD, NOTHING), NumberFormat.ID)
    assert text.startswith("\ufeffindicator;owner;")
    (row, _) = read(text.removeprefix("\ufeff"), ";")
    assert row["actual"] == "411522,33"
    assert row["exact"] == "1234567/3"


def test_the_locale_changes_no_text() -> None:
    row = result(replace(UMKM, unit="x.y"), 2020, "1.5")
    text = to_csv(results(row), NumberFormat.ID).removeprefix("\ufeff")
    assert read(text, ";")[0]["unit"] == "x.y"


@pytest.mark.parametrize("start", DANGEROUS)
def test_text_that_a_spreadsheet_would_run_is_escaped(start: str) -> None:
    payload = f"{start}cmd|' /C calc'!A0"
    row = result(
        replace(UMKM, unit=payload, owner=payload), 2020, rating=payload, place={"d": payload}
    )
    found = read(to_csv(results(row, dimensions=["d"])))[0]
    for column in ("unit", "owner", "rating", "d"):
        assert found[column] == f"'{payload}"


@given(st.text(max_size=20), st.fractions())
def test_no_cell_of_text_begins_as_a_formula_and_no_figure_is_escaped(
    text: str, value: Fraction
) -> None:
    row = result(replace(UMKM, unit=text), 2020, value, target=-3, place={"d": text})
    for column, cell in read(to_csv(results(row, dimensions=["d"])))[0].items():
        if column in FIGURES:
            assert not cell.startswith("'")
        else:
            assert not cell.startswith(DANGEROUS)


@pytest.mark.parametrize("member", ["-1", "=2", "@x", "+62"])
def test_our_reader_takes_the_escape_away_again(member: str) -> None:
    row = result(place={"d": member})
    assert plain_text(read(to_csv(results(row, dimensions=["d"])))[0]["d"]) == member


def test_json_has_the_same_text_and_null_for_nothing() -> None:
    found = results(THIRD, NOTHING)
    text = to_json(found)
    whole = json.loads(text)
    assert text.endswith("}\n")
    assert list(whole) == ["periods", "dimensions", "results"]
    assert whole["periods"] == ["2020", "2021"]
    assert whole["results"][0]["exact"] == "1234567/3"
    assert whole["results"][1]["actual"] is None
    filled = [{key: value or "" for key, value in row.items()} for row in whole["results"]]
    assert filled == read(to_csv(found))
    assert list(whole["results"][0]) == list(found.columns())


def test_json_keeps_letters_as_they_are() -> None:
    assert "é" in to_json(results(result(replace(UMKM, unit="é"))))


def test_arrow_carries_the_rows_again_and_again() -> None:
    nanoarrow = pytest.importorskip("nanoarrow")
    found = results(THIRD, NOTHING)
    table = found
    for _ in range(2):
        rows: list[dict[str, str | None]] = nanoarrow.Array(table).to_pylist()
        assert [{k: v or "" for k, v in row.items()} for row in rows] == found.as_rows()


def test_arrow_of_nothing_is_an_empty_table() -> None:
    nanoarrow = pytest.importorskip("nanoarrow")
    assert len(nanoarrow.Array(Results.of((), (), ()))) == 0


def needed(variable: str = "umkm", place: Sequence[tuple[str, str]] = ()) -> NeededInput:
    return NeededInput(variable, "Jumlah UMKM", "UMKM", "Bidang UKM", year(2020), tuple(place))


def test_the_sheet_of_inputs_has_an_empty_value() -> None:
    assert to_inputs([needed()]) == (
        "variabel,label,satuan,sumber,periode,nilai\numkm,Jumlah UMKM,UMKM,Bidang UKM,2020,\n"
    )


def test_the_sheet_of_inputs_has_a_column_a_dimension() -> None:
    sheet = read(to_inputs([needed(place=[("kecamatan", "=1")]), needed()]))
    assert [row["kecamatan"] for row in sheet] == ["'=1", ""]
    assert list(sheet[0])[-2:] == ["kecamatan", "nilai"]


def test_a_sheet_without_inputs_is_its_header() -> None:
    assert to_inputs([]) == "variabel,label,satuan,sumber,periode,nilai\n"


def test_reasons_of_the_achievement_stand_beside_those_of_the_actual() -> None:
    row = replace(
        result(UMKM, 2020, 5),
        achievement_status=Status.UNDEFINED,
        achievement_reasons=(Reason("zero", "target"),),
    )
    assert read(to_csv(results(row)))[0]["reason"] == "zero:target"
