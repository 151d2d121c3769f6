"""A catalog, and results where there are any -> what the rules see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from iku_engine.catalog.model import Catalog, Indicator, PlanNode, Targets
from iku_engine.checks.model import CheckedCatalog, TargetCell, TargetRow
from iku_engine.checks.printed import printed_texts
from iku_engine.evaluation.targets import Promises
from iku_engine.periods import Frequency, Period
from iku_engine.results.model import Results
from iku_engine.results.plan import PlanResults


def checked_catalog(
    catalog: Catalog,
    promises: Promises | None = None,
    results: Results | None = None,
    plan: PlanResults | None = None,
    allowed: tuple[Path, ...] = (),
) -> CheckedCatalog:
    """The view of a catalog; the document's printed figures are read where it names them.

    Without `promises` the rows hold the given figures only, not those that rules make.
    """
    children: dict[str, list[PlanNode]] = {}
    for node in catalog.plan.values():
        children.setdefault(node.parent, []).append(node)
    lines: dict[str, list[Indicator]] = {}
    for indicator in catalog.indicators.values():
        if indicator.node:
            lines.setdefault(indicator.node, []).append(indicator)
    return CheckedCatalog(
        catalog=catalog,
        rows=tuple(target_rows(catalog.indicators.values(), promises, catalog.periods)),
        printed=printed_texts(catalog, allowed),
        children={id_: tuple(nodes) for id_, nodes in children.items()},
        lines={id_: tuple(found) for id_, found in lines.items()},
        results=results,
        plan=plan,
    )


def target_rows(
    indicators: Iterable[Indicator],
    promises: Promises | None = None,
    periods: Sequence[Period] = (),
) -> Iterator[TargetRow]:
    """The rows of targets: one for each kind of period, those of later decrees apart.

    Figures that are made (by a rule, a path, a spread) are made for `periods`.
    """
    for indicator in indicators:
        declared = [("", indicator.targets)] if indicator.targets is not None else []
        declared += [(revision.decree, revision.targets) for revision in indicator.revisions]
        for decree, targets in declared:
            cells = list(_given(targets))
            if promises is not None and _makes(targets):
                cells += _made(promises, indicator, targets, decree, periods)
            for frequency in Frequency:
                row = [cell for cell in cells if cell.period.frequency is frequency]
                if row:
                    row.sort(key=lambda cell: cell.period)
                    yield TargetRow(indicator, tuple(row), decree)


def _given(targets: Targets) -> Iterator[TargetCell]:
    for period, value in targets.given.items():
        yield TargetCell(period, value, targets.locations.get(period, targets.location))


def _makes(targets: Targets) -> bool:
    return targets.rule is not None or targets.path is not None or targets.spread is not None


def _made(
    promises: Promises,
    indicator: Indicator,
    targets: Targets,
    decree: str,
    periods: Sequence[Period],
) -> Iterator[TargetCell]:
    """The figures that a declaration makes for periods it does not print."""
    printed = set(targets.periods)
    where = targets.rule.location if targets.rule is not None else targets.location
    for period in periods:
        for promise in promises.history(indicator.id, period) if period not in printed else ():
            value, basis = promise.target.value, promise.basis
            if isinstance(value, Fraction) and basis is not None and basis.decree == decree:
                yield TargetCell(period, value, where, made=True)
                break
