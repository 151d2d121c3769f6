"""Figures of variables at any place: as printed where they are printed, else from their parts.

Rows that are totals or parents are never summed with their children. A printed total is the
figure of the whole; its parts are only summed where none is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from iku_engine.binding.model import Binding, BoundDimension, BoundVariable
from iku_engine.catalog.model import Consolidation, Rollup
from iku_engine.evaluation.consolidation import (
    Window,
    combined,
    longest_below,
    parts_of_period,
)
from iku_engine.evaluation.model import (
    SOUND,
    Outcome,
    Quality,
    Reason,
    Status,
    missing,
    undefined,
)
from iku_engine.evaluation.reductions import averaged, summed
from iku_engine.periods import Frequency, Period
from iku_engine.places import Place, member_in, with_member
from iku_engine.sources.model import Data, Key, Mark, Observation

Ask: TypeAlias = Callable[[str, Period, Place], "Figure"]
"""How the figure of a part is asked for: of the period itself, or by its shorter ones too."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The outcome for a variable at a place, and the observations it was made from."""

    outcome: Outcome
    observations: tuple[Observation, ...] = ()


class Figures:
    """The variables of one run over one set of data; each figure is made once.

    `binding` is the one handed over, with the dimensions that only the data name: data from
    memory may split a variable that no source does.
    """

    def __init__(self, binding: Binding, data: Data, window: Window | None = None) -> None:
        self._data = data
        self._window = window
        self._frequencies = _frequencies_by_variable(data)
        self._own: dict[Key, Figure] = {}
        self._made: dict[Key, Figure] = {}
        self._named = _members_by_variable(data)
        self._binding = self.binding = _with_dimensions(binding, self._named, data)

    def figure(self, variable: str, period: Period, place: Place) -> Figure:
        """The figure of a period itself, else the one its shorter periods make.

        In a window the shorter periods come first: a figure of the whole would hold them all.
        """
        known = self.frequencies(variable)
        if not known - {period.frequency}:
            return self._direct(variable, period, place)
        key = (variable, period, place)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._over_time(variable, period, place, known)
        return found

    def frequencies(self, variable: str) -> frozenset[Frequency]:
        """The kinds of periods for which the data have figures of a variable."""
        return self._frequencies.get(variable, frozenset())

    def _direct(self, variable: str, period: Period, place: Place) -> Figure:
        """The figure that the data have for a period itself, at a place or at its parts."""
        key = (variable, period, place)
        found = self._own.get(key)
        if found is None:
            found = self._own[key] = self._make((variable, period, place), self._direct)
        return found

    def _over_time(
        self, variable: str, period: Period, place: Place, known: frozenset[Frequency]
    ) -> Figure:
        shorter = longest_below(known, period.frequency)
        window = self._window
        if window is not None and window.over is period.frequency and shorter is not None:
            if max(known) < window.of:
                return _only_longer(variable, period, place)
            return self._consolidated(variable, period, place, window.of)
        found = self._direct(variable, period, place)
        if found.outcome.status is not Status.MISSING:
            return found
        if _has_value(found):  # at some of its parts: the others may have shorter periods
            return self._make((variable, period, place), self.figure)
        if shorter is not None:
            return self._consolidated(variable, period, place, shorter)
        longer = [period.longer(each) for each in known if each < period.frequency]
        if any(_has_value(self._direct(variable, each, place)) for each in longer):
            return _only_longer(variable, period, place)
        return found

    def _consolidated(
        self, variable: str, period: Period, place: Place, shorter: Frequency
    ) -> Figure:
        """The figure of a longer period from those of the shorter ones, as declared.

        Places are rolled up in each of the shorter periods, where a printed total holds.
        """
        how = self._binding.variables[variable].declared.consolidation
        parts = parts_of_period(period, shorter, self._window)
        figures = [self.figure(variable, part, place) for part in parts]
        if not any(_has_value(figure) for figure in figures):
            return _absent(variable, period, place)
        if how is None:
            return Figure(missing(Reason("consolidation", variable, period, place)))
        if how is Consolidation.LAST:
            return figures[-1]
        observations = tuple(item for figure in figures for item in figure.observations)
        return Figure(combined(how, [figure.outcome for figure in figures]), observations)

    def _make(self, key: Key, ask: Ask) -> Figure:
        """The figure of a place, as printed or of its parts, which are asked for by `ask`."""
        variable, period, place = key
        observed = self._data.observations.get(key)
        if observed is not None:
            return _observed(observed)
        bound = self._binding.variables[variable]
        if any(dimension not in bound.dimensions for dimension, _ in place):
            return _absent(variable, period, place)
        for dimension in bound.dimensions:
            member = member_in(place, dimension)
            if member is None:
                return self._rolled_up(key, bound, dimension, ask)
            tree = self._tree(dimension)
            children = tree.roots if member == tree.total else tree.children.get(member, ())
            if children and self._any_named(variable, dimension, children):
                parts = [with_member(place, dimension, child) for child in children]
                return self._made_of(key, bound, parts, ask)
        return _absent(variable, period, place)

    def _rolled_up(self, key: Key, bound: BoundVariable, dimension: str, ask: Ask) -> Figure:
        variable, period, place = key
        tree = self._tree(dimension)
        named = self._named.get((variable, dimension), ())
        if tree.total and tree.total in named:
            printed = ask(variable, period, with_member(place, dimension, tree.total))
            if printed.observations:
                return printed
        roots = tree.roots if tree.members else tuple(sorted(named))
        parts = [with_member(place, dimension, member) for member in roots]
        return self._made_of(key, bound, parts, ask)

    def _made_of(self, key: Key, bound: BoundVariable, parts: Sequence[Place], ask: Ask) -> Figure:
        """The figure of a whole from its parts; missing itself where the data have none of them."""
        variable, period, place = key
        figures = [ask(variable, period, part) for part in parts]
        if not any(figure.observations for figure in figures):
            return _absent(variable, period, place)
        if len(figures) > 1 and bound.rollup in (None, Rollup.NONE):
            return Figure(undefined(Reason("rollup", variable, period, place)))
        outcomes = [figure.outcome for figure in figures]
        observations = tuple(item for figure in figures for item in figure.observations)
        if bound.rollup is Rollup.MEAN:
            return Figure(averaged(outcomes), observations)
        return Figure(summed(outcomes), observations)

    def _tree(self, dimension: str) -> BoundDimension:
        return self._binding.dimensions.get(dimension) or BoundDimension(dimension)

    def _any_named(self, variable: str, dimension: str, members: Sequence[str]) -> bool:
        """Whether the data name one of these members, or one below them, for the variable."""
        named = self._named.get((variable, dimension), {})
        waiting = list(members)
        tree = self._tree(dimension)
        while waiting:
            member = waiting.pop()
            if member in named:
                return True
            waiting.extend(tree.children.get(member, ()))
        return False


