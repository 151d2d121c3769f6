"""A look over a table that stays where it is: whether its records may be reduced there.

Everything the reader of records would refuse, mark or leave out is looked for by statements. A
table that has any of it is read row by row, so that what is wrong is reported as ever; so is one
whose figures are floats. What is left is a table of which each cell says the same in SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iku_engine.catalog.model import FieldKind, RecordSet, Source
from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql import statements
from iku_engine.language.sql.dialects import DIALECTS, Declined, Dialect
from iku_engine.language.sql.statements import Statement, Step
from iku_engine.sources import in_sql
from iku_engine.sources.in_sql import NumberCell, TextCell, TextReading, text_reading
from iku_engine.sources.looking import Looker
from iku_engine.sources.relations import Ask, ColumnKind, Relation, RelationColumn
from iku_engine.sources.surveyed_frames import Frames


@dataclass(frozen=True, slots=True)
class Survey:
    """One record set of a table that was looked over, and how its cells are read in SQL.

    `looks` are the statements of the survey with their answers, by which a change of the data is
    noticed where their `stamp` is no proof; `answers` keeps those of other statements, each
    asked once.
    """

    relation: Relation
    dialect: Dialect
    record_set: RecordSet
    rows: int
    key: TextCell
    frames: Frames
    numbers: Mapping[str, NumberCell]
    texts: Mapping[str, TextCell]
    reading: TextReading
    looks: tuple[tuple[str, Sequence[object]], ...] = ()
    stamp: str = ""
    answers: dict[str, Sequence[Sequence[object]]] = field(default_factory=dict, compare=False)


def survey(
    relation: Relation,
    source: Source,
    record_set: RecordSet,
    frames: Frames,
    ask: Ask,
) -> Survey:
    """Look a record set over. Raises `Declined` with the reason why it is read row by row."""
    dialect = DIALECTS[relation.dialect]
    reading = text_reading(source.missing, source.numbers)
    key = column_of(relation, record_set.key)
    fields = [one for one in record_set.fields.values() if one.formula is None]
    columns = {one.id: column_of(relation, one.column or one.id) for one in fields}
    texts = {one.id: columns[one.id] for one in fields if one.kind is FieldKind.TEXT}
    figures = {one.id: columns[one.id] for one in fields if one.kind is not FieldKind.TEXT}
    for column in (key, *texts.values()):
        if column.kind not in {ColumnKind.TEXT, ColumnKind.WHOLE}:
            raise Declined("no_text", column.name)
    looker = Looker(relation, dialect, reading, ask)
    numbers = looker.measured(key, texts, figures)
    named = looker.text_cell("key", key)
    _see_no_record_twice(looker, named, frames)
    return Survey(
        relation,
        dialect,
        record_set,
        looker.count,
        named,
        frames,
        numbers,
        {name: looker.text_cell(f"text {name}", column) for name, column in texts.items()},
        reading,
        tuple(looker.looks),
        ask.stamp,
    )


def column_of(relation: Relation, name: str) -> RelationColumn:
    """A column by its name; one that is not there is for the reader of rows to report."""
    found = relation.columns.get(name)
    if found is None:
        raise Declined("no_column", name)
    return found


def _see_no_record_twice(looker: Looker, key: TextCell, frames: Frames) -> None:
    dialect = looker.dialect
    listed = [
        (f"{number}", in_sql.grouped(in_sql.raw(one), one, dialect))
        for number, one in enumerate(frames.columns, 1)
    ]
    cells = Step([*listed, ("key", in_sql.word(key, dialect))], looker.relation.table)
    group = [
        in_sql.grouped(sql.column(name), one, dialect)
        for (name, _), one in zip(listed, frames.columns, strict=True)
    ]
    group.append(sql.sign_by_sign(sql.column("key"), dialect))
    more = sql.compared(">", statements.rows(), sql.whole(1, dialect))
    twice = Step([("rows", statements.rows())], ["the cells"], group=group, having=more, limit=1)
    if looker.ask_all(Statement(twice, [("the cells", cells)])):
        raise Declined("twice")
