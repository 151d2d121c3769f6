"""Definitions that a plugin ships: a start for agencies, theirs from the copy on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # every start of the engine reads this file
    from importlib.resources.abc import Traversable
    from pathlib import Path

    Folder: TypeAlias = Path | Traversable

_LEFT_OUT = ("__pycache__", "__init__.py")


@dataclass(frozen=True, slots=True)
class CatalogLibrary:
    """A catalog that may be copied: what `iku new FOLDER --from NAME` takes.

    `folder` holds its definitions and data: a path, or what `importlib.resources.files` gives.
    `reference` is the regulation or document it transcribes; `origin` says who brings it.
    """

    name: str
    title: str
    title_id: str
    folder: Folder
    reference: str = ""
    origin: str = "iku-engine"

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file below the folder, as the path `data/x.csv` and its bytes, in order.

        Hidden files, and what makes a folder a Python package, are left out. Raises `OSError`.
        """
        yield from _files(self.folder, "")


def _files(folder: Folder, above: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.startswith(".") or entry.name in _LEFT_OUT:
            continue
        if entry.is_dir():
            yield from _files(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.read_bytes()
