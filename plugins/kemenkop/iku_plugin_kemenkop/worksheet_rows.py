"""The rows of a worksheet: an aspect, its ratios, and below each ratio the figures put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_lowercase

from iku_engine.evaluation.model import Outcome, Reason
from iku_engine.quantities import to_decimal_text
from iku_engine.reports.forms.model import EMPTY, Cell, Kind, Row
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import sentence
from iku_engine.scales import decimals_of
from iku_plugin_kemenkop.aspects import ASPECTS
from iku_plugin_kemenkop.data import items
from iku_plugin_kemenkop.out_of_table import NEGATIVE, OUTSIDE
from iku_plugin_kemenkop.tables import TABLES
from iku_plugin_kemenkop.worksheet import Line, Worksheet
from iku_plugin_kemenkop.worksheet_words import WORDS

_FEWEST, _MOST = 2, 8  # decimals of a ratio
_SCORE_DECIMALS = 2  # every score of the tables is a whole number of hundredths


@dataclass(frozen=True, slots=True)
class Sheet:
    """One cooperative in one period: its figures as read, where from, and what they came to."""

    title: str
    figures: Mapping[str, Outcome]
    origins: Mapping[str, str]
    sheet: Worksheet


def rows_of(one: Sheet, language: Language) -> Iterator[Row]:
    """All rows, numbered; the total last."""
    for number, line in enumerate(one.sheet.lines_of(""), 1):
        yield from _line(line, str(number), one, language)
    if one.sheet.aspects:
        yield from _aspects(one, language)
        yield _total(one.sheet, language)


def _aspects(one: Sheet, language: Language) -> Iterator[Row]:
    for number, (aspect, declared) in enumerate(zip(one.sheet.aspects, ASPECTS, strict=True), 1):
        name = declared.name if language is Language.ID else declared.name_en
        scores = (_score(aspect.score), _score(aspect.weight))
        before = (Cell(str(number)), Cell(name), EMPTY, EMPTY, EMPTY)
        yield Row((*before, *scores, EMPTY), Kind.PROGRAM)
        for within, line in enumerate(one.sheet.lines_of(aspect.id), 1):
            yield from _line(line, f"{number}.{within}", one, language)


def _total(sheet: Worksheet, language: Language) -> Row:
    word = WORDS[language]
    highest = sum((aspect.weight for aspect in sheet.aspects), Fraction())
    before = (EMPTY, Cell(word["total"]), EMPTY, EMPTY, EMPTY)
    rating = Cell(sheet.rating or word["none"])
    return Row((*before, _score(sheet.total), _score(highest), rating), Kind.TOTAL)


def _line(line: Line, number: str, one: Sheet, language: Language) -> Iterator[Row]:
    """The row of a ratio, and one for each figure put in."""
    yield Row(
        (
            Cell(number),
            Cell(line.of.name if language is Language.ID else line.of.name_en),
            EMPTY,
            _value(line),
            Cell(line.band.range_text() if line.band else ""),
            _score(line.score),
            _score(line.of.highest),
            Cell(_remark(line, language)),
        ),
        Kind.KEGIATAN,
    )
    for letter, (item, figure) in zip(ascii_lowercase, line.figures, strict=False):
        remark = one.origins.get(item, "")
        if figure is None:
            outcome = one.figures.get(item)
            remark = _why_none(outcome, language)
        before = (Cell(f"{number}.{letter}"), Cell(_names(language)[item]), _figure(figure))
        yield Row((*before, EMPTY, EMPTY, EMPTY, EMPTY, Cell(remark)))


def _why_none(outcome: Outcome | None, language: Language) -> str:
    """Why a figure is not there; a blank cell is data that are missing."""
    reasons = outcome.reasons if outcome else ()
    if all(reason.kind == "missing" for reason in reasons):
        return WORDS[language]["missing"]
    return _sentences(reasons, language)


def _remark(line: Line, language: Language) -> str:
    """Why there is no score; what KKPKK calls the value of a band."""
    if line.score is None:
        return _sentences(line.reasons, language)
    if line.band is None or line.band.label == line.band.range_text():
        return ""
    return f"{WORDS[language]['grade']} {line.band.label}"


def _sentences(reasons: Sequence[Reason], language: Language) -> str:
    labels = {**_names(language), **{name: one.used.title for name, one in TABLES.items()}}
    own = {OUTSIDE: "outside", NEGATIVE: "negative"}
    said = (
        WORDS[language][own[reason.kind]]
        if reason.kind in own
        else sentence(Reason(reason.kind, reason.subject), Names(labels), language)
        for reason in reasons
    )
    return "; ".join(dict.fromkeys(said))


def _names(language: Language) -> dict[str, str]:
    column = "name" if language is Language.ID else "name_en"
    return {item: row[column] for item, row in items().items()}


def _score(score: Fraction | None) -> Cell:
    return EMPTY if score is None else Cell("", score, _SCORE_DECIMALS)


def _figure(figure: Fraction | None) -> Cell:
    if figure is None:
        return EMPTY
    decimals = decimals_of(figure)
    return Cell("", figure, _FEWEST if decimals is None else min(decimals, _MOST))


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
