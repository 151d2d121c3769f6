"""The catalog: everything an agency declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from iku_engine.catalog.model.choices import Measure
from iku_engine.catalog.model.indicators import DeclaredScale, Indicator, NamedFormula
from iku_engine.catalog.model.inputs import (
    DeclaredUnit,
    Dimension,
    Owner,
    RecordSet,
    Source,
    Variable,
)
from iku_engine.catalog.model.plan import Document, PlanNode, Summary
from iku_engine.periods import Period


@dataclass(frozen=True, slots=True)
class Catalog:
    """All definitions of one run. Mappings keep the order of the files and of their text.

    `folder` is the folder data files must lie in; empty for definitions held in memory. `plan`
    holds parents before their children.
    """

    folder: str
    periods: tuple[Period, ...] = ()
    owners: Mapping[str, Owner] = field(default_factory=dict)
    units: Mapping[str, DeclaredUnit] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    records: Mapping[str, RecordSet] = field(default_factory=dict)
    formulas: Mapping[str, NamedFormula] = field(default_factory=dict)
    scales: Mapping[str, DeclaredScale] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    plan: Mapping[str, PlanNode] = field(default_factory=dict)
    summaries: Mapping[Measure, Summary] = field(default_factory=dict)
    document: Document | None = None

    @property
    def labels(self) -> dict[str, str]:
        """What variables and indicators are called, by their ids."""
        labels = {name: indicator.name for name, indicator in self.indicators.items()}
        return labels | {name: variable.label for name, variable in self.variables.items()}
