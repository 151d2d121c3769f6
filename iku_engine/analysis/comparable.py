"""What stands for comparison: formula texts, indicators of a catalog, whole catalogs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.invariants import check_tree
from iku_engine.algebra.model import Kind, Program, Readable, Scope
from iku_engine.analysis.compare import Comparison, Verdict, compare_programs
from iku_engine.analysis.patience import Patience
from iku_engine.binding.model import Binding, BoundIndicator, BoundVersion
from iku_engine.binding.read import Reader
from iku_engine.binding.versions import meet
from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostics, text_alone
from iku_engine.formulas.model import Library
from iku_engine.language.model import Name, walk


class Change(StrEnum):
    """What became of an indicator between two catalogs."""

    ADDED = "added"
    REMOVED = "removed"
    UNREADABLE = "unreadable"
    MEANING = "meaning"
    WORDING = "wording"
    NOTHING = "nothing"


_SECONDS = 20.0  # for all long formulas of two catalogs together
_WEIGHTIEST = (Change.UNREADABLE, Change.MEANING, Change.WORDING, Change.NOTHING)


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator in two catalogs: its formulas as written, and how they compare.

    Of an indicator whose formula changed in time, the formulas of the same periods are compared,
    and the weightiest change stands for it.
    """

    indicator: str
    change: Change
    first: str = ""
    second: str = ""
    comparison: Comparison | None = None


def program_of(
    text: str, library: Library, catalog: Catalog | None = None, binding: Binding | None = None
) -> tuple[Program | None, Diagnostics]:
    """The program of an indicator's id, or of a formula text over any names.

    Names that a catalog does not declare stand for figures of their own.
    """
    if binding is not None and text in binding.indicators:
        return binding.indicators[text].program, ()
    formula = text_alone(text, "<formula>")
    _, expanded, found = Reader(catalog or Catalog(""), library).read(formula)
    if expanded is None:
        return None, found
    scope = _scope(frozenset(n.name for n in walk(expanded) if isinstance(n, Name)), catalog)
    found = tuple(check_tree(expanded, scope, formula, Kind.NUMBER))
    return (None, found) if found else (compile_tree(expanded, scope), ())


def compare_catalogs(first: Binding, second: Binding) -> Iterator[IndicatorChange]:
    """What changed in meaning between two catalogs, in the order of the second one."""
    patience = Patience(_SECONDS)
    for name in dict.fromkeys((*second.indicators, *first.indicators)):
        yield _compared(name, first, second, patience)


def _compared(name: str, first: Binding, second: Binding, patience: Patience) -> IndicatorChange:
    old, new = first.indicators.get(name), second.indicators.get(name)
    texts = (_formula(old), _formula(new))
    if old is None or new is None:
        return IndicatorChange(name, Change.ADDED if old is None else Change.REMOVED, *texts)
    changes = [
        _between(name, before, after, patience)
        for after in reversed(new.versions)
        for before in reversed(old.versions)
        if meet(before.declared, after.declared)
    ]
    found = min(changes, key=lambda each: _WEIGHTIEST.index(each.change), default=None)
    return found or IndicatorChange(name, Change.MEANING, *texts)


def _between(
    name: str, before: BoundVersion, after: BoundVersion, patience: Patience
) -> IndicatorChange:
    """Two formulas of an indicator that hold in the same periods."""
    texts = (before.declared.formula.text.strip(), after.declared.formula.text.strip())
    if before.program is None or after.program is None:
        return IndicatorChange(name, Change.UNREADABLE, *texts)
    comparison = compare_programs(before.program, after.program, patience)
    if comparison.verdict is not Verdict.EQUIVALENT:
        return IndicatorChange(name, Change.MEANING, *texts, comparison)
    change = Change.NOTHING if before.expanded == after.expanded else Change.WORDING
    return IndicatorChange(name, change, *texts, comparison)


def _formula(bound: BoundIndicator | None) -> str:
    return bound.declared.formula.text.strip() if bound else ""


def _scope(names: frozenset[str], catalog: Catalog | None) -> Scope:
    declared = catalog.scales if catalog else {}
    scales = {name: scale.scale for name, scale in declared.items()}
    records = {
        name: {field: Readable() for field in records.fields}
        for name, records in (catalog.records if catalog else {}).items()
    }
    dimensions = frozenset(catalog.dimensions) if catalog else frozenset()
    series = names - records.keys() - scales.keys() - dimensions
    return Scope({name: Readable() for name in sorted(series)}, records, scales, dimensions)
