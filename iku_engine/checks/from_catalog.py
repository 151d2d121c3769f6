"""A catalog, and results where there are any -> what the rules see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from iku_engine.catalog.model import Catalog, Indicator, PlanNode, Targets
from iku_engine.checks.model import CheckedCatalog, TargetCell, TargetRow
from iku_engine.checks.printed import printed_texts
from iku_engine.periods import Frequency
from iku_engine.results.model import Results
from iku_engine.results.plan import PlanResults


def checked_catalog(
    catalog: Catalog,
    results: Results | None = None,
    plan: PlanResults | None = None,
    allowed: tuple[Path, ...] = (),
) -> CheckedCatalog:
    """The view of a catalog; the document's printed figures are read where it names them."""
    children: dict[str, list[PlanNode]] = {}
    for node in catalog.plan.values():
        children.setdefault(node.parent, []).append(node)
    lines: dict[str, list[Indicator]] = {}
    for indicator in catalog.indicators.values():
        if indicator.node:
            lines.setdefault(indicator.node, []).append(indicator)
    return CheckedCatalog(
        catalog=catalog,
        rows=tuple(target_rows(catalog.indicators.values())),
        printed=printed_texts(catalog, allowed),
        children={id_: tuple(nodes) for id_, nodes in children.items()},
        lines={id_: tuple(found) for id_, found in lines.items()},
        results=results,
        plan=plan,
    )


def target_rows(indicators: Iterable[Indicator]) -> Iterator[TargetRow]:
    """The rows of given targets: one for each kind of period, those of later decrees apart."""
    for indicator in indicators:
        if indicator.targets is not None:
            yield from _rows(indicator, indicator.targets, "")
        for revision in indicator.revisions:
            yield from _rows(indicator, revision.targets, revision.decree)


def _rows(indicator: Indicator, targets: Targets, decree: str) -> Iterator[TargetRow]:
    for frequency in Frequency:
        cells = tuple(
            TargetCell(period, value, targets.locations.get(period, targets.location))
            for period, value in sorted(targets.given.items())
            if period.frequency is frequency
        )
        if cells:
            yield TargetRow(indicator, cells, decree)
