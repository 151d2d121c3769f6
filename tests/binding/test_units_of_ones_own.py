"""Units that a catalog declares for itself, in sums and beside the declared unit."""

from __future__ import annotations

import pytest

from iku_engine import Engine

CATALOG = """iku: 1
owner: d
owners: {{d: {{title: D}}}}
units: {units}
variables:
  gabah: {{label: Gabah, unit: karung}}
  beras: {{label: Beras, unit: kg}}
indicators:
  y: {{name: Y, formula: "{formula}", unit: "{unit}"}}
"""
SACKS = "{karung: {of: kg, factor: 50}, truk: {of: karung, factor: 80}}"


def codes(units: str, formula: str, unit: str) -> list[str]:
    engine = Engine.from_text(CATALOG.format(units=units, formula=formula, unit=unit))
    return [diagnostic.code for diagnostic in engine.diagnostics]


@pytest.mark.parametrize(
    ("formula", "unit", "expected"),
    [
        ("gabah * 50 + beras", "kg", []),
        ("gabah / 80", "truk", []),
        ("gabah + beras", "kg", ["IKU205"]),
        ("gabah", "karung", []),
        ("gabah", "kg", ["IKU216"]),
    ],
)
def test_a_unit_of_ones_own_is_so_many_of_another(
    formula: str, unit: str, expected: list[str]
) -> None:
    assert codes(SACKS, formula, unit) == expected


def test_the_help_gives_the_conversion() -> None:
    engine = Engine.from_text(CATALOG.format(units=SACKS, formula="gabah + beras", unit="kg"))
    assert "50" in engine.diagnostics[0].help


def test_a_unit_counted_in_itself_is_named() -> None:
    found = codes("{karung: {of: truk}, truk: {of: karung}}", "beras", "kg")
    assert found == ["IKU301"]


@pytest.mark.parametrize("factor", ["0", "-3"])
def test_a_unit_of_nothing_is_refused(factor: str) -> None:
    assert codes(f"{{karung: {{of: kg, factor: {factor}}}}}", "beras", "kg") == ["IKU104"]
