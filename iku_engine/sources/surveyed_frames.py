"""The periods and places of a table that stays where it is, read by the reader of all frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostics, Location
from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql import statements
from iku_engine.language.sql.dialects import DIALECTS, Declined
from iku_engine.language.sql.expressions import Sql
from iku_engine.language.sql.statements import Statement, Step, printed
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.sources import in_sql
from iku_engine.sources.findings import Findings
from iku_engine.sources.frame import frame_of
from iku_engine.sources.members import Members
from iku_engine.sources.model import Mark, Origin
from iku_engine.sources.protocol import BadRow, CellValue, Row
from iku_engine.sources.relations import Ask, ColumnKind, Relation, RelationColumn, whole_of

MOST_FRAMES = 100_000
"""How many periods and places a table may have that is reduced where it is."""

_ROWS = "the rows"

RawFrame = tuple[object, ...]
"""The cells that say where a row stands, as the database gives them."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The columns that say where a row stands, and what each of their combinations says."""

    columns: tuple[RelationColumn, ...]
    dimensions: tuple[str, ...]
    found: Mapping[RawFrame, tuple[Period, Place]]


@dataclass(frozen=True, slots=True)
class HeldRows:
    """A few rows of a relation, as a table that readers of rows take."""

    relation: Relation
    header: tuple[str, ...]
    held: Sequence[Row] = ()
    remarks: Diagnostics = field(default=())

    @property
    def name(self) -> str:
        return self.relation.name

    @property
    def path(self) -> str:
        return self.relation.name

    @property
    def sha256(self) -> str:
        return ""

    def rows(self) -> Iterator[Row | BadRow]:
        return iter(self.held)

    def origin(self, row: int, column: int) -> Origin:
        return Origin(self.name, "", row, self.header[column])

    def location(self, row: int, column: int | None = None) -> Location:
        return Location(self.name, row, 1)


def surveyed_frames(relation: Relation, source: Source, members: Members, ask: Ask) -> Frames:
    """What the rows of a relation say of their periods and places.

    `Declined` where a row would be refused, marked or left out, or two ways of writing say the
    same.
    """
    if source.vintage:
        raise Declined("vintage")
    columns = []
    for name in (source.period, *source.dimensions.values()):
        column = relation.columns.get(name)
        if column is None:
            raise Declined("no_column", name)
        if column.kind not in {ColumnKind.TEXT, ColumnKind.WHOLE}:
            raise Declined("odd_frame", name)
        columns.append(column)
    ordered = any(not members.are_declared(one) for one in source.dimensions)
    asked = _asked(relation, columns, ask, ordered=ordered)
    found = _read(asked, relation, source, members)
    return Frames(tuple(columns), tuple(source.dimensions), found)


def _asked(
    relation: Relation, columns: Sequence[RelationColumn], ask: Ask, *, ordered: bool
) -> list[RawFrame]:
    """Every combination of cells, where `ordered` as they first occur in rows read one by one."""
    dialect = DIALECTS[relation.dialect]
    listed = [
        (f"{number}", in_sql.grouped(in_sql.raw(one), one, dialect))
        for number, one in enumerate(columns, 1)
    ]
    before: list[tuple[str, Step]] = []
    table: Sequence[str] = relation.table
    order: list[tuple[str, Sql]] = []
    if ordered:
        rows = [sql.collated(sql.column(name), how) for name, how in relation.order]
        position = statements.position([], rows, dialect)
        before = [(_ROWS, Step([*listed, (_ROWS, position)], relation.table))]
        table, order = [_ROWS], [(_ROWS, statements.least(sql.column(_ROWS)))]
        listed = [
            (name, in_sql.grouped(sql.column(name), one, dialect))
            for (name, _), one in zip(listed, columns, strict=True)
        ]
    group = [one for _, one in listed]
    step = Step([*listed, *order], table, group=group, limit=MOST_FRAMES + 1)
    found = [tuple(row) for row in ask(printed(Statement(step, before), dialect))]
    if len(found) > MOST_FRAMES:
        raise Declined("too_many_places", str(MOST_FRAMES))
    if order:
        return [row[:-1] for row in sorted(found, key=lambda row: whole_of(row[-1]))]
    return sorted(found, key=lambda row: [str(value) for value in row])


def _read(
    raw: Sequence[RawFrame], relation: Relation, source: Source, members: Members
) -> dict[RawFrame, tuple[Period, Place]]:
    header = (source.period, *source.dimensions.values())
    table, findings = HeldRows(relation, header), Findings()
    frame = frame_of(table, source, members, findings, None)
    found: dict[RawFrame, tuple[Period, Place]] = {}
    for line, values in enumerate(raw, 1):
        cells: list[CellValue] = [relation.cell(value) for value in values]
        framed = frame.read(Row(line, cells)) if frame else None
        if framed is None:
            raise Declined("odd_rows")
        if framed.mark is not Mark.FINAL:
            raise Declined("provisional")
        found[values] = framed.period, framed.place
    if len(set(found.values())) < len(found):
        raise Declined("two_names")
    return found