def members_of(tree: BoundDimension | None, data: Data, dimension: str) -> tuple[str, ...]:
    """All members of a dimension: those declared, else those the data name."""
    if tree is not None and tree.members:
        return tree.members
    return data.members.get(dimension, ())


def parts_of(tree: BoundDimension | None, data: Data, dimension: str) -> tuple[str, ...]:
    """The members that together are the whole, none of them inside another.

    Where none are declared they are sorted: the order of the rows of the data means nothing.
    """
    if tree is not None and tree.members:
        return tree.roots
    return tuple(sorted(data.members.get(dimension, ())))


def leaves_of(tree: BoundDimension | None, data: Data, dimension: str) -> tuple[str, ...]:
    """The members that have no parts, without the total."""
    if tree is not None and tree.members:
        return tuple(m for m in tree.members if m not in tree.children and m != tree.total)
    return tuple(sorted(data.members.get(dimension, ())))


def _observed(observed: Observation) -> Figure:
    if observed.value is None:
        return _absent(observed.variable, observed.period, observed.place, (observed,))
    quality = SOUND if observed.mark is Mark.FINAL else Quality(observed.mark)
    return Figure(Outcome(observed.value, quality=quality), (observed,))


def _absent(
    variable: str, period: Period, place: Place, observations: tuple[Observation, ...] = ()
) -> Figure:
    return Figure(missing(Reason("missing", variable, period, place)), observations)


def _only_longer(variable: str, period: Period, place: Place) -> Figure:
    return Figure(missing(Reason("longer_only", variable, period, place)))


def _has_value(figure: Figure) -> bool:
    """Whether it was made from anything but blank cells."""
    return any(observed.value is not None for observed in figure.observations)


def _with_dimensions(
    binding: Binding, named: Mapping[tuple[str, str], dict[str, None]], data: Data
) -> Binding:
    variables = dict(binding.variables)
    for name, dimension in named:
        bound = variables[name]
        if dimension not in bound.dimensions:
            variables[name] = replace(bound, dimensions=(*bound.dimensions, dimension))
    records = dict(binding.records)
    for name in data.records.keys() - data.surveys.keys():  # those have a source, and are not read
        own, found = records[name].dimensions, data.records[name]
        further = dict.fromkeys(d for record in found for d, _ in record.place if d not in own)
        if further:
            records[name] = replace(records[name], dimensions=(*own, *further))
    if variables == binding.variables and records == binding.records:
        return binding
    return replace(binding, variables=variables, records=records)


def _frequencies_by_variable(data: Data) -> Mapping[str, frozenset[Frequency]]:
    """Per variable, the kinds of periods its observations are for."""
    found: dict[str, set[Frequency]] = {}
    for (variable, period, _), observed in data.observations.items():
        if observed.value is not None:
            found.setdefault(variable, set()).add(period.frequency)
    return {variable: frozenset(known) for variable, known in found.items()}


def _members_by_variable(data: Data) -> Mapping[tuple[str, str], dict[str, None]]:
    """Per variable and dimension, the members its observations name, in order."""
    named: dict[tuple[str, str], dict[str, None]] = {}
    for variable, _, place in data.observations:
        for dimension, member in place:
            named.setdefault((variable, dimension), {})[member] = None
    return named
