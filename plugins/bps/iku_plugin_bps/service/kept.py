"""Answers kept on disk, so that a run can be repeated without the service.

They lie in a folder of the user that nobody else can write to, found by what was asked of which
address, without the key. A file that is damaged, foreign or not the user's own is as good as
none.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from iku_plugin_bps.service.answer import Answer, from_plain

_FORM = "iku-bps-1"
_FOLDER = "bps"
_MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and when it was fetched (UTC)."""

    answer: Answer
    fetched: datetime


def name_of(address: str, path: str) -> str:
    """The name under which the answer to a request is kept."""
    return hashlib.sha256(f"{_FORM}\0{address}\0{path}".encode()).hexdigest()


def load(cache: Path | None, name: str) -> Kept | None:
    """What is kept under a name; never raises for what the file holds."""
    if cache is None:
        return None
    try:
        text = _own_text(cache / _FOLDER / f"{name}.json")
        form, digest, payload = text.split("\n", 2)
        if form != _FORM or digest != _digest(payload):
            return None
        kept = json.loads(payload)
        fetched = datetime.fromisoformat(kept["fetched"])
        if kept["name"] != name or fetched.tzinfo is None:
            return None
        return Kept(from_plain(kept["answer"], str(kept["updated"])), fetched.astimezone(UTC))
    except (OSError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return None


def save(cache: Path | None, name: str, kept: Kept) -> None:
    """Keep an answer; where that is not possible nothing is kept and nothing is said."""
    if cache is None:
        return
    with suppress(OSError, ValueError, TypeError, RecursionError):
        payload = json.dumps(
            {
                "name": name,
                "fetched": kept.fetched.isoformat(timespec="seconds"),
                "updated": kept.answer.updated,
                "answer": kept.answer.as_plain(),
            },
            ensure_ascii=True,
            separators=(",", ":"),
        )
        folder = cache / _FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_private(folder.lstat()):
            _write(folder, f"{name}.json", f"{_FORM}\n{_digest(payload)}\n{payload}")


def _write(folder: Path, name: str, text: str) -> None:
    """Write a file whole or not at all."""
    descriptor, written = tempfile.mkstemp(dir=folder, suffix=".new")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as stream:
            stream.write(text)
        Path(written).replace(folder / name)
    except OSError:
        Path(written).unlink(missing_ok=True)
        raise


def _digest(payload: str) -> str:
    return hashlib.sha256(payload.encode("ascii", "replace")).hexdigest()


def _own_text(file: Path) -> str:
    """The text of a regular file that only its owner, the user, can write."""
    if not _is_private(file.parent.lstat()):
        raise OSError("the folder is not private")
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
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
