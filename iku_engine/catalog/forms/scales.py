"""Examples, named formulas and scales as forms."""

from __future__ import annotations

from pydantic import Field

from iku_engine.catalog.forms.base import Form
from iku_engine.catalog.leaves import (
    Decimals,
    ExpectedFigure,
    Figure,
    FormulaText,
    GivenFigure,
    GradedWord,
    Identifier,
    Label,
    NonEmpty,
    Prose,
    Range,
)


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
