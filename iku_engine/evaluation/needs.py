"""Which value of which indicator is needed where, before anything is computed.

With it, indicators are computed in their order and a long chain of them needs no recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iku_engine.algebra.model import Input, OverMembers, OverRecords, Program, Step, YearToDate
from iku_engine.binding.model import Binding
from iku_engine.periods import Period
from iku_engine.places import Place, with_member, without

Point = tuple[Period, Place]
PartsOf = Callable[[OverMembers], tuple[str, ...]]
ShorterOf = Callable[[str, Period], tuple[Period, ...]]
Reductions = set[tuple[int, Period, Place]]


@dataclass(frozen=True, slots=True)
class Sources:
    """The variables and record sets an indicator is made from, also through other indicators.

    `of_the_year` says whether it reads the year, or the year so far, of a period.
    """

    variables: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    of_the_year: bool = False


def sources_of(binding: Binding) -> Mapping[str, Sources]:
    """What each indicator is made from."""
    found: dict[str, Sources] = {name: Sources() for name in binding.indicators}
    for name in binding.order:
        bound = binding.indicators[name]
        steps = list(steps_of(bound.programs))
        below = [found[need] for need in bound.needs if need in found]
        read = {step.name for step in steps if isinstance(step, Input)}
        counted = {step.records for step in steps if isinstance(step, OverRecords)}
        found[name] = Sources(
            frozenset(read & binding.variables.keys()).union(*(one.variables for one in below)),
            frozenset(counted).union(*(one.records for one in below)),
            any(isinstance(step, YearToDate) for step in steps)
            or any(one.of_the_year for one in below),
        )
    return found


def steps_of(programs: Sequence[Program]) -> Iterator[Step]:
    """All steps of programs, those of the programs inside reductions among them."""
    waiting = list(programs)
    while waiting:
        for step in waiting.pop().steps:
            yield step
            if isinstance(step, YearToDate | OverMembers):
                waiting.append(step.program)


def needed_points(
    binding: Binding,
    asked: dict[str, Iterable[Point]],
    parts_of: PartsOf,
    shorter_of: ShorterOf,
) -> dict[str, dict[Point, None]]:
    """Per indicator the periods and places at which it is asked for or read by another.

    The shorter periods that may make its value at a longer one are among them.
    """
    needed: dict[str, dict[Point, None]] = {name: dict.fromkeys(p) for name, p in asked.items()}
    for name in reversed(binding.order):
        bound = binding.indicators[name]
        if bound.declared.consolidation is not None and name in needed:
            needed[name] = _with_shorter(name, needed[name], shorter_of)
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


def _with_shorter(name: str, points: Iterable[Point], shorter_of: ShorterOf) -> dict[Point, None]:
    """The shorter periods stand before the longer ones that they may make."""
    found: dict[Point, None] = {}
    for point in points:
        waiting, chain = [point], [point]
        while waiting:
            period, place = waiting.pop()
            parts = [(part, place) for part in shorter_of(name, period)]
            waiting += parts
            chain += parts
        found |= dict.fromkeys(reversed(chain))
    return found


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
