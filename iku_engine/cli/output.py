"""Writing: results to stdout or a file, messages to stderr, exit codes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iku_engine.diagnostics import Diagnostic, has_errors
from iku_engine.errors import IkuError
from iku_engine.reports.escape import visible
from iku_engine.reports.to_diagnostics import to_diagnostics

if TYPE_CHECKING:
    from iku_engine.catalog.model import Catalog
    from iku_engine.engine import Engine

_STDOUT = Path("-")


def write(text: str, output: Path | None = None) -> None:
    """Results as UTF-8 with LF, to stdout or, in one step, to a file."""
    if output is not None and output != _STDOUT:
        _replace(output, _utf8(text))
        return
    try:
        click.echo(_shown(text) if sys.stdout.isatty() else _utf8(text), nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
    except OSError as failure:
        _let_go_of_stdout()
        raise click.UsageError(f"cannot write to stdout: {failure.strerror}") from None


def keep_sources(catalog: Catalog, output: Path | None) -> None:
    """Refuse to write over a data file of the catalog: a half-filled sheet would be lost."""
    if output is None or output == _STDOUT:
        return
    if _is_definition(catalog, output):
        name = click.format_filename(output)
        raise click.UsageError(f"{name} is, or would be, a definition of the catalog")
    for source in catalog.sources.values():
        with suppress(OSError, ValueError):
            if output.samefile(Path(source.folder or catalog.folder) / source.file.text.strip()):
                name = click.format_filename(output)
                raise click.UsageError(f"{name} is the data of the source `{source.id}`")


def _is_definition(catalog: Catalog, output: Path) -> bool:
    """Whether a file is one of the definitions, or would be read as one by the next run."""
    from iku_engine.catalog.files import is_definition_name

    with suppress(OSError, ValueError):
        folder = Path(catalog.folder).resolve()
        where = output.resolve()
        return is_definition_name(where.name) and where.is_relative_to(folder)
    return False


def report(diagnostics: Sequence[Diagnostic]) -> None:
    """Diagnostics to stderr, with their count."""
    if diagnostics:
        say(to_diagnostics(diagnostics).rstrip("\n"))


def say(message: str) -> None:
    """A message to stderr."""
    with suppress(BrokenPipeError):
        click.echo(message, err=True)


def finish(diagnostics: Sequence[Diagnostic]) -> None:
    """End with exit code 1 where the definitions or the data have errors."""
    if has_errors(diagnostics):
        click.get_current_context().exit(1)


@contextmanager
def usage() -> Iterator[None]:
    """What the library calls a mistake of the caller is wrong usage of the command."""
    try:
        yield
    except IkuError as mistake:
        raise click.UsageError(visible(str(mistake))) from None


@contextmanager
def asked_of(engine: Engine) -> Iterator[None]:
    """What a catalog cannot answer is wrong usage, unless mistakes in it are the reason."""
    try:
        yield
    except IkuError as mistake:
        if not has_errors(engine.diagnostics):
            raise click.UsageError(visible(str(mistake))) from None
        report(engine.diagnostics)
        say(f"\n{visible(str(mistake))}")
        click.get_current_context().exit(1)


def terminal_width(default: int) -> int:
    """The columns of the terminal, or what COLUMNS says; the default where there is none."""
    import shutil  # a CSV has no width, and need not wait for it

    return shutil.get_terminal_size((default, 24)).columns


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", errors="backslashreplace")


def _shown(text: str) -> str:
    """Text for a terminal: signs that steer it, or that it does not have, as their codes.

    Texts are that already; cells of CSV and JSON come as they are, for programs to read.
    """
    encoding = sys.stdout.encoding or "utf-8"
    text = "\n".join(map(visible, text.split("\n")))
    return text.encode(encoding, errors="backslashreplace").decode(encoding)


def _replace(output: Path, data: bytes) -> None:
    """Put a file in its place when it is complete: a reader sees the old or the new one."""
    import secrets  # only files need it

    target = output.resolve()  # what a link points to is replaced, not the link
    mode = _mode(target, output)
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}.tmp")
    try:
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as failure:
        message = f"cannot write {visible(str(output))}: {failure.strerror}"
        raise click.UsageError(message) from None


def _mode(target: Path, output: Path) -> int | None:
    """The permissions of the file that is replaced; devices and folders are refused."""
    try:
        found = target.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise click.UsageError(f"cannot write {visible(str(output))}: it is no ordinary file")
    return stat.S_IMODE(found.st_mode)


def _let_go_of_stdout() -> None:
    """The reader of the pipe has gone: nothing more is written, not even on exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
