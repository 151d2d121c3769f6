"""YAML cases: definitions, data, and what must come out of them.

A case is a file with a definition, the data, and what must come out:

    definitions: |
      iku: 1
      ...
    data: {umkm: {2019: 100, 2020: 110}}
    periods: "2020"
    results:
      - {indicator: growth, period: "2020", actual: "10.00", status: ok}
    diagnostics: []
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iku_engine.catalog.located import read_tree
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import Plain, to_plain
from iku_engine.diagnostics import Diagnostics
from iku_engine.engine import Engine
from iku_engine.results.model import Results


@dataclass(frozen=True, slots=True)
class Case:
    """One case: definitions, data in memory or in files, and what is expected.

    `results` are rows of which only the named columns are compared; `diagnostics` are the
    codes, in file order. `as_of` is the day to go back to; `to_date` makes longer periods of the
    shorter ones there are.
    """

    name: str
    definitions: str
    data: Mapping[str, object] | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    periods: str | None = None
    by: tuple[str, ...] = ()
    results: tuple[Mapping[str, str], ...] = ()
    diagnostics: tuple[str, ...] = ()
    as_of: str | None = None
    to_date: bool = False


def read_case(path: Path) -> Case:
    """Read one case file; `ValueError` says what is wrong with it."""
    plain = read_plain(path)
    known = {"about", "definitions", "data", "files", "periods", "by", "as_of", "to_date"}
    known |= {"results", "diagnostics"}
    if unknown := plain.keys() - known:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}")
    return Case(
        path.stem,
        _text(plain.get("definitions"), path),
        _mapping(plain["data"], path) if "data" in plain else None,
        {name: _text(text, path) for name, text in _mapping(plain.get("files"), path).items()},
        _text(plain["periods"], path) if "periods" in plain else None,
        tuple(_text(name, path) for name in _list(plain.get("by"), path)),
        tuple(
            {key: _text(value, path) for key, value in _mapping(row, path).items()}
            for row in _list(plain.get("results"), path)
        ),
        tuple(_text(code, path) for code in _list(plain.get("diagnostics"), path)),
        _text(plain["as_of"], path) if "as_of" in plain else None,
        _text(plain.get("to_date", "false"), path) == "true",
    )


def read_plain(path: Path) -> dict[str, Plain]:
    """A YAML file as mappings, lists and texts; every scalar is text."""
    mistakes = Mistakes(str(path))
    tree = read_tree(path.read_text(encoding="utf-8"), str(path), mistakes)
    if mistakes.found or tree.root is None:
        found = mistakes.found[0].message if mistakes.found else "nothing in it"
        raise ValueError(f"{path}: {found}")
    return _mapping(to_plain(tree.root), path)


def compute_case(
    case: Case, folder: Path, plugins: Sequence[str | Path] = ()
) -> tuple[Results, Diagnostics]:
    """Compute a case; its definitions and files are written into an empty folder first."""
    (folder / "iku.yaml").write_text(case.definitions, encoding="utf-8")
    for name, text in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    engine = Engine.open(folder, plugins=plugins, as_of=case.as_of)
    periods = case.periods or ("2000" if not engine.catalog.periods else None)
    results, found = engine.compute_with_findings(
        periods, by=case.by, data=case.data, to_date=case.to_date
    )
    examples = [d for d in engine.check() if d.code == "IKU112"]
    return results, (*found, *examples)


def problems_of(case: Case, folder: Path, plugins: Sequence[str | Path] = ()) -> list[str]:
    """What differs from what a case expects; an empty list where it holds."""
    results, found = compute_case(case, folder, plugins)
    problems = []
    codes = tuple(diagnostic.code for diagnostic in found)
    if codes != case.diagnostics:
        messages = "; ".join(f"{d.code} {d.message}" for d in found)
        problems.append(f"diagnostics {list(case.diagnostics)} expected, found: {messages}")
    rows = results.as_rows()
    for expected in case.results:
        keys = {k: v for k, v in expected.items() if k in ("indicator", "period", *case.by)}
        matching = [row for row in rows if keys.items() <= row.items()]
        if not matching:
            problems.append(f"no result for {keys}")
        for row in matching:
            problems += [
                f"{keys}: {key} is {row.get(key)!r}, expected {value!r}"
                for key, value in expected.items()
                if row.get(key) != value
            ]
    return problems


def _text(value: object, path: Path) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise ValueError(f"{path}: text expected, found {type(value).__name__}")


def _mapping(value: object, path: Path) -> dict[str, Plain]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise ValueError(f"{path}: a mapping expected")


def _list(value: object, path: Path) -> list[Plain]:
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise ValueError(f"{path}: a list expected")
