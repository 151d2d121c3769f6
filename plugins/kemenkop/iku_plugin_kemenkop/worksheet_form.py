"""Worksheets as forms of `iku report`: a sheet a cooperative, a row a ratio, its figures below.

A record set is read whose fields are called like the items of the regulation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from iku_engine.errors import UsageError
from iku_engine.evaluation.model import Outcome, Reason
from iku_engine.evaluation.records import RecordWorld
from iku_engine.quantities import to_decimal_text
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import (
    EMPTY,
    Cell,
    Column,
    Field,
    Form,
    Kind,
    ReportForm,
    Row,
    Section,
)
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import sentence
from iku_engine.scales import decimals_of
from iku_plugin_kemenkop.aspects import ASPECTS, PERDEP06
from iku_plugin_kemenkop.data import items, regulations
from iku_plugin_kemenkop.kkpkk import KKPKK
from iku_plugin_kemenkop.out_of_table import OUTSIDE
from iku_plugin_kemenkop.ratios import RATIOS
from iku_plugin_kemenkop.tables import TABLES
from iku_plugin_kemenkop.worksheet import Line, Worksheet, items_of, worksheet
from iku_plugin_kemenkop.worksheet_words import WORDS

_FEWEST, _MOST = 2, 8  # decimals of a ratio
_SCORE_DECIMALS = 2  # every score of the tables is a whole number of hundredths
_NAME = "nama"  # the field that names a cooperative beside its key


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One cooperative in one period: its figures as read, and what they came to."""

    title: str
    figures: dict[str, Outcome]
    origins: dict[str, str]
    sheet: Worksheet


def perdep06_form(content: Content) -> Form:
    """The worksheets of Perdep 06: seven aspects, total and rating."""
    return _form("kertas-kerja-koperasi", PERDEP06, content)


def kkpkk_form(content: Content) -> Form:
    """The ratios of KKPKK whose tables were read in print; no total, for its rules were not."""
    return _form("kertas-kerja-kkpkk", KKPKK, content)


FORMS = (
    ReportForm(
        "kertas-kerja-koperasi",
        "Worksheet: health of cooperatives (Perdep 06/2016)",
        "Kertas kerja penilaian kesehatan koperasi (Perdep 06/2016)",
        perdep06_form,
    ),
    ReportForm(
        "kertas-kerja-kkpkk",
        "Worksheet: ratios of KKPKK that were read in print (Juknis 15/2021)",
        "Kertas kerja rasio KKPKK yang terbaca dalam cetakan (Juknis 15/2021)",
        kkpkk_form,
    ),
)


def _form(name: str, regulation: str, content: Content) -> Form:
    language, declared = content.language, regulations()[regulation]
    word = WORDS[language]
    status = declared.status_id if language is Language.ID else declared.status
    head = [Field(word["basis"], (declared.reference, status))]
    if regulation == KKPKK:
        head.append(Field(word["note"], (word["values"], word["no_total"])))
    sections = tuple(_section(one, language) for one in _sheets(regulation, content))
    return Form(name, content.title(word["title"]), (*content.header(), *head), sections)


# What is read ----------------------------------------------------------------------------------


def _sheets(regulation: str, content: Content) -> Iterator[_Sheet]:
    for period in content.periods:
        for name in _record_sets(regulation, content):
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


def _sheet(regulation: str, records: str, world: RecordWorld, content: Content) -> _Sheet:
    fields = content.catalog.records[records].fields
    figures = {item: world.field(item) for item in items_of(regulation) if item in fields}
    named = world.field(_NAME).value if _NAME in fields else ""
    record = world.record
    title = " ".join(part for part in (record.key, named) if isinstance(part, str) and part)
    known = {item: outcome.value for item, outcome in figures.items()}
    numbers = {item: v if isinstance(v, Fraction) else None for item, v in known.items()}
    origins = {item: str(record.cells[item].origin) for item in figures if item in record.cells}
    made = worksheet(numbers, regulation=regulation)
    return _Sheet(f"{title}, {record.period}", figures, origins, made)


# What is shown ---------------------------------------------------------------------------------


