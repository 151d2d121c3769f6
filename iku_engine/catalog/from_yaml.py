"""Definition files -> catalog: finds the files, reads each, brings them together.

One broken file, definition or figure never stops the others. Nothing here raises for what a
file holds; all of it is told in the diagnostics.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iku_engine.catalog.declared import FileReading
from iku_engine.catalog.files import bytes_of, definition_files, section_of_table
from iku_engine.catalog.from_mapping import IN_MEMORY, tree_of
from iku_engine.catalog.from_table import tree_of_table
from iku_engine.catalog.from_tree import read_file
from iku_engine.catalog.invariants import checked
from iku_engine.catalog.located import Tree, read_tree
from iku_engine.catalog.merge import merged, without_dangling
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.model import Catalog
from iku_engine.catalog.nodes import MappingNode, SourceText
from iku_engine.catalog.spoiled import report_cuts
from iku_engine.diagnostics import Diagnostic, Diagnostics, Location, in_file_order

MAX_TOTAL_BYTES = 64_000_000
"""The most text of all definition files together."""


@dataclass(frozen=True, slots=True)
class CatalogReading:
    """A catalog with everything its reading has found out.

    `broken` holds the identifiers, by section (`variables`, ...), that are declared and cannot
    be used: a formula that names one is not wrong in that. `complete` is false where a file
    could not be read to its end, so that any name may stand in what was not read. `digest`
    changes with every byte of the definition files.
    """

    catalog: Catalog
    diagnostics: Diagnostics
    broken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    complete: bool = True
    digest: str = ""


def load_catalog(path: Path, scales: Collection[str] = ()) -> tuple[Catalog, Diagnostics]:
    """The catalog of a folder or of one file, with all mistakes in file order.

    `scales` names rating scales that plugins declare and indicators may refer to.
    """
    reading = read_catalog(path, scales)
    return reading.catalog, reading.diagnostics


def parse_catalog(
    text: str, file: str = "<text>", folder: str = "", scales: Collection[str] = ()
) -> tuple[Catalog, Diagnostics]:
    """The catalog of one definition text; `folder` is where its data files lie."""
    reading = read_text(text, file, folder, scales)
    return reading.catalog, reading.diagnostics


def catalog_from_mapping(
    mapping: Mapping[str, object], folder: str = "", scales: Collection[str] = ()
) -> tuple[Catalog, Diagnostics]:
    """The catalog of definitions held in memory, in the shape of a definition file.

    Figures may be text, `int`, `Decimal` or `Fraction`; a `float` is read as it prints.
    """
    reading = read_mapping(mapping, folder, scales)
    return reading.catalog, reading.diagnostics


def read_catalog(path: Path, scales: Collection[str] = ()) -> CatalogReading:
    """`load_catalog` with what else the reading has found out."""
    path = Path(path)
    folder = str(path if path.is_dir() else path.parent)
    found = Mistakes(str(path))
    readings = []
    digest = hashlib.sha256()
    total = 0
    for file in definition_files(path, found):
        mistakes = Mistakes(str(file))
        data = bytes_of(file, mistakes)
        total += len(data or b"")
        if total > MAX_TOTAL_BYTES:
            message = f"more than {MAX_TOTAL_BYTES // 1_000_000} MB of definitions"
            found.add("IKU005", message, Location(str(file), 1))
            readings.append(FileReading((), (), (), complete=False))
            break
        digest.update(hashlib.sha256(data or b"").digest())
        readings.append(_reading(data, file, mistakes))
        found.found.extend(mistakes.found)
    return _assembled(readings, found.found, folder, scales, digest.hexdigest())


def read_text(
    text: str, file: str = "<text>", folder: str = "", scales: Collection[str] = ()
) -> CatalogReading:
    """`parse_catalog` with what else the reading has found out."""
    mistakes = Mistakes(file)
    reading = read_file(_tree(text, file, mistakes), folder, mistakes)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _assembled([reading], mistakes.found, folder, scales, digest)


def read_mapping(
    mapping: Mapping[str, object], folder: str = "", scales: Collection[str] = ()
) -> CatalogReading:
    """`catalog_from_mapping` with what else the reading has found out."""
    mistakes = Mistakes(IN_MEMORY)
    reading = read_file(tree_of(mapping, mistakes), folder, mistakes)
    return _assembled([reading], mistakes.found, folder, scales, "")


def _assembled(
    readings: Sequence[FileReading],
    found: Sequence[Diagnostic],
    folder: str,
    scales: Collection[str],
    digest: str,
) -> CatalogReading:
    together = merged(readings, folder, scales)
    catalog, problems = checked(without_dangling(together.catalog, scales))
    return CatalogReading(
        catalog,
        in_file_order((*found, *together.diagnostics, *problems)),
        together.broken,
        all(reading.complete for reading in readings),
        digest,
    )


def _reading(data: bytes | None, file: Path, mistakes: Mistakes) -> FileReading:
    tree: Tree | None = None
    if data is not None:
        try:
            tree = _tree(data.decode("utf-8-sig"), str(file), mistakes)
        except UnicodeDecodeError as invalid:
            line = data.count(b"\n", 0, invalid.start) + 1
            message = "the file is not UTF-8 text"
            mistakes.add("IKU001", message, Location(str(file), line), "save it as UTF-8")
    if tree is None:
        return FileReading((), (), (), complete=False)
    return read_file(tree, str(file.parent), mistakes)


def _tree(text: str, file: str, mistakes: Mistakes) -> Tree:
    """The located tree of YAML or, where the name of the file says so, of a table."""
    section = section_of_table(Path(file).name)
    if section:
        return tree_of_table(text, file, section, mistakes)
    if file.lower().endswith(".csv"):
        message = "the name of the table does not say what it holds"
        advice = "name it `iku.indicators.csv`, `iku.variables.csv` or `iku.owners.csv`"
        mistakes.add("IKU001", message, Location(file, 1), advice)
        return Tree(None, SourceText(file, ("",)), complete=False)
    tree = read_tree(text, file, mistakes)
    if isinstance(tree.root, MappingNode):
        report_cuts(tree.root, mistakes)
    return tree
