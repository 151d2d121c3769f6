"""A whole definition file as a form."""

from __future__ import annotations

from pydantic import Field

from iku_engine.catalog.forms.base import Form
from iku_engine.catalog.forms.indicators import IndicatorForm
from iku_engine.catalog.forms.inputs import (
    DimensionForm,
    OwnerForm,
    RecordsForm,
    SourceForm,
    UnitForm,
    VariableForm,
)
from iku_engine.catalog.forms.plan import DocumentForm, PlanNodeForm, SummaryForm
from iku_engine.catalog.forms.scales import FormulaForm, ScaleForm
from iku_engine.catalog.leaves import (
    Decimals,
    Identifier,
    Label,
    PeriodList,
    PolarityWord,
    Prose,
    Version,
)
from iku_engine.catalog.promise_leaves import ConsolidationWord, MeasureKey, PhasingWord


class DefaultsForm(Form):
    """What holds for every indicator and variable of the file that says nothing else."""

    polarity: PolarityWord | None = Field(None, description="Which direction is the better one")
    achievement: Label | None = Field(
        None, description="The achievement method: `ratio`, `linear` or another method's id"
    )
    decimals: Decimals | None = Field(None, description="How many decimals are shown")
    source: Label | None = Field(None, description="The source of the file's variables")
    consolidation: ConsolidationWord | None = Field(
        None, description="How the figures of periods make the figure of a longer one"
    )
    phasing: PhasingWord | None = Field(
        None, description="Whether targets inside a year are `per_period` or `cumulative`"
    )


class HeaderForm(Form):
    """What holds for a whole file."""

    iku: Version = Field(description="The version of the format: 1")
    title: Prose | None = Field(None, description="What the file holds")
    owner: Label | None = Field(None, description="The owner of the file's indicators")
    periods: PeriodList | None = Field(
        None, description="The periods of the table: `2018..2022`, `2020`, `2018,2020..2022`"
    )
    defaults: DefaultsForm | None = Field(None, description="What holds where nothing else is said")


class DefinitionFile(HeaderForm):
    """A definition file of iku-engine."""

    owners: dict[Identifier, OwnerForm] | None = Field(None, description="Agencies and positions")
    units: dict[Identifier, UnitForm] | None = Field(None, description="Units of one's own")
    sources: dict[Identifier, SourceForm] | None = Field(None, description="Data files")
    dimensions: dict[Identifier, DimensionForm] | None = Field(
        None, description="Ways to split figures"
    )
    variables: dict[Identifier, VariableForm] | None = Field(None, description="Measured series")
    records: dict[Identifier, RecordsForm] | None = Field(None, description="Micro data")
    formulas: dict[Identifier, FormulaForm] | None = Field(None, description="Named formulas")
    scales: dict[Identifier, ScaleForm] | None = Field(None, description="Rating scales")
    plan: dict[Identifier, PlanNodeForm] | None = Field(
        None, description="The tree of plan nodes (rencana aksi)"
    )
    summaries: dict[MeasureKey, SummaryForm] | None = Field(
        None, description="How plan nodes are summed up to their parents, per measure"
    )
    document: DocumentForm | None = Field(None, description="The document that is transcribed")
    indicators: dict[Identifier, IndicatorForm] | None = Field(
        None, description="What is measured and promised"
    )
