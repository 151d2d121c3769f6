"""Several files -> one catalog: one place for every identifier, references looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from iku_engine.catalog.declared import Declared, FileReading, Reference
from iku_engine.catalog.mistakes import MOST_MISTAKES
from iku_engine.catalog.model import (
    Catalog,
    DeclaredScale,
    DeclaredUnit,
    Dimension,
    Document,
    Indicator,
    NamedFormula,
    Owner,
    PlanNode,
    RecordSet,
    Source,
    Summary,
    Variable,
)
from iku_engine.diagnostics import Diagnostic, did_you_mean, quoted

_Record = TypeVar("_Record")

_SHARED = frozenset({"variables", "indicators", "records", "formulas", "plan"})
_SINGULAR = {
    "owners": "an owner",
    "units": "a unit",
    "sources": "a source",
    "dimensions": "a dimension",
    "variables": "a variable",
    "records": "records",
    "formulas": "a formula",
    "scales": "a scale",
    "plan": "a plan node",
    "summaries": "a summary",
    "document": "the document",
    "indicators": "an indicator",
}
_MOST_COMPARISONS = 100_000  # comparing every unknown word with every known one takes time


@dataclass(frozen=True, slots=True)
class Merged:
    """The catalog before its invariants are checked.

    `broken` holds the identifiers, by section, that are declared and cannot be used: a name
    among them is not unknown, its mistake has been reported where it stands.
    """

    catalog: Catalog
    broken: Mapping[str, frozenset[str]]
    diagnostics: tuple[Diagnostic, ...]


def merged(readings: Sequence[FileReading], folder: str, other_scales: Iterable[str]) -> Merged:
    """Bring the files of a catalog together."""
    kept, repeated = _once_each([one for reading in readings for one in reading.declared])
    diagnostics = list(repeated)
    if all(reading.complete for reading in readings):
        # In a catalog that could not be read whole, a name may stand in what was not read.
        references = [one for reading in readings for one in reading.references]
        diagnostics.extend(_unknown(references, kept, frozenset(other_scales)))
    periods = {period for reading in readings for period in reading.periods}
    catalog = Catalog(
        folder=folder,
        periods=tuple(sorted(periods)),
        owners=_records(kept, Owner),
        units=_records(kept, DeclaredUnit),
        sources=_records(kept, Source),
        dimensions=_records(kept, Dimension),
        variables=_records(kept, Variable),
        records=_records(kept, RecordSet),
        formulas=_records(kept, NamedFormula),
        scales=_records(kept, DeclaredScale),
        indicators=_records(kept, Indicator),
        plan=_records(kept, PlanNode),
        summaries={one.measure: one for one in _records(kept, Summary).values()},
        document=next(iter(_records(kept, Document).values()), None),
    )
    return Merged(catalog, _broken(kept), tuple(diagnostics))


def without_dangling(catalog: Catalog, other_scales: Iterable[str]) -> Catalog:
    """The catalog in which every reference leads somewhere; those that do not were reported.

    Fields that name nothing become empty, a source without its dimension and records without
    their source go.
    """
    owners = {
        id_: owner if owner.parent in catalog.owners else replace(owner, parent="")
        for id_, owner in catalog.owners.items()
    }
    sources = {
        id_: source
        for id_, source in catalog.sources.items()
        if source.dimensions.keys() <= catalog.dimensions.keys()
    }
    scales = catalog.scales.keys() | frozenset(other_scales)
    return replace(
        catalog,
        owners=owners,
        sources=sources,
        variables={
            id_: _with_source(variable, sources.keys(), scales)
            for id_, variable in catalog.variables.items()
        },
        records={id_: one for id_, one in catalog.records.items() if one.source in sources},
        indicators={
            id_: _resolved(indicator, owners.keys(), scales, catalog.plan)
            for id_, indicator in catalog.indicators.items()
        },
        plan={
            id_: _rooted(node, owners.keys(), catalog.plan) for id_, node in catalog.plan.items()
        },
    )


def _resolved(
    indicator: Indicator, owners: Iterable[str], scales: Iterable[str], nodes: Iterable[str]
) -> Indicator:
    if indicator.owner not in owners:
        indicator = replace(indicator, owner="")
    if indicator.rating is not None and indicator.rating.scale not in scales:
        indicator = replace(indicator, rating=None)
    if indicator.grades and indicator.grades not in scales:
        indicator = replace(indicator, grades="")
    if indicator.node and indicator.node not in nodes:
        indicator = replace(indicator, node="")
    return indicator


def _with_source(variable: Variable, sources: Iterable[str], scales: Iterable[str]) -> Variable:
    if variable.source not in sources:
        variable = replace(variable, source="")
    if variable.grades and variable.grades not in scales:
        variable = replace(variable, grades="")
    return variable


def _rooted(node: PlanNode, owners: Iterable[str], nodes: Iterable[str]) -> PlanNode:
    if node.owner not in owners:
        node = replace(node, owner="")
    return node if node.parent in nodes else replace(node, parent="")


def _once_each(declared: Sequence[Declared]) -> tuple[list[Declared], list[Diagnostic]]:
    """The first declaration of every identifier, and a diagnostic for each further one."""
    first: dict[tuple[str, str], Declared] = {}
    diagnostics = []
    for one in declared:
        space = "names" if one.section in _SHARED else one.section
        earlier = first.setdefault((space, one.id), one)
        if earlier is one:
            continue
        place = f"{earlier.key.file}:{earlier.key.line}:{earlier.key.column}"
        message = f"`{one.id}` is already {_SINGULAR[earlier.section]} of this catalog"
        advice = f"rename it, or remove one of the two: the other stands at {place}"
        diagnostics.append(Diagnostic("IKU107", message, one.key, advice, one.id))
    return list(first.values()), diagnostics


def _unknown(
    references: Iterable[Reference], kept: Iterable[Declared], other_scales: frozenset[str]
) -> list[Diagnostic]:
    known: dict[str, set[str]] = {section: set() for section in _SINGULAR}
    for one in kept:
        known[one.section].add(one.id)
    known["scales"] |= other_scales
    help_for: dict[tuple[str, str], str] = {}
    comparisons = 0
    diagnostics: list[Diagnostic] = []
    for reference in references:
        section, name = reference.section, reference.name
        if name in known[section]:
            continue
        if (section, name) not in help_for and comparisons < _MOST_COMPARISONS:
            comparisons += len(known[section]) + 1
            near = did_you_mean(name, sorted(known[section]))
            help_for[section, name] = near or f"declare it under `{section}:`"
        if len(diagnostics) == MOST_MISTAKES:
            break
        message = f"{quoted(name)} is not {_SINGULAR[section]} of this catalog"
        advice = help_for.get((section, name), "")
        diagnostics.append(
            Diagnostic("IKU108", message, reference.location, advice, reference.subject)
        )
    return diagnostics


def _records(kept: Iterable[Declared], kind: type[_Record]) -> dict[str, _Record]:
    return {one.id: one.record for one in kept if isinstance(one.record, kind)}


def _broken(kept: Iterable[Declared]) -> dict[str, frozenset[str]]:
    broken: dict[str, set[str]] = {}
    for one in kept:
        if one.record is None:
            broken.setdefault(one.section, set()).add(one.id)
    return {section: frozenset(names) for section, names in broken.items()}
