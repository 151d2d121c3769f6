"""Connections: only the user's own configuration and environment say where a database is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iku_engine.sources.databases.configuration import UserConnections, configuration_file
from iku_engine.sources.databases.connections import ConfigurationError
from iku_engine.sources.databases.statements import (
    Ordered,
    Select,
    identifier,
    printed,
)
from iku_engine.sources.databases.urls import has_password, settings_of_url
from iku_engine.sources.protocol import Permitted
from tests.sources.building import codes, figures
from tests.sources.databases.building import Store, messages

OF_A_SERVER = """[dinas]
kind = "postgresql"
host = "db.contoh.example"
port = 5432
password = "rahasia"
"""
PATH = '[arsip]\nkind = "sqlite"\npath = "/srv/arsip.db"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "connections.toml"
    monkeypatch.setenv("IKU_CONNECTIONS", str(path))
    return path


def written(file: Path, text: str, mode: int = 0o600) -> UserConnections:
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return UserConnections()


def test_the_file_has_a_table_an_alias(file: Path) -> None:
    known = written(file, OF_A_SERVER + PATH)
    assert list(known) == ["dinas", "arsip"]
    assert known["dinas"]["port"] == "5432"
    assert known["arsip"] == {"kind": "sqlite", "path": "/srv/arsip.db"}
    assert "lain" not in known
    assert len(known) == 2


def test_nothing_of_it_is_shown(file: Path) -> None:
    known = written(file, OF_A_SERVER)
    assert known["dinas"]["password"] == "rahasia"  # noqa: S105 - of the test
    assert "rahasia" not in repr(known) + str(known) + repr(Permitted(connections=known))
    held = Permitted(connections={"a": {"password": "rahasia"}})
    assert "rahasia" not in repr(held)


def test_the_environment_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = written(file, PATH)
    monkeypatch.setenv("IKU_CONNECTION_ARSIP", "sqlite:///srv/lain.db")
    assert known["arsip"] == {"kind": "sqlite", "path": "/srv/lain.db"}
    monkeypatch.setenv("IKU_CONNECTION_BARU", "duckdb:///srv/b%20c.duckdb")
    assert known["baru"] == {"kind": "duckdb", "path": "/srv/b c.duckdb"}
    assert list(known) == ["arsip", "baru"]


@pytest.mark.parametrize("alias", ["a-b", 'a"; drop table x; --', "", "a b", "ä"])
def test_only_a_plain_alias_is_looked_up_in_the_environment(
    file: Path, monkeypatch: pytest.MonkeyPatch, alias: str
) -> None:
    known = written(file, "")
    if alias:
        monkeypatch.setenv("IKU_CONNECTION_" + alias.upper(), "sqlite:///srv/lain.db")
    assert known.get(alias) is None


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
@pytest.mark.parametrize(
    ("text", "mode", "is_refused"),
    [
        (OF_A_SERVER, 0o600, False),
        (OF_A_SERVER, 0o400, False),
        (OF_A_SERVER, 0o640, True),
        (OF_A_SERVER, 0o604, True),
        (PATH, 0o644, False),
        (PATH, 0o664, True),
        (PATH, 0o646, True),
        ('[a]\nurl = "postgresql://x:rahasia@h/d"\n', 0o644, True),
        ('[a]\nurl = "postgresql://x@h/d?password=rahasia"\n', 0o644, True),
        ('[a]\nurl = "postgresql://x@h/d"\n', 0o644, False),
        ('[a]\nTOKEN = "rahasia"\n', 0o644, True),
        ('[a]\nkind = "postgresql"\nsslkey = "/x/y"\n', 0o644, False),
    ],
)
def test_a_file_that_others_may_use_is_refused(
    file: Path, text: str, mode: int, is_refused: bool
) -> None:
    known = written(file, text, mode)
    if not is_refused:
        assert list(known)
        return
    with pytest.raises(ConfigurationError, match="by others") as refused:
        list(known)
    assert "rahasia" not in str(refused.value)
    assert "chmod 600" in refused.value.refusal.help


@pytest.mark.parametrize(
    "text",
    [
        "dinas = 1",
        "[dinas]\nport = 1.5",
        "[dinas]\npassword = {file = 'x'}",
        "[dinas]\nssl = true",
        "[dinas\npassword = rahasia",
        "\N{NULL}",
        "[a]\nb = [" + "[" * 5000,
        "# \udcff",
    ],
)
def test_a_file_that_cannot_be_used_is_said(file: Path, tmp_path: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    file.chmod(0o600)
    held = Store("sqlite", tmp_path)
    data = held.read(connection="dinas", permitted={"connections": UserConnections()})
    assert codes(data) == ["IKU426"]
    assert "configuration of connections" in messages(data)
    assert "rahasia" not in messages(data)
    assert str(tmp_path) not in messages(data)


def test_a_file_that_is_not_there_is_said_only_where_it_is_named(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigurationError, match="is not there"):
        UserConnections().get("a")
    monkeypatch.delenv("IKU_CONNECTIONS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert configuration_file() == tmp_path / "iku-engine" / "connections.toml"
    assert UserConnections().get("a") is None
    assert file.name == configuration_file().name


@pytest.mark.parametrize("special", ["folder", "pipe"])
def test_what_is_no_file_is_not_read(file: Path, special: str) -> None:
    if special == "folder":
        file.mkdir()
    else:
        os.mkfifo(file)
    with pytest.raises(ConfigurationError):
        UserConnections().get("a")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (None, "is not configured"),
        ({"kind": "duckdb", "path": "/srv/x"}, "it is configured as `duckdb`"),
        ({"url": "duckdb:///srv/x"}, "it is configured as `duckdb`"),
        ({"kind": "sqlite"}, "not a `path` alone"),
        ({"path": "arsip.db"}, "is not absolute"),
        ({"path": "/srv/x\0y"}, "is not absolute"),
        ({"path": "/srv/x", "host": "h"}, "not a `path` alone"),
        ({"path": 5}, "not a mapping of texts"),
        ("sqlite:///x", "not a mapping of texts"),
    ],
)
def test_a_connection_that_cannot_be_used_is_said(
    tmp_path: Path, settings: object, said: str
) -> None:
    known = {} if settings is None else {"gudang": settings}
    data = Store("sqlite", tmp_path).read(connection="gudang", permitted={"connections": known})
    assert codes(data) == ["IKU426"]
    assert said in messages(data)
    assert "srv" not in messages(data)


def test_a_misspelt_alias_is_told_the_nearest(tmp_path: Path) -> None:
    known = {"gudang_data": {"kind": "sqlite", "path": "/srv/x"}}
    data = Store("sqlite", tmp_path).read(
        connection="gudang-data", permitted={"connections": known}
    )
    assert "did you mean `gudang_data`?" in messages(data)


def test_a_connection_without_a_kind_is_told_to_say_it(tmp_path: Path) -> None:
    data = Store("sqlite", tmp_path).read(kind="", connection="gudang")
    assert codes(data) == ["IKU422"]
    assert "`kind`" in messages(data)


def test_a_path_of_the_user_begins_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Store("sqlite", tmp_path)
    held.put("rekap", {"tahun": "integer", "a": "integer"}, (2022, 1))
    monkeypatch.setenv("HOME", str(tmp_path))
    known = {"gudang": {"path": f"~/{held.file.name}"}}
    assert figures(held.read(connection="gudang", permitted={"connections": known}))


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("postgres://h/d", {"kind": "postgresql", "url": "postgres://h/d"}),
        ("sqlite:////srv/x.db", {"kind": "sqlite", "path": "//srv/x.db"}),
        ("sqlite:///C:/x.db", {"kind": "sqlite", "path": "C:/x.db"}),
        ("sqlite://host/x.db", {}),
        ("http://h/d", {"url": "http://h/d"}),
        ("https:///d", {}),
        ("/srv/x.db", {}),
        ("http://[::1", {}),
        ("", {}),
    ],
)
def test_an_address_says_its_kind(url: str, settings: dict[str, str]) -> None:
    assert settings_of_url(url) == settings


def test_a_password_is_found_wherever_it_stands() -> None:
    assert has_password("postgresql://a:b@h/d")
    assert has_password("postgresql://a@h/d?sslpassword=b")
    assert has_password("http://[::1")
    assert not has_password("postgresql://a@h/d")


def test_a_statement_is_printed_from_its_parts_alone() -> None:
    statement = Select(('a"b', "c"), ("main", "x; --"), (Ordered("c", "C"), Ordered("d")), 3)
    assert printed(statement) == (
        'SELECT "a""b", "c" FROM "main"."x; --" ORDER BY "c" COLLATE "C", "d" LIMIT 3'
    )
    for refused in ("", "a\0b"):
        with pytest.raises(ValueError, match="zero"):
            identifier(refused)


@pytest.mark.parametrize("written", ["postgresql://u:rahasia@h/x", "host=h password=rahasia"])
def test_an_address_in_a_definition_is_not_repeated(tmp_path: Path, written: str) -> None:
    data = Store("sqlite", tmp_path).read(connection=written, permitted={"connections": {}})
    assert codes(data) == ["IKU426"]
    assert "names an address and no alias" in messages(data)
    assert "rahasia" not in repr(data.diagnostics)