def _section(one: _Sheet, language: Language) -> Section:
    word, sheet = WORDS[language], one.sheet
    fields = [Field(word["cooperative"], (one.title,))]
    rows = [row for line in sheet.lines_of("") for row in _rows(line, one, language)]
    for aspect, declared in zip(sheet.aspects, ASPECTS, strict=bool(sheet.aspects)):
        name = declared.name if language is Language.ID else declared.name_en
        scores = (_score(aspect.score), _score(aspect.weight))
        rows.append(Row((Cell(aspect.id), Cell(name), *[EMPTY] * 3, *scores, EMPTY), Kind.PROGRAM))
        rows += [row for line in sheet.lines_of(aspect.id) for row in _rows(line, one, language)]
    if sheet.aspects:
        rating = Cell(sheet.rating or word["none"])
        scores = (_score(sheet.total), _score(sum((a.weight for a in sheet.aspects), Fraction())))
        cells = (Cell("total"), Cell(word["total"]), *[EMPTY] * 3, *scores, rating)
        rows.append(Row(cells, Kind.TOTAL))
        fields.append(Field(word["rating"], (rating.text,)))
    return Section(_columns(language), tuple(rows), fields=tuple(fields))


def _columns(language: Language) -> tuple[Column, ...]:
    word = WORDS[language]

    def of(key: str, width: int, *, figures: bool = False) -> Column:
        return Column((word[key],), width, figures)

    return (
        of("code", 13),
        of("ratio", 26),
        of("figure", 12, figures=True),
        of("value", 8, figures=True),
        of("band", 11),
        of("score", 6, figures=True),
        of("highest", 7, figures=True),
        of("remark", 17),
    )


def _rows(line: Line, one: _Sheet, language: Language) -> Iterator[Row]:
    """The row of a ratio, and one for each figure put in."""
    name = line.of.name if language is Language.ID else line.of.name_en
    yield Row(
        (
            Cell(line.of.id),
            Cell(name),
            EMPTY,
            _value(line),
            Cell(line.band.range_text() if line.band else ""),
            _score(line.score),
            _score(line.of.highest),
            Cell(_remark(line, language)),
        ),
        Kind.KEGIATAN,
    )
    for item, figure in line.figures:
        row = items()[item]
        name = row["name"] if language is Language.ID else row["name_en"]
        remark = one.origins.get(item, "")
        if figure is None:
            outcome = one.figures.get(item)
            reasons = outcome.reasons if outcome else ()
            remark = _sentences(reasons, language) or WORDS[language]["missing"]
        cells = (Cell(item), Cell(name), _figure(figure), *[EMPTY] * 4, Cell(remark))
        yield Row(cells)


def _remark(line: Line, language: Language) -> str:
    """Why there is no score; what KKPKK calls the value of a band."""
    if line.score is None:
        return _sentences(line.reasons, language)
    named = line.band is not None and line.band.label != line.band.range_text()
    return f"{WORDS[language]['grade']} {line.band.label}" if named and line.band else ""


def _sentences(reasons: Sequence[Reason], language: Language) -> str:
    labels = {
        item: row["name"] if language is Language.ID else row["name_en"]
        for item, row in items().items()
    }
    labels |= {name: table.used.title for name, table in TABLES.items()}
    said = dict.fromkeys(
        WORDS[language]["outside"]
        if reason.kind == OUTSIDE
        else sentence(_timeless(reason), Names(labels), language)
        for reason in reasons
    )
    return "; ".join(said)


def _timeless(reason: Reason) -> Reason:
    return Reason(reason.kind, reason.subject)


def _score(score: Fraction | None) -> Cell:
    return EMPTY if score is None else Cell("", score, _SCORE_DECIMALS)


def _figure(figure: Fraction | None) -> Cell:
    if figure is None:
        return EMPTY
    return Cell("", figure, min(decimals_of(figure) or 0, _MOST))


def _value(line: Line) -> Cell:
    """A ratio with two decimals, and with more where two would show it in another band."""
    if line.value is None:
        return EMPTY
    scale = TABLES[line.scale].used
    for decimals in range(_FEWEST, _MOST):
        shown = Fraction(to_decimal_text(line.value, decimals))
        if scale.band_of(shown) == line.band:
            return Cell("", line.value, decimals)
    return Cell("", line.value, _MOST)
