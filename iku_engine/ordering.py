"""Order of things that need each other, and the circles where there is no order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter


@dataclass(frozen=True, slots=True)
class Ordering:
    """`order` has each thing behind all it needs; `circles` and `blocked` have no such place.

    A circle lists its members once, in the direction of need; `blocked` needs some circle.
    """

    order: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...] = ()
    blocked: tuple[str, ...] = ()


def order_by_need(needs: Mapping[str, Collection[str]]) -> Ordering:
    """Order the keys of `needs`; needs that are no keys are taken as given."""
    known = {name: [need for need in wanted if need in needs] for name, wanted in needs.items()}
    sorter = TopologicalSorter(known)
    with suppress(CycleError):  # it still hands out all that no circle blocks
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order.extend(ready)
        sorter.done(*ready)
    if len(order) == len(known):
        return Ordering(tuple(order))
    done = set(order)
    left = {name: [n for n in wanted if n not in done] for name, wanted in known.items()}
    circles = _circles({name: wanted for name, wanted in left.items() if name not in done})
    within = {name for circle in circles for name in circle}
    blocked = tuple(name for name in known if name not in done and name not in within)
    return Ordering(tuple(order), circles, blocked)


def _circles(left: Mapping[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    """Circles found by following first needs: every thing left over leads into one."""
    circles: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for start in left:
        path: dict[str, int] = {}
        name = start
        while name not in seen and name not in path:
            path[name] = len(path)
            name = left[name][0]
        if name in path:
            circles.append(tuple(list(path)[path[name] :]))
        seen.update(path)
    return tuple(circles)
