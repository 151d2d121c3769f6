"""PostgreSQL, on a real server: its types, its rights, and every way in which it can be absent."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from iku_engine.diagnostics import text_alone
from iku_engine.sources.databases import open_postgresql
from iku_engine.sources.databases.configuration import UserConnections
from iku_engine.sources.model import Data
from tests.postgresql_server import Server
from tests.sources.building import codes, figures, record_set, variable
from tests.sources.databases.building import Store, messages

pytestmark = pytest.mark.service


@pytest.fixture
def held(tmp_path: Path, postgresql: Server) -> Store:
    return Store("postgresql", tmp_path, postgresql)


def filled(held: Store) -> Store:
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    return held


def other_address(held: Store, **settings: str) -> Data:
    assert held.server is not None
    return held.read(permitted={"connections": {"gudang": held.server.settings | settings}})


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that takes connections and never says anything."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield int(listening.getsockname()[1])


def test_types_of_the_server(held: Store) -> None:
    held.run("CREATE TYPE tingkat AS ENUM ('sehat', 'sakit')")
    held.run("CREATE DOMAIN rupiah AS numeric(20, 2)")
    held.run(
        "CREATE TABLE rekap (tahun smallint, id uuid, kode char(6), nilai tingkat, kas rupiah, "
        "besar numeric, kecil real, kapan timestamptz, larik integer[], isi json, uang money)"
    )
    held.run(
        "INSERT INTO rekap VALUES (2022, '6f8a7f3e-0000-4000-8000-000000000001', 'A1', 'sehat', "
        "1.50, 12345678901234567890.123456789, 0.1, '2022-03-01 07:00+07', '{1,2}', '{}', 5), "
        "(2023, '6f8a7f3e-0000-4000-8000-000000000002', 'A2', 'sakit', NULL, 'NaN', 'Infinity', "
        "'-infinity', NULL, NULL, NULL)"
    )
    names = ("kas", "besar", "kecil", "larik", "isi", "uang")
    data = held.read(*map(variable, names), places=["id", "kode", "nilai", "kapan"])
    found = {
        (one.variable, str(one.period)): one.value and str(one.value)
        for one in data.observations.values()
    }
    assert found == {
        ("kas", "2022"): "3/2",
        ("besar", "2022"): "12345678901234567890123456789/1000000000",
        ("kecil", "2022"): "1/10",
        ("kas", "2023"): None,
        ("larik", "2023"): None,
        ("isi", "2023"): None,
        ("uang", "2023"): None,
    }
    assert codes(data) == ["IKU404"] * 5  # an array, JSON, money; NaN and Infinity
    places = {dict(one.place)["kapan"] for one in data.observations.values()}
    assert places == {"2022-03-01 00:00:00+00", "-infinity"}
    assert {dict(one.place)["kode"] for one in data.observations.values()} == {"A1", "A2"}


def test_days_outside_the_calendar_are_refused(held: Store) -> None:
    held.put("rekap", {"tahun": "date", "a": "integer"})
    held.run("INSERT INTO rekap VALUES ('2022-01-01', 1), ('infinity', 2), ('0044-03-15 BC', 3)")
    data = held.read()
    assert figures(data) == {"a@2022-01": "1"}
    assert codes(data) == ["IKU407", "IKU407"]


def test_a_dead_server_is_said_at_once(held: Store) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    begun = time.monotonic()
    data = other_address(held, port=str(port))
    assert time.monotonic() - begun < 5
    assert codes(data) == ["IKU427"]
    assert "`gudang` does not answer" in messages(data)


def test_a_server_that_says_nothing_is_waited_for_and_no_longer(
    held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_postgresql, "CONNECT_SECONDS", 2)
    with silent_server() as port:
        begun = time.monotonic()
        data = other_address(held, port=str(port))
    assert time.monotonic() - begun < 10
    assert codes(data) == ["IKU427"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"password": "salah"}, "refuses the user or the password"),
        ({"password": ""}, "refuses the user or the password"),
        ({"user": "siapa"}, "refuses the user or the password"),
        ({"dbname": "tidak_ada"}, "no such database"),
        ({"host": "tidak-ada.invalid"}, "does not answer"),
        ({"sslmode": "require"}, "refuses the connection"),
        ({"host": "/tidak/ada"}, "does not answer"),
    ],
)
def test_a_refused_connection_says_what_to_check(
    held: Store, settings: dict[str, str], said: str
) -> None:
    data = other_address(held, **settings)
    assert codes(data) == ["IKU427"]
    assert said in messages(data)
    for secret in settings.values():
        assert not secret or secret not in messages(data)


@pytest.mark.parametrize("name", ["port", "sslmode", "connect_timeout", "target_session_attrs"])
def test_a_value_that_is_none_is_said_without_it(held: Store, name: str) -> None:
    data = other_address(held, **{name: "penanda"})
    assert codes(data) == ["IKU426"]
    assert "penanda" not in messages(data)


@pytest.mark.parametrize("name", ["options", "application_name", "hots", "client_encoding"])
def test_a_setting_that_could_loosen_the_bounds_is_not_taken(held: Store, name: str) -> None:
    data = other_address(held, **{name: "-c default_transaction_read_only=off"})
    assert codes(data) == ["IKU426"]
    assert f"`{name}`" in messages(data)
    url = "postgresql://x@127.0.0.1/y?options=-c%20statement_timeout%3D0"
    data = held.read(permitted={"connections": {"gudang": {"url": url}}})
    assert codes(data) == ["IKU426"]


def test_a_locked_table_is_not_waited_for_long(
    held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_postgresql, "LOCK_SECONDS", 1)
    filled(held)
    assert held.server is not None
    with closing(held.server.connected()) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE rekap IN ACCESS EXCLUSIVE MODE")
        data = held.read()
    assert codes(data) == ["IKU427"]
    assert "locked" in messages(data)


def test_a_view_without_an_end_is_stopped(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_postgresql, "SECONDS", 1)
    held.run("CREATE VIEW rekap AS SELECT 2022 AS tahun, 1 AS a FROM pg_sleep(60)")
    begun = time.monotonic()
    data = held.read()
    assert time.monotonic() - begun < 10
    assert codes(data) == ["IKU430"]
    assert "seconds" in messages(data)


def test_a_query_cannot_lift_the_limit(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row takes a while, so that the rows come in several steps of the cursor."""
    monkeypatch.setattr(open_postgresql, "SECONDS", 2)
    monkeypatch.setattr("iku_engine.sources.from_postgresql._FETCHED", 1)
    filled(held)
    query = text_alone(
        "SELECT 2022 AS tahun, n AS a, set_config('statement_timeout', '0', false), "
        "pg_sleep(0.5) FROM generate_series(1, 100) n"
    )
    begun = time.monotonic()
    data = held.read(query=query, permitted={"allow_query": True})
    assert time.monotonic() - begun < 10
    assert codes(data) == ["IKU430"]


