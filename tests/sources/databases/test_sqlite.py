"""SQLite: dynamic types, locks and logs, and what a database must not be able to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from iku_engine.catalog.model import FieldKind
from iku_engine.diagnostics import text_alone
from iku_engine.sources.databases import open_sqlite
from iku_engine.sources.databases.refusing import RefusedDatabaseError
from iku_engine.sources.protocol import Permitted
from tests.sources.building import codes, figures, record_set, variable
from tests.sources.databases.building import Store, messages


@pytest.fixture
def held(tmp_path: Path) -> Store:
    return Store("sqlite", tmp_path)


def by_alias(path: Path) -> dict[str, object]:
    return {"connections": {"gudang": {"kind": "sqlite", "path": str(path)}}}


def test_a_value_is_what_it_is_and_not_what_its_column_says(held: Store) -> None:
    rows = [(2020, 5), (2021, 5.5), (2022, "1.250,5"), (2023, "7"), (2024, b"\x01"), (2025, "")]
    held.put("rekap", {"tahun": "integer", "a": "integer"}, *rows)
    data = held.read()
    assert codes(data) == ["IKU404"]
    assert figures(data) == {
        "a@2020": "5",
        "a@2021": "11/2",
        "a@2022": "2501/2",
        "a@2023": "7",
        "a@2025": "-",
    }


def test_text_that_is_not_utf_8_is_refused_alone(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "id": "text", "nama": "text"}, (2022, "k1", "baik"))
    held.run("INSERT INTO rekap VALUES (2022, 'k2', CAST(x'ff41' AS TEXT)), (2022, 'k3', x'41')")
    data = held.read(variable("x", "tahun"), records=[record_set(nama=FieldKind.TEXT)])
    found = [one.cells["nama"].value for one in data.records["koperasi"]]
    assert found == ["baik", None, None]
    assert codes(data).count("IKU404") == 2
    assert "not UTF-8" in messages(data)
    assert "holds bytes" in messages(data)


def test_a_connection_names_a_file_anywhere(held: Store, tmp_path: Path) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    where = tmp_path / "lain ?#%" / "arsip.db"
    where.parent.mkdir()
    held.file.rename(where)
    data = held.read(connection="gudang", permitted=by_alias(where))
    assert figures(data) == {"a@2022": "1"}
    (found,) = data.observations.values()
    assert str(found.origin) == "gudang table rekap, row 1, column a"
    assert str(where) not in repr(data)


def test_reading_leaves_the_file_as_it_is(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    before = held.file.read_bytes()
    held.read()
    held.read(connection="gudang", permitted=by_alias(held.file))
    assert held.file.read_bytes() == before
    assert [one.name for one in held.folder.iterdir()] == [held.file.name]


def test_a_locked_database_is_said(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_sqlite, "LOCK_SECONDS", 0.05)
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    with closing(sqlite3.connect(held.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        data = held.read(connection="gudang", permitted=by_alias(held.file))
    assert codes(data) == ["IKU427"]
    assert "`gudang` is locked by another program" in messages(data)


def test_a_file_with_a_log_beside_it_is_not_copied_without_it(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    with closing(sqlite3.connect(held.file)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("INSERT INTO rekap VALUES (2023, 2)")
        other.commit()
        data = held.read()
        assert codes(data) == ["IKU427"]
        assert "being written to" in messages(data)
        live = held.read(connection="gudang", permitted=by_alias(held.file))
        assert figures(live) == {"a@2022": "1", "a@2023": "2"}
    assert figures(held.read()) == {"a@2022": "1", "a@2023": "2"}


@pytest.mark.parametrize("content", [b"", b"tahun,a\n2022,1\n", b"SQLite format 3\0" + b"x" * 900])
def test_another_file_is_no_database(held: Store, content: bytes) -> None:
    held.file.write_bytes(content)
    data = held.read()
    assert codes(data) == (["IKU428"] if not content else ["IKU427"])
    assert not data.observations


def test_a_cut_file_is_said(held: Store) -> None:
    rows = [(year, year) for year in range(1000, 3000)]
    held.put("rekap", {"tahun": "integer", "a": "integer"}, *rows)
    content = held.file.read_bytes()
    held.file.write_bytes(content[: len(content) // 2])
    data = held.read()
    assert codes(data) == ["IKU427"]
    assert not data.observations


def test_a_path_that_is_not_there_is_said_without_it(held: Store, tmp_path: Path) -> None:
    secret = tmp_path / "alamat-rahasia.db"
    data = held.read(connection="gudang", permitted=by_alias(secret))
    assert codes(data) == ["IKU427"]
    assert "cannot be opened" in messages(data)
    assert "rahasia" not in repr(data)
    assert not secret.exists()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('simple')",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA journal_mode = WAL",
        "VACUUM INTO 'x.db'",
        "CREATE TEMP TABLE t (a)",
        "BEGIN IMMEDIATE",
        "REINDEX",
    ],
)
def test_what_a_query_may_not(held: Store, query: str) -> None:
    held.put("x", {"tahun": "integer", "a": "integer"}, (2022, 1))
    before = held.file.read_bytes()
    data = held.read(
        query=text_alone(query),
        connection="gudang",
        permitted={"allow_query": True, **by_alias(held.file)},
    )
    assert codes(data) == ["IKU430"], messages(data)
    assert held.file.read_bytes() == before
    assert [one.name for one in held.folder.iterdir()] == [held.file.name]


def test_a_view_without_an_end_is_stopped(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_sqlite, "SECONDS", 0.2)
    held.run(
        "CREATE VIEW rekap AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT 2022 AS tahun, sum(x) AS a FROM n"
    )
    data = held.read()
    assert codes(data) == ["IKU430"]
    assert "seconds" in messages(data)


def test_a_view_of_what_is_gone_is_said(held: Store) -> None:
    held.run("CREATE TABLE t (tahun, a); CREATE VIEW rekap AS SELECT * FROM t; DROP TABLE t")
    data = held.read()
    assert codes(data) == ["IKU430"]


def test_a_file_and_a_connection_are_one_too_many(held: Store) -> None:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    both = replace(held.source(), connection="gudang")
    use = Permitted(str(held.folder), **by_alias(held.file))  # type: ignore[arg-type]
    with (
        pytest.raises(RefusedDatabaseError) as refused,
        open_sqlite.open_sqlite(both, use),
    ):
        pass
    assert refused.value.refusal.code == "IKU426"


def test_a_name_that_is_not_utf_8_ends_its_source_alone(held: Store) -> None:
    held.run("CREATE TABLE rekap (tahun, nilaiXYZ); INSERT INTO rekap VALUES (2022, 1)")
    content = held.file.read_bytes()
    held.file.write_bytes(content.replace(b"nilaiXYZ", b"nilai\xff\xfe\xfd"))
    data = held.read()
    assert codes(data) in (["IKU427"], ["IKU403"])
    assert not data.observations
    (messages(data)).encode("utf-8", "surrogatepass")


def test_a_file_past_the_bound_may_be_a_connection(
    held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iku_engine.sources.files.MAX_BYTES", 1000)
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    data = held.read()
    assert codes(data) == ["IKU411"]
    assert "name it as a `connection`" in messages(data)
    assert figures(held.read(connection="gudang", permitted=by_alias(held.file)))
