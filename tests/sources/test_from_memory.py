"""Data handed over by an embedder: every shape, every value, no exception."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from iku_engine.catalog.model import FieldKind
from iku_engine.errors import UsageError
from iku_engine.periods import Period
from iku_engine.sources.from_memory import data_from_memory
from iku_engine.sources.model import Data, Mark
from tests.sources.building import (
    catalog,
    codes,
    dimension,
    figures,
    member,
    record_set,
    variable,
)

CATALOG = catalog(
    "",
    None,
    variable("a"),
    variable("b"),
    dimensions=(dimension("kecamatan"), dimension("kelas", member("Mikro"), member("Kecil"))),
    records=(record_set(modal=FieldKind.NUMBER, status=FieldKind.TEXT),),
)


def read(rows: object) -> Data:
    return data_from_memory(CATALOG, rows)


@pytest.mark.parametrize(
    "period", [2020, "2020", " 2020 ", Period.of(2020)], ids=["int", "text", "blanks", "Period"]
)
def test_a_mapping_pairs_periods_with_figures(period: object) -> None:
    assert figures(read({"a": {period: 5}, "b": {period: None}})) == {"a@2020": "5", "b@2020": "-"}


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (5, "5"),
        ("1234.50", "2469/2"),
        (Decimal("1.10"), "11/10"),
        (Fraction(1, 3), "1/3"),
        (0.1, "1/10"),
        (1e22, "10000000000000000000000"),
        (-0.0, "0"),
        ("-", "-"),
        ("", "-"),
        (None, "-"),
    ],
)
def test_a_figure_is_taken_exactly(value: object, exact: str) -> None:
    assert figures(read({"a": {2020: value}})) == {"a@2020": exact}


@pytest.mark.parametrize(
    "value",
    [
        True,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("1e1000000"),
        1 << 20_000,
        Fraction(1, 1 << 20_000),
        "1,5",
        "1e5",
        "lima",
        b"5",
        [],
        {},
        1j,
        object(),
        "\ud800",
        "9" * 5000,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_is_no_figure_is_refused_alone(value: object) -> None:
    data = read({"a": {2020: value, 2021: 6}})
    assert codes(data) == ["IKU413"]
    assert figures(data) == {"a@2021": "6"}
    location = data.diagnostics[0].location
    assert location is not None
    assert (location.file, location.line) == ("memory", 1)
    data.diagnostics[0].message.encode()


@pytest.mark.parametrize(
    "period",
    [True, 20, 10**6000, 2020.0, "TW I", None, (2020,), "2020-13"],
    ids=lambda period: type(period).__name__,
)
def test_a_value_that_is_no_period_is_refused_alone(period: object) -> None:
    data = read({"a": {period: 5, 2021: 6}})
    assert codes(data) == ["IKU413"]
    assert figures(data) == {"a@2021": "6"}


def test_long_rows_name_variable_period_value_and_place() -> None:
    data = read(
        [
            {"variable": "a", "period": "2020", "value": 5, "kecamatan": "Sukau", "kelas": "Mikro"},
            {"variable": "b", "period": 2020, "value": "7", "mark": "**"},
        ]
    )
    assert figures(data) == {"a@2020,kecamatan=Sukau,kelas=Mikro": "5", "b@2020": "7"}
    assert data.members == {"kecamatan": ("Sukau",), "kelas": ("Mikro", "Kecil")}
    last = list(data.observations.values())[-1]
    assert last.mark is Mark.VERY_PROVISIONAL
    assert (last.origin.file, last.origin.sha256, last.origin.row) == ("memory", "", 2)


def test_rows_may_be_handed_over_for_one_variable() -> None:
    data = read({"a": [{"period": 2020, "kecamatan": "Sukau", "value": 5}]})
    assert figures(data) == {"a@2020,kecamatan=Sukau": "5"}


@pytest.mark.parametrize(
    "row",
    [
        5,
        None,
        "a",
        {},
        {"variable": "c", "period": 2020, "value": 5},
        {"variable": ["a"], "period": 2020, "value": 5},
        {"variable": "a", "value": 5},
        {"variable": "a", "period": 2020},
        {"variable": "a", "period": 2020, "value": 5, "mark": "***"},
        {"variable": "a", "period": 2020, "value": 5, "kecamtan": "Sukau"},
        {"variable": "a", "period": 2020, "value": 5, "kecamatan": None},
        {"variable": "a", "period": 2020, "value": 5, "kecamatan": "\udcff"},
        {"variable": "a", "period": 2020, "value": 5, 7: "x"},
    ],
)
def test_a_row_that_cannot_be_used_is_refused_alone(row: object) -> None:
    data = read([row, {"variable": "b", "period": 2020, "value": 1}])
    assert codes(data) == ["IKU413"]
    assert figures(data) == {"b@2020": "1"}


@pytest.mark.parametrize("rows", [None, 5, "a", b"a", iter([]), object(), {"a": 5}, {5: 5}])
def test_anything_else_is_refused(rows: object) -> None:
    assert codes(read(rows)) == ["IKU413"]


def test_a_figure_without_a_period_says_how_to_give_one() -> None:
    data = read({"a": 5, "b": {2020: 1}})
    assert figures(data) == {"b@2020": "1"}
    assert "{'a': {2022: 5}}" in data.diagnostics[0].help


class Table:
    """Three columns that any program with Arrow could hand over."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        nanoarrow = pytest.importorskip("nanoarrow")
        children = [
            nanoarrow.c_array(["a", "a", "b"], nanoarrow.string()),
            nanoarrow.c_array([2020, 2021, 2020], nanoarrow.int64()),
            nanoarrow.c_array([100, 125, None], nanoarrow.int64()),
        ]
        schema = nanoarrow.struct(
            {
                "variable": nanoarrow.string(),
                "period": nanoarrow.int64(),
                "value": nanoarrow.int64(),
            }
        )
        table = nanoarrow.c_array_from_buffers(schema, 3, [None], children=children)
        return nanoarrow.c_array_stream(table).__arrow_c_stream__(requested_schema)


