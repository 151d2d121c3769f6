"""What holds for SQLite, DuckDB, Parquet and PostgreSQL alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine.catalog.model import FieldKind
from iku_engine.diagnostics import text_alone
from iku_engine.sources.databases import reading, result_table
from iku_engine.sources.model import TableKey
from tests.sources.building import codes, figures, record_set, variable
from tests.sources.databases.building import (
    KINDS,
    TABLED,
    Store,
    messages,
    origins,
    store,
)

HOSTILE = 'a"; drop table x; --'

every_kind = pytest.mark.parametrize("kind", KINDS)
every_tabled = pytest.mark.parametrize("kind", TABLED)


@pytest.fixture
def held(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    return store(kind, tmp_path, request)


@every_kind
def test_figures_are_exact(held: Store) -> None:
    columns = {"tahun": "integer", "bulat": "bigint", "desimal": "numeric(20,4)", "biner": "double"}
    held.put(
        "rekap",
        columns,
        (2022, 9007199254740993, Decimal("0.1"), 0.1),
        (2023, -9007199254740993, Decimal("1234567.8901"), 1e-7),
        (2024, None, None, None),
    )
    data = held.read(variable("bulat"), variable("desimal"), variable("biner"))
    assert not data.diagnostics, messages(data)
    assert figures(data) == {
        "bulat@2022": "9007199254740993",
        "bulat@2023": "-9007199254740993",
        "bulat@2024": "-",
        "desimal@2022": "1/10",
        "desimal@2023": str(Fraction("1234567.8901")),
        "desimal@2024": "-",
        "biner@2022": "1/10",
        "biner@2023": "1/10000000",
        "biner@2024": "-",
    }


@every_kind
def test_what_is_no_number_is_refused_in_its_cell_alone(held: Store) -> None:
    if held.kind == "sqlite":
        held.put("rekap", {"tahun": "integer", "a": "double"}, (2022, float("inf")), (2023, 5))
    else:
        rows = [(2022, float("nan")), (2023, 5), (2024, float("-inf"))]
        held.put("rekap", {"tahun": "integer", "a": "double"}, *rows)
    data = held.read()
    assert set(codes(data)) == {"IKU404"}
    assert "is not a figure" in messages(data)
    assert figures(data) == {"a@2023": "5"}


@every_kind
def test_text_is_read_as_the_source_declares(held: Store) -> None:
    rows = [(2022, "1.250,5"), (2023, "-"), (2024, "2018**"), (2025, "lima")]
    held.put("rekap", {"tahun": "integer", "a": "text"}, *rows)
    data = held.read()
    assert figures(data) == {"a@2022": "2501/2", "a@2023": "-", "a@2024": "2018"}
    assert codes(data) == ["IKU404"]
    (where,) = [one.location for one in data.diagnostics]
    assert where is not None
    assert "column a" in where.spot
    assert where.file == ("gudang" if held.kind == "postgresql" else str(held.file))


@every_kind
def test_bytes_are_no_figure(held: Store) -> None:
    of = "bytea" if held.kind == "postgresql" else "blob"
    held.put("rekap", {"tahun": "integer", "a": of, "b": "integer"}, (2022, b"5", 7))
    data = held.read(variable("a"), variable("b"))
    assert codes(data) == ["IKU404"]
    assert "bytes" in messages(data)
    assert figures(data) == {"b@2022": "7"}


@every_kind
def test_a_day_is_the_month_it_begins(held: Store) -> None:
    days = [date(2022, 1, 1), date(2022, 4, 1), date(2022, 4, 2)]
    written = [one.isoformat() if held.kind == "sqlite" else one for one in days]
    held.put("rekap", {"tahun": "date", "a": "integer"}, *[(day, 1) for day in written])
    data = held.read()
    assert codes(data) == ["IKU407"]
    assert figures(data) == {"a@2022-01": "1", "a@2022-04": "1"}


@every_kind
def test_a_truth_value_is_a_word(held: Store) -> None:
    rows = [("k1", 2022, True), ("k2", 2022, False), ("k3", 2022, None)]
    held.put("rekap", {"id": "text", "tahun": "integer", "aktif": "boolean"}, *rows)
    data = held.read(variable("x", "tahun"), records=[record_set(aktif=FieldKind.TEXT)])
    found = [one.cells["aktif"].value for one in data.records["koperasi"]]
    words = ["1", "0"] if held.kind == "sqlite" else ["true", "false"]
    assert found == [*words, None]


@every_kind
def test_records_are_known_by_their_key(held: Store) -> None:
    rows = [("K-2", 2022, 5), ("K-1", 2022, 7), ("K-1", 2023, None)]
    held.put("rekap", {"id": "text", "tahun": "integer", "aset": "integer"}, *rows)
    data = held.read(variable("x", "aset"), records=[record_set(aset=FieldKind.NUMBER)])
    found = data.records["koperasi"]
    assert [(one.key, str(one.period)) for one in found] == [
        ("K-1", "2022"),
        ("K-2", "2022"),
        ("K-1", "2023"),
    ]
    spot = found[0].cells["aset"].origin.spot
    table = "" if held.kind == "parquet" else "rekap"
    assert spot == TableKey(table, "id K-1")
    assert codes(data) == ["IKU406"]  # the variable has two figures for 2022: by design


@every_kind
def test_the_order_of_storage_changes_nothing(
    held: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    rows = [(2022, "B", 1), (2022, "A", 2), (2021, "A", 3)]
    columns = {"tahun": "integer", "kota": "text", "a": "integer"}
    held.put("rekap", columns, *rows)
    first = held.read(places=["kota"])
    other_folder = tmp_path / "other"
    other_folder.mkdir()
    other = store(held.kind, other_folder, request)
    if other.server is not None:
        other.server.emptied()
    other.put("rekap", columns, *reversed(rows))
    second = other.read(places=["kota"])
    assert figures(first) == figures(second)
    if held.kind == "parquet":  # a file is known by its bytes, and a row by its place
        return
    found, again = first.observations, second.observations
    assert {key: one.origin for key, one in found.items()} == {
        key: one.origin for key, one in again.items()
    }


@every_tabled
def test_rows_are_named_by_the_primary_key(held: Store) -> None:
    columns = {"tahun": "integer", "kota": "text", "a": "integer"}
    held.put("rekap", columns, (2022, "B", 1), (2021, "A", 2), key=["kota", "tahun"])
    data = held.read(places=["kota"])
    name = "gudang" if held.kind == "postgresql" else held.file.name
    assert origins(data) == [
        f"{name} table rekap, key kota A, tahun 2021, column a",
        f"{name} table rekap, key kota B, tahun 2022, column a",
    ]


@every_tabled
def test_rows_without_a_key_are_named_by_their_place_in_the_order(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2023, 1), (2022, 2))
    data = held.read()
    assert [origin.partition("table ")[2] for origin in origins(data)] == [
        "rekap, row 1, column a",
        "rekap, row 2, column a",
    ]
    assert [str(key[1]) for key in data.observations] == ["2022", "2023"]


@every_kind
def test_only_the_columns_that_are_asked_for_are_read(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer", "rahasia": "text"}, (2022, 1, "x"))
    one = held.read()
    (found,) = one.observations.values()
    held_again = held.read(variable("a"), variable("b", "rahasia"))
    assert {other.origin.sha256 for other in held_again.observations.values()} != {
        found.origin.sha256
    } or held.kind == "parquet"
    assert "rahasia" not in messages(one)


@every_kind
def test_a_missing_column_names_the_nearest(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "jumlah": "integer"}, (2022, 1))
    data = held.read(variable("a", "jumlha"))
    assert codes(data) == ["IKU403"]
    assert "did you mean `jumlah`?" in messages(data)


@every_kind
def test_a_column_of_another_case_is_another_column(held: Store) -> None:
    held.put("rekap", {"Tahun": "integer", "a": "integer"}, (2022, 1))
    data = held.read()
    assert codes(data) == ["IKU403"]
    assert "did you mean `Tahun`?" in messages(data)


@every_tabled
def test_a_missing_table_names_the_nearest(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    data = held.read(table="recap")
    assert codes(data) == ["IKU428"]
    assert "did you mean `rekap`?" in messages(data)
    data = held.read(table="")
    assert codes(data) == ["IKU428"]
    assert "`rekap`" in messages(data)


@every_tabled
def test_a_view_is_a_table(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    held.run("CREATE VIEW lihat AS SELECT tahun, a + 1 AS a FROM rekap")
    assert figures(held.read(table="lihat")) == {"a@2022": "2"}


@every_tabled
def test_a_schema_may_stand_before_the_table(held: Store) -> None:
    schema = "main"
    if held.kind != "sqlite":
        schema = "arsip"
        held.run("CREATE SCHEMA arsip")
        held.run("CREATE TABLE arsip.rekap (tahun integer, a integer)")
        held.run("INSERT INTO arsip.rekap VALUES (2022, 9)")
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    expected = "1" if held.kind == "sqlite" else "9"
    assert figures(held.read(table=f"{schema}.rekap")) == {"a@2022": expected}
    assert figures(held.read()) == {"a@2022": "1"}


@every_tabled
def test_a_dot_in_the_name_of_a_table_is_a_sign_of_it(held: Store) -> None:
    held.put("rekap.2022", {"tahun": "integer", "a": "integer"}, (2022, 3))
    assert figures(held.read(table="rekap.2022")) == {"a@2022": "3"}


@every_kind
def test_names_and_values_stay_quoted_data(held: Store) -> None:
    """The table, its columns and its values really are called so, and `x` is still there."""
    if held.kind != "parquet":
        held.put("x", {"tahun": "integer", "a": "integer"}, (2022, 1))
    columns = {"tahun": "integer", HOSTILE: "integer", "nama": "text", "k'y": "text"}
    held.put(HOSTILE, columns, (2022, 41, HOSTILE, HOSTILE), (2022, 1, "lain", "k"))
    picked = variable("a", HOSTILE, where=(("nama", HOSTILE),))
    data = held.read(
        picked,
        table=None if held.kind == "parquet" else HOSTILE,
        records=[record_set("k'y", nama=FieldKind.TEXT)],
    )
    assert not data.diagnostics, messages(data)
    assert figures(data) == {"a@2022": "41"}
    assert {one.key for one in data.records["koperasi"]} == {HOSTILE, "k"}
    (found,) = data.observations.values()
    assert found.origin.column == HOSTILE
    assert held.kind == "parquet" or HOSTILE in found.origin.place
    if held.kind != "parquet":
        assert figures(held.read(table="x")) == {"a@2022": "1"}


@every_tabled
def test_a_hostile_name_that_is_not_there_is_a_missing_table(held: Store) -> None:
    held.put("x", {"tahun": "integer", "a": "integer"}, (2022, 1))
    data = held.read(table=HOSTILE)
    assert codes(data) == ["IKU428"]
    assert figures(held.read(table="x")) == {"a@2022": "1"}
    data = held.read(variable("b", HOSTILE), table="x")
    assert codes(data) == ["IKU403"]


@every_kind
def test_rows_past_the_bound_are_refused(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    monkeypatch.setattr(result_table, "MAX_ROWS", 2)
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2021, 1), (2022, 1), (2023, 1))
    data = held.read()
    assert codes(data) == ["IKU411"]
    assert not data.observations


@every_kind
def test_bytes_past_the_bound_are_refused(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_table, "MAX_BYTES", 40)
    held.put("rekap", {"tahun": "integer", "a": "text"}, (2021, "x" * 50))
    assert codes(held.read()) == ["IKU411"]


@every_kind
def test_a_cell_past_the_bound_is_refused_alone(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "text"}, (2021, "1" * 200_000), (2022, "5"))
    data = held.read()
    assert codes(data) == ["IKU411"]
    assert figures(data) == {"a@2022": "5"}


@every_kind
def test_a_query_runs_only_where_it_is_allowed(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1), (2022, 2), (2023, 5))
    table = "data" if held.kind == "parquet" else "rekap"
    query = text_alone(f"SELECT tahun, sum(a) AS a FROM {table} GROUP BY tahun", "iku.yaml")
    data = held.read(query=query)
    assert codes(data) == ["IKU429"]
    assert "--allow-query" in messages(data)
    (where,) = [one.location for one in data.diagnostics]
    assert where is not None
    assert where.text.startswith("SELECT tahun")
    data = held.read(query=query, permitted={"allow_query": True})
    assert not data.diagnostics, messages(data)
    assert figures(data) == {"a@2022": "3", "a@2023": "5"}


@every_kind
@pytest.mark.parametrize(
    "query",
    [
        "SELECT 2022 AS tahun, 1 AS a; DROP TABLE x",
        "DROP TABLE x",
        "DELETE FROM x",
        "INSERT INTO x VALUES (1, 1)",
        "UPDATE x SET a = 5",
        "CREATE TABLE y AS SELECT 1 AS tahun, 1 AS a",
        "ATTACH ':memory:' AS m",
        "SET threads = 1",
        "COMMIT",
        "COPY x TO '{folder}/keluar.csv'",
        "SELECT FROM WHERE",
        "",
        "-- nothing",
    ],
)
def test_a_query_reads_and_does_nothing_else(held: Store, query: str) -> None:
    held.put("x", {"tahun": "integer", "a": "integer"}, (2022, 1))
    asked = text_alone(query.replace("{folder}", str(held.folder)), "iku.yaml")
    data = held.read(query=asked, permitted={"allow_query": True})
    assert codes(data) == ["IKU430"], messages(data)
    assert not data.observations
    assert figures(held.read(table=None if held.kind == "parquet" else "x")) == {"a@2022": "1"}
    assert not (held.folder / "keluar.csv").exists()


@every_tabled
def test_a_table_and_a_query_are_one_too_many(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    query = text_alone("SELECT 1", "iku.yaml")
    data = held.read(query=query, table="rekap", permitted={"allow_query": True})
    assert codes(data) == ["IKU429"]


@every_kind
def test_rows_that_say_nothing_are_left_out(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (None, None), (2022, 1))
    assert figures(held.read()) == {"a@2022": "1"}
