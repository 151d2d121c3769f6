"""The units of a catalog: the common table with the agency's own units added."""

from __future__ import annotations

from fractions import Fraction

from iku_engine.algebra.unit_table import (
    STANDARD_UNITS,
    OwnUnit,
    Unit,
    UnitTable,
    folded,
    with_own_units,
)
from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostic
from iku_engine.ordering import order_by_need


def unit_table_of(catalog: Catalog) -> tuple[UnitTable, list[Diagnostic]]:
    """Own units in the order of their need; those that need themselves are named and left out."""
    words = {folded(name): unit for name, unit in catalog.units.items()}
    ordering = order_by_need({word: (folded(unit.of),) for word, unit in words.items()})
    found = []
    for circle in ordering.circles:
        unit = words[circle[0]]
        message = f"the unit `{unit.id}` is counted in itself"
        help_ = "say how many of another unit it is"
        found.append(Diagnostic("IKU301", message, unit.location, help_, unit.id))
    table = STANDARD_UNITS
    for word in ordering.order:
        unit = words[word]
        base = table.find(unit.of) or _plain(unit.of)
        table = with_own_units({unit.id: OwnUnit(base, unit.factor)}, table)
    return table, found


def _plain(word: str) -> Unit:
    """A word that no table knows is a unit of its own."""
    return Unit(folded(word), ((folded(word), 1),), Fraction(1))
