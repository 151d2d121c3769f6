"""The shortest decimals that lie in the most of some intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

Interval = tuple[Fraction, Fraction]

_MOST_CANDIDATES = 24


def candidates(intervals: Sequence[Interval], decimals: int) -> list[Fraction]:
    """Decimals of at most so many digits, those in the most intervals first, then short ones.

    For each number of intervals that can agree there is one decimal a region they share; regions
    that hold no decimal short enough give none.
    """
    found: dict[Fraction, None] = {}
    most = max((depth for _, depth in _depths(intervals)), default=0)
    for wanted in range(most, 0, -1):
        for low, high in _shared(intervals, wanted):
            found.update(dict.fromkeys(shortest_in(low, high, decimals)))
        if len(found) >= _MOST_CANDIDATES:
            break
    return list(found)[:_MOST_CANDIDATES]


def shortest_in(low: Fraction, high: Fraction, decimals: int) -> tuple[Fraction, ...]:
    """The decimals of the fewest digits from `low` to `high`, the one in the middle and the ends.

    An end of an interval may not belong to it, so that one decimal alone is not enough.
    """
    for digits in range(decimals + 1):
        scale = 10**digits
        first, last = ceil(low * scale), floor(high * scale)
        inside = [n for n in (first, (first + last) // 2, last) if first <= n <= last]
        if inside:
            kept = dict.fromkeys(Fraction(number, scale) for number in inside)
            more = (
                ()
                if len(kept) > 1 or not _is_end(kept, low, high)
                else _finer(low, high, digits, decimals)
            )
            return (*kept, *more)
    return ()


def _is_end(kept: dict[Fraction, None], low: Fraction, high: Fraction) -> bool:
    return any(figure in (low, high) for figure in kept)


def _finer(low: Fraction, high: Fraction, digits: int, decimals: int) -> tuple[Fraction, ...]:
    """A decimal strictly inside, where the shortest one is an end."""
    for finer in range(digits + 1, decimals + 1):
        scale = 10**finer
        first, last = floor(low * scale) + 1, ceil(high * scale) - 1
        if first <= last:
            return (Fraction((first + last) // 2, scale),)
    return ()


def _depths(intervals: Sequence[Interval]) -> Iterator[tuple[Fraction, int]]:
    """At each end, from the lowest on, how many intervals hold it."""
    depth = 0
    starts = sorted(low for low, _ in intervals)
    ends = sorted(high for _, high in intervals)
    position = 0
    for start in starts:
        while ends[position] < start:
            position += 1
            depth -= 1
        depth += 1
        yield start, depth


def _shared(intervals: Sequence[Interval], wanted: int) -> Iterator[Interval]:
    """The regions that at least so many intervals hold."""
    events = sorted([(low, 0) for low, _ in intervals] + [(high, 1) for _, high in intervals])
    depth, begun = 0, Fraction(0)
    for point, ends in events:
        if ends:
            if depth == wanted:
                yield begun, point
            depth -= 1
        else:
            depth += 1
            if depth == wanted:
                begun = point
