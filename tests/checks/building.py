"""Catalogs of target rows, built without files: what the tests of check rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from iku_engine.catalog.model import Catalog, Indicator, Level, Owner, PlanNode, Targets
from iku_engine.checks.from_catalog import checked_catalog
from iku_engine.checks.model import CheckedCatalog, PrintedText, Rule
from iku_engine.checks.rules import RULES
from iku_engine.checks.run import run_rules
from iku_engine.diagnostics import Diagnostic, LocatedText, Location, text_alone
from iku_engine.periods import Period

HERE = Location("iku.yaml", 1)


def years(count: int, first: int = 2018) -> tuple[Period, ...]:
    return tuple(Period.of(first + number) for number in range(count))


def quarters(count: int, first: int = 2024) -> tuple[Period, ...]:
    start = Period.of(first, quarter=1)
    return tuple(start.shifted(number) for number in range(count))


def months(count: int, first: int = 2021) -> tuple[Period, ...]:
    start = Period.of(first, month=1)
    return tuple(start.shifted(number) for number in range(count))


def targets(values: Iterable[Fraction | str | int], periods: Sequence[Period]) -> Targets:
    """Given targets; each stands on the line of its place in the row."""
    given = {p: Fraction(v) for p, v in zip(periods, values, strict=False)}
    places = {p: Location("iku.yaml", number) for number, p in enumerate(given, start=1)}
    return Targets(given=given, location=HERE, locations=places)


def indicator(
    id_: str = "i",
    values: Iterable[Fraction | str | int] = (),
    periods: Sequence[Period] = (),
    *,
    name: str = "",
    unit: str = "dokumen",
    owner: str = "dinas",
    node: str = "",
    formula: str = "x",
) -> Indicator:
    held = list(values)
    return Indicator(
        id=id_,
        name=name or f"Jumlah dokumen {id_}",
        unit=unit,
        owner=owner,
        formula=text(formula),
        location=HERE,
        node=node,
        targets=targets(held, periods or years(len(held))) if held else None,
    )


def node(id_: str, level: Level = Level.PROGRAM, parent: str = "", owner: str = "") -> PlanNode:
    return PlanNode(id=id_, level=level, name=id_, location=HERE, parent=parent, owner=owner)


def text(formula: str) -> LocatedText:
    return text_alone(formula)


def catalog(
    indicators: Iterable[Indicator],
    plan: Iterable[PlanNode] = (),
    owners: Mapping[str, str] | None = None,
) -> Catalog:
    """A catalog of indicators; `owners` maps each owner to the one above it."""
    held = {"dinas": ""} if owners is None else owners
    return Catalog(
        folder="",
        owners={id_: Owner(id_, id_, HERE, parent) for id_, parent in held.items()},
        indicators={one.id: one for one in indicators},
        plan={one.id: one for one in plan},
    )


def printed(cells: Mapping[tuple[str, Period], str]) -> tuple[PrintedText, ...]:
    """Targets as a document prints them."""
    return tuple(
        PrintedText(place, "target", period, shown, HERE)
        for (place, period), shown in cells.items()
    )


def found_in(checked: CheckedCatalog | Catalog, *rules: Rule) -> list[Diagnostic]:
    """What the rules find; all built-in ones where none is named."""
    view = checked if isinstance(checked, CheckedCatalog) else checked_catalog(checked)
    return list(run_rules(view, rules or RULES))


def codes_of_row(
    values: Iterable[Fraction | str | int], periods: Sequence[Period] = (), unit: str = "dokumen"
) -> list[str]:
    """The codes of what is found in one row of targets, alone in its catalog."""
    return [one.code for one in found_in(catalog([indicator("i", values, periods, unit=unit)]))]


def accepting(indicator: Indicator, **accepted: str) -> Indicator:
    return replace(indicator, accepted=accepted)
