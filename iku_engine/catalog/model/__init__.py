"""The catalog: what an agency declared, validated, every part with its location in a file."""

from __future__ import annotations

from iku_engine.catalog.model.choices import (
    Consolidation,
    CountedLines,
    EmptyChild,
    FieldKind,
    Level,
    Measure,
    PathKind,
    Phasing,
    Polarity,
    RatedFigure,
    Reduce,
    Rollup,
    SummaryMethod,
    SummaryWeight,
    Unknown,
)
from iku_engine.catalog.model.indicators import (
    DeclaredScale,
    Example,
    FormulaVersion,
    Indicator,
    NamedFormula,
    Policies,
    RatingRule,
)
from iku_engine.catalog.model.inputs import (
    DeclaredUnit,
    Dimension,
    Member,
    Owner,
    RecordField,
    RecordSet,
    Source,
    Variable,
)
from iku_engine.catalog.model.plan import (
    Document,
    PlanNode,
    Summary,
)
from iku_engine.catalog.model.targets import (
    Revision,
    Spread,
    TargetRange,
    Targets,
)
from iku_engine.catalog.model.whole import (
    Catalog,
)

__all__ = [
    "Catalog",
    "Consolidation",
    "CountedLines",
    "DeclaredScale",
    "DeclaredUnit",
    "Dimension",
    "Document",
    "EmptyChild",
    "Example",
    "FieldKind",
    "FormulaVersion",
    "Indicator",
    "Level",
    "Measure",
    "Member",
    "NamedFormula",
    "Owner",
    "PathKind",
    "Phasing",
    "PlanNode",
    "Polarity",
    "Policies",
    "RatedFigure",
    "RatingRule",
    "RecordField",
    "RecordSet",
    "Reduce",
    "Revision",
    "Rollup",
    "Source",
    "Spread",
    "Summary",
    "SummaryMethod",
    "SummaryWeight",
    "TargetRange",
    "Targets",
    "Unknown",
    "Variable",
]
