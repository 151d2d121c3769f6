"""What a document prints about its own plan, against the plan: counts, and money of parents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from iku_engine.catalog.model import Catalog, PlanNode
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Period
from iku_engine.quantities import to_decimal_text


def check_printed(catalog: Catalog) -> Iterator[Diagnostic]:
    """Printed counts that differ from the tree, and money of parents that is not the sum."""
    yield from _counts(catalog)
    for what in ("budget", "spent"):
        yield from _sums(catalog.plan, what)


def _counts(catalog: Catalog) -> Iterator[Diagnostic]:
    document = catalog.document
    if document is None:
        return
    there = Counter(node.level for node in catalog.plan.values())
    for level, printed in document.counts.items():
        if there[level] != printed:
            word = level.value.replace("_", " ")
            message = f"the document counts {printed} {word}, the plan has {there[level]}"
            advice = "a row may be missing or stand twice, or the print miscounts"
            yield Diagnostic("IKU136", message, document.location, advice)


def _sums(plan: Mapping[str, PlanNode], what: str) -> Iterator[Diagnostic]:
    """Money of a parent that is neither the sum of its leaves nor of what its children print.

    One wrong figure is then named once: at the parent that does not fit to what is below it.
    """
    children: dict[str, list[PlanNode]] = {}
    for node in plan.values():
        children.setdefault(node.parent, []).append(node)
    leaves: dict[tuple[str, Period], Fraction | None] = {}
    periods = dict.fromkeys(period for node in plan.values() for period in _money(node, what))
    found = []
    for node in reversed(tuple(plan.values())):
        below = children.get(node.id, [])
        for period in periods:
            own = _money(node, what).get(period)
            summed = _sum([leaves.get((child.id, period)) for child in below]) if below else own
            leaves[node.id, period] = own if summed is None else summed
            printed = _sum(
                [_money(c, what).get(period, leaves.get((c.id, period))) for c in below] or [own]
            )
            if own is not None and summed is not None and own not in (summed, printed):
                found.append(_differs(node, what, period, own, summed))
    yield from reversed(found)


def _sum(figures: list[Fraction | None]) -> Fraction | None:
    """The sum, where no figure is missing."""
    known = [figure for figure in figures if figure is not None]
    return sum(known, Fraction(0)) if len(known) == len(figures) else None


def _differs(
    node: PlanNode, what: str, period: Period, own: Fraction, summed: Fraction
) -> Diagnostic:
    named = "budget" if what == "budget" else "spending"
    message = f"the {named} {_text(own)} of `{node.id}` in {period} is not the sum below it"
    advice = f"its children sum to {_text(summed)}, which is what is used"
    where = node.locations.get(what, node.location)
    return Diagnostic("IKU137", message, where, advice, node.id)


def _text(figure: Fraction) -> str:
    return to_decimal_text(figure, 0 if figure.denominator == 1 else 2)


def _money(node: PlanNode, what: str) -> Mapping[Period, Fraction]:
    return node.budget if what == "budget" else node.spent
