"""What has to be known of every cell of a table before its records are reduced where they live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql import statements
from iku_engine.language.sql.dialects import Declined, Dialect
from iku_engine.language.sql.expressions import Sql
from iku_engine.language.sql.statements import Statement, Step, printed
from iku_engine.quantities import NumberFormat
from iku_engine.sources import in_sql
from iku_engine.sources.in_sql import NumberCell, TextCell, TextReading
from iku_engine.sources.protocol import Refused
from iku_engine.sources.relations import Ask, ColumnKind, Relation, RelationColumn, whole_of

_CELLS = "the cells"
_LONGEST = 1_000  # signs of a text; readers have bounds of their own, all of them larger
_MOST_TEXTS = 10_000  # of SQLite that are not plain ASCII
_FEW = 3
_Looks: TypeAlias = dict[str, Sql]


class Looker:
    """Asks one table about its cells, and keeps what it answered."""

    def __init__(
        self, relation: Relation, dialect: Dialect, reading: TextReading, ask: Ask
    ) -> None:
        self.relation, self.dialect, self.reading, self._ask = relation, dialect, reading, ask
        self.looks: list[tuple[str, Sequence[object]]] = []
        self.count = 0
        self._found: Mapping[str, object] = {}
        self._cells: dict[str, Sql] = {}

    def ask(self, looks: _Looks) -> dict[str, object]:
        """What the table answers, each by its name; the statement and its answer are kept."""
        columns = [(f"{number}", one) for number, one in enumerate(looks.values(), 1)]
        cells = Step(list(self._cells.items()), self.relation.table)
        before = [(_CELLS, cells)] if self._cells else []
        last = Step(columns, [_CELLS] if before else self.relation.table)
        statement = printed(Statement(last, before), self.dialect)
        found = tuple(self._ask(statement)[0])
        self.looks.append((statement, found))
        self._cells = {}
        return dict(zip(looks, found, strict=True))

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
        looks |= self._blanks_of("key", key)
        for name, column in texts.items():
            marked = in_sql.is_missing(self._bare(column), self.reading, self.dialect)
            looks[f"text {name}"] = statements.how_many(self._no_text(column))
            looks |= self._blanks_of(f"text {name}", column)
            looks[f"text {name} marks"] = statements.how_many(marked)
        for name, column in figures.items():
            looks |= {f"{what} {name}": one for what, one in self._of_figures(column).items()}
            if column.kind is ColumnKind.TEXT:
                looks |= self._blanks_of(f"figure {name}", column)
        found = self.ask(looks)
        self.count, self._found = whole_of(found["rows"]), found
        if whole_of(found["key"]):
            raise Declined("no_key", key.name)
        for name in texts:
            if whole_of(found[f"text {name}"]):
                raise Declined("odd_text", name)
        for column in (key, *texts.values()):
            if column.varies:
                self._see_decoded(column)
        scales = {name: self._scale(name, column, found) for name, column in figures.items()}
        cells = {
            name: NumberCell(figures[name], scale, self._blanks(f"figure {name}"))
            for name, scale in scales.items()
        }
        return self._bounded(cells)

    def _see_decoded(self, column: RelationColumn) -> None:
        """SQLite keeps any bytes as a text; those that are none are the reader's to refuse."""
        cell = in_sql.raw(column)
        beyond = sql.call("GLOB", sql.text("*[^ -~]*"), in_sql.as_text(column, self.dialect))
        step = Step(
            [("1", cell)], self.relation.table, where=beyond, distinct=True, limit=_MOST_TEXTS + 1
        )
        found = self.ask_all(Statement(step))
        undecoded = any(isinstance(self.relation.cell(row[0]), Refused) for row in found)
        if undecoded or len(found) > _MOST_TEXTS:
            raise Declined("odd_text", column.name)

    def text_cell(self, name: str, column: RelationColumn) -> TextCell:
        """How the texts of a column are read, after its cells were looked at."""
        return TextCell(column, self._blanks(name), whole_of(self._found.get(f"{name} marks")) > 0)

    def _blanks(self, name: str) -> str:
        """Which blanks there are around the texts of a column."""
        blank, odd = (
            whole_of(self._found.get(f"{name} {one}")) for one in ("blanks", "odd blanks")
        )
        return in_sql.BLANKS if odd else " " if blank else ""

    def _blanks_of(self, name: str, column: RelationColumn) -> _Looks:
        """How many cells have blanks around them, and others than the plain one."""
        text, odd = self._text(column), in_sql.BLANKS.replace(" ", "")
        around = in_sql.has_around(text, in_sql.BLANKS, self.dialect)
        further = in_sql.has_around(sql.trimmed(text, " "), odd, self.dialect)
        return {
            f"{name} blanks": statements.how_many(around),
            f"{name} odd blanks": statements.how_many(sql.choice([(around, further)])),
        }

    def _given(self, column: RelationColumn) -> Sql:
        """A cell as it is."""
        return self._cell(f"r.{column.name}", in_sql.raw(column))

    def _text(self, column: RelationColumn) -> Sql:
        """A cell as a text."""
        made = in_sql.word(TextCell(column, ""), self.dialect)
        return sql.sign_by_sign(self._cell(f"t.{column.name}", made), self.dialect)

    def _bare(self, column: RelationColumn) -> Sql:
        """The same without blanks around it, which takes time: it is made once."""
        text = in_sql.word(TextCell(column, ""), self.dialect)
        around = in_sql.has_around(text, in_sql.BLANKS, self.dialect)
        made = sql.choice([(around, in_sql.word(TextCell(column), self.dialect))], text)
        return sql.sign_by_sign(self._cell(f"b.{column.name}", made), self.dialect)

    def _cell(self, name: str, made: Sql) -> Sql:
        names = list(self._cells)
        at = next((n for n, one in enumerate(names) if one.partition(".")[2] == name), len(names))
        alias = f"{at}.{name}"
        self._cells.setdefault(alias, made)
        return sql.column(alias)

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
        found = self.ask(looks)
        return {
            name: replace(
                cell, low=whole_of(found[f"low {name}"]), high=whole_of(found[f"high {name}"])
            )
            for name, cell in cells.items()
        }

    def _no_key(self, column: RelationColumn) -> Sql:
        blank = sql.compared("=", self._bare(column), sql.text(""))
        return sql.either([sql.is_unknown(self._given(column)), blank, self._no_text(column)])

    def _no_text(self, column: RelationColumn) -> Sql:
        """Whether a cell is more than a plain text."""
        cell = self._bare(column)
        length = sql.call("LENGTH", cell)
        bad = [in_sql.is_peculiar(cell, self.dialect)]
        bad.append(sql.compared(">", length, sql.whole(_LONGEST, self.dialect)))
        if column.varies:
            bad.append(of_other_type(self._given(column), ("text", "integer", "null")))
        return sql.either(bad)

    def _of_figures(self, column: RelationColumn) -> _Looks:
        """What has to be known of a column before its figures are read."""
        if column.kind is ColumnKind.OTHER:
            raise Declined("float_column", column.name)
        if column.kind is ColumnKind.TEXT:
            return self._of_texts(column)
        if column.varies:
            odd = of_other_type(self._given(column), ("integer", "null"))
            return {"bad": statements.how_many(odd)}
        if column.kind is ColumnKind.DECIMAL and column.scale is None:
            cell = self._given(column)
            ends = [statements.least(cell), statements.largest(cell)]
            shown = [sql.cast(one, self.dialect.text) for one in ends]
            scale = statements.largest(sql.call("SCALE", cell))
            return {"scale": scale, "least": shown[0], "most": shown[1]}
        return {}

    def _of_texts(self, column: RelationColumn) -> _Looks:
        if not self.dialect.patterns or column.varies:
            raise Declined("text_figures", column.name)
        numbers = self.reading.numbers
        other = NumberFormat.EN if numbers is NumberFormat.ID else NumberFormat.ID
        cell = self._bare(column)
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
            raise Declined("odd_figures", name)
        if whole_of(found.get(f"two {name}")) >= _FEW:
            raise Declined("two_ways", name)
        for end in ("least", "most"):
            if str(found.get(f"{end} {name}") or "") in {"NaN", "Infinity", "-Infinity"}:
                raise Declined("odd_figures", name)
        scale = whole_of(found.get(f"scale {name}")) if column.scale is None else column.scale
        if column.kind is ColumnKind.WHOLE:
            scale = 0
        if scale + whole_of(found.get(f"long {name}")) > in_sql.MOST_DIGITS:
            raise Declined("too_many_digits", name)
        return scale


def of_other_type(cell: Sql, types: Sequence[str]) -> Sql:
    """Whether a cell of SQLite is of another type than these."""
    return sql.opposite(sql.one_of(sql.call("TYPEOF", cell), types))
