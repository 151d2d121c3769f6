"""The inputs a catalog needs and lacks: what a planner has still to collect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class NeededRecords:
    """A record set of which a period has no rows that the results need.

    `columns` are those of its source: key, period, dimensions and the fields that are read.
    `known` are the records of the latest period before it that has some, each as what is known of
    it already: its key and its place.
    """

    records: str
    label: str
    source: str
    period: Period
    columns: tuple[str, ...]
    known: tuple[Mapping[str, str], ...] = ()


def needed_records(
    run: ExactEvaluation, results: Results, catalog: Catalog
) -> tuple[NeededRecords, ...]:
    """The record sets that results name as lacking, in the catalog's order, then by period."""
    found: dict[tuple[str, Period], None] = dict.fromkeys(
        (reason.subject, reason.period)
        for result in results
        if result.status is Status.MISSING
        for reason in result.reasons
        if reason.kind == "no_records" and reason.period is not None
    )
    return tuple(
        _needed_records(run, catalog, name, period)
        for name in catalog.records
        for period in sorted(period for records, period in found if records == name)
    )


def _needed_records(
    run: ExactEvaluation, catalog: Catalog, name: str, period: Period
) -> NeededRecords:
    declared = catalog.records[name]
    source = catalog.sources[declared.source]
    read = [field.column or field.id for field in declared.fields.values() if not field.formula]
    columns = (declared.key, source.period, *source.dimensions.values(), *read)
    rows = [record for record in run.data.records.get(name, ()) if record.period < period]
    latest = max((record.period for record in rows), default=None)
    known = tuple(
        {declared.key: record.key, source.period: str(period)}
        | {source.dimensions[name]: member for name, member in record.place}
        for record in sorted(rows, key=lambda record: record.key)
        if record.period == latest
    )
    return NeededRecords(
        name,
        declared.label,
        source.title,
        period,
        tuple(dict.fromkeys(filter(None, columns))),
        known,
    )


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
