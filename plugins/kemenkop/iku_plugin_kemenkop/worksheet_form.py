"""Worksheets as forms of `iku report`: a sheet a cooperative and period.

A record set is read whose fields are called like the items of the regulation.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.catalog.model import RecordField
from iku_engine.errors import UsageError
from iku_engine.evaluation.model import Outcome
from iku_engine.evaluation.records import RecordWorld
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import Column, Field, Form, Section
from iku_engine.reports.labels import Language, label
from iku_engine.sources.model import Origin, SheetCell
from iku_plugin_kemenkop.data import regulations
from iku_plugin_kemenkop.kkpkk import KKPKK
from iku_plugin_kemenkop.ratios import RATIOS
from iku_plugin_kemenkop.worksheet import items_of, worksheet
from iku_plugin_kemenkop.worksheet_rows import Sheet, rows_of
from iku_plugin_kemenkop.worksheet_words import WORDS

_NAME = "nama"  # the field that names a cooperative beside its key
_COLUMNS = (
    ("no", 4, False),
    ("ratio", 28, False),
    ("figure", 12, True),
    ("value", 8, True),
    ("band", 11, False),
    ("score", 6, True),
    ("highest", 7, True),
    ("remark", 22, False),
)


def fill(name: str, regulation: str, content: Content) -> Form:
    """The worksheets of all cooperatives in the periods asked for, in the order of the data."""
    language, declared = content.language, regulations()[regulation]
    word = WORDS[language]
    status = declared.status_id if language is Language.ID else declared.status
    head = [Field(word["basis"], (declared.reference, status))]
    if regulation == KKPKK:
        head.append(Field(word["note"], (word["values"], word["no_total"])))
    sections = tuple(_section(one, language) for one in _sheets(regulation, content))
    return Form(name, content.title(word["title"]), (*content.header(), *head), sections)


def _section(one: Sheet, language: Language) -> Section:
    word = WORDS[language]
    fields = [Field(word["cooperative"], (one.title,))]
    if one.sheet.aspects:
        fields.append(Field(word["rating"], (one.sheet.rating or word["none"],)))
    columns = tuple(Column((word[key],), width, figures) for key, width, figures in _COLUMNS)
    return Section(columns, tuple(rows_of(one, language)), fields=tuple(fields))


def _sheets(regulation: str, content: Content) -> Iterator[Sheet]:
    names = _record_sets(regulation, content)
    for period in content.periods:
        for name in names:
            for world in content.records(name, period):
                yield _sheet(regulation, name, world, content)


def _record_sets(regulation: str, content: Content) -> list[str]:
    """The record sets that have all items of at least one ratio."""
    ratios = [set(one.items) for one in RATIOS if one.regulation == regulation]
    found = [
        name
        for name, declared in content.catalog.records.items()
        if any(ratio <= set(declared.fields) for ratio in ratios)
    ]
    if not found:
        needed = ", ".join(f"`{item}`" for item in sorted(ratios[0]))
        raise UsageError(f"no record set has the items of a ratio as fields, such as {needed}")
    return found


def _sheet(regulation: str, records: str, world: RecordWorld, content: Content) -> Sheet:
    fields = content.catalog.records[records].fields
    figures = {item: world.field(item) for item in items_of(regulation) if item in fields}
    named = world.field(_NAME).value if _NAME in fields else ""
    title = " ".join(part for part in (world.record.key, named) if isinstance(part, str) and part)
    origins = {item: _origin(world, fields[item], content.language) for item in figures}
    made = worksheet(
        {item: _number(outcome) for item, outcome in figures.items()}, regulation=regulation
    )
    return Sheet(f"{title}, {world.record.period}", figures, origins, made)


def _number(outcome: Outcome) -> Fraction | None:
    return outcome.value if isinstance(outcome.value, Fraction) else None


def _origin(world: RecordWorld, field: RecordField, language: Language) -> str:
    """Where a figure comes from: its cell, or the formula of a computed field."""
    if field.formula is not None:
        return f"{WORDS[language]['formula']} {field.formula.text}"
    cell = world.record.cells.get(field.id)
    if cell is None:
        return ""
    origin = cell.origin
    place = label("explain.row", language, file=origin.file, place=_place(origin, language))
    column = f"{WORDS[language]['column']} {origin.column}"
    return place if origin.column == field.id else f"{place}, {column}"


def _place(origin: Origin, language: Language) -> str:
    match origin.spot:
        case None:
            return label("explain.at_row", language, row=str(origin.row))
        case SheetCell(sheet, cell):
            return label("explain.at_cell", language, sheet=sheet, cell=cell)
    return origin.place
