"""Which value of which indicator is needed where, before anything is computed.

With it, indicators are computed in their order and a long chain of them needs no recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from iku_engine.algebra.model import Input, OverMembers, Program, YearToDate
from iku_engine.binding.model import Binding
from iku_engine.periods import Period
from iku_engine.places import Place, with_member, without

Point = tuple[Period, Place]
PartsOf = Callable[[OverMembers], tuple[str, ...]]
Reductions = set[tuple[int, Period, Place]]


def needed_points(
    binding: Binding,
    asked: dict[str, Iterable[Point]],
    parts_of: PartsOf,
) -> dict[str, dict[Point, None]]:
    """Per indicator the periods and places at which it is asked for or read by another."""
    needed: dict[str, dict[Point, None]] = {name: dict.fromkeys(p) for name, p in asked.items()}
    for name in reversed(binding.order):
        bound = binding.indicators[name]
        if not any(need in binding.indicators for need in bound.needs):
            continue
        seen: Reductions = set()
        for period, place in needed.get(name, ()):
            version = bound.at(period)
            if version is None or version.program is None:
                continue
            for read, when, where in read_points(version.program, period, place, parts_of, seen):
                if read in binding.indicators:
                    needed.setdefault(read, {})[when, where] = None
    return needed


def read_points(
    program: Program,
    period: Period,
    place: Place,
    parts_of: PartsOf,
    seen: Reductions | None = None,
) -> Iterator[tuple[str, Period, Place]]:
    """Every series a program may read when it is evaluated at a period and place.

    `seen` keeps reductions over members from being followed again: all places of a whole share
    them.
    """
    followed: Reductions = set() if seen is None else seen
    waiting = [(program, period, place)]
    while waiting:
        current, when, where = waiting.pop()
        for step in current.steps:
            match step:
                case Input(name=name, shift=shift):
                    yield name, shift.applied(when), where
                case YearToDate(program=inner):
                    waiting += [(inner, each, where) for each in step.periods(when)]
                case OverMembers(program=inner, dimension=dimension, shift=shift):
                    whole = without(where, dimension)
                    then = shift.applied(when)
                    if (id(step), then, whole) in followed:
                        continue
                    followed.add((id(step), then, whole))
                    waiting += [
                        (inner, then, with_member(whole, dimension, member))
                        for member in parts_of(step)
                    ]
                    waiting.append((inner, then, whole))
