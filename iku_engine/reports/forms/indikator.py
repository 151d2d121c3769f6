"""The forms of indicators: the agency's own (IKU), and a sheet for each position (IKI)."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.catalog.model import Indicator, Owner
from iku_engine.periods import Period
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import Cell, Column, Field, Form, Row, Section
from iku_engine.reports.forms.words import period_heading, target_cell, words
from iku_engine.reports.formulation_text import formulation_text
from iku_engine.reports.labels import Language

IKU, IKI = "iku", "iki"


def iku(content: Content) -> Form:
    """The indicators of those at the top: one table an agency."""
    sections = _sections(content, [one for one in _owners(content) if content.is_agency(one)])
    title = content.title(words(IKU, content.language))
    return Form(IKU, title, content.header(), sections)


def iki(content: Content) -> Form:
    """The indicators of each position below the top, with its duty and functions."""
    below = [one for one in _owners(content) if not content.is_agency(one)]
    sections = _sections(content, below, positions=True)
    return Form(IKI, words(IKI, content.language), content.header(), sections)


def _owners(content: Content) -> list[Owner]:
    """The owners asked for that answer for indicators, in the catalog's order."""
    answering = {indicator.owner for indicator in content.catalog.indicators.values()}
    owners = content.catalog.owners.values()
    return [one for one in owners if one.id in answering and content.wanted(one)]


def _sections(
    content: Content, owners: Sequence[Owner], *, positions: bool = False
) -> tuple[Section, ...]:
    columns = _columns(content.periods, content.language)
    found = []
    for owner in owners:
        held = [one for one in content.catalog.indicators.values() if one.owner == owner.id]
        rows = tuple(_row(one, content) for one in held)
        if positions:
            fields = _position(owner, content.language)
            found.append(Section(columns, rows, words("iki", content.language), fields))
        else:
            found.append(Section(columns, rows, owner.title))
    return tuple(found)


def _position(owner: Owner, language: Language) -> tuple[Field, ...]:
    """Jabatan, tugas and fungsi as the sheet prints them."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    functions = tuple(
        f"{letters[at]}. {text}" if at < len(letters) else text
        for at, text in enumerate(owner.functions)
    )
    return (
        Field(f"1. {words('position', language)}", (owner.title,)),
        Field(f"2. {words('duty', language)}", (owner.duty,) if owner.duty else ("-",)),
        Field(f"3. {words('functions', language)}", functions or ("-",)),
    )


def _columns(periods: Sequence[Period], language: Language) -> tuple[Column, ...]:
    first = [("no", 5), ("objective", 17), ("indicator", 18), ("formulation", 22)]
    targets = [
        Column((words("target", language), period_heading(period, language)), 7, figures=True)
        for period in periods
    ]
    return (
        *(Column((words(key, language),), width) for key, width in first),
        *targets,
        Column((words("unit", language),), 8),
        Column((words("data_source", language),), 9),
    )


def _row(indicator: Indicator, content: Content) -> Row:
    targets = (
        target_cell(content.result(indicator.id, period), content.language)
        for period in content.periods
    )
    return Row(
        (
            Cell(indicator.no),
            Cell(indicator.objective),
            Cell(indicator.name),
            Cell(formulation_text(indicator.formulation)),
            *targets,
            Cell(indicator.unit),
            Cell(indicator.data_source),
        )
    )
