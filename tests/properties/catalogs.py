"""Small catalogs as mappings, for tests that go through the engine."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from iku_engine.engine import Engine
from iku_engine.results.model import Result, Results

Declared: TypeAlias = Mapping[str, object]


def definitions(
    indicators: Mapping[str, str | Declared],
    variables: Mapping[str, str] | tuple[str, ...] = ("a", "b", "c", "d"),
    **further: object,
) -> dict[str, object]:
    """A catalog of formulas (or whole indicators) over variables (with their units)."""
    units = variables if isinstance(variables, Mapping) else dict.fromkeys(variables, "")
    declared: dict[str, object] = {
        "iku": "1",
        "owner": "dinas",
        "periods": "2018..2022",
        "owners": {"dinas": {"title": "Dinas"}},
        "variables": {name: {"label": name, "unit": unit} for name, unit in units.items()},
        "indicators": {
            name: {"name": name, "unit": "", "formula": one}
            if isinstance(one, str)
            else {"name": name, "unit": "", **one}
            for name, one in indicators.items()
        },
    }
    return {**declared, **further}


def engine_of(
    indicators: Mapping[str, str | Declared],
    variables: Mapping[str, str] | tuple[str, ...] = ("a", "b", "c", "d"),
    **further: object,
) -> Engine:
    return Engine.from_text(definitions(indicators, variables, **further), discover=False)


def sound(engine: Engine) -> Engine:
    """The same engine, of which nothing may be wrong."""
    assert engine.diagnostics == (), [found.message for found in engine.diagnostics]
    return engine


def computed(
    formula: str | Declared,
    data: object,
    periods: str = "2020",
    variables: Mapping[str, str] | tuple[str, ...] = ("a", "b", "c", "d"),
    **further: object,
) -> Result:
    """The result of one formula in the first of some periods."""
    engine = sound(engine_of({"hasil": formula}, variables, **further))
    return engine.compute(periods, data=data).rows[0]


def value_of(formula: str | Declared, data: object, periods: str = "2020") -> Fraction | None:
    return computed(formula, data, periods).exact


def reasons_of(result: Result) -> set[str]:
    return {str(reason) for reason in result.reasons}


def rows_of(results: Results) -> dict[tuple[str, ...], dict[str, str]]:
    """All results as text, by indicator, period and place."""
    keys = ("indicator", "period", *results.dimensions)
    return {tuple(row[key] for key in keys): row for row in results.as_rows()}


def codes_of(engine: Engine) -> list[str]:
    return [found.code for found in engine.diagnostics]
