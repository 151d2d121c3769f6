"""Data files: opened inside the catalog's folder only, read once, hashed.

The folder is opened first and the path is then walked part by part without following links, so
that nothing can be put in its place between the check and the reading.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostic, quoted
from iku_engine.sources.findings import Refusal

MAX_BYTES = 64 * 1024 * 1024
"""The largest data file that is read."""

# Windows knows none of the first four and needs the last.
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_FILE = os.O_RDONLY | _NO_LINK | _AT_ONCE | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | _DIRECTORY
_WALKS = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd and bool(_NO_LINK)


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file as it was at one moment: the bytes that were hashed are those that are parsed.

    `name` is the path relative to the catalog's folder, `path` the one it can be opened with.
    """

    name: str
    path: str
    content: bytes
    sha256: str


class _RefusedError(Exception):
    """Ends the opening of a file; never leaves this module."""

    def __init__(self, code: str, message: str, help_text: str = "") -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, help_text)


class _LinkError(Exception):
    """A part of a path is a symbolic link."""


def read_file(source: Source, root: str, allowed: Sequence[Path] = ()) -> DataFile | Diagnostic:
    """Read the file of a source, which must lie in the folder `root` of the catalog.

    A file outside of it, or reached through a symbolic link, is read where it lies in one of the
    `allowed` folders or is itself allowed. Folders, devices and pipes are never read.
    """
    declared = source.file.text
    shown = quoted(declared)
    try:
        return _read(source, root, allowed)
    except _RefusedError as refused:
        refusal = refused.refusal
    except FileNotFoundError:
        refusal = Refusal(
            "IKU401",
            f"there is no data file {shown}",
            "a path is relative to the folder of the definition file, with forward slashes",
        )
    except PermissionError:
        refusal = Refusal("IKU401", f"the data file {shown} may not be read by this user")
    except (OSError, ValueError):
        refusal = Refusal("IKU401", f"the data file {shown} cannot be read")
    where = source.file.at(0, max(1, len(declared)))
    return Diagnostic(refusal.code, refusal.message, where, refusal.help, source.id)


def _read(source: Source, root: str, allowed: Sequence[Path]) -> DataFile:
    declared = source.file.text
    if not root:
        raise _RefusedError(
            "IKU402",
            f"definitions held in memory name the data file {quoted(declared)}",
            "hand the data over together with the definitions, or open a folder",
        )
    base = _normal(Path(root))
    wanted = _normal(Path(source.folder or root).absolute() / declared)
    inside = None if _is_absolute(declared) else _parts_below(wanted, base)
    if inside is not None:
        try:
            content = _content(_open_below(base, inside), declared)
        except _LinkError:
            pass
        else:
            return _file("/".join(inside), Path(root, *inside), content)
    content = _content(
        _open_allowed(wanted, allowed, declared, linked=inside is not None), declared
    )
    name = declared if _is_absolute(declared) else os.path.relpath(wanted, base)
    return _file(name.replace(os.sep, "/"), wanted, content)


def _file(name: str, path: Path, content: bytes) -> DataFile:
    return DataFile(name, str(path), content, hashlib.sha256(content).hexdigest())


def _normal(path: Path) -> Path:
    """The absolute path without `..`, by its text alone: links are not followed here."""
    return Path(os.path.normpath(path.absolute()))


def _is_absolute(declared: str) -> bool:
    """Absolute on any system, so that a catalog means the same on all of them."""
    windows = PureWindowsPath(declared)
    return Path(declared).is_absolute() or bool(windows.drive or windows.root)


def _parts_below(path: Path, base: Path) -> tuple[str, ...] | None:
    """The parts of a path from a folder on; None where it does not lie below it."""
    return path.relative_to(base).parts if path.is_relative_to(base) else None


def _open_allowed(wanted: Path, allowed: Sequence[Path], declared: str, *, linked: bool) -> int:
    target = Path(os.path.realpath(wanted))
    for path in allowed:
        real = Path(os.path.realpath(path))
        parts = _parts_below(target, real)
        if parts is None:
            continue
        try:
            return _open_below(real, parts) if parts else _open_below(real.parent, (real.name,))
        except _LinkError:
            break
    shown = quoted(declared)
    raise _RefusedError(
        "IKU402",
        f"the data file {shown} is reached through a symbolic link"
        if linked
        else f"the data file {shown} lies outside the catalog's folder",
        "copy the file into the catalog's folder and name it by a relative path, "
        "or allow its folder where the command is run",
    )


def _open_below(base: Path, parts: Sequence[str]) -> int:
    """A descriptor of the file at `parts` below a folder, no part of which may be a link."""
    if not parts:
        return os.open(base, _FILE)
    if not _WALKS:
        return _open_by_name(base, parts)
    at = os.open(base, _FOLDER)
    try:
        for part in parts[:-1]:
            below = _open_part(part, _FOLDER | _NO_LINK, at)
            os.close(at)
            at = below
        return _open_part(parts[-1], _FILE, at)
    finally:
        os.close(at)


def _open_part(part: str, flags: int, folder: int) -> int:
    try:
        return os.open(part, flags, dir_fd=folder)
    except OSError:
        # Systems disagree on the error of a link, so the part itself is asked.
        if stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode):
            raise _LinkError from None
        raise


def _open_by_name(base: Path, parts: Sequence[str]) -> int:
    """For systems that cannot open below a folder: every part is checked, then opened."""
    path = base
    for part in parts:
        path = path / part
        if path.is_symlink():
            raise _LinkError
    return os.open(path, _FILE)


def _content(descriptor: int, declared: str) -> bytes:
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
            raise _RefusedError("IKU401", f"the data file {quoted(declared)} is {kind}, not a file")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            content = stream.read(MAX_BYTES + 1) if status.st_size <= MAX_BYTES else b""
    finally:
        os.close(descriptor)
    if max(status.st_size, len(content)) > MAX_BYTES:
        raise _RefusedError(
            "IKU411",
            f"the data file {quoted(declared)} is larger than {MAX_BYTES // 1024**2} MB",
            "split the file into several sources",
        )
    return content
