"""Printed totals that stay as they are while one of their parts is moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from iku_engine.analysis.cells import InputCell, recomputed
from iku_engine.analysis.question import Question
from iku_engine.binding.model import BoundDimension
from iku_engine.places import Place, member_in, with_member, without


def held_totals(asked: Question, current: Fraction | None) -> tuple[InputCell, ...]:
    """The printed figures of places that hold the cell's, as far as the indicator reads them.

    A printed total is the figure of the whole: it does not follow when one of its parts moves.
    """
    cell = asked.cell
    start = Fraction(1) if current is None else current
    found = []
    for place in _above(cell.place, asked.run.binding.dimensions):
        total = InputCell(cell.variable, cell.period, place)
        observed = asked.run.data.observations.get((cell.variable, cell.period, place))
        if observed is None or observed.value is None:
            continue
        figures = ({cell: start}, {cell: start, total: observed.value + 1})
        before, after = (
            recomputed(asked.run, each, asked.indicator, asked.period, asked.place)
            for each in figures
        )
        if before.value != after.value or before.status is not after.status:
            found.append(total)
    return tuple(found)


def _above(place: Place, dimensions: Mapping[str, BoundDimension]) -> Iterator[Place]:
    """The places that hold a place: one of its members replaced by what that is part of."""
    for name, _ in place:
        dimension = dimensions.get(name)
        member = member_in(place, name) or ""
        yield without(place, name)
        if dimension is None:
            continue
        parents = {child: parent for parent, row in dimension.children.items() for child in row}
        if dimension.total and dimension.total != member:
            yield with_member(without(place, name), name, dimension.total)
        while (member := parents.get(member, "")) and member != dimension.total:
            yield with_member(without(place, name), name, member)
