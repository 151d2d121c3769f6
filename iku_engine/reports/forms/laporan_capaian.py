"""The achievement report (laporan capaian): money, volumes and percentages of every plan node."""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.catalog.model import Level
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import EMPTY, Cell, Column, Field, Form, Kind, Row, Section
from iku_engine.reports.forms.words import (
    actual_cell,
    money_cell,
    percent_cell,
    target_cell,
    words,
)
from iku_engine.reports.labels import Language
from iku_engine.results.model import Result
from iku_engine.results.plan import NodeResult

NAME = "laporan-capaian"
_COUNTED = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)


def laporan_capaian(content: Content) -> Form:
    """One table over the whole plan in one period, its total last, and the narrative below."""
    language = content.language
    rows = [row for node in content.nodes() for row in _rows(node, language)]
    section = Section(_columns(language), tuple(rows), narrative=_narrative(content))
    counts = [
        Field(words(f"count.{level.value}", language), (str(count),))
        for level, count in content.counts(_COUNTED).items()
    ]
    title = content.title(words("laporan-capaian", language))
    return Form(NAME, title, (*content.header(), *counts), (section,))


def _columns(language: Language) -> tuple[Column, ...]:
    def of(*keys: str, width: int, number: str, figures: bool = False) -> Column:
        return Column(tuple(words(key, language) for key in keys), width, figures, number)

    return (
        of("code", width=12, number="(1)"),
        of("node", width=16, number="(2)"),
        of("measure", width=16, number="(3)"),
        of("target_of", "budget", width=10, number="(4)", figures=True),
        of("target_of", "volume", width=8, number="(4)", figures=True),
        of("actual_of", "budget", width=10, number="(5)", figures=True),
        of("actual_of", "volume", width=8, number="(5)", figures=True),
        of("unit", width=8, number="(6)"),
        of("achievement_of", "absorption", width=8, number="(7)", figures=True),
        of("achievement_of", "output", width=8, number="(7)", figures=True),
        of("average", width=7, number="(8)", figures=True),
    )


def _rows(node: NodeResult, language: Language) -> Iterator[Row]:
    """The row of a node; its lines below it where there are several."""
    kind = Kind.TOTAL if node.node is None else Kind(node.node.level.value)
    name = words("total", language)
    code = ""
    if node.node is not None:
        code, name = node.node.code, f"{node.node.no} {node.node.name}".strip()
    lines = node.lines
    single = lines[0] if len(lines) == 1 else None
    volume = (EMPTY, EMPTY, EMPTY) if single is None else _volume(single, language)
    target, actual, unit = volume
    yield Row(
        (
            Cell(code),
            Cell(name),
            Cell(single.indicator.name) if single else EMPTY,
            money_cell(node.budget),
            target,
            money_cell(node.spent),
            actual,
            unit,
            percent_cell(node.absorption),
            percent_cell(node.output),
            percent_cell(node.average),
        ),
        kind,
    )
    for line in lines if single is None else ():
        target, actual, unit = _volume(line, language)
        name_of_line = Cell(line.indicator.name)
        achieved = percent_cell(line.achievement)
        before = (EMPTY, EMPTY, name_of_line, EMPTY, target, EMPTY, actual, unit)
        yield Row((*before, EMPTY, achieved, EMPTY))


def _volume(line: Result, language: Language) -> tuple[Cell, Cell, Cell]:
    return target_cell(line, language), actual_cell(line), Cell(line.unit)


def _narrative(content: Content) -> tuple[Field, ...]:
    """Obstacles and what was done about them: of the document, then of each node that tells any."""
    document, language = content.catalog.document, content.language
    fields = []
    for key in ("obstacles", "follow_up"):
        whole = (getattr(document, key) if document else "") or ""
        lines = [line for line in whole.split("\n") if line.strip()]
        for node in content.catalog.plan.values():
            told = node.obstacles if key == "obstacles" else node.follow_up
            if told:
                lines.append(f"{node.no or node.code} {node.name}: {told}".strip())
        fields.append(Field(words(key, language), tuple(lines)))
    return tuple(fields)
