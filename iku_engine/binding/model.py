"""The binding: names, formulas and data declarations tied together into ordered steps.

It knows no data: the same binding serves every set of observations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from iku_engine.algebra.model import Program
from iku_engine.binding.versions import holds
from iku_engine.catalog.model import (
    FormulaVersion,
    Indicator,
    RecordSet,
    Rollup,
    Unknown,
    Variable,
)
from iku_engine.periods import Period
from iku_engine.scales import Scale

if TYPE_CHECKING:  # trees are kept and handed on, and their module takes its time
    from iku_engine.language.model import Node


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
    """The rule of targets as a program over `target` and the catalog's series.

    `scores` are the figures of the periods whose target is printed as a grade.
    """

    rule: Program | None
    broken: bool = False
    scores: Mapping[Period, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoundAchievement:
    """The achievement method of an indicator: a program over the actual and the target.

    It reads `actual`, `target`, `target_low` and `target_high`.
    """

    method: str
    tree: Node
    program: Program


@dataclass(frozen=True, slots=True)
class BoundVersion:
    """A formula of an indicator ready to be computed, for the periods in which it holds.

    `tree` is the formula as written, `expanded` the same without named formulas. Where the
    formula has mistakes, `program` is None and the values of its periods are errors.
    """

    declared: FormulaVersion
    tree: Node | None
    expanded: Node | None
    program: Program | None


@dataclass(frozen=True, slots=True)
class BoundIndicator:
    """An indicator ready to be computed: its formulas, earliest first, and its promises.

    Most indicators have one formula, which holds always. `needs` are the series that any of the
    formulas reads. `tree`, `expanded` and `program` are those of the last formula, for what is
    asked without a period. `revisions` are the targets of later decrees, in the order of the
    declared ones.
    """

    declared: Indicator
    versions: tuple[BoundVersion, ...]
    needs: tuple[str, ...] = ()
    targets: BoundTargets | None = None
    achievement: BoundAchievement | None = None
    rating: Scale | None = None
    revisions: tuple[BoundTargets, ...] = ()

    def at(self, period: Period) -> BoundVersion | None:
        """The formula that holds in a period; None where the definition has none for it."""
        return next((one for one in self.versions if holds(one.declared, period)), None)

    def version_at(self, period: Period) -> FormulaVersion | None:
        """The formula that holds in a period as it was declared."""
        found = self.at(period)
        return found.declared if found else None

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs of all formulas without mistakes."""
        return tuple(one.program for one in self.versions if one.program is not None)

    @property
    def tree(self) -> Node | None:
        return self.versions[-1].tree

    @property
    def expanded(self) -> Node | None:
        return self.versions[-1].expanded

    @property
    def program(self) -> Program | None:
        return self.versions[-1].program


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
