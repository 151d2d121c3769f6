"""Rows of a wide or long source -> observations of the variables that read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from iku_engine.catalog.model import Source, Variable
from iku_engine.diagnostics import quoted
from iku_engine.places import place_text
from iku_engine.sources.cells import FigureReader, plain_text
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.frame import Framed
from iku_engine.sources.grades import Grades
from iku_engine.sources.model import Key, Observation
from iku_engine.sources.protocol import Row, Table
from iku_engine.sources.tables import index_of, missing_column, report_cell
from iku_engine.sources.vintages import Unreadable, Vintages


@dataclass(frozen=True, slots=True)
class Series:
    """Which cells of a table hold a variable: a column, in the rows that hold certain texts.

    `grades` reads the cells of a variable that holds labels of a scale; `unit` is the unit that
    a figure may repeat.
    """

    variable: str
    header: str
    column: int
    where: tuple[tuple[int, str], ...]
    grades: Grades | None = None
    unit: str = ""


class ObservationReader:
    """Makes the observations of one source, row by row.

    Series are filed under the columns and texts that pick their rows, so that a long source of
    many variables costs one look-up a row. `claimed` are the names in a long source that some
    variable asks for.
    """

    def __init__(
        self,
        table: Table,
        source: Source,
        series: Sequence[Series],
        claimed: Iterable[str],
        figures: FigureReader,
        findings: Findings,
    ) -> None:
        self._vintages = Vintages()
        self._table = table
        self._source = source
        self._figures = figures
        self._findings = findings
        self._filed: dict[tuple[int, ...], dict[tuple[str, ...], list[Series]]] = {}
        for one in series:
            columns = tuple(column for column, _ in one.where)
            texts = tuple(text for _, text in one.where)
            self._filed.setdefault(columns, {}).setdefault(texts, []).append(one)
        self._names = index_of(table, source.variable) if source.variable else None
        self._claimed = set(claimed)

    def observations(self) -> dict[Key, Observation]:
        """The figure of each variable, period and place: of several vintages the last one."""
        return self._vintages.latest()

    def series_of(self, row: Row) -> list[Series]:
        """The series that read this row; a long source's row that none reads is reported."""
        found: list[Series] = []
        for columns, by_texts in self._filed.items():
            texts = tuple([plain_text(row.cells[column]) for column in columns])
            found.extend(by_texts.get(texts, ()))
        if not found and self._names is not None:
            self._report_unclaimed(row, self._names)
        return found

    def take(self, row: Row, framed: Framed, series: Iterable[Series]) -> None:
        """Read the cells of a row; one that cannot be read is reported and left out."""
        for one in series:
            key = (one.variable, framed.period, framed.place)
            cell = row.cells[one.column]
            figure = (
                one.grades.read(cell)
                if one.grades
                else self._figures.read(cell, one.column, one.unit)
            )
            mark = framed.mark if isinstance(figure, Refusal) else max(figure.mark, framed.mark)
            first = self._vintages.row_of(key, framed.published, mark)
            if first is not None:
                self._report(second_figure(key, first), row, one)
            elif isinstance(figure, Refusal):
                self._vintages.add(key, Unreadable(framed.published, mark, row.line))
                self._report(figure, row, one)
            else:
                origin = self._table.origin(row.line, one.column)
                observation = Observation(
                    *key,
                    figure.value,
                    origin,
                    mark,
                    figure.printed,
                    figure.decimals,
                    framed.published,
                )
                self._vintages.add(key, observation)

    def _report(self, refusal: Refusal, row: Row, series: Series) -> None:
        report_cell(self._table, row, series.column, refusal, self._findings, series.variable)

    def _report_unclaimed(self, row: Row, names: int) -> None:
        text = plain_text(row.cells[names])
        if text in self._claimed:
            return
        refusal = Refusal(
            "IKU412",
            f"no variable of the source `{self._source.id}` reads the rows of {quoted(text)}",
            "declare the variable, or leave the rows as they are: they are not used",
            (text, sorted(self._claimed)),
        )
        self._claimed.add(text)
        report_cell(self._table, row, names, refusal, self._findings, self._source.id)


def series_in(
    table: Table,
    source: Source,
    variables: Iterable[Variable],
    findings: Findings,
    grades: Mapping[str, Grades | None],
) -> list[Series]:
    """Where the variables of a source stand in its table; a missing column is reported.

    A graded variable whose scale cannot be used is not read: its definition is named for that.
    """
    found = [
        _series(table, source, variable, findings, grades.get(variable.id))
        for variable in variables
        if grades.get(variable.id) or not variable.grades
    ]
    return [series for series in found if series is not None]


def claimed_texts(source: Source, variables: Iterable[Variable]) -> set[str]:
    """The texts in the `variable` column of a long source that declared variables ask for."""
    return {
        plain_text(text)
        for one in variables
        for column, text in one.where or ((source.variable, one.id),)
        if column == source.variable
    }


def has_value_columns(table: Table, source: Source, findings: Findings) -> bool:
    """Whether a long source has the columns it names; what it lacks is reported."""
    lacking = [
        column
        for column in (source.variable, source.value)
        if column and index_of(table, column) is None
    ]
    for column in lacking:
        findings.add_declared(missing_column(table, column), source.location, source.id)
    return not lacking


def _series(
    table: Table, source: Source, variable: Variable, findings: Findings, grades: Grades | None
) -> Series | None:
    where = variable.where
    if source.variable and not where:
        where = ((source.variable, variable.id),)
    header = variable.column or source.value
    wanted = dict.fromkeys(chain([header], (column for column, _ in where)))
    found = {column: index_of(table, column) for column in wanted}
    for column, index in found.items():
        if index is None:
            findings.add_declared(missing_column(table, column), variable.location, variable.id)
    held = {column: index for column, index in found.items() if index is not None}
    if len(held) < len(found):
        return None
    rows = tuple(sorted((held[column], plain_text(text)) for column, text in where))
    return Series(variable.id, header, held[header], rows, grades, variable.unit)


def second_figure(key: Key, first: int) -> Refusal:
    """The refusal of a figure whose variable, period and place have one already."""
    variable, period, place = key
    at = f" at {quoted(place_text(place))}" if place else ""
    return Refusal(
        "IKU406",
        f"`{variable}` has a second figure for {period}{at}, the first one is in row {first}",
        "leave one of the two rows, or declare the dimension or `vintage` that tells them apart",
    )
