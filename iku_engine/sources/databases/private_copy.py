"""A private copy of a database file in the catalog's folder.

The file is opened, bounded and hashed as every data file is; what is then read are the same bytes,
whatever is put in the file's place meanwhile. A file that is being written to is refused.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostic
from iku_engine.sources.databases.refusing import RefusedDatabaseError, RefusedFileError
from iku_engine.sources.files import DataFile, read_file
from iku_engine.sources.protocol import Permitted


@contextmanager
def private_copy(
    source: Source, permitted: Permitted, logs: tuple[str, ...] = ()
) -> Iterator[tuple[Path, DataFile]]:
    """A copy of the file of a source, deleted afterwards, and the file it was made of.

    `logs` are the endings of the files beside it in which its program keeps what is not yet in
    it. Raises `RefusedFileError` and `RefusedDatabaseError`.
    """
    before = _written(Path(source.folder or permitted.folder) / source.file.text)
    file = read_file(source, permitted.folder, permitted.allowed)
    if isinstance(file, Diagnostic):
        if file.code == "IKU411" and logs:
            file = replace(file, help="name it as a `connection`: it is then read where it is")
        raise RefusedFileError(file)
    is_filled = any(_is_filled(Path(file.path + ending)) for ending in logs)
    if is_filled or _written(Path(file.path)) != before:
        raise RefusedDatabaseError(
            "IKU427",
            f"the database `{file.name}` is being written to, or was left without being closed",
            "close the program that has it open, and run again",
        )
    with tempfile.TemporaryDirectory(prefix="iku-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder).resolve() / "data"
        copy.write_bytes(file.content)
        yield copy, file


def _written(path: Path) -> int:
    """When a file was last written to."""
    with suppress(OSError, ValueError):
        return path.stat().st_mtime_ns
    return 0


def _is_filled(path: Path) -> bool:
    with suppress(OSError):
        return path.stat().st_size > 0
    return False
