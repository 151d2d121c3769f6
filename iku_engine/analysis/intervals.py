"""Sets of figures as intervals, and points and formulas of the unknown in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from iku_engine.algebra.roots import Point, to_digits, whole_below
from iku_engine.algebra.univariate import Ratio, Univariate
from iku_engine.analysis.pieces import Pieces, Stairs, Value
from iku_engine.quantities import to_exact_text
from iku_engine.sentences import figure_said

SHOWN_DIGITS = 50
_SHORT = 12
_LISTED = 4


@dataclass(frozen=True, slots=True)
class Interval:
    """Neighbouring figures; an end that is None is open to infinity."""

    low: Point | None
    low_included: bool
    high: Point | None
    high_included: bool

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def is_everything(self) -> bool:
        return self.low is None and self.high is None

    @property
    def least_whole(self) -> int | None:
        """The smallest whole number inside; None where there is none or no smallest."""
        if self.low is None:
            return None
        below = whole_below(self.low)
        least = below if self.low == below and self.low_included else below + 1
        return least if self._has(least) else None

    @property
    def greatest_whole(self) -> int | None:
        """The largest whole number inside; None where there is none or no largest."""
        if self.high is None:
            return None
        below = whole_below(self.high)
        greatest = below - 1 if self.high == below and not self.high_included else below
        return greatest if self._has(greatest) else None

    def text(
        self, name: str, digits: int = SHOWN_DIGITS, shown: Callable[[Fraction], str] | None = None
    ) -> str:
        """`10 < umkm@2020 <= 20`, an irrational end to so many digits, each end as `shown`."""
        shown = shown or figure_text
        if self.is_everything:
            return f"every {name}"

        def end(point: Point) -> str:
            return shown(to_digits(point, digits))

        if self.low is not None and self.low == self.high:
            return f"{name} = {end(self.low)}"
        low_side, high_side = (
            _side(included) for included in (self.low_included, self.high_included)
        )
        if self.low is not None and self.high is None:
            return f"{name} {'>=' if self.low_included else '>'} {end(self.low)}"
        low = "" if self.low is None else f"{end(self.low)} {low_side} "
        high = "" if self.high is None else f" {high_side} {end(self.high)}"
        return f"{low}{name}{high}"

    def _has(self, number: int) -> bool:
        """Whether a whole number beside one end is on the right side of the other."""
        low = whole_below(self.low) if self.low is not None else None
        high = whole_below(self.high) if self.high is not None else None
        above = low is None or number > low or (number == self.low and self.low_included)
        below = (
            high is None
            or number < high
            or (number == high and (self.high != high or self.high_included))
        )
        return above and below


def _side(included: bool) -> str:
    return "<=" if included else "<"


def intervals_where(pieces: Pieces, chosen: Callable[[Value], bool]) -> tuple[Interval, ...]:
    """The parts of the line whose value is chosen, neighbours joined."""
    found: list[Interval] = []
    joins = False
    for cell in pieces.cells():
        if not chosen(cell.value):
            joins = False
            continue
        own = Interval(cell.low, cell.is_point, cell.high, cell.is_point)
        if joins:
            before = found.pop()
            own = Interval(before.low, before.low_included, own.high, own.high_included)
        found.append(own)
        joins = True
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Ranges:
    """The first few intervals of a name, as part of a sentence."""

    intervals: tuple[Interval, ...]
    name: str
    digits: int = _SHORT
    shown: Callable[[Fraction], str] | None = None

    def said(self, language: str) -> str:
        """The intervals in a language, `id` or `en`."""

        def shown(value: Fraction) -> str:
            return self.shown(value) if self.shown else figure_said(value, language)

        every, joint, further = _WORDS[language]
        texts = [
            every + self.name if each.is_everything else each.text(self.name, self.digits, shown)
            for each in self.intervals[:_LISTED]
        ]
        return joint.join(texts) + (further if len(self.intervals) > _LISTED else "")


_WORDS = {
    "id": ("setiap ", " atau ", " atau lebih jauh ke atas"),
    "en": ("every ", " or ", " or further up"),
}


def figure_text(value: Fraction) -> str:
    """A figure with its decimals where it has finitely many, else as a quotient."""
    return figure_said(value, "en")


def value_text(value: Ratio | Stairs, name: str) -> str:
    """What holds on a piece, as a formula of the unknown."""
    if isinstance(value, Stairs):
        inner = f"round({_ratio_text(value.inner, name)}, {value.digits})"
        return _ratio_text(value.outer, inner)
    return _ratio_text(value, name)


def _ratio_text(value: Ratio, name: str) -> str:
    above, below = _polynomial_text(value.above, name), _polynomial_text(value.below, name)
    if value.below == (1,):
        return above
    above = f"({above})" if sum(map(bool, value.above)) > 1 else above
    below = below if below == name or len(value.below) == 1 else f"({below})"
    return f"{above} / {below}"


def _polynomial_text(polynomial: Univariate, name: str) -> str:
    """From the highest power down: `2 * x^2 - x + 10`."""
    terms = [_term_text(c, power, name) for power, c in enumerate(polynomial) if c]
    text = ""
    for negative, term in reversed(terms):
        sign = ("-" if negative else "") if not text else (" - " if negative else " + ")
        text += sign + term
    return text or "0"


def _term_text(coefficient: int, power: int, name: str) -> tuple[bool, str]:
    factor = name if power == 1 else f"{name}^{power}"
    size = to_exact_text(Fraction(abs(coefficient)))
    if power == 0:
        return coefficient < 0, size
    return coefficient < 0, factor if abs(coefficient) == 1 else f"{size} * {factor}"
