"""Addresses of databases as one text: `postgresql://...`, `sqlite:///path`, `duckdb:///path`."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_SERVERS = frozenset({"postgresql", "postgres"})
_EMBEDDED = frozenset({"sqlite", "duckdb"})
_SERVICES = frozenset({"http", "https"})
_DRIVE = re.compile(r"/[A-Za-z]:")


def settings_of_url(url: str) -> dict[str, str]:
    """The settings that an address says; none where it is no address that is known.

    The address of a server is kept as it is, for its driver; one of a service of the web has no
    `kind`, since plugins read them.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return {}
    if parts.scheme in _SERVERS:
        return {"kind": "postgresql", "url": url}
    if parts.scheme in _SERVICES and parts.netloc:
        return {"url": url}
    if parts.scheme in _EMBEDDED and not parts.netloc:
        path = unquote(parts.path)
        return {"kind": parts.scheme, "path": path[1:] if _DRIVE.match(path) else path}
    return {}


def has_password(url: str) -> bool:
    """Whether an address holds a password; one that cannot be read is taken to."""
    try:
        parts = urlsplit(url)
        return bool(parts.password) or "password" in parts.query.casefold()
    except ValueError:
        return True
