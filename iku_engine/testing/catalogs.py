"""Tiny catalogs from keyword arguments: what a test needs and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from iku_engine.diagnostics import text_alone
from iku_engine.engine import Engine
from iku_engine.language.from_text import parse_formula
from iku_engine.testing.bench import inputs_of

Declared: TypeAlias = Mapping[str, object]


def tiny_catalog(
    *,
    variables: Mapping[str, str] | Sequence[str] | None = None,
    periods: str = "2020..2022",
    sections: Declared | None = None,
    **indicators: str | Declared,
) -> dict[str, object]:
    """A catalog of one owner: each further keyword is an indicator, its formula or all its keys.

    `tiny_catalog(terserap="share(realisasi, pagu)")`. Without `variables` (names, or names with
    their units) there is one of no unit for each name that the formulas read. `sections` are
    further parts of the definition: `sources`, `records`, `scales`, `plan`.
    """
    declared: dict[str, Declared] = {
        name: {"formula": one} if isinstance(one, str) else one for name, one in indicators.items()
    }
    names: Mapping[str, str] | Sequence[str]
    if variables is None:
        names = [name for name in _read_by(declared.values()) if name not in declared]
    else:
        names = variables
    units = names if isinstance(names, Mapping) else dict.fromkeys(names, "")
    return {
        "iku": "1",
        "owner": "dinas",
        "periods": periods,
        "owners": {"dinas": {"title": "Dinas"}},
        "variables": {name: {"label": name, "unit": unit} for name, unit in units.items()},
        "indicators": {name: {"name": name, "unit": "", **one} for name, one in declared.items()},
        **(sections or {}),
    }


def tiny_engine(
    *,
    plugins: Sequence[str | Path] = (),
    variables: Mapping[str, str] | Sequence[str] | None = None,
    periods: str = "2020..2022",
    sections: Declared | None = None,
    **indicators: str | Declared,
) -> Engine:
    """An engine over `tiny_catalog`, with plugins by their paths and no installed ones.

    Raises `AssertionError` where anything is wrong with the definitions or the plugins.
    """
    made = tiny_catalog(variables=variables, periods=periods, sections=sections, **indicators)
    engine = Engine.from_text(made, plugins=plugins, discover=False)
    assert not engine.diagnostics, "; ".join(f"{d.code} {d.message}" for d in engine.diagnostics)
    return engine


def _read_by(indicators: Iterable[Declared]) -> list[str]:
    """The names that formulas read, in the order of their text."""
    found: dict[str, None] = {}
    for one in indicators:
        tree, _ = parse_formula(text_alone(str(one.get("formula", ""))))
        found.update(dict.fromkeys(inputs_of(tree) if tree else ()))
    return list(found)
