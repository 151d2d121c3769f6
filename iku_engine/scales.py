"""Rating scales: bands with explicit sides, their holes and overlaps, and the band of a value.

A band is data with a source, never code. A value that no band holds has no band: it is never
moved to the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from iku_engine.quantities import (
    parse_decimal,
    round_half_away,
    to_decimal_text,
    to_exact_text,
)

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_RANGE = re.compile(
    rf"(?:(?P<low>{_NUMBER})\s*(?P<low_side><=|<)\s*)?x\s*"
    rf"(?:(?P<side><=|<|>=|>|=)\s*(?P<edge>{_NUMBER}))?"
)


class Graded(StrEnum):
    """What a scale looks at: the unrounded value or the figure as displayed."""

    EXACT = "exact"
    DISPLAYED = "displayed"


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a scale: an interval of values, its label and, where declared, its score.

    An edge that is None is open to infinity.
    """

    label: str
    low: Fraction | None = None
    low_included: bool = False
    high: Fraction | None = None
    high_included: bool = False
    score: Fraction | None = None

    def holds(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (self.low_included and value == self.low)
        below = (
            self.high is None or value < self.high or (self.high_included and value == self.high)
        )
        return above and below

    def range_text(self) -> str:
        """The interval as a definition writes it: `66 <= x < 80`."""
        if self.low is not None and self.low == self.high:
            return f"x = {_edge_text(self.low)}"
        if self.low is not None and self.high is None:
            return f"x {'>=' if self.low_included else '>'} {_edge_text(self.low)}"
        low_side, high_side = ("<=" if side else "<" for side in self._sides())
        low = "" if self.low is None else f"{_edge_text(self.low)} {low_side} "
        high = "" if self.high is None else f" {high_side} {_edge_text(self.high)}"
        return f"{low}x{high}"

    def _sides(self) -> tuple[bool, bool]:
        return self.low_included, self.high_included


@dataclass(frozen=True, slots=True)
class Scale:
    """A table of bands, lowest first, as one regulation prints it."""

    name: str
    bands: tuple[Band, ...]
    title: str = ""
    reference: str = ""
    on: Graded = Graded.EXACT
    decimals: int = 2

    def band_of(self, value: Fraction) -> Band | None:
        """The band that holds the value; None in a hole and outside the scale."""
        graded = value if self.on is Graded.EXACT else round_half_away(value, self.decimals)
        for band in self.bands:
            if band.holds(graded):
                return band
        return None


@dataclass(frozen=True, slots=True)
class Gap:
    """An interval between two neighbouring bands that neither of them holds."""

    below: Band
    above: Band
    interval: Band


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two bands that hold values in common, such a value, and all of them."""

    first: Band
    second: Band
    value: Fraction
    interval: Band


def parse_range(text: str) -> Band:
    """Read `66 <= x < 80`, `x >= 80`, `x < 51` or `x = 0` into a band without a label.

    Raises `ValueError` for other text and for an empty interval.
    """
    match = _RANGE.fullmatch(text.strip()) if len(text) <= 200 else None
    if match is None or (match["low"] is None and match["edge"] is None):
        raise ValueError("a range is written 66 <= x < 80, x >= 80, x < 51 or x = 0")
    low = parse_decimal(match["low"]) if match["low"] else None
    edge = parse_decimal(match["edge"]) if match["edge"] else None
    side, low_side = match["side"], match["low_side"]
    if side in (">", ">=", "="):
        if low is not None:
            raise ValueError("a range with two edges runs from low to high: 66 <= x < 80")
        if side == "=":
            return Band("", edge, True, edge, True)
        return Band("", edge, side == ">=")
    band = Band("", low, low_side == "<=", edge, side == "<=")
    if low is not None and edge is not None and (low > edge or (low == edge and not _closed(band))):
        raise ValueError("this range holds no value")
    return band


def sorted_bands(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """The bands from the lowest edge to the highest."""
    return tuple(sorted(bands, key=_order))


def find_gaps(bands: tuple[Band, ...]) -> Iterator[Gap]:
    """The holes between neighbouring bands; beyond the outermost edges is not a hole."""
    ordered = sorted_bands(bands)
    if not ordered:
        return
    reached = ordered[0]
    for band in ordered[1:]:
        if reached.high is None:
            return
        if band.low is not None and (
            band.low > reached.high
            or (band.low == reached.high and not (band.low_included or reached.high_included))
        ):
            hole = Band(
                "", reached.high, not reached.high_included, band.low, not band.low_included
            )
            yield Gap(reached, band, hole)
        if _reach(band) > _reach(reached):
            reached = band


def find_overlaps(bands: tuple[Band, ...]) -> Iterator[Overlap]:
    """Bands that hold a value in common with one before: such a value would have two ratings.

    Each band is held against the one before it that reaches furthest.
    """
    reached: Band | None = None
    for band in sorted_bands(bands):
        common = _common(reached, band) if reached else None
        if reached and common is not None:
            yield Overlap(reached, band, _value_in(common), common)
        if reached is None or _reach(band) > _reach(reached):
            reached = band


def _common(first: Band, second: Band) -> Band | None:
    """What both bands hold, where `first` begins no later than `second`."""
    nearer = min(first, second, key=_reach)
    common = Band("", second.low, second.low_included, nearer.high, nearer.high_included)
    if common.low is None or common.high is None or common.low < common.high:
        return common
    return common if common.low == common.high and _closed(common) else None


def _value_in(interval: Band) -> Fraction:
    """A value of an interval: its lower edge where it holds it."""
    low, high = interval.low, interval.high
    if low is None:
        return Fraction(0) if high is None else high if interval.high_included else high - 1
    if interval.low_included:
        return low
    return low + 1 if high is None else (low + high) / 2


def _closed(band: Band) -> bool:
    return band.low_included and band.high_included


def _order(band: Band) -> tuple[bool, Fraction, bool]:
    return (band.low is not None, band.low or Fraction(0), not band.low_included)


def _reach(band: Band) -> tuple[bool, Fraction, bool]:
    return (band.high is None, band.high or Fraction(0), band.high_included)


def _edge_text(edge: Fraction) -> str:
    """An edge as it was written: edges come from decimals, or from a plugin's exact figures."""
    decimals = decimals_of(edge)
    return to_exact_text(edge) if decimals is None else to_decimal_text(edge, decimals)


def decimals_of(figure: Fraction) -> int | None:
    """How many decimals a figure needs to be written in full; None where none are enough."""
    rest, decimals = figure.denominator, 0
    while rest % 10 == 0:
        rest, decimals = rest // 10, decimals + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, decimals = rest // prime, decimals + 1
    return decimals if rest == 1 else None
