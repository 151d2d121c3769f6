"""The definition files of a catalog: which there are, and their bytes within bounds.

Knows nothing of YAML or tables, so that an unchanged catalog can be recognised without reading it.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from iku_engine.catalog.mistakes import Mistakes
from iku_engine.diagnostics import Location

MAX_BYTES = 4_000_000
"""The most text of one definition file in YAML."""
MAX_TABLE_BYTES = 32_000_000
"""The most text of one table of definitions."""
MAX_FILES = 5_000
"""The most definition files of one catalog."""

TABLES = ("indicators", "variables", "owners", "plan")
"""The sections that a table may hold; its name says which: `iku.indicators.csv`."""

_SUFFIXES = (".yaml", ".yml")
_TABLE = re.compile(rf".+\.({'|'.join(TABLES)})\.csv", re.IGNORECASE)


def section_of_table(name: str) -> str:
    """The section that a file of this name holds as a table; empty for other files."""
    found = _TABLE.fullmatch(name)
    return found[1].lower() if found else ""


def is_definition_name(name: str) -> bool:
    """Whether a file of this name in a catalog's folder is read as definitions."""
    wanted = name.lower().endswith(_SUFFIXES) or section_of_table(name)
    return bool(wanted) and not name.startswith(".")


def digest_of(path: Path) -> str:
    """What changes with every byte of the definition files and with their names.

    The same as the digest of a reading, but for the names.
    """
    mistakes = Mistakes(str(path))
    digest = hashlib.sha256()
    for file in definition_files(path, mistakes):
        digest.update(hashlib.sha256(bytes_of(file, mistakes) or b"").digest())
    return digest.hexdigest()


def definition_files(path: Path, found: Mistakes) -> list[Path]:
    """The files of a folder in the order of their paths, or the one file named."""
    if not path.is_dir():
        if not path.exists():
            found.add("IKU001", f"there is no file or folder `{path}`", Location(str(path), 1))
            return []
        return [path]
    files: list[Path] = []
    for file in _walk(path):
        if len(files) == MAX_FILES:
            message = f"more than {MAX_FILES:,} definition files in one folder"
            found.add("IKU005", message, Location(str(path), 1), "name a folder further down")
            break
        files.append(file)
    if not files:
        message = "the folder holds no definition file"
        advice = "definition files end in `.yaml` or `.yml`, tables in `.indicators.csv`"
        found.add("IKU001", message, Location(str(path), 1), advice)
    return sorted(files, key=lambda file: file.relative_to(path).parts)


def _walk(folder: Path) -> Iterator[Path]:
    """The definition files below a folder; hidden ones and links are left out."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(where, name)
            if is_definition_name(name) and not file.is_symlink():
                yield file


def bytes_of(file: Path, mistakes: Mistakes) -> bytes | None:
    """The content of a regular file within the bound, or None."""
    place = Location(str(file), 1)
    most = MAX_TABLE_BYTES if section_of_table(file.name) else MAX_BYTES
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            mistakes.add("IKU001", "this is not a regular file", place)
            return None
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        mistakes.add("IKU001", f"the file cannot be read: {reason.lower()}", place)
        return None
    if len(data) > most:
        message = f"a definition file of more than {most // 1_000_000} MB"
        mistakes.add("IKU005", message, place, "split it into several files of one folder")
        return None
    return data
