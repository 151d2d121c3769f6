"""Indicators that stand above each other: on nodes of one branch of the plan, or with owners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from iku_engine.checks.model import CheckedCatalog, TargetRow
from iku_engine.checks.words import words_of

Pair: TypeAlias = tuple[TargetRow, TargetRow]


def rows_above_each_other(checked: CheckedCatalog) -> Iterator[Pair]:
    """Rows of one name and one kind of period: the upper one first, or two of one place.

    Lines of a plan are related within one branch, so that the `Bulan` of one sub kegiatan is not
    compared with that of another; indicators outside a plan by their owners.
    """
    named: dict[tuple[object, ...], list[TargetRow]] = {}
    for row in checked.rows:
        if not row.decree:
            frequency = row.cells[0].period.frequency
            named.setdefault((words_of(row.indicator.name), frequency), []).append(row)
    for rows in named.values():
        places: dict[str, list[TargetRow]] = {}
        for row in rows:
            places.setdefault(_place(row), []).append(row)
        for row in rows:
            yield from _related(checked, row, places)


def _related(
    checked: CheckedCatalog, row: TargetRow, places: dict[str, list[TargetRow]]
) -> Iterator[Pair]:
    indicator = row.indicator
    if indicator.node:
        above = [f"node {node.id}" for node in checked.nodes_above(indicator.node)]
    else:
        above = [f"owner {owner}" for owner in checked.owners_above(indicator.owner)]
    for place in above:
        for upper in places.get(place, ()):
            yield upper, row
    same = places[_place(row)]
    if same[0] is not row:
        yield same[0], row


def _place(row: TargetRow) -> str:
    indicator = row.indicator
    return f"node {indicator.node}" if indicator.node else f"owner {indicator.owner}"
