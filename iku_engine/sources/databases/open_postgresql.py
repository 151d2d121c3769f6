"""PostgreSQL, opened in a transaction that can only read, with a limit on every wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import quoted
from iku_engine.sources.databases.bounds import CONNECT_SECONDS, LOCK_SECONDS, SECONDS
from iku_engine.sources.databases.clock import stopped_after
from iku_engine.sources.databases.connections import settings_of
from iku_engine.sources.databases.refusing import UNREADABLE, RefusedDatabaseError
from iku_engine.sources.protocol import Permitted

if TYPE_CHECKING:
    import psycopg

_PARAMETERS = frozenset(
    {
        "channel_binding", "connect_timeout", "dbname", "gssencmode", "host", "hostaddr",
        "krbsrvname", "passfile", "password", "port", "require_auth", "service", "sslcert",
        "sslcrl", "sslkey", "sslmode", "sslnegotiation", "sslrootcert", "target_session_attrs",
        "user",
    }
)  # fmt: skip
"""What a connection may say; whatever else libpq knows could loosen what is set below."""


@contextmanager
def open_postgresql(
    source: Source, permitted: Permitted
) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection to the database of a source, inside a read-only transaction of its own.

    It sees the database as it was at one moment, and is rolled back and closed at the end. Raises
    `RefusedDatabaseError`, also for what goes wrong while it is used.
    """
    library = _library(source)
    if permitted.offline:
        message = f"the server of {quoted(source.connection)} is not asked: this run is offline"
        raise RefusedDatabaseError("IKU427", message, "leave out `--offline`")
    settings = settings_of(source, permitted, "postgresql")
    connection = _connected(library, settings, source)
    try:
        # The server's own limit is one for each statement, and a query could lift it.
        with stopped_after(SECONDS, partial(_stop, connection, library)):
            yield connection
    except (library.Error, *UNREADABLE) as failure:
        raise refused_by_postgresql(failure, source) from None
    finally:
        # Not as a context manager: that would log the address where the server has gone.
        with suppress(library.Error):
            connection.close()


def _stop(connection: psycopg.Connection[tuple[Any, ...]], library: ModuleType) -> None:
    with suppress(library.Error):
        connection.cancel_safe(timeout=CONNECT_SECONDS)


def _connected(
    library: ModuleType, settings: Mapping[str, str], source: Source
) -> psycopg.Connection[tuple[Any, ...]]:
    parameters = _parameters(settings, source)
    try:
        connection: psycopg.Connection[tuple[Any, ...]] = library.connect(**parameters)
    except (library.Error, *UNREADABLE) as failure:
        raise _refused_connection(failure, source) from None
    try:
        connection.read_only = True
        connection.isolation_level = library.IsolationLevel.REPEATABLE_READ
        for setting in _settings():
            connection.execute(setting.encode())
    except library.Error as failure:
        with suppress(library.Error):
            connection.close()
        raise refused_by_postgresql(failure, source) from None
    return connection


def _settings() -> Iterator[str]:
    """What holds for everything that follows, whatever the user or the server would have else."""
    yield "SET default_transaction_read_only = on"
    yield f"SET statement_timeout = '{SECONDS:d}s'"
    yield f"SET lock_timeout = '{LOCK_SECONDS:d}s'"
    yield f"SET idle_in_transaction_session_timeout = '{SECONDS:d}s'"
    yield "SET datestyle = 'ISO, YMD'"
    yield "SET timezone = 'UTC'"
    yield "SET extra_float_digits = 1"


