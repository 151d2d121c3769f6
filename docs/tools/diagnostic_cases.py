"""The case files of diagnostics: each code with an example that gives it and one that does not.

`tests/cases/diagnostics/IKU203.yaml` says what the code means and holds both examples; the tests
run them and `docs/diagnostics.md` is made from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docs.tools.databases import SUFFIXES, write_database
from docs.tools.workbooks import workbook_of
from iku_engine import Diagnostic, Engine
from iku_engine.testing.cases import read_plain

CASES = Path(__file__).parents[2] / "tests" / "cases" / "diagnostics"
DEFINITIONS = "iku.yaml"

_DEFAULT_PERIODS = "2022"
_SIGN = re.compile(r"<U\+([0-9A-F]{4})>")
_BYTE = re.compile(rb"<byte ([0-9A-F]{2})>")
_REPEATED = re.compile(r"<(\d+) times ([^>\n]+)>")


@dataclass(frozen=True, slots=True)
class Example:
    """One catalog: its definitions, other files, data from memory and plugins.

    What a text file cannot show is spelt out: `<U+202E>` is a character, `<byte B0>` a byte and
    `<25 times [>` a repetition.
    A workbook is written as `workbook_of` reads it, a database as the statements that make it.
    """

    definitions: str
    files: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, object] | None = None
    periods: str = ""
    by: tuple[str, ...] = ()
    plugins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DiagnosticCase:
    """What one code means; `also` lists codes that its bad example cannot but give as well."""

    code: str
    what: str
    why: str
    instead: str
    bad: Example
    good: Example
    also: tuple[str, ...] = ()


def read_diagnostic_cases(folder: Path = CASES) -> list[DiagnosticCase]:
    """All cases, by code."""
    return [read_diagnostic_case(path) for path in sorted(folder.glob("*.yaml"))]


def read_diagnostic_case(path: Path) -> DiagnosticCase:
    """Read one case file; `ValueError` says what is wrong with it."""
    plain = read_plain(path)
    also = _words(plain.pop("also", []), path)
    bad, good = _example(plain.pop("bad", None), path), _example(plain.pop("good", None), path)
    words = {key: _text(value, path).strip() for key, value in plain.items()}
    if words.keys() != {"code", "what", "why", "instead"}:
        raise ValueError(f"{path}: code, what, why, instead, bad and good, not {sorted(words)}")
    return DiagnosticCase(**words, bad=bad, good=good, also=also)


def found_in(example: Example, folder: Path) -> list[Diagnostic]:
    """Everything the engine says of an example, written into an empty folder and computed."""
    catalog = folder / "catalog"
    for name, text in {DEFINITIONS: example.definitions, **example.files}.items():
        _write(catalog / name, text)
    for name, text in example.plugins.items():
        _write(folder / "plugins" / name, text)
    plugins = [folder / "plugins" / name for name in example.plugins]
    engine = Engine.open(catalog, plugins=plugins, discover=False, connections={})
    periods = example.periods or (None if engine.catalog.periods else _DEFAULT_PERIODS)
    _, found = engine.compute_with_findings(periods, by=example.by, data=example.data)
    return list(dict.fromkeys((*engine.check(), *found)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _REPEATED.sub(lambda match: match[2] * int(match[1]), text)
    text = _SIGN.sub(lambda match: chr(int(match[1], 16)), text)
    if path.suffix == ".xlsx":
        path.write_bytes(workbook_of(text))
        return
    if path.suffix in SUFFIXES:
        write_database(path, text)
        return
    path.write_bytes(_BYTE.sub(lambda match: bytes.fromhex(match[1].decode()), text.encode()))


def _example(plain: object, path: Path) -> Example:
    given = _mapping(plain, path)
    known = {"definitions", "files", "data", "periods", "by", "plugins"}
    if unknown := given.keys() - known:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}")
    return Example(
        definitions=_text(given.get("definitions"), path),
        files=_texts(given.get("files", {}), path),
        data=_mapping(given["data"], path) if "data" in given else None,
        periods=_text(given.get("periods", ""), path),
        by=_words(given.get("by", []), path),
        plugins=_texts(given.get("plugins", {}), path),
    )


def _texts(plain: object, path: Path) -> dict[str, str]:
    return {name: _text(value, path) for name, value in _mapping(plain, path).items()}


def _words(plain: object, path: Path) -> tuple[str, ...]:
    if not isinstance(plain, list):
        raise ValueError(f"{path}: a list expected, found {type(plain).__name__}")
    return tuple(_text(word, path) for word in plain)


def _mapping(plain: object, path: Path) -> dict[str, object]:
    if not isinstance(plain, dict):
        raise ValueError(f"{path}: a mapping expected, found {type(plain).__name__}")
    return plain


def _text(plain: object, path: Path) -> str:
    if not isinstance(plain, str):
        raise ValueError(f"{path}: text expected, found {type(plain).__name__}")
    return plain
