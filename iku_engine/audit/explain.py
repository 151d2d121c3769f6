"""The smallest explanations of a printed figure that is not reproduced, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from iku_engine.audit.candidates import Candidate
from iku_engine.audit.context import Context
from iku_engine.audit.copies import copies
from iku_engine.audit.digits import slips
from iku_engine.audit.indicators import of_indicator
from iku_engine.audit.model import Cause, Explanation, PrintedCell, Recomputed
from iku_engine.audit.nodes import of_node
from iku_engine.audit.trees import Trees
from iku_engine.quantities import Rounding, round_half_away, rounded

MOST_CANDIDATES = 2_000
"""How many variants of the rules are tried for one cell."""

MOST_EXPLANATIONS = 3
"""How many explanations of one cell are kept."""


def explanations(
    context: Context, trees: Trees, cell: PrintedCell, ours: Recomputed
) -> tuple[Explanation, ...]:
    """What may explain the cell; each holds when it is applied.

    Variants of the rules come first, then slips of the hand and copies; a variant that fits only
    when it is truncated comes last among the variants.
    """
    if cell.value is None:
        return ()
    candidates = list(islice(_candidates(context, trees, cell), MOST_CANDIDATES))
    found = [*_of_rounding(cell, ours), *_fitting(candidates, cell, Rounding.HALF_UP)]
    if not found:
        found = list(_fitting(candidates, cell, Rounding.DOWN))
    found += _of_slips(cell, ours)
    found += [
        Explanation(Cause.COPIED, (other.place, other.column.value), cell.value)
        for other in copies(context, cell)
    ]
    best = sorted(dict.fromkeys(found), key=lambda one: one.rank)
    return tuple(best[:MOST_EXPLANATIONS])


def _candidates(context: Context, trees: Trees, cell: PrintedCell) -> Iterator[Candidate]:
    node = context.node(cell.place, cell.period)
    if node is not None:
        yield from of_node(context, trees, node, cell.column)
    elif cell.place in context.catalog.indicators:
        yield from of_indicator(context, cell)


def _of_rounding(cell: PrintedCell, ours: Recomputed) -> Iterator[Explanation]:
    """The recomputed figure itself, rounded in another direction."""
    if ours.value is None:
        return
    for rounding, cause in ((Rounding.DOWN, Cause.TRUNCATED), (Rounding.UP, Cause.ROUNDED_UP)):
        if rounded(ours.value, cell.decimals, rounding) == cell.value:
            yield Explanation(cause, (), ours.value)


def _fitting(
    candidates: Iterable[Candidate], cell: PrintedCell, rounding: Rounding
) -> Iterator[Explanation]:
    for one in candidates:
        if rounded(one.figure, cell.decimals, rounding) == cell.value:
            truncated = rounding is Rounding.DOWN
            yield Explanation(one.cause, one.subjects, one.figure, truncated)


def _of_slips(cell: PrintedCell, ours: Recomputed) -> Iterator[Explanation]:
    if ours.value is None or cell.value is None:
        return
    if round_half_away(ours.value, cell.decimals) == cell.value:
        return
    for cause in slips(ours.value, cell.value, cell.decimals):
        yield Explanation(cause, (), cell.value)
