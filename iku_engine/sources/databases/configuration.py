"""The user's own connections: a file that only the user writes, and the environment.

`IKU_CONNECTION_DINAS` holds the address of the alias `dinas`; the file has a table an alias:

    [dinas]
    kind = "postgresql"
    host = "db.dinas.example"
    dbname = "simpeg"
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from iku_engine.diagnostics import quoted
from iku_engine.sources.databases.connections import ConfigurationError
from iku_engine.sources.databases.urls import has_password, settings_of_url
from iku_engine.sources.findings import Refusal

_VARIABLE = "IKU_CONNECTION_"
_ALIAS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MOST_BYTES = 1_000_000
_SECRETS = ("password", "passphrase", "secret", "token", "key")
_NO_SECRETS = frozenset({"sslkey"})  # the name of a file
_WRITE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_ANY_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def configuration_file() -> Path:
    """Where connections are configured: `IKU_CONNECTIONS`, or the user's folder of settings."""
    named = os.environ.get("IKU_CONNECTIONS")
    if named:
        return Path(named)
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA", str(Path.home())))
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return folder / "iku-engine" / "connections.toml"


class UserConnections(Mapping[str, Mapping[str, str]]):
    """The connections of whoever runs the engine, read when one is asked for.

    The environment wins over the file. Raises `ConfigurationError` where the file cannot be used.
    """

    def __init__(self) -> None:
        self._file: Mapping[str, Mapping[str, str]] | None = None

    def __getitem__(self, alias: str) -> Mapping[str, str]:
        url = os.environ.get(_VARIABLE + alias.upper()) if _ALIAS.fullmatch(alias) else None
        if url is None:
            return self._configured()[alias]
        settings = settings_of_url(url)
        if not settings:
            message = f"`{_VARIABLE}{alias.upper()}` holds no address of a database"
            raise ConfigurationError(Refusal("IKU426", message, _ADDRESSES))
        return settings

    def __iter__(self) -> Iterator[str]:
        named = [
            name.removeprefix(_VARIABLE).lower()
            for name in os.environ
            if name.startswith(_VARIABLE)
        ]
        return iter(dict.fromkeys([*self._configured(), *named]))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return "UserConnections()"

    def _configured(self) -> Mapping[str, Mapping[str, str]]:
        if self._file is None:
            self._file = _read(configuration_file())
        return self._file


_ADDRESSES = "it is written `postgresql://user@host/database`, `sqlite:///path` or `duckdb:///path`"


def _read(file: Path) -> Mapping[str, Mapping[str, str]]:
    import tomllib  # noqa: PLC0415 - only where there is something to read

    try:
        with open(file, "rb", opener=_open) as stream:
            found = os.fstat(stream.fileno())
            content = stream.read(_MOST_BYTES + 1) if stat.S_ISREG(found.st_mode) else b""
    except FileNotFoundError:
        if os.environ.get("IKU_CONNECTIONS"):
            raise _unusable("is not there, though `IKU_CONNECTIONS` names it") from None
        return {}
    except (OSError, ValueError):
        raise _unusable("cannot be read") from None
    if not stat.S_ISREG(found.st_mode) or len(content) > _MOST_BYTES:
        raise _unusable("is no ordinary file of less than 1 MB")
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _unusable("is not written as TOML", "a connection is a table `[alias]`") from None
    settings = {alias: _settings(alias, table) for alias, table in tables.items()}
    _require_private(found, any(map(_has_secret, settings.values())))
    return settings


def _open(path: str, flags: int) -> int:
    """Open a file without waiting for a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _settings(alias: str, table: object) -> dict[str, str]:
    if not isinstance(table, dict):
        raise _unusable(f"has {quoted(alias)} outside of a table", "write `[alias]` above it")
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, str | int):
            what = f"has a setting {quoted(key)} of {quoted(alias)} that is no text and no number"
            raise _unusable(what)
    return {key: str(value) for key, value in table.items()}


def _has_secret(settings: Mapping[str, str]) -> bool:
    return has_password(settings.get("url", "")) or any(
        word in key.casefold()
        for key in settings
        for word in _SECRETS
        if key.casefold() not in _NO_SECRETS
    )


def _require_private(found: os.stat_result, has_secret: bool) -> None:
    """Refuse a file that others may write to, or read where it holds a secret."""
    if not hasattr(os, "geteuid"):
        return
    if found.st_uid not in {os.geteuid(), 0}:
        raise _unusable("belongs to somebody else")
    mine = "make it your own: `chmod 600`"
    if found.st_mode & _WRITE_BY_OTHERS:
        raise _unusable("can be written by others", mine)
    if has_secret and found.st_mode & _ANY_BY_OTHERS:
        raise _unusable("holds a password and can be read by others", mine)


def _unusable(what: str, help_text: str = "") -> ConfigurationError:
    message = f"the user's configuration of connections {what}"
    return ConfigurationError(Refusal("IKU426", message, help_text))
