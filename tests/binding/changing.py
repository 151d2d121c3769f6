"""Catalogs whose formulas change in time, for tests of versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iku_engine.binding.from_catalog import Vocabulary, bind
from iku_engine.catalog.from_yaml import read_mapping
from iku_engine.catalog.model import FormulaVersion
from iku_engine.diagnostics import text_alone
from iku_engine.engine import BoundCatalog, Engine, Plugins
from iku_engine.periods import Period
from tests.properties.catalogs import Declared, definitions

PLUGINS = Plugins(discover=False)


def version(held: str, formula: str, unit: str = "") -> FormulaVersion:
    """`..2020`, `2021..` or `2018..2020`, with the formula that holds then."""
    low, _, high = held.partition("..")
    ends = [Period.parse(end) if end else None for end in (low, high)]
    return FormulaVersion(ends[0], ends[1], text_alone(formula), unit)


def engine_of_versions(
    changed: Mapping[str, tuple[FormulaVersion, ...]],
    others: Mapping[str, str | Declared] | None = None,
    variables: Mapping[str, str] | tuple[str, ...] = ("a", "b", "c", "d"),
) -> Engine:
    """Indicators with formulas by periods, beside others that have one."""
    last = {
        name: {"formula": v[-1].formula.text, "unit": v[-1].unit} for name, v in changed.items()
    }
    reading = read_mapping(definitions({**last, **(others or {})}, variables), "", {})
    assert not reading.diagnostics
    indicators = {
        name: replace(declared, versions=changed.get(name, ()))
        for name, declared in reading.catalog.indicators.items()
    }
    catalog = replace(reading.catalog, indicators=indicators)
    binding, found = bind(catalog, Vocabulary(PLUGINS.library, {}, PLUGINS.methods))
    return Engine(BoundCatalog(catalog, binding, found), PLUGINS)
