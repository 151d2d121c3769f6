"""The definition file as pydantic models: which fields there are and what each may hold.

The models guard the boundary only; `from_forms.py` makes the records of `model.py` from them.
The docstrings and descriptions here become the JSON Schema that editors show.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from iku_engine.catalog.leaves import (
    Decimals,
    ExpectedFigure,
    Figure,
    FormulaText,
    GivenFigure,
    GradedWord,
    Identifier,
    KindWord,
    Label,
    NonEmpty,
    NumbersWord,
    OneSign,
    PeriodKey,
    PeriodList,
    PolarityWord,
    Prose,
    Range,
    RatedWord,
    RollupWord,
    RoundTo,
    TargetFigure,
    Truth,
    UnknownWord,
    Version,
)


class Form(BaseModel):
    """A mapping of a definition file with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DefaultsForm(Form):
    """What holds for every indicator and variable of the file that says nothing else."""

    polarity: PolarityWord | None = Field(None, description="Which direction is the better one")
    achievement: Label | None = Field(
        None, description="The achievement method: `ratio`, `linear` or another method's id"
    )
    decimals: Decimals | None = Field(None, description="How many decimals are shown")
    source: Label | None = Field(None, description="The source of the file's variables")


class OwnerForm(Form):
    """An agency or position that answers for indicators (instansi, jabatan)."""

    title: NonEmpty = Field(description="The name as documents print it")
    parent: Label | None = Field(None, description="The owner above this one")


class UnitForm(Form):
    """A unit of the agency's own (satuan), as so many of another one."""

    of: NonEmpty = Field(description="The unit it is counted in: `kg`, or any other word")
    factor: Figure | None = Field(None, description="How many of these make one of it; 1 if absent")


def _dimensions_tag(value: object) -> str:
    return "as-mapping" if isinstance(value, dict) else "as-list"


class SourceForm(Form):
    """A data file and how to read it."""

    title: Prose | None = Field(None, description="What the data are and who publishes them")
    file: NonEmpty = Field(description="The data file, relative to the folder of this file")
    period: NonEmpty = Field(description="The column that holds the period")
    dimensions: (
        Annotated[
            Annotated[list[Label], Tag("as-list")]
            | Annotated[dict[str, NonEmpty], Tag("as-mapping")],
            Discriminator(_dimensions_tag),
        ]
        | None
    ) = Field(None, description="Dimensions whose columns have their ids, or dimension: column")
    numbers: NumbersWord = Field(description="`id` for 1.234,5 and `en` for 1,234.5")
    delimiter: OneSign | None = Field(None, description="What separates the columns, `,` if absent")
    comment: Label | None = Field(None, description="What a line to be left out begins with")
    missing: list[Label] | None = Field(None, description="Cells that say there is no figure")
    variable: NonEmpty | None = Field(
        None, description="Long data: the column that names the variable"
    )
    value: NonEmpty | None = Field(None, description="Long data: the column that holds the figure")


class MemberForm(Form):
    """One member of a dimension."""

    label: Label | None = Field(None, description="The name as shown; the id if absent")
    parent: NonEmpty | None = Field(None, description="The member this one is a part of")
    level: Label | None = Field(None, description="The level of the hierarchy, such as `kategori`")
    total: Truth | None = Field(None, description="Whether this member is the whole")


class DimensionForm(Form):
    """A way to split figures: kecamatan, lapangan usaha."""

    label: Label | None = Field(None, description="The name as shown; the id if absent")
    members: dict[str, MemberForm] | None = Field(
        None, description="The members; if absent, those the data name"
    )


class VariableForm(Form):
    """A measured series."""

    label: NonEmpty = Field(description="The name as shown")
    unit: Label = Field(description="The unit (satuan)")
    source: Label | None = Field(
        None, description="The source that holds it; without one it is still to be collected"
    )
    column: NonEmpty | None = Field(None, description="The column that holds the figure")
    where: dict[str, Label] | None = Field(
        None, description="Columns and the text that picks this variable's rows"
    )
    rollup: RollupWord | None = Field(
        None, description="How figures of places make the figure of a larger place"
    )
    note: Prose | None = Field(None, description="A remark")


class FieldForm(Form):
    """A field of a record: a column of its source, or computed from other fields."""

    label: Label | None = Field(None, description="The name as shown; the id if absent")
    unit: Label | None = Field(None, description="The unit (satuan)")
    column: NonEmpty | None = Field(None, description="The column; the id if absent")
    type: KindWord | None = Field(None, description="`number` (if absent) or `text`")
    formula: FormulaText | None = Field(
        None, description="What computes the field, for each record"
    )


