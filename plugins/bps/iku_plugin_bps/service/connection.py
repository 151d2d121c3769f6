"""Address and key of the service: from the user's configuration and environment alone.

Neither is ever part of a message, an origin or a kept file.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import quoted
from iku_engine.sources.protocol import Permitted
from iku_plugin_bps.service.codes import ServiceError

ALIAS = "bps"
"""The alias of a source that names none."""

PUBLIC_ADDRESS = "https://webapi.bps.go.id/v1/api"
"""The documented address of the office's service, for the alias `bps` alone."""

KEY_VARIABLE = "IKU_BPS_KEY"
ADDRESS_VARIABLE = "IKU_BPS_URL"
REFRESH_VARIABLE = "IKU_BPS_REFRESH"
"""The environment configures the alias `bps`: a key of it goes to no other service."""

_KEY = re.compile(r"[A-Za-z0-9_-]{8,128}", re.ASCII)
_ALWAYS = ("always", "1", "true", "yes", "ya")
_KEEP = ("keep", "0", "false", "no", "tidak", "")


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the service is and who asks; `refresh` asks anew for what is kept already."""

    alias: str
    address: str = field(repr=False)
    key: str = field(repr=False)
    refresh: bool = False


def connection_of(
    source: Source, permitted: Permitted, environment: Mapping[str, str]
) -> Connection:
    """The connection that a source names by its alias; `ServiceError` where it is none.

    The key may be lacking here: what is kept can be read without it.
    """
    alias = source.connection or ALIAS
    given = permitted.connections.get(alias, {})
    own = environment if alias == ALIAS else {}
    public = PUBLIC_ADDRESS if alias == ALIAS else ""
    address = given.get("url") or own.get(ADDRESS_VARIABLE) or public
    if not address:
        message = f"the connection {quoted(alias)} is not configured, or has no `url`"
        help_ = f"give it `url` and `key`, or name the connection `{ALIAS}`"
        raise ServiceError("BPS102", message, help_)
    if not _is_usable(address):
        message = f"the `url` of the connection {quoted(alias)} is no address that may be asked"
        help_ = "it begins with `https://` (`http://` on this machine alone), without user or query"
        raise ServiceError("BPS102", message, help_)
    key = (given.get("key") or own.get(KEY_VARIABLE) or "").strip()
    if key and not _KEY.fullmatch(key):
        message = f"the key of the connection {quoted(alias)} is not 8 to 128 letters and digits"
        raise ServiceError("BPS102", message)
    refresh = (given.get("refresh") or own.get(REFRESH_VARIABLE) or "").strip().casefold()
    if refresh not in (*_ALWAYS, *_KEEP):
        message = f"`refresh` of the connection {quoted(alias)} is not `keep` or `always`"
        raise ServiceError("BPS102", message)
    return Connection(alias, address.rstrip("/"), key, refresh in _ALWAYS)


def require_key(connection: Connection) -> None:
    """`ServiceError` where the service would have to be asked without a key."""
    if connection.key:
        return
    own = connection.alias == ALIAS
    where = (
        f"set the environment variable `{KEY_VARIABLE}`" if own else "give the connection a `key`"
    )
    message = f"the connection {quoted(connection.alias)} has no key of the statistics office"
    raise ServiceError("BPS102", message, where)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def server_of(address: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address; `ValueError` where it has none."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port


def _is_usable(address: str) -> bool:
    if not address.isascii() or any(sign.isspace() or not sign.isprintable() for sign in address):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and _is_plain(parts) and _is_safe(parts)


def _is_plain(parts: SplitResult) -> bool:
    return "@" not in parts.netloc and not parts.query and not parts.fragment


def _is_safe(parts: SplitResult) -> bool:
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