@pytest.mark.parametrize(
    "query",
    [
        "WITH x AS (DELETE FROM rekap RETURNING *) SELECT * FROM x",
        "SELECT * FROM rekap; COMMIT; DROP TABLE rekap; --",
        "SELECT 2022 AS tahun, hapus() AS a",
        "SELECT 2022 AS tahun, nextval('urutan') AS a",
        "SELECT 2022 AS tahun, set_config('transaction_read_only', 'off', true)::text AS a",
        "SELECT * FROM rekap FOR UPDATE",
    ],
)
def test_nothing_is_changed_whatever_a_query_says(held: Store, query: str) -> None:
    filled(held)
    held.run("CREATE SEQUENCE urutan")
    held.run(
        "CREATE FUNCTION hapus() RETURNS bigint LANGUAGE sql AS "
        "'WITH x AS (DELETE FROM rekap RETURNING *) SELECT count(*) FROM x'"
    )
    data = held.read(query=text_alone(query), permitted={"allow_query": True})
    assert codes(data) == ["IKU430"], messages(data)
    assert not data.observations
    assert figures(held.read()) == {"a@2022": "1"}


def test_what_a_read_only_transaction_lets_pass_is_taken_back(held: Store) -> None:
    """Until version 16 the server let large objects be made in one."""
    query = text_alone("SELECT 2022 AS tahun, lo_create(0) AS a")
    held.read(query=query, permitted={"allow_query": True})
    assert held.server is not None
    with closing(held.server.connected()) as other:
        assert other.execute("SELECT count(*) FROM pg_largeobject_metadata").fetchone() == (0,)


def test_a_view_that_would_write_is_refused(held: Store) -> None:
    held.run("CREATE SEQUENCE urutan")
    held.run("CREATE VIEW rekap AS SELECT 2022 AS tahun, nextval('urutan') AS a")
    assert codes(held.read()) == ["IKU430"]
    assert held.server is not None
    with closing(held.server.connected()) as other:
        assert other.execute("SELECT is_called FROM urutan").fetchone() == (False,)


