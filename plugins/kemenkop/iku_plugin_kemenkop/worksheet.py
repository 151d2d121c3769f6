"""The worksheet (kertas kerja) of one cooperative: every ratio of a regulation with its score.

The figures go through the plugin's own formulas, so that a worksheet says what a catalog computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from iku_engine.engine import Engine
from iku_engine.errors import UsageError
from iku_engine.evaluation.model import Reason
from iku_engine.results.model import Result, Results
from iku_engine.scales import Band
from iku_plugin_kemenkop.aspects import ASPECTS, MANAGEMENT, PERDEP06, TOTAL
from iku_plugin_kemenkop.data import items as declared_items
from iku_plugin_kemenkop.management import PARTS, Part
from iku_plugin_kemenkop.ratios import RATIOS, Ratio, call
from iku_plugin_kemenkop.tables import TABLES

_WHEN = "2000"  # the one period in which a single cooperative is computed
_SCORE = "skor"
_RATING = "perdep06_predikat"


@dataclass(frozen=True, slots=True)
class Line:
    """One ratio, or one part of the questionnaire: its figures, its band and what it scores.

    `value` is the ratio in percent, or None for a part of the questionnaire and where there is
    none; `reasons` say why there is no score. `aspect` is empty where it was not read.
    """

    aspect: str
    of: Ratio | Part
    figures: tuple[tuple[str, Fraction | None], ...]
    value: Fraction | None
    band: Band | None
    score: Fraction | None
    reasons: tuple[Reason, ...]

    @property
    def scale(self) -> str:
        """The name of the table that scores it; empty for a part of the questionnaire."""
        return self.of.scale if isinstance(self.of, Ratio) else ""


@dataclass(frozen=True, slots=True)
class AspectLine:
    """One aspect: the sum of its scores, None if one of them is not known."""

    id: str
    score: Fraction | None
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A cooperative's ratios, aspects, total and rating under one regulation.

    Total and rating are empty where one ratio has no score, and where the regulation's own were
    not read: then there are no aspects either.
    """

    regulation: str
    lines: tuple[Line, ...]
    aspects: tuple[AspectLine, ...]
    total: Fraction | None
    rating: str

    def lines_of(self, aspect: str) -> tuple[Line, ...]:
        """The lines of an aspect, in the order of the regulation."""
        return tuple(line for line in self.lines if line.aspect == aspect)


def worksheet(figures: Mapping[str, Fraction | None], *, regulation: str = PERDEP06) -> Worksheet:
    """The worksheet of one cooperative from its figures by item.

    An item that is not among the figures is missing. Raises `UsageError` for a figure of an item
    that the regulation does not read.
    """
    known = items_of(regulation)
    for name in figures:
        if name not in known:
            raise UsageError(f"`{name}` is no item of the worksheet")
    asked = tuple(name for name, _ in _asked(regulation))
    data = {item: {_WHEN: figures.get(item)} for item in known}
    results = _engine().compute(_WHEN, indicators=asked, data=data)
    lines = tuple(_line(one, results, figures) for one in _lines_of(regulation))
    if regulation != PERDEP06:
        return Worksheet(regulation, lines, (), None, "")
    aspects = tuple(
        AspectLine(one.id, _result(results, _aspect(one.id)).exact, one.weight) for one in ASPECTS
    )
    whole = _result(results, _SCORE)
    return Worksheet(regulation, lines, aspects, whole.exact, whole.rating)


@cache
def items_of(regulation: str) -> tuple[str, ...]:
    """The items that a regulation's ratios and questionnaire read, in their order."""
    return tuple(dict.fromkeys(item for one in _lines_of(regulation) for item in _items(one)))


def _items(one: Ratio | Part) -> tuple[str, ...]:
    return one.items if isinstance(one, Ratio) else (one.item,)


@cache
def _lines_of(regulation: str) -> tuple[Ratio | Part, ...]:
    """The ratios and the questionnaire of a regulation, aspect by aspect."""
    ratios = [one for one in RATIOS if one.regulation == regulation]
    if regulation != PERDEP06:
        return tuple(ratios)
    found: list[Ratio | Part] = []
    for aspect in ASPECTS:
        found += [one for one in ratios if one.aspect == aspect.id]
        found += PARTS if aspect.id == MANAGEMENT else ()
    return tuple(found)


def _line(one: Ratio | Part, results: Results, figures: Mapping[str, Fraction | None]) -> Line:
    given = tuple((item, figures.get(item)) for item in _items(one))
    score = _result(results, one.score.name)
    if isinstance(one, Part):
        return Line(MANAGEMENT, one, given, None, None, score.exact, score.reasons)
    value = _result(results, one.value.name).exact
    band = None if value is None else TABLES[one.scale].used.band_of(value)
    return Line(one.aspect, one, given, value, band, score.exact, score.reasons)


def _result(results: Results, indicator: str) -> Result:
    return results.get(f"i_{indicator}", _WHEN)


def _aspect(name: str) -> str:
    return f"aspek_{name}"


def _asked(regulation: str) -> Iterator[tuple[str, str]]:
    """The indicators of a worksheet, each with its formula."""
    for one in _lines_of(regulation):
        made = (one.value, one.score) if isinstance(one, Ratio) else (one.score,)
        yield from ((f"i_{formula.name}", call(formula.name, _items(one))) for formula in made)
    if regulation == PERDEP06:
        for aspect in ASPECTS:
            yield f"i_{_aspect(aspect.id)}", call(aspect.score.name, aspect.items)
        parts = tuple(f"i_{_aspect(aspect.id)}" for aspect in ASPECTS)
        yield f"i_{_SCORE}", call(TOTAL.name, parts)


@cache
def _engine() -> Engine:
    """A catalog of one cooperative: its items are variables, ratios and scores indicators."""
    asked = dict(pair for one in RATIOS for pair in _asked(one.regulation))
    percent = {f"i_{ratio.value.name}" for ratio in RATIOS}
    indicators: dict[str, dict[str, object]] = {
        name: {"name": name, "formula": formula, "unit": "%" if name in percent else ""}
        for name, formula in asked.items()
    }
    indicators[f"i_{_SCORE}"]["rating"] = {"scale": _RATING, "of": "actual"}
    items = dict.fromkeys(item for one in RATIOS for item in items_of(one.regulation))
    return Engine.from_text(
        {
            "iku": "1",
            "owner": "dinas",
            "owners": {"dinas": {"title": "Dinas"}},
            "variables": {
                item: {"label": declared_items()[item]["name"], "unit": ""} for item in items
            },
            "indicators": indicators,
        },
        plugins=[Path(__file__).parent],
        discover=False,
    )
