"""Worksheets -> text for a terminal, and CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from iku_engine.evaluation.model import Reason
from iku_engine.quantities import to_decimal_text, to_exact_text, to_grouped_text
from iku_engine.reports.csv_text import csv_text, harmless
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language
from iku_engine.reports.layout import Columns, Words, draw
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import sentence
from iku_engine.scales import decimals_of
from iku_plugin_kemenkop.aspects import PERDEP06
from iku_plugin_kemenkop.data import items, regulations
from iku_plugin_kemenkop.out_of_table import OUTSIDE
from iku_plugin_kemenkop.tables import TABLES
from iku_plugin_kemenkop.worksheet import Line, Worksheet

_WORDS = {
    Language.ID: {
        "title": "KERTAS KERJA PENILAIAN KESEHATAN KOPERASI",
        "ratio": "Rasio",
        "value": "Nilai (%)",
        "band": "Rentang",
        "score": "Skor",
        "highest": "Paling tinggi",
        "missing": "belum ada data",
        "total": "Skor total",
        "rating": "Predikat",
        "none": "tidak dapat dinilai",
        "outside": "di luar tabel",
    },
    Language.EN: {
        "title": "WORKSHEET: HEALTH OF A COOPERATIVE",
        "ratio": "Ratio",
        "value": "Value (%)",
        "band": "Band",
        "score": "Score",
        "highest": "At most",
        "missing": "no data yet",
        "total": "Total score",
        "rating": "Rating",
        "none": "cannot be rated",
        "outside": "outside the table",
    },
}
COLUMNS = (
    "period", "cooperative", "aspect", "ratio", "name", "figures", "value", "band", "score",
    "highest", "rating", "reason", "value_exact",
)  # fmt: skip
"""The columns of the CSV; aspects have no ratio, the total has the aspect `total`."""

_FEWEST, _MOST = 2, 8  # decimals of a ratio


def to_text(sheet: Worksheet, language: Language = Language.ID, width: int = 100) -> str:
    """One worksheet as a table: a block an aspect, a line a ratio with its figures below."""
    word = _WORDS[language]
    regulation = regulations()[PERDEP06]
    heading = [word["title"], f"{regulation.reference} ({regulation.status})"]
    named = " ".join(part for part in (visible(sheet.cooperative), sheet.period) if part)
    words, cells = [], []
    for aspect in sheet.aspects:
        words.append((aspect.name.upper(),))
        cells.append(("", "", _shown(aspect.score, language), _shown(aspect.weight, language)))
        for line in sheet.lines_of(aspect.id):
            words.append((_described(line, language),))
            cells.append(_cells(line, language))
    table = draw(
        Words((word["ratio"],), tuple(words)),
        Columns(
            (word["value"], word["band"], word["score"], word["highest"]),
            (False, True, False, False),
            tuple(((*cell,),) for cell in cells),
        ),
        width,
    )
    total = _shown(sheet.total, language) if sheet.total is not None else word["none"]
    below = [f"{word['total']}: {total}", f"{word['rating']}: {sheet.rating or word['none']}"]
    return "\n".join([*heading, *([named] if named else []), "", table, "", *below]) + "\n"


def to_csv(sheets: Iterable[Worksheet], language: Language = Language.ID) -> str:
    """Worksheets one under the other: a row a ratio, an aspect, a total; decimal points."""
    rows: list[Sequence[str]] = [COLUMNS]
    for sheet in sheets:
        start = (sheet.period, harmless(sheet.cooperative))
        for aspect in sheet.aspects:
            rows += [(*start, *_row(line, language)) for line in sheet.lines_of(aspect.id)]
            score, weight = _plain(aspect.score), _plain(aspect.weight)
            rows.append((*start, aspect.id, "", aspect.name, "", "", "", score, weight, "", "", ""))
        end = ("", "", "", _plain(sheet.total), "100", sheet.rating, "", "")
        rows.append((*start, "total", "", _WORDS[language]["total"], *end))
    return csv_text(rows)


def _cells(line: Line, language: Language) -> tuple[str, str, str, str]:
    value = _localised(_value(line), language)
    band = line.band.range_text() if line.band else ""
    return value, band, _shown(line.score, language), _shown(line.highest, language)


def _row(line: Line, language: Language) -> tuple[str, ...]:
    figures = ";".join(f"{item}={_plain(figure)}" for item, figure in line.figures)
    exact = "" if line.value is None else to_exact_text(line.value)
    return (
        line.aspect, line.id, line.name, figures, _value(line),
        line.band.range_text() if line.band else "", _plain(line.score), _plain(line.highest), "",
        "; ".join(_reason(one, language) for one in _plain_reasons(line, missing=True)), exact,
    )  # fmt: skip


def _described(line: Line, language: Language) -> str:
    """The name of a ratio, each of its figures, and why it has no score."""
    shown = [
        f"- {items()[item]['name']}: "
        + (_WORDS[language]["missing"] if figure is None else _shown(figure, language))
        for item, figure in line.figures
    ]
    # A figure that is missing is said beside its name already.
    reasons = [f"({_reason(one, language)})" for one in _plain_reasons(line)]
    return "\n".join([line.name, *shown, *reasons])


def _plain_reasons(line: Line, *, missing: bool = False) -> list[Reason]:
    plain = dict.fromkeys(replace(reason, period=None) for reason in line.reasons)
    return [reason for reason in plain if missing or reason.kind != "missing"]


def _reason(reason: Reason, language: Language) -> str:
    if reason.kind == OUTSIDE:
        return _WORDS[language]["outside"]
    labels = {item: row["name"] for item, row in items().items()}
    labels |= {name: table.used.title for name, table in TABLES.items()}
    return sentence(reason, Names(labels), language)


def _value(line: Line) -> str:
    """A ratio with two decimals, and with more where two would show it in another band."""
    if line.value is None:
        return ""
    scale = TABLES[line.scale].used
    for decimals in range(_FEWEST, _MOST):
        text = to_decimal_text(line.value, decimals)
        if scale.band_of(Fraction(text)) == line.band:
            return text
    return to_decimal_text(line.value, _MOST)


def _plain(figure: Fraction | None) -> str:
    if figure is None:
        return ""
    decimals = decimals_of(figure)
    return to_exact_text(figure) if decimals is None else to_decimal_text(figure, decimals)


def _shown(figure: Fraction | None, language: Language) -> str:
    if figure is None:
        return ""
    decimals = decimals_of(figure)
    return _localised(to_decimal_text(figure, _FEWEST if decimals is None else decimals), language)


def _localised(text: str, language: Language) -> str:
    return to_grouped_text(text, language.numbers) if text else ""
