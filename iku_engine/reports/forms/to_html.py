"""A form -> a page that stands alone and prints on A4 landscape."""

from __future__ import annotations

from importlib.resources import files

from iku_engine.reports.forms.model import Column, Field, Form, Row, Section, heading_spans
from iku_engine.reports.html import Html, element, joined, page
from iku_engine.reports.labels import Language

_BLANK_LINES = 3


def to_html(form: Form, language: Language) -> str:
    """The whole form as one page; each sheet of several begins on a new one."""
    style = sheet() + _column_widths(form)
    sections = [_section(section, form, at, language) for at, section in enumerate(form.sections)]
    header = element(
        "header", element("h1", form.title), _fields(form.fields), attributes={"class": "form"}
    )
    return page(form.title, joined(header, *sections), style, language.value)


def sheet() -> str:
    """The style sheet of all pages."""
    return (files("iku_engine.reports.forms") / "form.css").read_text(encoding="utf-8")


def _column_widths(form: Form) -> str:
    """A rule for each width of a column: the page's policy allows no style on an element."""
    shares = {share for section in form for share in _shares(section)}
    return "".join(f"col.w{share} {{ width: {share}%; }}\n" for share in sorted(shares))


def _shares(section: Section) -> list[int]:
    whole = sum(column.width for column in section.columns)
    return [max(1, round(100 * column.width / whole)) for column in section.columns]


def _section(section: Section, form: Form, at: int, language: Language) -> Html:
    parts: list[str] = []
    if section.title:
        parts.append(element("h2", section.title))
    parts.append(_fields(section.fields))
    parts.append(_table(section, form, language))
    parts += [_narrative(field) for field in section.narrative]
    kind = "sheet" if section.fields and at else "section"
    return element("section", *parts, attributes={"class": kind})


def _table(section: Section, form: Form, language: Language) -> Html:
    columns = [element("col", attributes={"class": f"w{share}"}) for share in _shares(section)]
    rows = [_row(row, section.columns, language) for row in section.rows]
    caption = element("caption", section.title or form.title)
    return element(
        "table",
        caption,
        element("colgroup", *columns),
        element("thead", *_headings(section)),
        element("tbody", joined(*rows)),
        attributes={"class": "wide" if len(section.columns) > 12 else "plain"},
    )


def _headings(section: Section) -> list[Html]:
    rows = []
    for level in range(section.depth):
        cells = []
        for text, columns, below in heading_spans(section.columns, level):
            attributes: dict[str, str | int] = {"scope": "colgroup" if columns > 1 else "col"}
            if columns > 1:
                attributes["colspan"] = columns
            if below > 1:
                attributes["rowspan"] = below
            cells.append(element("th", text, attributes=attributes))
        rows.append(element("tr", *cells))
    if section.is_numbered:
        numbers = [element("td", column.number) for column in section.columns]
        rows.append(element("tr", *numbers, attributes={"class": "numbers"}))
    return rows


def _row(row: Row, columns: tuple[Column, ...], language: Language) -> Html:
    cells = []
    for cell, column in zip(row.cells, columns, strict=True):
        is_figure = column.figures or cell.figure is not None
        attributes = {"class": "figure"} if is_figure else {}
        cells.append(element("td", cell.shown(language.numbers), attributes=attributes))
    return element("tr", *cells, attributes={"class": row.kind.value})


def _fields(fields: tuple[Field, ...]) -> Html:
    if not fields:
        return Html("")
    pairs = [
        part
        for field in fields
        for part in (
            element("dt", field.label),
            element("dd", *[element("p", line) for line in field.lines]),
        )
    ]
    return element("dl", *pairs)


def _narrative(field: Field) -> Html:
    """What is told, or room to write it."""
    if field.lines:
        told = [element("p", line) for line in field.lines]
    else:
        told = [element("p", attributes={"class": "blank"}) for _ in range(_BLANK_LINES)]
    return element("div", element("h3", field.label), *told, attributes={"class": "narrative"})
