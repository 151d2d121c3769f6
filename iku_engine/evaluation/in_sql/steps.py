"""The steps of a statement over records: cells, computed fields, the condition and the value.

Each record is one row of each step. Names of columns begin with a number, so that no two are
the same however long a name is that a database would cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from iku_engine.algebra.model import OverRecords, Program
from iku_engine.binding.model import BoundRecords
from iku_engine.evaluation.in_sql.from_program import SqlValue, Truth, Words, print_program
from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql.dialects import Declined, Dialect
from iku_engine.language.sql.expressions import Sql
from iku_engine.language.sql.numbers import Numbers, Ratio, Whole
from iku_engine.language.sql.statements import Step
from iku_engine.sources import in_sql
from iku_engine.sources.relations import RelationColumn
from iku_engine.sources.survey import Survey

CELLS, FIELDS, JUDGED, RANKED = "the cells", "the fields", "the records", "the first"
HELD, ABOVE, BELOW, KEY, RANK = "held", "above", "below", "key", "rank"


@dataclass(frozen=True, slots=True)
class Judged:
    """Steps that end in one row a record: whether its condition holds, and its value.

    `frame`, `held` and `value` read the columns of the last step; `held` is None where there is
    no condition, and `value` where records are only counted.
    """

    steps: tuple[tuple[str, Step], ...]
    frame: tuple[tuple[str, Sql], ...]
    held: Sql | None
    value: Ratio | None

    @property
    def is_counted(self) -> Sql:
        """Whether a record counts."""
        parts = [self.held] if self.held is not None else []
        if self.value is not None:
            parts.append(sql.is_known(self.value.above.sql))
        return sql.both(parts) if parts else sql.true()

    @property
    def is_unknown(self) -> Sql | None:
        """Whether it is not known if a record counts, or with which value; None where it is."""
        parts = [sql.is_unknown(self.held)] if self.held is not None else []
        if self.value is not None:
            without = sql.is_unknown(self.value.above.sql)
            parts.append(without if self.held is None else sql.both([self.held, without]))
        return sql.either(parts) if parts else None


def judged(step: OverRecords, bound: BoundRecords, survey: Survey, *, raw: bool = False) -> Judged:
    """The steps of an aggregate; with `raw` every column of a record is kept, to be read again.

    Raises `Declined` for what cannot be said exactly.
    """
    numbers = Numbers(survey.dialect)
    wanted = needed_fields(step, bound)
    cells = _Cells(survey, numbers)
    for name in wanted:
        if name not in bound.computed:
            cells.add(name)
    steps = [(CELLS, cells.step(raw=raw))]
    fields = dict(cells.fields)
    for level in _levels(bound, wanted):
        made = {name: print_program(bound.computed[name], fields, numbers) for name in level}
        columns: list[tuple[str, Sql]] = []
        for name, each in made.items():
            more, fields[name] = _as_columns(each, cells.named(name), survey.dialect)
            columns += more
        steps.append((f"{FIELDS} {len(steps)}", Step(columns, [steps[-1][0]], everything=True)))
    last: list[tuple[str, Sql]] = []
    held: Sql | None = None
    value: Ratio | None = None
    if step.where is not None:
        condition = print_program(step.where, fields, numbers)
        last.append((HELD, condition.sql if isinstance(condition, Truth) else sql.null()))
        held = sql.column(HELD)
    if step.value is not None:
        found = print_program(step.value, fields, numbers)
        assert isinstance(found, Ratio)
        more, value = _ratio_columns(found, (ABOVE, BELOW))
        last += more
    frame = tuple(cells.read_frame())
    made_of = Step(last if raw else [*frame, *last], [steps[-1][0]], everything=raw)
    return Judged((*steps, (JUDGED, made_of)), frame, held, value)


def needed_fields(step: OverRecords, bound: BoundRecords) -> dict[str, None]:
    """The fields that an aggregate reads, also those that its computed ones read."""
    found: dict[str, None] = {}
    waiting = [*_inputs(step.where), *_inputs(step.value)]
    while waiting:
        name = waiting.pop(0)
        if name in bound.broken:
            raise Declined("broken_field", name)
        if name not in found:
            found[name] = None
            waiting += _inputs(bound.computed.get(name))
    return found


def _levels(bound: BoundRecords, wanted: Mapping[str, None]) -> list[list[str]]:
    """The computed fields that are wanted; those of one level read only those before it."""
    level: dict[str, int] = {}
    found: list[list[str]] = []
    for name in (one for one in bound.computed if one in wanted):
        read = [level[one] for one in _inputs(bound.computed[name]) if one in level]
        level[name] = max(read, default=-1) + 1
        if level[name] == len(found):
            found.append([])
        found[level[name]].append(name)
    return found


def _inputs(program: Program | None) -> Iterable[str]:
    return [one.name for one in program.inputs()] if program is not None else []


@dataclass(slots=True)
class _Cells:
    """The first step: the cells of a table, read as the reader of records reads them."""

    survey: Survey
    numbers: Numbers
    fields: dict[str, SqlValue] = field(default_factory=dict)
    _columns: list[tuple[str, Sql]] = field(default_factory=list)

    @property
    def frame(self) -> list[tuple[str, Sql]]:
        columns = self.survey.frames.columns
        dialect = self.survey.dialect
        return [
            (f"{number}.{one.name}", in_sql.grouped(in_sql.raw(one), one, dialect))
            for number, one in enumerate(columns, 1)
        ]

    def read_frame(self) -> list[tuple[str, Sql]]:
        """The columns of period and place as every later step reads them."""
        dialect, columns = self.survey.dialect, self.survey.frames.columns
        return [
            (name, in_sql.grouped(sql.column(name), one, dialect))
            for (name, _), one in zip(self.frame, columns, strict=True)
        ]

    def add(self, name: str) -> None:
        """Read one more field."""
        survey = self.survey
        alias, _ = self.named(name)
        text = survey.texts.get(name)
        if text is not None:
            made = in_sql.text_cell(text, survey.reading, survey.dialect)
            # Where texts compare by rules of their own, the column of a step does so again.
            self.fields[name] = Words(sql.sign_by_sign(sql.column(alias), survey.dialect), 1)
        else:
            cell = survey.numbers[name]
            whole = in_sql.number_cell(cell, survey.reading, survey.dialect)
            made = whole.sql
            above = replace(whole, sql=sql.column(alias), nodes=1)
            self.fields[name] = Ratio(above, self.numbers.fixed(10**cell.scale))
        self._columns.append((alias, made))

    def named(self, name: str) -> tuple[str, str]:
        """Names for the columns of a field: the value, and what it is over."""
        number = list(self.survey.record_set.fields).index(name) + 1
        return f"f{number}.{name}", f"f{number}/.{name}"

    def step(self, *, raw: bool) -> Step:
        survey = self.survey
        columns = [*self.frame, *self._columns]
        if raw:
            columns.append((KEY, in_sql.word(survey.key, survey.dialect)))
            columns += [(f"r{n}", in_sql.raw(one)) for n, one in enumerate(raw_columns(survey), 1)]
        return Step(columns, survey.relation.table)


def raw_columns(survey: Survey) -> list[RelationColumn]:
    """The columns from which a record is read again: those of its key and of every field."""
    columns = [one.column for one in (survey.key, *survey.texts.values())]
    columns += [one.column for one in survey.numbers.values()]
    return list({one.name: one for one in columns}.values())


def _as_columns(
    value: SqlValue, names: tuple[str, str], dialect: Dialect
) -> tuple[list[tuple[str, Sql]], SqlValue]:
    """A value as columns of a step, and as the next step reads it."""
    if isinstance(value, Ratio):
        return _ratio_columns(value, names)
    read = sql.column(names[0])
    if isinstance(value, Truth):
        return [(names[0], value.sql)], Truth(read, 1)
    return [(names[0], value.sql)], Words(sql.sign_by_sign(read, dialect), 1)


def _ratio_columns(value: Ratio, names: tuple[str, str]) -> tuple[list[tuple[str, Sql]], Ratio]:
    columns: list[tuple[str, Sql]] = []
    read: list[Whole] = []
    for name, whole in zip(names, (value.above, value.below), strict=True):
        if whole.fixed:
            read.append(whole)
            continue
        columns.append((name, whole.sql))
        read.append(replace(whole, sql=sql.column(name), nodes=1))
    return columns, Ratio(read[0], read[1])
