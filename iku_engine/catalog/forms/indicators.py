"""Indicators as forms."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from iku_engine.catalog.forms.base import Form
from iku_engine.catalog.forms.scales import ExampleForm
from iku_engine.catalog.forms.targets import (
    AchievementForm,
    RevisionForm,
    TargetsField,
    text_or_by_period,
    text_or_mapping,
)
from iku_engine.catalog.leaves import (
    Decimals,
    FormulaText,
    Label,
    NonEmpty,
    PolarityWord,
    Prose,
    RatedWord,
    Truth,
)
from iku_engine.catalog.promise_leaves import (
    CheckCode,
    ConsolidationWord,
    PeriodRangeKey,
    PhasingWord,
)


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
    formula: Annotated[
        Annotated[dict[PeriodRangeKey, FormulaText], Tag("by-period")]
        | Annotated[FormulaText, Tag("as-text")],
        Discriminator(text_or_by_period),
    ] = Field(description="The formula that means the same; by range of periods where it changed")
    unit: Annotated[
        Annotated[dict[PeriodRangeKey, Label], Tag("by-period")] | Annotated[Label, Tag("as-text")],
        Discriminator(text_or_by_period),
    ] = Field(description='The unit (satuan); `""` where the document prints none')
    data_source: Prose | None = Field(None, description="The source of data as printed")
    note: Prose | None = Field(None, description="A remark")
    owner: Label | None = Field(None, description="Who answers for it; the file's owner if absent")
    polarity: PolarityWord | None = Field(None, description="Which direction is the better one")
    achievement: (
        Annotated[
            Annotated[AchievementForm, Tag("as-mapping")] | Annotated[Label, Tag("as-text")],
            Discriminator(text_or_mapping),
        ]
        | None
    ) = Field(
        None,
        description="The achievement method: `ratio`, `linear` or another method's id; with its "
        "policies as a mapping",
    )
    decimals: Decimals | None = Field(None, description="How many decimals are shown, 2 if absent")
    targets: TargetsField | None = Field(
        None,
        description="The promised values: one a period, a start and a rule, a path, or a year's "
        "figure spread over its periods",
    )
    revisions: list[RevisionForm] | None = Field(
        None, description="Targets that later decrees set, each from a day on"
    )
    consolidation: ConsolidationWord | None = Field(
        None, description="How its values of periods make the value of a longer one"
    )
    phasing: PhasingWord | None = Field(
        None, description="Whether its targets inside a year are `per_period` or `cumulative`"
    )
    grades: NonEmpty | None = Field(
        None, description="The scale whose labels its targets are, such as `WTP` or `BB`"
    )
    node: NonEmpty | None = Field(None, description="The plan node it is a line of")
    counted: Truth | None = Field(
        None, description="Whether it counts towards the output of its node; `true` if absent"
    )
    accept: dict[CheckCode, Prose] | None = Field(
        None, description="Checks whose findings stand here, each with the reason"
    )
    rating: RatingForm | None = Field(None, description="The scale that rates it")
    examples: list[ExampleForm] | None = Field(None, description="Computed examples")
