"""Figures that were published more than once: which of them holds, and which it replaced.

A figure is printed `**` first, then `*`, then final, and a later release may correct it again.
These are vintages of one figure, not two figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from iku_engine.sources.model import Key, Mark, Observation


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A figure that its row gives and that cannot be read: a later one is not made up for it."""

    published: date | None
    mark: Mark
    row: int


Vintage: TypeAlias = "Observation | Unreadable"


class Vintages:
    """The figures of all variables, periods and places, as they are met row by row."""

    def __init__(self) -> None:
        self._first: dict[Key, Vintage] = {}
        self._further: dict[Key, list[Vintage]] = {}

    def row_of(self, key: Key, published: date | None, mark: Mark) -> int | None:
        """The row of the figure that was published on the same day with the same mark."""
        first = self._first.get(key)
        if first is None:
            return None
        for one in (first, *self._further.get(key, ())):
            if one.published == published and one.mark is mark:
                return one.row if isinstance(one, Unreadable) else one.origin.row
        return None

    def add(self, key: Key, one: Vintage) -> None:
        """Note a figure, of a day and mark that no other one of its key has."""
        if self._first.setdefault(key, one) is not one:
            self._further.setdefault(key, []).append(one)

    def latest(self) -> dict[Key, Observation]:
        """The figure that holds for each key, with those it replaced, the newest first."""
        found: dict[Key, Observation] = {}
        for key, first in self._first.items():
            further = self._further.get(key)
            holds = _latest([first, *further]) if further else first
            if isinstance(holds, Observation):
                found[key] = holds
        return found


def _latest(vintages: Iterable[Vintage]) -> Vintage:
    """The last published figure; of one day, or without any, the firmest.

    A blank replaces nothing: a release that corrects some figures leaves the others blank.
    """
    holds, *others = sorted(vintages, key=_rank, reverse=True)
    if isinstance(holds, Unreadable):
        return holds
    replaced = [one for one in others if isinstance(one, Observation) and one.value is not None]
    return replace(holds, replaced=tuple(replaced))


def _rank(one: Vintage) -> tuple[bool, date, int]:
    says_something = isinstance(one, Unreadable) or one.value is not None
    return says_something, one.published or date.min, -one.mark
