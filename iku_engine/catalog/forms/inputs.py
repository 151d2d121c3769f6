"""Owners, units, sources, dimensions, variables and records as forms."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from iku_engine.catalog.forms.base import Form
from iku_engine.catalog.leaves import (
    Figure,
    FormulaText,
    Identifier,
    KindWord,
    Label,
    NonEmpty,
    NumbersWord,
    OneSign,
    Prose,
    ReduceWord,
    RollupWord,
    Truth,
    UnknownWord,
)
from iku_engine.catalog.promise_leaves import ConsolidationWord
from iku_engine.catalog.source_leaves import EncodingWord, HeaderRows


class OwnerForm(Form):
    """An agency or position that answers for indicators (instansi, jabatan)."""

    title: NonEmpty = Field(description="The name as documents print it")
    parent: Label | None = Field(None, description="The owner above this one")
    duty: Prose | None = Field(None, description="The task of the position (tugas)")
    functions: list[Prose] | None = Field(
        None, description="What belongs to the position (fungsi), one item each"
    )


class UnitForm(Form):
    """A unit of the agency's own (satuan), as so many of another one."""

    of: NonEmpty = Field(description="The unit it is counted in: `kg`, or any other word")
    factor: Figure | None = Field(None, description="How many of these make one of it; 1 if absent")


def _dimensions_tag(value: object) -> str:
    return "as-mapping" if isinstance(value, dict) else "as-list"


class SourceForm(Form):
    """Data where they live, a file or a service, and how they are read."""

    title: Prose | None = Field(None, description="What the data are and who publishes them")
    kind: NonEmpty | None = Field(
        None,
        description="The kind of data: `csv`, `xlsx`, `parquet`, `sqlite`, `duckdb`, `postgresql`, "
        "one of a plugin; by the file if absent",
    )
    file: NonEmpty | None = Field(
        None, description="The data file, relative to the folder of this file"
    )
    sheet: NonEmpty | None = Field(
        None, description="The sheet of a workbook, by name or number; the first shown if absent"
    )
    header: HeaderRows | None = Field(
        None, description="The row of the column names, or rows `1..2`; the first one if absent"
    )
    encoding: EncodingWord | None = Field(
        None, description="How a text file is encoded; UTF-8 or found out if absent"
    )
    connection: NonEmpty | None = Field(
        None, description="The alias of a database, whose address the user configures"
    )
    table: NonEmpty | None = Field(
        None, description="The table or view of the database, `schema.table` too"
    )
    query: Prose | None = Field(
        None, description="A query in place of the table; it runs only where that is allowed"
    )
    options: dict[str, Label] | None = Field(
        None, description="What else the kind of a plugin needs"
    )
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
    delimiter: OneSign | None = Field(
        None, description="What separates the columns; found out if absent"
    )
    comment: Label | None = Field(None, description="What a line to be left out begins with")
    missing: list[Label] | None = Field(None, description="Cells that say there is no figure")
    variable: NonEmpty | None = Field(
        None, description="Long data: the column that names the variable"
    )
    value: NonEmpty | None = Field(None, description="Long data: the column that holds the figure")
    vintage: NonEmpty | None = Field(
        None, description="The column with the date on which a figure was published"
    )
    reduce: ReduceWord | None = Field(
        None,
        description="Whether records are reduced where they live; in databases if absent",
    )


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
    consolidation: ConsolidationWord | None = Field(
        None, description="How its figures of periods make the figure of a longer one"
    )
    grades: NonEmpty | None = Field(
        None, description="The scale whose labels the cells hold, such as `WTP` or `BB`"
    )


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
