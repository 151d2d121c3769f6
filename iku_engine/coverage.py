"""Band coverage: what a scale leaves without a band, what it gives two, and how to repair it.

All of it is arithmetic on cuts. A cut lies just below a value or just above it, so that a band
runs from one cut to another and its open and closed sides need no case of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor
from typing import NamedTuple

from iku_engine.scales import (
    Band,
    Gap,
    Graded,
    Overlap,
    Scale,
    find_gaps,
    find_overlaps,
)


class Cut(NamedTuple):
    """A place between values: `side` 0 is just below the value, 1 just above it.

    `infinite` is -1 below all values and 1 above all.
    """

    infinite: int
    value: Fraction
    side: int


def start_of(band: Band) -> Cut:
    """The cut below all values of a band."""
    if band.low is None:
        return Cut(-1, Fraction(0), 0)
    return Cut(0, band.low, 0 if band.low_included else 1)


def end_of(band: Band) -> Cut:
    """The cut above all values of a band."""
    if band.high is None:
        return Cut(1, Fraction(0), 0)
    return Cut(0, band.high, 1 if band.high_included else 0)


def between(start: Cut, end: Cut, like: Band | None = None) -> Band:
    """The band from one cut to another, with the label and score of another band."""
    low, high = (None if cut.infinite else cut.value for cut in (start, end))
    low_included = low is not None and start.side == 0
    high_included = high is not None and end.side == 1
    label, score = (like.label, like.score) if like else ("", None)
    return Band(label, low, low_included, high, high_included, score)


def first_figure(interval: Band, decimals: int) -> Fraction | None:
    """The lowest figure with this many decimals in an interval, or one of them if none is lowest.

    None where the interval lies between two neighbouring figures.
    """
    scale = 10**decimals
    if interval.low is not None:
        number = floor(interval.low * scale)
        candidates = (number, number + 1)
    else:
        number = 0 if interval.high is None else floor(interval.high * scale)
        candidates = (number, number - 1)
    found = (Fraction(number, scale) for number in candidates)
    return next((figure for figure in found if interval.holds(figure)), None)


def gaps_of(bands: tuple[Band, ...], decimals: int | None = None) -> tuple[Gap, ...]:
    """The holes over all values, or with `decimals` those in which such a figure lies."""
    return tuple(gap for gap in find_gaps(bands) if _counts(gap.interval, decimals))


def overlaps_of(bands: tuple[Band, ...], decimals: int | None = None) -> tuple[Overlap, ...]:
    """The overlaps over all values, or with `decimals` those in which such a figure lies."""
    return tuple(one for one in find_overlaps(bands) if _counts(one.interval, decimals))


def graded_decimals(scale: Scale) -> int | None:
    """The decimals of the figures a scale looks at; None where it looks at exact values."""
    return scale.decimals if scale.on is Graded.DISPLAYED else None


def repaired(bands: tuple[Band, ...], decimals: int | None = None) -> tuple[Band, ...] | None:
    """The bands, lowest first, without holes and overlaps; None where that needs a decision.

    The rule is *lower bound inclusive*: a band holds its own lower edge and ends just below the
    lower edge of the next one. So a hole goes to the band below it (its outermost value to the
    band above, if that begins there), and what two bands share goes to the upper one. Every value
    that had exactly one band keeps it. A band inside another one, or two bands of one range,
    cannot be repaired like this.
    """
    made = _repaired_in_order(_by_cuts(bands), decimals)
    return None if made is None else tuple(_by_cuts(made))


def _repaired_in_order(ordered: list[Band], decimals: int | None) -> list[Band] | None:
    """What a repair makes of each band, in the order of those before it."""
    if not gaps_of(tuple(ordered), decimals) and not overlaps_of(tuple(ordered), decimals):
        return ordered
    result: list[Band] = []
    for band in ordered:
        if not result:
            result.append(band)
            continue
        pair = _joined(result[-1], band, decimals)
        if pair is None:
            return None
        result[-1:] = pair
    return result if _is_repair(ordered, result, decimals) else None


def _joined(below: Band, above: Band, decimals: int | None) -> tuple[Band, Band] | None:
    """Two neighbours that meet."""
    if start_of(above) > end_of(below):
        hole = between(end_of(below), start_of(above))
        if not _counts(hole, decimals):
            return below, above
        edge = start_of(above)._replace(side=0)
        return between(start_of(below), edge, below), between(edge, end_of(above), above)
    if start_of(above) == end_of(below):
        return below, above
    if not _counts(between(start_of(above), min(end_of(below), end_of(above))), decimals):
        return below, above
    if start_of(below) < start_of(above) and end_of(below) <= end_of(above):
        return between(start_of(below), start_of(above), below), above
    if start_of(below) == start_of(above) and end_of(below) < end_of(above):
        return below, between(end_of(below), end_of(above), above)
    return None


def _is_repair(old: Sequence[Band], new: Sequence[Band], decimals: int | None) -> bool:
    """Whether nothing is left to repair, and no value changed that had exactly one band."""
    if any(start_of(band) >= end_of(band) for band in new):
        return False
    if gaps_of(tuple(new), decimals) or overlaps_of(tuple(new), decimals):
        return False
    return all(
        start_of(now) <= start and end <= end_of(now)
        for now, alone in zip(new, _held_alone(old), strict=True)
        for start, end in alone
    )


def _held_alone(bands: Sequence[Band]) -> list[list[tuple[Cut, Cut]]]:
    """For each band, the stretches that no other band holds, found in one sweep over the cuts."""
    events = sorted(
        [(start_of(band), 1, number) for number, band in enumerate(bands)]
        + [(end_of(band), 0, number) for number, band in enumerate(bands)]
    )
    alone: list[list[tuple[Cut, Cut]]] = [[] for _ in bands]
    inside: set[int] = set()
    before: Cut | None = None
    for cut, begins, number in events:
        if before is not None and before < cut and len(inside) == 1:
            (only,) = inside
            alone[only].append((before, cut))
        if begins:
            inside.add(number)
        else:
            inside.discard(number)
        before = cut
    return alone


def _counts(interval: Band, decimals: int | None) -> bool:
    return decimals is None or first_figure(interval, decimals) is not None


def changed(bands: Iterable[Band], decimals: int | None = None) -> dict[int, Band]:
    """What a repair makes of the bands it changes, by the identity (`id`) of the band before.

    Nothing where there is no repair.
    """
    ordered = _by_cuts(bands)
    made = _repaired_in_order(ordered, decimals) or ordered
    return {id(old): new for old, new in zip(ordered, made, strict=True) if old != new}


def _by_cuts(bands: Iterable[Band]) -> list[Band]:
    return sorted(bands, key=lambda band: (start_of(band), end_of(band)))
