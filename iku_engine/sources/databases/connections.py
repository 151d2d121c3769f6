"""Connections: what stands behind the alias that a definition names, and what may be said of it.

A connection is a mapping of settings: its `kind`, and a `path` (SQLite, DuckDB), or the `url` or
the parameters of a server. None of these is ever part of a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import quoted
from iku_engine.sources.databases.refusing import RefusedDatabaseError
from iku_engine.sources.databases.urls import settings_of_url
from iku_engine.sources.findings import Refusal
from iku_engine.sources.protocol import Permitted

HOW = (
    "name it in the user's own configuration of connections, "
    "or in the environment as `IKU_CONNECTION_` and the alias"
)
"""How an alias is configured, as the help of a diagnostic."""

_OF_ADDRESSES = ("://", "=", "@")  # what an alias has none of, and what may stand beside a password


class ConfigurationError(Exception):
    """The user's configuration of connections cannot be used."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def settings_of(source: Source, permitted: Permitted, kind: str) -> dict[str, str]:
    """The settings of the connection that a source names, which must be of a kind.

    Raises `RefusedDatabaseError` where there is none, or it cannot be used.
    """
    alias = source.connection
    if not alias:
        message = f"a source of the kind `{kind}` names no `connection`"
        raise RefusedDatabaseError("IKU426", message, f"write an alias, and {HOW}")
    if source.file.text.strip():
        message = f"the source `{source.id}` names a file and a connection"
        raise RefusedDatabaseError("IKU426", message, "leave one of them out")
    try:
        found = _found(alias, permitted.connections)
    except ConfigurationError as mistake:
        refusal = mistake.refusal
        raise RefusedDatabaseError(refusal.code, refusal.message, refusal.help) from None
    if found is None:
        if any(sign in alias for sign in _OF_ADDRESSES):
            message = f"the source `{source.id}` names an address and no alias of a connection"
            where = replace(source.location, text="")  # a password may stand in the line
            raise RefusedDatabaseError("IKU426", message, f"write an alias, and {HOW}", where=where)
        message = f"the connection {quoted(alias)} is not configured"
        near = (alias, list(permitted.connections))
        raise RefusedDatabaseError("IKU426", message, HOW, near)
    settings = found
    if "url" in settings and kind != "postgresql":
        url = settings.pop("url")
        settings |= settings_of_url(url) or {"url": url}
    declared = settings.pop("kind", "") or settings_of_url(settings.get("url", "")).get("kind", "")
    if declared not in {"", kind}:
        message = f"the connection {quoted(alias)} is not one of the kind `{kind}`"
        known = declared in {"duckdb", "postgresql", "sqlite"}
        help_text = f"it is configured as `{declared}`" if known else "check its `kind`"
        raise RefusedDatabaseError("IKU426", message, help_text)
    return settings


def path_of(source: Source, permitted: Permitted, kind: str) -> Path:
    """The file of an embedded database behind an alias; its settings are `path` alone."""
    settings = settings_of(source, permitted, kind)
    path = settings.pop("path", "")
    shown = quoted(source.connection)
    if settings or not path:
        message = f"the connection {shown} of the kind `{kind}` is not a `path` alone"
        raise RefusedDatabaseError("IKU426", message, "its settings are `kind` and `path`")
    if "\0" in path or not Path(path).expanduser().is_absolute():
        message = f"the path of the connection {shown} is not absolute"
        raise RefusedDatabaseError("IKU426", message, "write it from `/` or from `~` on")
    return Path(path).expanduser()


def _found(alias: str, connections: Mapping[str, Mapping[str, str]]) -> dict[str, str] | None:
    found: object = connections.get(alias)
    if found is None:
        return None
    if isinstance(found, Mapping):
        settings = {key: value for key, value in found.items() if isinstance(value, str)}
        if len(settings) == len(found) and all(isinstance(key, str) for key in settings):
            return settings
    message = f"the connection {quoted(alias)} is not a mapping of texts"
    raise ConfigurationError(Refusal("IKU426", message, "write its settings as texts"))
