"""Indicators whose unit changed with their formula, and the formulas that read them.

A formula may read such an indicator where all it reads is in one unit; across the change it
would add or divide figures that are not comparable (IKU330).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from iku_engine.algebra.model import Program, Readable, Scope, Shift
from iku_engine.algebra.unit_table import UnitTable
from iku_engine.algebra.units import parse_unit
from iku_engine.binding.versions import held_text, meet, readings, versions_of
from iku_engine.catalog.model import Catalog, FormulaVersion
from iku_engine.diagnostics import Diagnostic, quoted

ChangedUnits: TypeAlias = Mapping[str, tuple[FormulaVersion, ...]]
"""The versions of the indicators whose unit is not the same in all of them."""


def changed_units(catalog: Catalog, table: UnitTable) -> ChangedUnits:
    """The indicators of a catalog whose unit changed."""
    found: dict[str, tuple[FormulaVersion, ...]] = {}
    for name, indicator in catalog.indicators.items():
        first, *others = versions_of(indicator)
        if any(_differ(first.unit, other.unit, table) for other in others):
            found[name] = (first, *others)
    return found


def scope_in_force(
    scope: Scope,
    changed: ChangedUnits,
    version: FormulaVersion,
    program: Program,
    table: UnitTable,
) -> tuple[Scope, tuple[Diagnostic, ...]]:
    """The scope with the units that a version's formula finds, and what it reads across a change.

    A series that is read in several units keeps that of its last version.
    """
    shifts: dict[str, list[Shift]] = {}
    for step in readings([program]):
        if step.name in changed:
            shifts.setdefault(step.name, []).append(step.shift)
    units: dict[str, Readable] = {}
    found: list[Diagnostic] = []
    for name, moved in shifts.items():
        met = [v for v in changed[name] if any(meet(version, v, shift) for shift in moved)]
        if met and not any(_differ(met[0].unit, other.unit, table) for other in met[1:]):
            units[name] = replace(scope.series[name], unit=met[0].unit)
        elif met:
            found.append(_across(name, met, version))
    return (replace(scope, series={**scope.series, **units}) if units else scope), tuple(found)


def _across(name: str, met: list[FormulaVersion], version: FormulaVersion) -> Diagnostic:
    shown = ", ".join(f"{quoted(one.unit or '-')} in `{held_text(one)}`" for one in met)
    message = f"the formula reads `{name}` across a change of its unit: {shown}"
    help_ = "give the formula by period ranges too, so that each reads one unit"
    return Diagnostic("IKU330", message, version.formula.location, help_)


def _differ(first: str, second: str, table: UnitTable) -> bool:
    return not parse_unit(first, table).same_as(parse_unit(second, table))
