"""The inputs a catalog needs and lacks: what a planner has still to collect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iku_engine.catalog.model import Catalog
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Status
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.results.model import Results


@dataclass(frozen=True, slots=True)
class NeededInput:
    """One figure that is needed and not there."""

    variable: str
    label: str
    unit: str
    source: str
    period: Period
    place: Place


def needed_inputs(
    run: ExactEvaluation, results: Results, catalog: Catalog
) -> tuple[NeededInput, ...]:
    """The variables that results name as missing, in the catalog's order, then by period."""
    found: dict[tuple[str, Period, Place], None] = {}
    for result in results:
        if result.status is not Status.MISSING:
            continue
        for reason in result.reasons:
            if reason.kind == "missing" and reason.subject in run.binding.variables:
                assert reason.period is not None
                found[reason.subject, reason.period, reason.place] = None
    order = {name: number for number, name in enumerate(catalog.variables)}
    keys: Sequence[tuple[str, Period, Place]] = sorted(
        found, key=lambda key: (order[key[0]], key[1], key[2])
    )
    return tuple(_needed(catalog, *key) for key in keys)


def _needed(catalog: Catalog, variable: str, period: Period, place: Place) -> NeededInput:
    declared = catalog.variables[variable]
    source = catalog.sources.get(declared.source)
    title = declared.note or (source.title if source else "")
    return NeededInput(variable, declared.label, declared.unit, title, period, place)
