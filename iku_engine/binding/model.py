"""The binding: names, formulas and data declarations tied together into ordered steps.

It knows no data: the same binding serves every set of observations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from iku_engine.algebra.model import Program
from iku_engine.catalog.model import Indicator, RecordSet, Rollup, Unknown, Variable
from iku_engine.language.model import Node
from iku_engine.scales import Scale


@dataclass(frozen=True, slots=True)
class BoundVariable:
    """A variable with the dimensions its source gives it and how its figures roll up.

    `rollup` is None where none is declared and the unit forbids to sum.
    """

    declared: Variable
    dimensions: tuple[str, ...]
    rollup: Rollup | None


@dataclass(frozen=True, slots=True)
class BoundDimension:
    """The tree of a dimension's members; empty where the members come from the data."""

    id: str
    members: tuple[str, ...] = ()
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roots: tuple[str, ...] = ()
    total: str = ""


@dataclass(frozen=True, slots=True)
class BoundRecords:
    """A record set with the programs of its computed fields, in the order they need."""

    declared: RecordSet
    computed: Mapping[str, Program]
    dimensions: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()

    @property
    def unknown(self) -> Unknown:
        return self.declared.unknown


@dataclass(frozen=True, slots=True)
class BoundTargets:
    """The rule of targets as a program over `target` and the catalog's series."""

    rule: Program | None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class BoundAchievement:
    """The achievement method of an indicator: a program over `actual` and `target`."""

    method: str
    tree: Node
    program: Program


@dataclass(frozen=True, slots=True)
class BoundIndicator:
    """An indicator ready to be computed.

    `tree` is the formula as written, `expanded` the same without named formulas. Where the
    formula has mistakes, `program` is None and the indicator's values are errors.
    """

    declared: Indicator
    tree: Node | None
    expanded: Node | None
    program: Program | None
    needs: tuple[str, ...] = ()
    targets: BoundTargets | None = None
    achievement: BoundAchievement | None = None
    rating: Scale | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """Everything evaluation needs besides data.

    `indicators` keep the catalog's order; `order` is the order of computation, and `circular`
    names those that need each other or something that does.
    """

    indicators: Mapping[str, BoundIndicator]
    order: tuple[str, ...]
    circular: frozenset[str]
    variables: Mapping[str, BoundVariable]
    dimensions: Mapping[str, BoundDimension]
    records: Mapping[str, BoundRecords]
    functions: Mapping[str, object] = field(default_factory=dict)
