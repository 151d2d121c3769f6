"""A look over a table that stays where it is: whether its records may be reduced there.

Everything the reader of records would refuse, mark or leave out is looked for by statements. A
table that has any of it is read row by row, so that what is wrong is reported as ever; so is one
whose figures are floats. What is left is a table of which each cell says the same in SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from iku_engine.catalog.model import FieldKind, RecordSet, Source
from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql import statements
from iku_engine.language.sql.dialects import DIALECTS, Declined, Dialect
from iku_engine.language.sql.expressions import Sql
from iku_engine.language.sql.statements import Statement, Step, printed
from iku_engine.quantities import NumberFormat
from iku_engine.sources import in_sql
from iku_engine.sources.in_sql import NumberCell, TextReading, text_reading
from iku_engine.sources.relations import Ask, ColumnKind, Relation, RelationColumn, whole_of
from iku_engine.sources.surveyed_frames import Frames

_LONGEST = 1_000  # signs of a text; readers have bounds of their own, all of them larger
_FEW = 3
_Looks: TypeAlias = dict[str, Sql]


@dataclass(frozen=True, slots=True)
class Survey:
    """One record set of a table that was looked over, and how its cells are read in SQL.

    `looks` are the
    statements of the survey with their answers, by which a change of the data is noticed;
    `answers` keeps those of other statements, each asked once.
    """

    relation: Relation
    dialect: Dialect
    record_set: RecordSet
    rows: int
    key: RelationColumn
    frames: Frames
    numbers: Mapping[str, NumberCell]
    texts: Mapping[str, RelationColumn]
    reading: TextReading
    looks: tuple[tuple[str, Sequence[object]], ...] = ()
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
            raise Declined(f"the column `{column.name}` is read as a text and holds none")
    looker = _Looker(relation, dialect, reading, ask)
    numbers = looker.measured(key, texts, figures)
    _see_no_record_twice(looker, key, frames)
    return Survey(
        relation, dialect, record_set, looker.count, key, frames, numbers, texts, reading,
        tuple(looker.looks),
    )  # fmt: skip


def column_of(relation: Relation, name: str) -> RelationColumn:
    """A column by its name; one that is not there is for the reader of rows to report."""
    found = relation.columns.get(name)
    if found is None:
        raise Declined("a column that is declared is not there")
    return found


class _Looker:
    """Asks one table about its cells, and keeps what it answered."""

    def __init__(
        self, relation: Relation, dialect: Dialect, reading: TextReading, ask: Ask
    ) -> None:
        self.relation, self.dialect, self.reading, self._ask = relation, dialect, reading, ask
        self.looks: list[tuple[str, Sequence[object]]] = []
        self.count = 0

    def ask(self, step: Step) -> Sequence[object]:
        """The one row of an answer, which is kept."""
        statement = printed(Statement(step), self.dialect)
        found = tuple(self._ask(statement)[0])
        self.looks.append((statement, found))
        return found

    def ask_all(self, statement: Statement) -> Sequence[Sequence[object]]:
        """All rows of an answer."""
        return self._ask(printed(statement, self.dialect))

    def measured(
        self,
        key: RelationColumn,
        texts: Mapping[str, RelationColumn],
        figures: Mapping[str, RelationColumn],
    ) -> dict[str, NumberCell]:
        """How the figures are read, with their bounds, after all cells were looked at."""
        looks: _Looks = {"rows": statements.rows(), "key": statements.how_many(self._no_key(key))}
        for name, column in texts.items():
            looks[f"text {name}"] = statements.how_many(self._no_text(column))
        for name, column in figures.items():
            looks |= {f"{what} {name}": one for what, one in self._of_figures(column).items()}
        found = dict(zip(looks, self.ask(self._step(looks)), strict=True))
        self.count = whole_of(found["rows"])
        if whole_of(found["key"]):
            raise Declined("some rows have no key, or one that has to be read as a text")
        for name in texts:
            if whole_of(found[f"text {name}"]):
                raise Declined(f"some cells of `{name}` have to be read as a text")
        scales = {name: self._scale(name, column, found) for name, column in figures.items()}
        cells = {name: NumberCell(figures[name], scale) for name, scale in scales.items()}
        return self._bounded(cells)

    def _bounded(self, cells: Mapping[str, NumberCell]) -> dict[str, NumberCell]:
        """The same with the least and the largest figure of each, times its scale."""
        if not cells:
            return {}
        looks: _Looks = {}
        for name, cell in cells.items():
            wide = replace(cell, low=0, high=0 if not self.dialect.wide else 1 << 64)
            made = in_sql.number_cell(wide, self.reading, self.dialect).sql
            looks[f"low {name}"] = statements.least(made)
            looks[f"high {name}"] = statements.largest(made)
        found = dict(zip(looks, self.ask(self._step(looks)), strict=True))
        return {
            name: replace(
                cell, low=whole_of(found[f"low {name}"]), high=whole_of(found[f"high {name}"])
            )
            for name, cell in cells.items()
        }

    def _step(self, looks: _Looks) -> Step:
        columns = [(f"{number}", one) for number, one in enumerate(looks.values(), 1)]
        return Step(columns, self.relation.table)

    def _no_key(self, column: RelationColumn) -> Sql:
        cell = in_sql.word(column, self.dialect)
        blank = sql.compared("=", cell, sql.text(""))
        return sql.either([sql.is_unknown(in_sql.raw(column)), blank, self._no_text(column)])

    def _no_text(self, column: RelationColumn) -> Sql:
        """Whether a cell is more than a plain text."""
        cell = in_sql.word(column, self.dialect)
        length = sql.call("LENGTH", cell)
        bad = [in_sql.is_peculiar(column, self.dialect)]
        bad.append(sql.compared(">", length, sql.whole(_LONGEST, self.dialect)))
        if column.varies:
            bad.append(of_other_type(column, ("text", "integer", "null")))
        return sql.either(bad)

    def _of_figures(self, column: RelationColumn) -> _Looks:
        """What has to be known of a column before its figures are read."""
        if column.kind is ColumnKind.OTHER:
            raise Declined(f"the column `{column.name}` holds floats, or no figures")
        if column.kind is ColumnKind.TEXT:
            return self._of_texts(column)
        if column.varies:
            return {"bad": statements.how_many(of_other_type(column, ("integer", "null")))}
        if column.kind is ColumnKind.DECIMAL and column.scale is None:
            cell = in_sql.raw(column)
            ends = [statements.least(cell), statements.largest(cell)]
            shown = [sql.cast(one, self.dialect.text) for one in ends]
            scale = statements.largest(sql.call("SCALE", cell))
            return {"scale": scale, "least": shown[0], "most": shown[1]}
        return {}

    def _of_texts(self, column: RelationColumn) -> _Looks:
        if not self.dialect.patterns or column.varies:
            raise Declined(f"the figures of `{column.name}` are texts")
        numbers = self.reading.numbers
        other = NumberFormat.EN if numbers is NumberFormat.ID else NumberFormat.ID
        cell = in_sql.word(column, self.dialect)
        given = sql.opposite(in_sql.is_missing(cell, self.reading, self.dialect))
        form, also = (
            sql.matches(cell, in_sql.figure_pattern(each), self.dialect)
            for each in (numbers, other)
        )
        plain = sql.matches(cell, "[+-]?[0-9]+", self.dialect)
        whole, decimals = in_sql.number_parts(cell, numbers, self.dialect)
        return {
            "bad": statements.how_many(sql.both([given, sql.opposite(form)])),
            "two": statements.how_many(sql.both([form, also, sql.opposite(plain)])),
            "scale": statements.largest(sql.choice([(form, sql.call("LENGTH", decimals))])),
            "long": statements.largest(sql.choice([(form, sql.call("LENGTH", whole))])),
        }

    def _scale(self, name: str, column: RelationColumn, found: Mapping[str, object]) -> int:
        """How many decimals the figures of a column have."""
        if whole_of(found.get(f"bad {name}")):
            raise Declined(f"some cells of `{name}` are not plain figures")
        if whole_of(found.get(f"two {name}")) >= _FEW:
            raise Declined(f"the separators in `{name}` could be read in two ways")
        for end in ("least", "most"):
            if str(found.get(f"{end} {name}") or "") in {"NaN", "Infinity", "-Infinity"}:
                raise Declined(f"some cells of `{name}` are not figures")
        scale = whole_of(found.get(f"scale {name}")) if column.scale is None else column.scale
        if column.kind is ColumnKind.WHOLE:
            scale = 0
        if scale + whole_of(found.get(f"long {name}")) > in_sql.MOST_DIGITS:
            raise Declined(f"the figures of `{name}` have too many digits")
        return scale


def of_other_type(column: RelationColumn, types: Sequence[str]) -> Sql:
    """Whether a cell of SQLite is of another type than these."""
    return sql.opposite(sql.one_of(sql.call("TYPEOF", in_sql.raw(column)), types))


def _see_no_record_twice(looker: _Looker, key: RelationColumn, frames: Frames) -> None:
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
        raise Declined("some records stand there twice")