def _parameters(settings: Mapping[str, str], source: Source) -> dict[str, str]:
    import psycopg  # noqa: PLC0415 - an extra
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    shown = quoted(source.connection)
    found = dict(settings)
    if url := found.pop("url", ""):
        try:
            found = {key: str(one) for key, one in conninfo_to_dict(url).items()} | found
        except psycopg.Error:
            message = f"the address of the connection {shown} cannot be read"
            help_text = "it is written `postgresql://user@host:port/database`"
            raise RefusedDatabaseError("IKU426", message, help_text) from None
    for name in found:
        if name not in _PARAMETERS:
            message = f"the connection {shown} has a setting that is not taken: {quoted(name)}"
            help_text = "besides `kind` and `url` it may have those of libpq that say where and who"
            raise RefusedDatabaseError("IKU426", message, help_text, (name, _PARAMETERS))
    return {
        "connect_timeout": str(CONNECT_SECONDS),
        **found,
        "client_encoding": "UTF8",
        "application_name": "iku-engine",
        "keepalives_idle": str(max(1, SECONDS // 2)),
        "tcp_user_timeout": str(SECONDS * 1000),
    }


def _refused_connection(failure: Exception, source: Source) -> RefusedDatabaseError:
    """Why there is no connection, as far as it can be said without the address.

    What the server says may be in any language, what its driver says is in English.
    """
    shown, text = quoted(source.connection), str(failure)
    asked = getattr(failure, "pgconn", None)
    if any(word in text for word in _SILENT):
        message = f"the server of {shown} does not answer"
        help_text = "check that it runs, and `host` and `port` in the configuration"
        return RefusedDatabaseError("IKU427", message, help_text)
    if isinstance(failure, UNREADABLE) or "invalid" in text or "bad value" in text:
        message = f"a setting of the connection {shown} has a value that libpq does not take"
        return RefusedDatabaseError("IKU426", message, "check `port`, `sslmode` and the others")
    if "password" in text or (asked is not None and asked.needs_password):
        message = f"the server of {shown} refuses the user or the password"
        help_text = "check them in the configuration, in `~/.pgpass` or in `PGPASSWORD`"
        return RefusedDatabaseError("IKU427", message, help_text)
    if "does not exist" in text:
        message = f"the server of {shown} has no such database, or no such user"
        help_text = "check `dbname` and `user` in the configuration of the connection"
        return RefusedDatabaseError("IKU427", message, help_text)
    message = f"the server of {shown} refuses the connection"
    help_text = "check user, password, `dbname` and `sslmode`, or ask who runs the server"
    return RefusedDatabaseError("IKU427", message, help_text)


_SILENT = (
    "Connection refused",
    "No such file or directory",
    "No route to host",
    "Network is unreachable",
    "closed the connection",
    "could not receive data",
    "could not translate host name",
    "failed to resolve",
    "timed out",
    "timeout expired",
)
"""What the driver says of a server that is not there or says nothing."""


_REFUSED: Mapping[str, tuple[str, str, str]] = {
    "57014": ("IKU430", f"reading {{}} took more than {SECONDS} seconds", "index the table"),
    "55P03": ("IKU427", "{} is locked by another program", "run again when that has ended"),
    "42501": ("IKU430", "the user of {} may not read this", "ask for the right to read it"),
    "25006": ("IKU430", "reading {} would change something", "read what calls no such function"),
    "42601": ("IKU430", "a query of {} is not one statement that reads", "it is one `SELECT`"),
}
"""By the SQLSTATE: the code, the message and the help."""


def refused_by_postgresql(failure: Exception, source: Source) -> RefusedDatabaseError:
    """What a failure of PostgreSQL means for a source, without repeating its message."""
    shown = quoted(source.connection)
    state = str(getattr(failure, "sqlstate", None) or "")
    if state in _REFUSED:
        code, message, help_text = _REFUSED[state]
        return RefusedDatabaseError(code, message.format(shown), help_text)
    if isinstance(failure, UNREADABLE):
        message = f"a name or a text in {shown} is not in the encoding that its server declares"
        return RefusedDatabaseError("IKU430", message, "ask who runs it")
    if not state or state[:2] in {"08", "57"}:
        message = f"the server of {shown} has gone away"
        return RefusedDatabaseError("IKU427", message, "check that it runs, and run again")
    return RefusedDatabaseError(
        "IKU430",
        f"what is read of {shown} is refused by PostgreSQL, with the code {state}",
        "the appendix of error codes in its manual says what the code means",
    )


def _library(source: Source) -> ModuleType:
    try:
        import psycopg  # noqa: PLC0415 - an extra
    except ImportError:
        message = f"reading {quoted(source.connection)} needs psycopg, which is not installed"
        raise RefusedDatabaseError("IKU422", message, "install `iku-engine[postgresql]`") from None
    return psycopg