def test_rights_are_those_of_the_user(held: Store) -> None:
    filled(held)
    name = f"pembaca_{os.getpid()}"
    held.run(f"CREATE ROLE {name} LOGIN PASSWORD 'rahasia'")
    try:
        data = other_address(held, user=name, password="rahasia")  # noqa: S106 - of the test
        assert codes(data) == ["IKU428"]  # it may not even look into the schema
        held.run(f"GRANT USAGE ON SCHEMA public TO {name}")
        data = other_address(held, user=name, password="rahasia")  # noqa: S106
        assert codes(data) == ["IKU430"]
        assert "may not read" in messages(data)
        held.run(f"GRANT SELECT (tahun, a) ON rekap TO {name}")
        data = other_address(held, user=name, password="rahasia")  # noqa: S106
        assert figures(data) == {"a@2022": "1"}
    finally:
        held.run(f"DROP OWNED BY {name}")
        held.run(f"DROP ROLE {name}")


def test_a_server_that_goes_away_is_said(
    held: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    held.run(
        "CREATE VIEW rekap AS SELECT 2022 AS tahun, "
        "CASE WHEN pg_terminate_backend(pg_backend_pid()) THEN 1 END AS a"
    )
    data = held.read()
    assert codes(data) == ["IKU427"]
    assert "has gone away" in messages(data)
    assert "127.0.0.1" not in caplog.text
    assert capfd.readouterr().err == ""


def test_an_offline_run_asks_no_server(held: Store) -> None:
    filled(held)
    data = held.read(permitted={"offline": True})
    assert codes(data) == ["IKU427"]
    assert "offline" in messages(data)


def test_what_has_to_be_installed_is_named(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    data = held.read()
    assert codes(data) == ["IKU422"]
    assert "install `iku-engine[postgresql]`" in messages(data)


def test_the_address_may_stand_in_the_environment(
    held: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    filled(held)
    known = UserConnections()
    assert held.server is not None
    one = held.server
    address = f"pemilik:{one.password}@{one.host}:{one.port}/postgres"
    monkeypatch.setenv("IKU_CONNECTION_GUDANG", f"postgresql://{address}")
    assert figures(held.read(permitted={"connections": known})) == {"a@2022": "1"}

    monkeypatch.setenv("IKU_CONNECTION_GUDANG", "postgresql://")
    monkeypatch.setenv("PGHOST", one.host)
    monkeypatch.setenv("PGPORT", str(one.port))
    monkeypatch.setenv("PGUSER", "pemilik")
    monkeypatch.setenv("PGDATABASE", "postgres")
    monkeypatch.setenv("PGPASSWORD", one.password)
    assert figures(held.read(permitted={"connections": known})) == {"a@2022": "1"}

    monkeypatch.delenv("PGPASSWORD")
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:pemilik:{one.password}\n", encoding="ascii")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    assert figures(held.read(permitted={"connections": known})) == {"a@2022": "1"}


def test_options_of_the_environment_do_not_loosen_anything(
    held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.put("rekap", {"tahun": "date", "a": "double"})
    held.run("INSERT INTO rekap VALUES ('2022-01-01', 0.1)")
    loose = "-c default_transaction_read_only=off -c datestyle=German -c extra_float_digits=-15"
    monkeypatch.setenv("PGOPTIONS", loose)
    assert figures(held.read()) == {"a@2022-01": "1/10"}
    data = held.read(query=text_alone("SELECT hapus()"), permitted={"allow_query": True})
    assert codes(data) == ["IKU430"]


def test_many_threads_read_at_once(held: Store) -> None:
    filled(held)
    found: list[dict[str, str]] = []
    threads = [threading.Thread(target=lambda: found.append(figures(held.read()))) for _ in "1234"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [{"a@2022": "1"}] * 4


def test_records_come_in_several_steps(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iku_engine.sources.from_postgresql._FETCHED", 7)
    rows = [(f"k{number:03}", 2022, number) for number in range(100)]
    held.put("rekap", {"id": "text", "tahun": "integer", "aset": "integer"}, *rows)
    data = held.read(variable("x", "tahun"), records=[record_set()])
    assert [one.key for one in data.records["koperasi"]] == [f"k{n:03}" for n in range(100)]
