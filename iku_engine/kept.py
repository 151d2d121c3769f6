"""The kept binding: what reading and binding a catalog gave, for the next run of the same.

It lies in the user's own cache folder, never in a catalog; it holds data only; it is found by a
key of everything that made it (definitions, engine, plugins). A file that is damaged, foreign
or not the user's own is ignored and made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from iku_engine.binding.encoding import from_data, to_data
from iku_engine.binding.model import Binding
from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostics

_FORM = "iku-kept-2"
_MOST_BYTES = 64_000_000
_MOST_FILES = 200


def cache_folder() -> Path:
    """Where kept bindings lie: `IKU_CACHE`, or the platform's folder for caches of the user."""
    named = os.environ.get("IKU_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "iku-engine" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "iku-engine"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "iku-engine"


def key_of(path: Path, digest: str, versions: Iterable[str]) -> str:
    """A name for everything that decides what a catalog binds to.

    `versions` are those of the engine and of every plugin.
    """
    own = fingerprint(Path(__file__).parent)
    parts = (_FORM, str(path), digest, sys.version, own, *versions)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def fingerprint(folder: Path) -> str:
    """Names, sizes and times of the Python files of a folder, or of one file."""
    seen = sorted(_python_files(str(folder))) if folder.is_dir() else [_told(folder)]
    return hashlib.sha256("\0".join(seen).encode("utf-8", "surrogateescape")).hexdigest()


def _python_files(folder: str) -> Iterator[str]:
    """Every Python file below a folder; asked for at each start, so that it has to be quick."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield _told(entry)
            elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                yield from _python_files(entry.path)


def _told(file: os.DirEntry[str] | Path) -> str:
    """Name, size and time of a file; the name alone of one that cannot be looked at."""
    try:
        found = file.stat()
    except OSError:
        return os.fspath(file)
    return f"{os.fspath(file)}:{found.st_size}:{found.st_mtime_ns}"


def load(key: str) -> tuple[Catalog, Binding, Diagnostics] | None:
    """What was kept under a key, or None; never raises for what the file holds."""
    file = cache_folder() / f"{key}.json"
    try:
        text = _own_text(file)
        form, digest, payload = text.split("\n", 2)
        if form != _FORM or digest != hashlib.sha256(payload.encode()).hexdigest():
            return None
        found = from_data(json.loads(payload))
    except (OSError, ValueError, TypeError, ArithmeticError, LookupError, RecursionError):
        return None
    match found:
        case (Catalog() as catalog, Binding() as binding, tuple() as diagnostics):
            return catalog, binding, diagnostics
    return None


def save(key: str, catalog: Catalog, binding: Binding, diagnostics: Diagnostics) -> None:
    """Keep a binding; where that is not possible nothing is kept and nothing is said."""
    import tempfile  # noqa: PLC0415 - most runs find what they need and keep nothing

    with suppress(OSError, TypeError, ValueError, RecursionError):
        payload = json.dumps(
            to_data((catalog, binding, diagnostics)), ensure_ascii=True, separators=(",", ":")
        )
        digest = hashlib.sha256(payload.encode()).hexdigest()
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder.lstat()):
            return
        _make_room(folder)
        descriptor, name = tempfile.mkstemp(dir=folder, suffix=".new")
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as stream:
            stream.write(f"{_FORM}\n{digest}\n{payload}")
        Path(name).replace(folder / f"{key}.json")


def _own_text(file: Path) -> str:
    """The text of a regular file that only its owner, the user, can write."""
    if not _is_private(file.parent.lstat()):
        raise OSError("the folder is not private")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(file, flags)
    with os.fdopen(descriptor, encoding="ascii", newline="\n") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode) or not _is_private(found):
            raise OSError("the file is not the user's own")
        if found.st_size > _MOST_BYTES:
            raise OSError("the file is too large")
        return stream.read()


def _is_private(found: os.stat_result) -> bool:
    """Whether the user owns it and nobody else can write to it (where the system tells)."""
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _make_room(folder: Path) -> None:
    """Delete the oldest of more than two hundred kept bindings."""
    kept = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
    for file in kept[: max(0, len(kept) - _MOST_FILES + 1)]:
        file.unlink(missing_ok=True)
