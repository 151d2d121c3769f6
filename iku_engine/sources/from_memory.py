"""Data an embedder hands over -> data, row by row, as if they had been read from files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from iku_engine.catalog.model import Catalog, FieldKind, RecordSet
from iku_engine.diagnostics import quoted
from iku_engine.places import Place
from iku_engine.scales import Scale
from iku_engine.sources.findings import Refusal
from iku_engine.sources.from_arrow import rows_of_arrow
from iku_engine.sources.grades import grades_of
from iku_engine.sources.handed_over import FILE, SHAPES, Day, Reading, place_in
from iku_engine.sources.model import Cell, Data, Figure, Mark, Observation, Origin, Record
from iku_engine.sources.observations import second_figure
from iku_engine.sources.values import (
    MISSING,
    figure_of,
    mark_of,
    period_of,
    printable,
    text_of,
    unusable,
)
from iku_engine.sources.vintages import Unreadable

Numbered: TypeAlias = tuple[int, object]
"""A row and its position in what was handed over, from 1."""

_LONG = frozenset({"variable", "period", "value", "mark", "published"})


def data_from_memory(
    catalog: Catalog,
    rows: object,
    *,
    scales: Mapping[str, Scale] = MappingProxyType({}),
    as_of: date | None = None,
) -> Data:
    """Read data handed over in place of the catalog's sources.

    `rows` is `{variable: {period: figure}}`, `{variable: [rows]}`, `{record set: [rows]}`, these
    mixed in one mapping, or a list of rows with `variable`, `period`, `value`, an optional
    `mark`, an optional day `published`, and the dimensions. A figure is a number, text with a
    decimal point, a label of the scale of a graded variable, or None. `scales` are those of
    plugins; rows published after `as_of` are not read.
    What cannot be used is reported as IKU413 in `Data.diagnostics`; the rest lives on.
    """
    grades = grades_of(catalog, catalog.variables.values(), scales, MISSING)
    reading = Reading(catalog, grades, as_of)
    if hasattr(rows, "__arrow_c_stream__"):
        for position, row in enumerate(rows_of_arrow(rows), start=1):
            _read_long(reading, position, row, None)
    elif isinstance(rows, Mapping):
        for position, (name, held) in enumerate(rows.items(), start=1):
            _read_named(reading, position, name, held)
    elif isinstance(rows, Sequence) and not isinstance(rows, str | bytes | bytearray):
        for position, row in enumerate(rows, start=1):
            _read_long(reading, position, row, None)
    else:
        reading.refuse(0, unusable(rows, "data", SHAPES))
    return reading.data()


class _Stamp(NamedTuple):
    """How final a row's figure is, and the day it was published on."""

    mark: Mark = Mark.FINAL
    published: date | None = None


def _read_named(reading: Reading, position: int, name: object, held: object) -> None:
    """Read what is handed over for one variable or one record set."""
    catalog = reading.catalog
    if isinstance(name, str) and name in catalog.records:
        for row, one in _numbered(reading, position, held, name):
            _read_record(reading, catalog.records[name], row, one)
    elif not isinstance(name, str) or name not in catalog.variables:
        reading.refuse(position, _unknown(catalog, name))
    elif isinstance(held, Mapping):
        for row, (period, figure) in enumerate(held.items(), start=1):
            _take(reading, row, name, period, (), figure, _Stamp())
    else:
        for row, one in _numbered(reading, position, held, name):
            _read_long(reading, row, one, name)


def _numbered(reading: Reading, position: int, held: object, subject: str) -> Iterator[Numbered]:
    if isinstance(held, Sequence) and not isinstance(held, str | bytes | bytearray):
        yield from enumerate(held, start=1)
        return
    message = f"`{subject}` is handed over without a period"
    help_text = f"hand over `{{{subject!r}: {{2022: 5}}}}` or a list of rows with `period`"
    reading.refuse(position, Refusal("IKU413", message, help_text), subject)


def _read_long(reading: Reading, position: int, row: object, variable: str | None) -> None:
    """Read a row of one variable: the one it is handed over for, or the one it names."""
    subject = variable or ""
    if not isinstance(row, Mapping):
        reading.refuse(position, unusable(row, "a row", SHAPES), subject)
        return
    name = row.get("variable", variable)
    if not isinstance(name, str) or name not in reading.catalog.variables:
        reading.refuse(position, _unknown(reading.catalog, name), subject)
        return
    lacking = [key for key in ("period", "value") if key not in row]
    if lacking:
        message = f"a row of `{name}` has no `{lacking[0]}`"
        help_text = "a missing figure is handed over as None"
        reading.refuse(position, Refusal("IKU413", message, help_text), name)
        return
    published = reading.published(position, row, name)
    if published is None:
        return
    mark = mark_of(row.get("mark"))
    place = place_in(reading, position, row, _LONG, name)
    if isinstance(mark, Refusal):
        reading.refuse(position, mark, name)
    elif place is not None:
        _take(
            reading, position, name, row["period"], place, row["value"], _Stamp(mark, published.day)
        )


