"""The worksheet (kertas kerja) of one cooperative under Perdep 06: every ratio with its score.

The figures go through the plugin's own formulas, so that a worksheet says what a catalog computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from iku_engine.engine import Engine
from iku_engine.errors import UsageError
from iku_engine.evaluation.model import Reason
from iku_engine.evaluation.records import RecordSets
from iku_engine.formulas.model import Refused
from iku_engine.periods import Period, parse_periods
from iku_engine.places import WHOLE
from iku_engine.scales import Band
from iku_plugin_kemenkop.aspects import ASPECTS, PERDEP06, TOTAL, ratios_of
from iku_plugin_kemenkop.data import items as declared_items
from iku_plugin_kemenkop.data import regulations
from iku_plugin_kemenkop.management import PARTS
from iku_plugin_kemenkop.ratios import call
from iku_plugin_kemenkop.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iku_engine.results.model import Result, Results

_WHEN = "2000"  # the one period in which a single cooperative is computed
_RATING = f"{regulations()[PERDEP06].prefix}_predikat"


@dataclass(frozen=True, slots=True)
class Line:
    """One ratio, or one part of the questionnaire: its figures, its band and what it scores.

    `value` is the ratio in percent, or None for a part of the questionnaire and where there is
    none; `reasons` say why there is no score.
    """

    aspect: str
    id: str
    name: str
    figures: tuple[tuple[str, Fraction | None], ...]
    value: Fraction | None
    band: Band | None
    scale: str
    score: Fraction | None
    highest: Fraction
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AspectLine:
    """One aspect: the sum of its scores, None if one of them is not known."""

    id: str
    name: str
    score: Fraction | None
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A cooperative's ratios, aspects, total and rating; empty where one ratio has no score."""

    cooperative: str
    period: str
    lines: tuple[Line, ...]
    aspects: tuple[AspectLine, ...]
    total: Fraction | None
    rating: str

    def lines_of(self, aspect: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.aspect == aspect)


def worksheet(
    figures: Mapping[str, Fraction | None], *, cooperative: str = "", period: str = ""
) -> Worksheet:
    """The worksheet of one cooperative from its figures by item.

    An item that is not among the figures is missing. Raises `UsageError` for a figure of an item
    that the regulation does not read.
    """
    for name in figures:
        if name not in _items():
            raise UsageError(f"`{name}` is no item of the worksheet")
    data = {item: {_WHEN: figures.get(item)} for item in _items()}
    results = _engine().compute(_WHEN, data=data)
    return Worksheet(
        cooperative,
        period,
        tuple(_lines(results, figures)),
        tuple(
            AspectLine(one.id, one.name, _result(results, _aspect(one.id)).exact, one.weight)
            for one in ASPECTS
        ),
        _result(results, "skor").exact,
        _result(results, "skor").rating,
    )


def worksheets(
    engine: Engine,
    records: str,
    periods: str | Sequence[Period],
    *,
    fields: Mapping[str, str] | None = None,
) -> tuple[Worksheet, ...]:
    """The worksheets of all records of a set, by period and then as the records are ordered.

    `fields` says which field holds an item where it has another name; computed fields are read
    as well. An item without a field is missing. Raises `UsageError` for a record set or a field
    that does not exist.
    """
    names = {item: item for item in _items()} | dict(fields or {})
    bound = engine.binding.records.get(records)
    if bound is None:
        raise UsageError(f"there is no record set `{records}`")
    for item, name in (fields or {}).items():
        if item not in _items() or name not in bound.declared.fields:
            raise UsageError(f"`{item}` is no item, or `{records}` has no field `{name}`")

    def opaque(function: str, arguments: Sequence[Fraction]) -> Fraction | str:
        found = engine.library.functions[function].compute(*arguments)
        return found.reason if isinstance(found, Refused) else found

    known = {item: name for item, name in names.items() if name in bound.declared.fields}
    sets = RecordSets(engine.binding, engine.data(), opaque)
    return tuple(
        worksheet(
            {item: _number(world.field(name).value) for item, name in known.items()},
            cooperative=world.record.key,
            period=str(period),
        )
        for period in (parse_periods(periods) if isinstance(periods, str) else periods)
        for world in sets.at(records, period, WHOLE)
    )


def _lines(results: Results, figures: Mapping[str, Fraction | None]) -> list[Line]:
    lines = []
    for aspect in ASPECTS:
        for ratio in ratios_of(aspect.id):
            value = _result(results, f"rasio_{ratio.id}").exact
            score = _result(results, f"skor_{ratio.id}")
            lines.append(
                Line(
                    aspect.id, ratio.id, ratio.name,
                    tuple((item, figures.get(item)) for item in ratio.items), value,
                    None if value is None else TABLES[ratio.scale].used.band_of(value),
                    ratio.scale, score.exact, ratio.highest, score.reasons,
                )
            )  # fmt: skip
        for part in PARTS if not ratios_of(aspect.id) else ():
            score = _result(results, f"skor_{part.item}")
            lines.append(
                Line(
                    aspect.id, part.id, part.name, ((part.item, figures.get(part.item)),), None,
                    None, "", score.exact, part.highest, score.reasons,
                )
            )  # fmt: skip
    return lines


def _result(results: Results, indicator: str) -> Result:
    return results.get(indicator, _WHEN)


def _number(value: object) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _aspect(name: str) -> str:
    return f"aspek_{name}"


@cache
def _items() -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for aspect in ASPECTS for item in aspect.items))


@cache
def _engine() -> Engine:
    """A catalog of one cooperative: its items are variables, ratios and scores indicators."""
    formulas = {
        f"rasio_{ratio.id}": (call(ratio.value.name, ratio.items), "%")
        for aspect in ASPECTS
        for ratio in ratios_of(aspect.id)
    }
    formulas |= {
        f"skor_{ratio.id}": (call(ratio.score.name, ratio.items), "")
        for aspect in ASPECTS
        for ratio in ratios_of(aspect.id)
    }
    formulas |= {f"skor_{part.item}": (call(part.score.name, (part.item,)), "") for part in PARTS}
    formulas |= {_aspect(one.id): (call(one.score.name, one.items), "") for one in ASPECTS}
    formulas["skor"] = (call(TOTAL.name, tuple(_aspect(one.id) for one in ASPECTS)), "")
    indicators: dict[str, dict[str, object]] = {
        name: {"name": name, "formula": formula, "unit": unit}
        for name, (formula, unit) in formulas.items()
    }
    indicators["skor"]["rating"] = {"scale": _RATING, "of": "actual"}
    return Engine.from_text(
        {
            "iku": "1",
            "owner": "dinas",
            "owners": {"dinas": {"title": "Dinas"}},
            "variables": {
                item: {"label": declared_items()[item]["name"], "unit": ""} for item in _items()
            },
            "indicators": indicators,
        },
        plugins=[Path(__file__).parent],
        discover=False,
    )
