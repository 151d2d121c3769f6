"""Results grouped for a table: tables, and in each the rows that share their left-hand cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from iku_engine.periods import Period
from iku_engine.places import Place, member_in
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.results.model import Result, Results

_OBJECTIVE, _INDICATOR = 1, 2  # positions among number, objective, indicator and unit


@dataclass(frozen=True, slots=True)
class Block:
    """The cells left of the figures, and the results by period."""

    left: tuple[str, ...]
    results: dict[Period, Result]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: what stands above it, the headers of its left-hand cells, its blocks.

    The rows of a table of places are `close`: no blank line between them. `objective` is the
    position of the objectives, -1 where the table has none.
    """

    title: str
    headers: tuple[str, ...]
    blocks: tuple[Block, ...]
    close: bool = False
    objective: int = -1

    def narrowed(self) -> Grid:
        """The same with each objective above its indicator, in one column."""
        at = self.objective
        if at < 0:
            return self
        blocks = [
            Block((*b.left[:at], _above(b.left[at], b.left[at + 1]), *b.left[at + 2 :]), b.results)
            for b in self.blocks
        ]
        header = f"{self.headers[at]} /\n{self.headers[at + 1]}"
        headers = (*self.headers[:at], header, *self.headers[at + 2 :])
        return replace(self, headers=headers, blocks=tuple(blocks), objective=-1)


def grids_of(results: Results, names: Names, language: Language) -> list[Grid]:
    """A table an owner, or a table an indicator where results are split by places."""
    owners: dict[str, list[Result]] = {}
    for result in results:
        owners.setdefault(result.indicator.owner, []).append(result)
    several = len(names.owners) > 1 or len(owners) > 1
    grids: list[Grid] = []
    for owner, rows in owners.items():
        title = visible(names.owners.get(owner, owner)) if several else ""
        if results.dimensions:
            grids += _by_place(rows, results.dimensions, title, names, language)
        else:
            grids.append(_by_indicator(rows, title, language))
    return grids


def _by_indicator(rows: Sequence[Result], title: str, language: Language) -> Grid:
    cells: list[tuple[str, ...]] = []
    for result, found in zip(_first_of_each(rows), _by_period(rows), strict=True):
        declared = result.indicator
        left = (declared.no, declared.objective, declared.name, _units(found.values()))
        cells.append(tuple(visible(text) for text in left))
    keys = ("no", "objective", "indicator", "unit")
    headers = [label(f"table.{key}", language) for key in keys]
    kept = [n for n in range(4) if n == _INDICATOR or any(row[n] for row in cells)]
    blocks = [
        Block(tuple(row[position] for position in kept), found)
        for row, found in zip(cells, _by_period(rows), strict=True)
    ]
    objective = kept.index(_OBJECTIVE) if _OBJECTIVE in kept else -1
    if objective >= 0:
        blocks = _without_repeated(blocks, objective)
    shown = tuple(headers[position] for position in kept)
    return Grid(title, shown, tuple(blocks), objective=objective)


def _units(results: Iterable[Result]) -> str:
    """The unit of an indicator; the units one after the other where it changed."""
    in_time = sorted(results, key=lambda result: result.period)
    return " → ".join(dict.fromkeys(result.unit for result in in_time if result.unit))


def _by_place(
    rows: Sequence[Result],
    dimensions: Sequence[str],
    title: str,
    names: Names,
    language: Language,
) -> Iterable[Grid]:
    by_indicator: dict[str, list[Result]] = {}
    for result in rows:
        by_indicator.setdefault(result.indicator.id, []).append(result)
    headers = tuple(visible(names.dimension(dimension)) for dimension in dimensions)
    for found in by_indicator.values():
        declared = found[0].indicator
        number = f"{declared.no}. " if declared.no else ""
        unit = f" ({units})" if (units := _units(found)) else ""
        heading = visible(f"{number}{declared.name}{unit}")
        blocks = [
            Block(_members(result.place, dimensions, names, language), periods)
            for result, periods in zip(_first_of_each(found), _by_period(found), strict=True)
        ]
        yield Grid(f"{title}\n{heading}" if title else heading, headers, tuple(blocks), close=True)
        title = ""


def _members(
    place: Place, dimensions: Sequence[str], names: Names, language: Language
) -> tuple[str, ...]:
    members = [(dimension, member_in(place, dimension)) for dimension in dimensions]
    whole = label("table.whole", language)
    return tuple(
        whole if member is None else visible(names.member(dimension, member))
        for dimension, member in members
    )


def _above(objective: str, indicator: str) -> str:
    return f"{objective}:\n{indicator}" if objective else indicator


def _key(result: Result) -> tuple[str, Place]:
    return result.indicator.id, result.place


def _first_of_each(rows: Sequence[Result]) -> list[Result]:
    """One result an indicator and place, in the order of the rows."""
    first: dict[tuple[str, Place], Result] = {}
    for result in rows:
        first.setdefault(_key(result), result)
    return list(first.values())


def _by_period(rows: Sequence[Result]) -> list[dict[Period, Result]]:
    found: dict[tuple[str, Place], dict[Period, Result]] = {}
    for result in rows:
        found.setdefault(_key(result), {})[result.period] = result
    return list(found.values())


def _without_repeated(blocks: Sequence[Block], position: int) -> list[Block]:
    """A decree prints an objective once for all its indicators."""
    kept: list[Block] = []
    previous = ""
    for block in blocks:
        left = list(block.left)
        if left[position] == previous:
            left[position] = ""
        else:
            previous = left[position]
        kept.append(Block(tuple(left), block.results))
    return kept
