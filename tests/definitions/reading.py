"""Definition files and transcriptions, read without the engine."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeAlias

import yaml

Node: TypeAlias = "str | list[Node] | dict[str, Node]"
Row: TypeAlias = dict[str, str]

HERE = Path(__file__).parent
DEFINITIONS = HERE.parents[1] / "definitions"
PLUGINS = DEFINITIONS.parent / "plugins"


def plugins_of(catalog: str) -> tuple[Path, ...]:
    """The plugins that a shipped catalog needs; a catalog itself can never load one."""
    needed = {"koperasi_sehat": ("kemenkop",)}.get(catalog, ())
    return tuple(PLUGINS / name / f"iku_plugin_{name}" for name in needed)


def read_yaml(path: Path) -> dict[str, Node]:
    """A definition file with every scalar as its text."""
    content = yaml.BaseLoader(path.read_text(encoding="utf-8")).get_single_data()
    assert isinstance(content, dict)
    return content


def section(content: dict[str, Node], name: str) -> dict[str, dict[str, Node]]:
    """One section of a definition file: declarations by id."""
    found = content.get(name, {})
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if isinstance(value, dict)}


def text(node: dict[str, Node], name: str) -> str:
    found = node.get(name, "")
    assert isinstance(found, str)
    return found


def read_csv(path: Path) -> list[Row]:
    """The rows of a CSV; lines before the headings that begin with `#` are its head."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def transcription(name: str) -> list[Row]:
    """What a document prints, row by row, as it was read from it."""
    return read_csv(HERE / "data" / f"{name}.csv")


def by_id(rows: list[Row]) -> dict[str, Row]:
    """The rows of a table by their ids, which are unique."""
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found