def test_columns_of_arrow_are_read_as_long_rows() -> None:
    data = read(Table())
    assert not data.diagnostics
    assert figures(data) == {"a@2020": "100", "a@2021": "125", "b@2020": "-"}


def test_arrow_that_is_no_table_is_refused() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise ValueError("nothing here")

    with pytest.raises(UsageError, match="cannot be read"):
        read(Broken())


def test_a_misspelt_name_is_met_with_the_nearest() -> None:
    assert read({"koperas": []}).diagnostics[0].help == "did you mean `koperasi`?"


def test_a_second_figure_and_an_undeclared_member_have_their_own_codes() -> None:
    data = read({"a": {2020: 1, "2020": 2}, "b": [
        {"period": 2020, "value": 1, "kelas": "mikro"},
        {"period": 2021, "value": 1, "kelas": "mikro"},
    ]})  # fmt: skip
    assert sorted(codes(data)) == ["IKU406", "IKU409"]
    assert figures(data) == {"a@2020": "1"}


def test_records_are_rows_of_fields() -> None:
    data = read({"koperasi": [
        {"id": "K1", "period": 2020, "kecamatan": "Sukau", "modal": 5, "status": " sehat "},
        {"key": 7, "period": "2020*", "modal": None, "status": "-"},
        {"id": "K2", "period": 2020, "modal": "x", "status": 1.5},
        {"id": "K3", "period": 2020},
    ]})  # fmt: skip
    seven, second, third, first = data.records["koperasi"]
    assert (first.key, first.cells["modal"].value, first.cells["status"].value) == (
        "K1",
        Fraction(5),
        "sehat",
    )
    assert (seven.key, seven.cells["modal"].value, seven.cells["status"].value) == ("7", None, None)
    assert seven.cells["modal"].mark is Mark.PROVISIONAL
    assert [one.cells["modal"].value for one in (second, third)] == [None, None]
    assert codes(data) == ["IKU413", "IKU413"]
    assert data.members["kecamatan"] == ("Sukau",)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"period": 2020}, "IKU413"),
        ({"id": "K1"}, "IKU413"),
        ({"id": "K1", "period": 2020, "modl": 5}, "IKU413"),
        ({"id": "K9", "period": 2020}, "IKU406"),
        ("K1", "IKU413"),
    ],
)
def test_a_record_that_cannot_be_used_is_refused_alone(row: object, code: str) -> None:
    data = read({"koperasi": [{"id": "K9", "period": 2020}, row]})
    assert codes(data) == [code]
    assert [one.key for one in data.records["koperasi"]] == ["K9"]


def test_totals_are_checked_in_memory_too() -> None:
    whole = dimension("d", member("x"), member("y"), member("all", total=True))
    made = catalog("", None, variable("a"), dimensions=(whole,))
    rows = [
        {"variable": "a", "period": 2020, "value": value, "d": name}
        for name, value in (("x", 1), ("y", 2), ("all", 9))
    ]
    data = data_from_memory(made, rows)
    assert codes(data) == ["IKU408"]
    assert data.diagnostics[0].location is not None
    assert data.diagnostics[0].location.line == 3
