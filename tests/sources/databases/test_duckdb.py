"""DuckDB and Parquet: nothing but the one file can be reached, and nothing can be changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from iku_engine.diagnostics import text_alone
from iku_engine.sources.databases import open_duckdb
from tests.sources.building import codes, figures, variable
from tests.sources.databases.building import Store, messages


@pytest.fixture
def held(tmp_path: Path) -> Store:
    return Store("duckdb", tmp_path)


@pytest.fixture
def parquet(tmp_path: Path) -> Store:
    return Store("parquet", tmp_path)


def by_alias(path: Path) -> dict[str, object]:
    return {"connections": {"gudang": {"kind": "duckdb", "path": str(path)}}}


def test_a_number_of_four_bytes_is_its_shortest_decimal(held: Store) -> None:
    rows = [(2020, 0.1), (2021, 16777217.0), (2022, 3.4e38), (2023, 1e-45), (2024, -2.5)]
    held.put("rekap", {"tahun": "integer", "a": "float"}, *rows)
    assert figures(held.read()) == {
        "a@2020": "1/10",
        "a@2021": "16777216",
        "a@2022": str(34 * 10**37),
        "a@2023": f"1/{10**45}",
        "a@2024": "-5/2",
    }


def test_wide_numbers_are_exact(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "hugeint", "b": "decimal(38,10)"})
    held.run(
        "INSERT INTO rekap VALUES (2022, 170141183460469231731687303715884105727,"
        " 1234567890123456789012345678.0000000001)"
    )
    data = held.read(variable("a"), variable("b"))
    assert figures(data)["a@2022"] == str(2**127 - 1)
    whole = 12345678901234567890123456780000000001
    assert figures(data)["b@2022"] == f"{whole}/{10**10}"


def test_what_is_no_value_is_refused_alone(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer[]", "b": "interval", "c": "integer"})
    held.run("INSERT INTO rekap VALUES (2022, [1, 2], INTERVAL 1 MONTH, 7)")
    data = held.read(variable("a"), variable("b"), variable("c"))
    assert codes(data) == ["IKU404", "IKU404"]
    assert figures(data) == {"c@2022": "7"}


def test_a_file_in_use_is_said(held: Store, tmp_path: Path) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    with duckdb.connect(str(held.file)):
        data = held.read(connection="gudang", permitted=by_alias(held.file))
    assert codes(data) == ["IKU427"]
    program = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(held.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        data = held.read(connection="gudang", permitted=by_alias(held.file))
        other.communicate(b"\n")
    assert codes(data) == ["IKU427"]
    assert "`gudang` is locked by another program" in messages(data)
    assert str(tmp_path) not in messages(data)
    assert figures(held.read(connection="gudang", permitted=by_alias(held.file)))


@pytest.mark.parametrize("content", [b"", b"tahun,a\n2022,1\n", b"SQLite format 3\0" * 300])
@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
def test_another_file_is_no_database(kind: str, tmp_path: Path, content: bytes) -> None:
    held = Store(kind, tmp_path)
    held.file.write_bytes(content)
    data = held.read()
    assert set(codes(data)) <= {"IKU427", "IKU428"}
    assert len(codes(data)) == 1
    data = held.read(connection="gudang", permitted=by_alias(tmp_path / "tidak-ada"))
    assert codes(data) == (["IKU427"] if kind == "duckdb" else ["IKU428"])
    assert "tidak-ada" not in messages(data)


def test_a_cut_file_is_said(held: Store, parquet: Store) -> None:
    rows = [(year, year) for year in range(1000, 3000)]
    for one in (held, parquet):
        one.put("rekap", {"tahun": "integer", "a": "integer"}, *rows)
        content = one.file.read_bytes()
        one.file.write_bytes(content[: len(content) // 2])
        data = one.read()
        assert codes(data) == ["IKU427"], messages(data)
        assert not data.observations


OTHERS = [
    "SELECT 2022 AS tahun, count(*) AS a FROM read_csv('{other}')",
    "SELECT 2022 AS tahun, count(*) AS a FROM '{other}'",
    "SELECT 2022 AS tahun, size AS a FROM read_text('{other}')",
    "SELECT 2022 AS tahun, count(*) AS a FROM glob('{folder}/*')",
    "SELECT 2022 AS tahun, count(*) AS a FROM read_parquet('{folder}/*.parquet')",
    "SELECT 2022 AS tahun, count(*) AS a FROM sniff_csv('{other}')",
    "SELECT 2022 AS tahun, getenv('HOME') AS a",
    "SELECT 2022 AS tahun, count(*) AS a FROM variable_of_the_process",
    "SELECT 2022 AS tahun, count(*) AS a FROM parquet_metadata('{other}')",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "EXPORT DATABASE '{folder}/out'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "ATTACH '{folder}/out.db'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "PRAGMA enable_external_access",
    "CREATE SECRET s (TYPE s3)",
    "CALL pragma_version()",
    "EXPLAIN SELECT 1",
]


@pytest.mark.parametrize("query", OTHERS)
@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
def test_nothing_else_can_be_reached(kind: str, query: str, tmp_path: Path) -> None:
    held = Store(kind, tmp_path)
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    other = tmp_path / "rahasia.csv"
    other.write_text("rahasia\n1\n", encoding="utf-8")
    variable_of_the_process = [1, 2]
    before = sorted(tmp_path.iterdir())
    text = query.format(other=other, folder=tmp_path)
    data = held.read(query=text_alone(text), permitted={"allow_query": True})
    assert codes(data) == ["IKU430"], messages(data)
    assert not data.observations
    assert sorted(tmp_path.iterdir()) == before
    assert variable_of_the_process


def test_a_view_over_other_files_is_refused(held: Store, tmp_path: Path) -> None:
    other = tmp_path / "rahasia.csv"
    other.write_text("tahun,a\n2022,1\n", encoding="utf-8")
    held.run(f"CREATE VIEW rekap AS SELECT * FROM read_csv('{other}')")
    data = held.read()
    assert codes(data) == ["IKU430"], messages(data)
    assert "rahasia" not in messages(data)


def test_a_query_without_an_end_is_stopped(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_duckdb, "SECONDS", 0.5)
    held.run(
        "CREATE VIEW rekap AS SELECT 2022 AS tahun, count(*) AS a "
        "FROM range(100000) x, range(100000) y, range(100000) z"  # long, and small in memory
    )
    data = held.read()
    assert codes(data) == ["IKU430"], messages(data)
    assert "seconds" in messages(data)


def test_memory_has_a_bound(held: Store) -> None:
    held.run("CREATE VIEW rekap AS SELECT 2022 AS tahun, list(x) AS a FROM range(200000000) t(x)")
    data = held.read()
    assert codes(data) == ["IKU411"], messages(data)


def test_text_is_ordered_by_its_signs(held: Store) -> None:
    held.run(
        "CREATE TABLE rekap (tahun integer, kota varchar COLLATE NOCASE, a integer); "
        "INSERT INTO rekap VALUES (2022, 'b', 1), (2022, 'B', 2), (2022, 'a', 3), (2022, 'C', 4)"
    )
    data = held.read(places=["kota"])
    order = sorted(data.observations.values(), key=lambda one: one.origin.row)
    assert [one.place[0][1] for one in order] == ["B", "C", "a", "b"]


def test_a_parquet_file_is_known_by_its_bytes_and_its_rows_by_their_place(parquet: Store) -> None:
    parquet.put("x", {"tahun": "integer", "a": "integer"}, (2023, 7), (2022, 8))
    data = parquet.read()
    digest = hashlib.sha256(parquet.file.read_bytes()).hexdigest()
    assert {one.origin.sha256 for one in data.observations.values()} == {digest}
    assert [str(one.origin) for one in data.observations.values()] == [
        "data.parquet row 1, column a",
        "data.parquet row 2, column a",
    ]


def test_rows_of_a_large_parquet_file_stay_in_their_order(parquet: Store) -> None:
    with duckdb.connect() as made:
        made.execute(
            "COPY (SELECT 2022 AS tahun, 'k' || hash(x) AS kota, x AS a FROM range(20000) t(x)) "
            f"TO '{parquet.file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
        )
    data = parquet.read(places=["kota"])
    assert len(data.observations) == 20_000
    assert all(one.origin.row == one.value + 1 for one in data.observations.values() if one.value)


def test_a_folder_with_quotes_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s; "x" --'
    folder.mkdir()
    for kind in ("parquet", "duckdb", "sqlite"):
        held = Store(kind, folder)
        held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
        assert figures(held.read()) == {"a@2022": "1"}


def test_a_parquet_file_has_no_table(parquet: Store) -> None:
    parquet.put("x", {"tahun": "integer", "a": "integer"}, (2022, 1))
    assert codes(parquet.read(table="x")) == ["IKU428"]


@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
def test_what_has_to_be_installed_is_named(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Store(kind, tmp_path)
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    data = held.read()
    assert codes(data) == ["IKU422"]
    assert "install `iku-engine[duckdb]`" in messages(data)


def test_a_damaged_parquet_file_is_called_one(parquet: Store) -> None:
    parquet.put("x", {"tahun": "integer", "a": "integer"}, (2022, 1))
    content = bytearray(parquet.file.read_bytes())
    content[4:40] = b"\xff" * 36
    parquet.file.write_bytes(content)
    data = parquet.read(kind="")
    assert codes(data) == ["IKU427"]
    assert "is not a Parquet file" in messages(data)
