"""A real PostgreSQL for the tests: found on this machine, started on loopback, stopped again."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OWNER = "pemilik"
"""The user that owns everything; tests of the engine read as it, or as one of their own."""

_SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "20",
    "shared_buffers": "16MB",
    "synchronous_commit": "off",
    "unix_socket_directories": "",
}
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Server:
    """A server on loopback, and what a connection to it says."""

    port: int
    password: str = field(repr=False)
    host: str = "127.0.0.1"

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a connection to the database `postgres` of the owner."""
        return {
            "kind": "postgresql",
            "host": self.host,
            "port": str(self.port),
            "dbname": "postgres",
            "user": OWNER,
            "password": self.password,
        }

    def connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection that may write, each statement for itself."""
        found = {name: one for name, one in self.settings.items() if name != "kind"}
        return psycopg.connect(**found, autocommit=True)  # type: ignore[arg-type]

    def run(self, *statements: str) -> None:
        """Run statements of the tests themselves."""
        with closing(self.connected()) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def emptied(self) -> None:
        """Take away everything in the schema `public` and all schemas of tests."""
        with closing(self.connected()) as connection:
            names = connection.execute(
                "SELECT nspname FROM pg_namespace "
                "WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
            ).fetchall()
            for (name,) in names:
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))
            connection.execute("CREATE SCHEMA public")


def binaries() -> Path | None:
    """The folder of the server's programs, the newest version first; None where there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    config = shutil.which("pg_config")
    if config:
        said = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(said.stdout.strip()))
    found = [one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()]
    return found[0] if found else None


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def server_user() -> str | None:
    """Who runs the server: not the superuser, which it refuses; None where nobody can."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


@contextmanager
def started() -> Iterator[Server]:
    """A fresh server, for as long as it is used."""
    programs, user = binaries(), server_user()
    assert programs is not None
    assert user is not None
    folder = Path(tempfile.mkdtemp(prefix="iku-postgresql-"))
    password = secrets.token_hex(16)
    try:
        _initialise(programs, folder, user, password)
        process, port = _run(programs, folder, user)
        try:
            yield Server(port, password)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, folder: Path, user: str, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password + "\n", encoding="ascii")
    secret.chmod(0o600)
    if os.geteuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, user)
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        folder / "data",
        "-U",
        OWNER,
        "--pwfile",
        secret,
    ]
    command += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, **_as(user)
    )
    assert done.returncode == 0, done.stderr


def _run(programs: Path, folder: Path, user: str) -> tuple[subprocess.Popen[bytes], int]:
    """The process of a server that answers, and its port, which another may have taken first."""
    for _ in range(3):
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-p", str(port)]
        for name, value in _SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **_as(user))
        if _answers(process, port):
            return process, port
        _stop(process)
    raise AssertionError((folder / "log").read_text(encoding="utf-8", errors="replace"))


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user=OWNER, password="", connect_timeout=2)
        except psycopg.OperationalError as refused:
            if "password" in str(refused):
                return True
        time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)  # a fast shutdown
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _as(user: str) -> dict[str, Any]:
    """The arguments of a process that runs as somebody."""
    if os.geteuid() != 0:
        return {}
    known = pwd.getpwnam(user)
    return {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}