class RecordsForm(Form):
    """Micro data: one row of the source is one record."""

    label: Label | None = Field(None, description="The name as shown; the id if absent")
    source: NonEmpty = Field(description="The source that holds the rows")
    key: NonEmpty = Field(description="The column that names the record")
    unknown: UnknownWord | None = Field(
        None, description="A record with an unknown field: `refuse` (if absent) or `exclude` it"
    )
    fields: dict[Identifier, FieldForm] = Field(description="The fields of one record")


class ExampleForm(Form):
    """Inputs and the value they must give; `iku check` computes it."""

    given: dict[str, GivenFigure] = Field(description="Inputs as the formula writes them")
    value: ExpectedFigure = Field(description="A figure, `missing` or `undefined`")


class FormulaForm(Form):
    """A named formula, called like a function."""

    title: Prose | None = Field(None, description="What it measures")
    parameters: list[Identifier] = Field(description="The names of its arguments, in order")
    body: FormulaText = Field(description="The formula over its parameters")
    unit: Label | None = Field(None, description="The unit of its value")
    examples: list[ExampleForm] | None = Field(None, description="Computed examples")


class BandForm(Form):
    """One band of a rating scale."""

    label: NonEmpty = Field(description="The rating (predikat)")
    range: Range = Field(description="The values: `66 <= x < 80`, `x >= 80`, `x < 51`, `x = 0`")
    score: Figure | None = Field(None, description="The score of the band")


class ScaleForm(Form):
    """A rating scale (skala)."""

    title: Prose | None = Field(None, description="What it rates")
    reference: Prose | None = Field(None, description="The regulation that prints it")
    on: GradedWord | None = Field(
        None, description="Rate the `exact` value (if absent) or the figure as `displayed`"
    )
    decimals: Decimals | None = Field(None, description="Decimals of the displayed figure")
    bands: list[BandForm] = Field(description="The bands, in any order")


class TargetRuleForm(Form):
    """Targets by a rule: the start as promised, the rest computed."""

    start: dict[PeriodKey, TargetFigure] | None = Field(
        None, description="The first period with its target"
    )
    rule: FormulaText = Field(description="The formula of the next target: `target[t-1] * 1.02`")
    round: RoundTo | None = Field(
        None, description="Decimals each target is rounded to; the rounded figure is the promise"
    )


def _targets_tag(value: object) -> str:
    by_rule = isinstance(value, dict) and not value.keys().isdisjoint({"start", "rule", "round"})
    return "by-rule" if by_rule else "by-period"


class RatingForm(Form):
    """Which scale rates the indicator."""

    scale: NonEmpty = Field(description="The scale")
    of: RatedWord | None = Field(None, description="The `actual` (if absent) or the `achievement`")


class IndicatorForm(Form):
    """What is measured (indikator kinerja)."""

    no: Label | None = Field(None, description="The number as printed")
    name: NonEmpty = Field(description="The indicator as the document words it")
    objective: Prose | None = Field(None, description="The objective it serves (sasaran)")
    formulation: Prose | None = Field(
        None, description="The document's own sentence (formulasi perhitungan)"
    )
    formula: FormulaText = Field(description="The formula that means the same")
    unit: Label = Field(description='The unit (satuan); `""` where the document prints none')
    data_source: Prose | None = Field(None, description="The source of data as printed")
    note: Prose | None = Field(None, description="A remark")
    owner: Label | None = Field(None, description="Who answers for it; the file's owner if absent")
    polarity: PolarityWord | None = Field(None, description="Which direction is the better one")
    achievement: Label | None = Field(
        None, description="The achievement method: `ratio`, `linear` or another method's id"
    )
    decimals: Decimals | None = Field(None, description="How many decimals are shown, 2 if absent")
    targets: (
        Annotated[
            Annotated[TargetRuleForm, Tag("by-rule")]
            | Annotated[dict[PeriodKey, TargetFigure], Tag("by-period")],
            Discriminator(_targets_tag),
        ]
        | None
    ) = Field(None, description="The promised values: one a period, or a start and a rule")
    rating: RatingForm | None = Field(None, description="The scale that rates it")
    examples: list[ExampleForm] | None = Field(None, description="Computed examples")


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
    indicators: dict[Identifier, IndicatorForm] | None = Field(
        None, description="What is measured and promised"
    )