def _take(
    reading: Reading,
    row: int,
    variable: str,
    period: object,
    place: Place,
    value: object,
    stamp: _Stamp,
) -> None:
    when, figure = period_of(period), _figure(reading, variable, value)
    if isinstance(when, Refusal):
        reading.refuse(row, when, variable)
        return
    key = (variable, when[0], place)
    own = Mark.FINAL if isinstance(figure, Refusal) else figure.mark
    mark = max(own, when[1], stamp.mark)
    first = reading.vintages.row_of(key, stamp.published, mark)
    if first is not None:
        reading.refuse(row, second_figure(key, first), variable)
    elif isinstance(figure, Refusal):
        reading.vintages.add(key, Unreadable(stamp.published, mark, row))
        reading.refuse(row, figure, variable)
    else:
        origin = Origin(FILE, "", row, variable)
        observation = Observation(
            *key, figure.value, origin, mark, figure.printed, figure.decimals, stamp.published
        )
        reading.vintages.add(key, observation)


def _figure(reading: Reading, variable: str, value: object) -> Figure | Refusal:
    """The figure handed over, or the score of the grade."""
    if not reading.catalog.variables[variable].grades:
        return figure_of(value)
    grades = reading.grades.get(variable)
    text = "" if value is None else text_of(value)
    if text is None:
        return unusable(value, f"a grade of `{variable}`", "hand over a label of its scale")
    return grades.read(text) if grades else Figure(None, Mark.FINAL, text, 0)


def _read_record(reading: Reading, record_set: RecordSet, position: int, row: object) -> None:
    """Read one record; a field that cannot be read is None in it, and reported."""
    if not isinstance(row, Mapping):
        reading.refuse(position, unusable(row, "a record", SHAPES), record_set.id)
        return
    read = [one for one in record_set.fields.values() if one.formula is None]
    fields = {one.id for one in read}
    key_name = record_set.key if record_set.key in row else "key"
    name = text_of(row.get(key_name))
    if not name:
        message = f"a record of `{record_set.id}` has no {quoted(record_set.key)} or `key`"
        reading.refuse(position, Refusal("IKU413", message), record_set.id)
        return
    dated = Day() if "published" in fields else reading.published(position, row, record_set.id)
    if dated is None:
        return
    when = period_of(row.get("period"))
    own = {key_name, "period", "published", *fields}
    place = place_in(reading, position, row, own, record_set.id)
    if isinstance(when, Refusal):
        reading.refuse(position, when, record_set.id)
    elif place is not None:
        cells = {
            one.id: _cell(reading, record_set.id, position, one.id, one.kind, row.get(one.id))
            for one in read
        }
        period, mark = when
        marked = {
            field: Cell(cell.value, cell.origin, max(cell.mark, mark), cell.printed)
            for field, cell in cells.items()
        }
        record = Record(name, period, place, marked)
        reading.add_record(record_set.id, position, record, dated.day)


def _cell(
    reading: Reading, record_set: str, position: int, field: str, kind: FieldKind, value: object
) -> Cell:
    origin = Origin(FILE, "", position, field)
    if kind is FieldKind.NUMBER:
        figure = figure_of(value)
        if isinstance(figure, Refusal):
            reading.refuse(position, figure, record_set)
            return Cell(None, origin)
        return Cell(figure.value, origin, figure.mark, figure.printed)
    text = "" if value is None else text_of(value)
    if text is None:
        refusal = unusable(value, f"a text for `{field}`", "hand over a text or None")
        reading.refuse(position, refusal, record_set)
        return Cell(None, origin)
    return Cell(None if text.casefold() in MISSING else text, origin, Mark.FINAL, text)


def _unknown(catalog: Catalog, name: object) -> Refusal:
    if not isinstance(name, str):
        return unusable(name, "the name of a variable or record set", SHAPES)
    known = [*catalog.variables, *catalog.records]
    message = f"{quoted(printable(name))} is no variable and no record set of the catalog"
    return Refusal("IKU413", message, "declare it in the catalog", (name, known))
