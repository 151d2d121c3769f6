"""An explanation -> Markdown: one figure from the decree's sentence down to the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iku_engine.quantities import NumberFormat
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language
from iku_engine.reports.markdown import markdown_code, markdown_table, markdown_text
from iku_engine.reports.names import Names
from iku_engine.reports.to_explanation import Extras, Writer
from iku_engine.results.explanation import CountedRecord, ExplainedInput, Explanation
from iku_engine.sources.model import Origin

_FORMULAS = frozenset(
    {"formula", "expanded", "figures", "target_rule", "achievement_formula", "achievement_figures"}
)
_DEEPEST_HEADING = 6
_COLUMNS = (
    "input", "period", "place", "figure", "unit", "file", "row", "column", "mark", "vintage",
)  # fmt: skip
_OPTIONAL = (2, 9)  # place and vintage, where any input has one


def explanation_markdown(
    explanation: Explanation,
    names: Names,
    *,
    language: Language = Language.ID,
    numbers: NumberFormat | None = None,
    extras: Extras | None = None,
) -> str:
    """The explanation as a document; inputs that are indicators have sections of their own."""
    writer = Writer(names, language, numbers or language.numbers, extras or Extras())
    return "\n\n".join(_section(explanation, writer, 1)) + "\n"


def _section(explanation: Explanation, writer: Writer, level: int) -> Iterator[str]:
    heading = markdown_text(writer.heading(explanation.result))
    yield f"{'#' * min(level, _DEEPEST_HEADING)} {heading}"
    yield "\n".join(_facts(explanation, writer))
    if explanation.latex:
        yield f"$$\n{visible(explanation.latex)}\n$$"
    if explanation.inputs:
        yield f"**{writer.label('inputs')}**"
        yield _inputs(explanation.inputs, writer)
    for each in explanation.inputs:
        yield from _reduction(each, writer)
        if each.records:
            yield from _records(each, writer)
    for each in explanation.inputs:
        if each.parts is not None:
            yield from _section(each.parts, writer, level + 1)


def _facts(explanation: Explanation, writer: Writer) -> Iterator[str]:
    for key, text in writer.facts(explanation):
        shown = markdown_code(text) if key in _FORMULAS else markdown_text(text)
        yield f"- {writer.label(key)}: {shown}"


def _inputs(inputs: Sequence[ExplainedInput], writer: Writer) -> str:
    """A row a cell, or one row for an input that no cell of the data holds."""
    rows = [row for each in inputs for row in _rows(each, writer)]
    kept = [n for n in range(len(_COLUMNS)) if n not in _OPTIONAL or any(row[n] for row in rows)]
    headers = [writer.label(f"column_{_COLUMNS[n]}") for n in kept]
    return markdown_table(headers, [[row[n] for n in kept] for row in rows])


def _rows(each: ExplainedInput, writer: Writer) -> Iterator[list[str]]:
    label = "" if each.label == each.name else f"{markdown_text(each.label)} "
    named = f"{label}{markdown_code(each.name)}"
    unit = markdown_text(each.unit)
    place = markdown_text(writer.names.place(each.place))
    several = len(each.cells) != 1
    if several:
        figure = "-" if each.value is None else writer.value(each.value)
        why = "" if each.value is not None else "; ".join(writer.sentences(each.reasons))
        text = f"{figure} ({why})" if why else figure
        yield [named, str(each.period), place, markdown_text(text), unit, *[""] * 5]
    for cell in each.cells:
        origin = cell.origin
        yield [
            named,
            str(cell.period),
            markdown_text(writer.names.place(cell.place)),
            markdown_text("-" if cell.value is None else writer.value(cell.value)),
            unit,
            markdown_text(origin.file),
            markdown_text(_row_of(origin, writer)),
            markdown_text(origin.column),
            markdown_text(cell.mark.sign),
            markdown_text(", ".join(writer.vintage(cell))),
        ]


def _reduction(each: ExplainedInput, writer: Writer) -> Iterator[str]:
    """Where an aggregate was made, and its statements where they are asked for."""
    for text in writer.how(each):
        yield f"{markdown_code(each.name)}: {markdown_text(text)}"
    for heading, statement in writer.statements(each):
        yield markdown_text(f"{heading}:")
        yield "\n".join(f"    {visible(line)}" for line in statement.splitlines())


def _records(each: ExplainedInput, writer: Writer) -> Iterator[str]:
    """The records that an aggregate looked at, with the fields it used."""
    yield f"{markdown_code(each.name)}: {markdown_text(writer.counts(each.records))}"
    shown = writer.shown_records(each)
    used = writer.used_fields(each)
    fields = [name for name, _ in each.records[0].fields if name in used]
    reasons = any(record.reason for record in shown)
    keys = ("record", "state", "file", "row")
    headers = [writer.label(f"column_{key}") for key in keys]
    headers += [markdown_code(name) for name in fields]
    headers += [writer.label("reasons")] * reasons
    rows = [_record(record, fields, writer) for record in shown]
    if reasons:
        rows = [
            [*row, markdown_text(record.reason)] for row, record in zip(rows, shown, strict=True)
        ]
    yield markdown_table(headers, rows)
    left = len(each.records) - len(shown)
    if left:
        yield markdown_text(writer.more_records(left))


def _row_of(origin: Origin, writer: Writer) -> str:
    """What stands in the column of rows: a number, or where in a workbook or table."""
    return str(origin.row) if origin.spot is None else writer.place(origin)


def _record(record: CountedRecord, fields: Sequence[str], writer: Writer) -> list[str]:
    origin = record.origin
    file, row = (origin.file, _row_of(origin, writer)) if origin else ("", "")
    known = dict(record.fields)
    texts = [
        record.key,
        writer.state(record),
        file,
        row,
        *(writer.field(f, known.get(f, "")) for f in fields),
    ]
    return [markdown_text(text) for text in texts]
