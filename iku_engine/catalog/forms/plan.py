"""Plan nodes, their summaries and the document as forms."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from iku_engine.catalog.forms.base import Form
from iku_engine.catalog.leaves import (
    EachPeriodOnce,
    Figure,
    Label,
    NonEmpty,
    NumbersWord,
    PeriodKey,
    Prose,
    Truth,
)
from iku_engine.catalog.promise_leaves import (
    CheckCode,
    Count,
    EmptyWord,
    LevelWord,
    LinesWord,
    SummaryMethodWord,
    SummaryWeightWord,
)


def _money_tag(value: object) -> str:
    return "by-period" if isinstance(value, dict) else "as-figure"


MoneyField: TypeAlias = Annotated[
    Annotated[dict[PeriodKey, Figure], EachPeriodOnce, Tag("by-period")]
    | Annotated[Figure, Tag("as-figure")],
    Discriminator(_money_tag),
]


class PlanNodeForm(Form):
    """One node of the plan: a sasaran, program, kegiatan or sub kegiatan."""

    level: LevelWord = Field(description="`sasaran`, `program`, `kegiatan` or `sub_kegiatan`")
    name: NonEmpty = Field(description="The name as printed")
    parent: NonEmpty | None = Field(None, description="The node this one is a part of")
    code: Label | None = Field(None, description="The code of the nomenclature, as printed")
    no: Label | None = Field(None, description="The number as printed")
    owner: Label | None = Field(None, description="Who answers for it (penanggung jawab)")
    budget: MoneyField | None = Field(
        None, description="The money promised (anggaran), by period or for the only one"
    )
    spent: MoneyField | None = Field(
        None, description="The money spent (realisasi anggaran), by period or for the only one"
    )
    counted: Truth | None = Field(
        None, description="Whether it counts towards its parent's output; `true` if absent"
    )
    weight: Figure | None = Field(None, description="What it weighs in a weighted mean")
    obstacles: Prose | None = Field(None, description="What hindered it (permasalahan)")
    follow_up: Prose | None = Field(None, description="What was done about it (tindak lanjut)")
    note: Prose | None = Field(None, description="A remark")
    accept: dict[CheckCode, Prose] | None = Field(
        None, description="Checks whose findings stand here, each with the reason"
    )


class SummaryForm(Form):
    """How one measure of plan nodes is summed up to their parent."""

    method: SummaryMethodWord = Field(description="`sum`, `mean` or `weighted_mean`")
    weight: SummaryWeightWord | None = Field(
        None, description="What a child weighs: its `weight` (if absent) or its `budget`"
    )
    empty: EmptyWord | None = Field(
        None, description="A child without a figure: `missing` (if absent), `leave_out` or `zero`"
    )
    lines: LinesWord | None = Field(
        None, description="Which lines make a node's output: `all` (if absent) or the `first`"
    )


class DocumentForm(Form):
    """The document a catalog transcribes."""

    title: Prose | None = Field(None, description="The title as printed")
    form: Label | None = Field(None, description="The form that `iku report` prints")
    header: dict[str, Prose] | None = Field(
        None, description="The lines above the table, each label with its text"
    )
    counts: dict[LevelWord, Count] | None = Field(
        None, description="How many nodes of a level the document says it has"
    )
    printed: NonEmpty | None = Field(
        None, description="A CSV with printed figures, which `iku audit` recomputes"
    )
    numbers: NumbersWord | None = Field(
        None, description="How that CSV writes figures: `id` (if absent) or `en`"
    )
    obstacles: Prose | None = Field(None, description="What hindered the work (permasalahan)")
    follow_up: Prose | None = Field(None, description="What was done about it (tindak lanjut)")
