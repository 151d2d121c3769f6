"""What a value is measured in: units with their powers, read from text, multiplied, converted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import prod

from iku_engine.algebra.unit_table import (
    BARE_RATIO,
    MONEY,
    MONEY_SCALES,
    PERCENT,
    SCALES,
    STANDARD_UNITS,
    Dimensions,
    Unit,
    UnitTable,
    folded,
)
from iku_engine.quantities import decimal_text, is_decimal, to_exact_text

_MOST_POWER = 64
_MOST_BITS = 4_000
_DIVIDED = re.compile(r"/|(?:^|\s)per(?=\s)", re.IGNORECASE)
_FIGURE = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,15}")
_MONEY_POINT = re.compile(r"\brp\.", re.IGNORECASE)
_AROUND = "().,:"


@dataclass(frozen=True, slots=True)
class Measure:
    """Units with their powers, `Rp juta/kg` as written.

    `factor` is the product of the literal figures that a formula multiplies with; it may convert
    (`x / 1000000` makes Rp juta of rupiah) or not (`x / 2`). `known` is false where an input has
    no unit; a `literal` figure adapts to what it meets. `per` marks a unit that says among how
    many, and leaves open what is counted: `per 100.000 penduduk`.
    """

    parts: tuple[tuple[Unit, int], ...] = ()
    factor: Fraction = Fraction(1)
    known: bool = True
    literal: bool = False
    per: bool = False

    @property
    def bases(self) -> Dimensions:
        """The base units with their powers, without scale: `Rp juta` and `rupiah` have the same."""
        powers: dict[str, int] = {}
        for unit, power in self.parts:
            for base, inner in unit.bases:
                powers[base] = powers.get(base, 0) + inner * power
        return tuple(sorted((base, power) for base, power in powers.items() if power))

    @property
    def scale(self) -> Fraction:
        """How many of the base units one unit is: 1000000 for `Rp juta`, 1/100 for `%`."""
        return prod((unit.factor**power for unit, power in self.parts), start=Fraction(1))

    @property
    def percents(self) -> int:
        """The power of `%` in it."""
        return sum(power for unit, power in self.parts if unit.name == PERCENT)

    @property
    def is_rate(self) -> bool:
        """Whether it says among how many: `kasus per 100.000 penduduk`."""
        return any(power < 0 and unit.name[:1].isdigit() for unit, power in self.parts)

    @property
    def settled(self) -> bool:
        """Whether it says what a value is measured in: neither unknown nor a literal figure."""
        return self.known and not self.literal

    @property
    def is_ratio(self) -> bool:
        """Whether nothing is left of the base units: a bare ratio, a percentage, an index."""
        return self.settled and not self.bases

    def same_as(self, other: Measure) -> bool:
        """Whether two units are one: the same base units in the same scale."""
        return self.bases == other.bases and self.scale == other.scale

    def fits(self, scale: Fraction) -> bool:
        """Whether its figures are in this scale, taking literal figures for a conversion.

        Literal figures may hold another number beside the conversion (`(a + b) / 2 / 1000000`),
        so they fit when they are nearer to the conversion than to none.
        """
        needed = self.scale / scale
        off = _away(abs(self.factor) / needed)
        return needed == 1 or (bool(self.factor) and off * off < _away(needed))


UNKNOWN = Measure(known=False)


@lru_cache(maxsize=1024)
def parse_unit(unit: str | None, table: UnitTable = STANDARD_UNITS) -> Measure:
    """The measure of a declared unit: `Rp/kg` is Rp over kg; an empty one is not known."""
    text = " ".join((unit or "").split())
    whole = table.find(text)
    above, *below = [text] if whole else (part.strip() for part in _DIVIDED.split(text))
    if not all(below) or not (above or below):
        return UNKNOWN
    measure = _one(above, table) if above else Measure(per=True)
    for part in below:
        measure = product(measure, _divisor(part, table), -1)
    return replace(measure, per=not above)


def unit_words(unit: str, table: UnitTable = STANDARD_UNITS) -> tuple[str, ...]:
    """The nouns of a declared unit as written, without scales and figures."""
    whole = table.find(unit)
    parts = [unit] if whole else _DIVIDED.split(unit)
    nouns = (" ".join(_nouns(part.split())) for part in parts)
    return tuple(noun for noun in nouns if noun)


def unit_text(measure: Measure) -> str:
    """The unit as a reader writes it, in the spelling of the definition; empty for a ratio."""
    above = [_raised(unit, power) for unit, power in measure.parts if power > 0]
    below = [_raised(unit, -power) for unit, power in measure.parts if power < 0]
    return "/".join(["·".join(above) or "1", *below]) if measure.parts else ""


def product(left: Measure, right: Measure, sign: int) -> Measure:
    """Left times right, or left over right where the sign is -1."""
    if not left.known or not right.known:
        return UNKNOWN
    powers: dict[Unit, int] = {}
    spelt = {unit: unit for unit, _ in (*right.parts, *left.parts)}
    for unit, power in (*left.parts, *((unit, sign * power) for unit, power in right.parts)):
        powers[unit] = powers.get(unit, 0) + power
    if any(abs(power) > _MOST_POWER for power in powers.values()):
        return UNKNOWN
    parts = [(spelt[unit], power) for unit, power in powers.items() if power]
    factor = left.factor * (right.factor if sign > 0 else 1 / (right.factor or Fraction(1)))
    return Measure(_sorted(parts), _bounded(factor), literal=left.literal and right.literal)


def raised(measure: Measure, exponent: Fraction) -> Measure:
    """The measure to a power; not known where a unit would get a broken one."""
    powers = [(unit, power * exponent) for unit, power in measure.parts]
    if any(power.denominator != 1 or abs(power) > _MOST_POWER for _, power in powers):
        return UNKNOWN
    parts = [(unit, int(power)) for unit, power in powers if power]
    small = exponent.denominator == 1 and abs(exponent) <= _MOST_POWER and measure.factor
    factor = measure.factor ** int(exponent) if small else Fraction(1)
    return Measure(_sorted(parts), _bounded(factor), literal=measure.literal)


def common(measures: Sequence[Measure]) -> Measure | None:
    """The one measure that all of these are in, counting literal figures as conversions.

    None where they are of different base units, or of scales that nothing converts.
    """
    if any(measure.bases != measures[0].bases for measure in measures):
        return None
    scales = [measure.scale for measure in measures]
    converted = [measure.scale / abs(measure.factor) for measure in measures if measure.factor]
    for scale in dict.fromkeys((*scales, *converted)):
        if all(measure.fits(scale) for measure in measures):
            there = [measure for measure in measures if measure.scale == scale]
            return replace(there[0], factor=_factor(there)) if there else measures[0]
    return None


def _factor(measures: Sequence[Measure]) -> Fraction:
    """A term without literal figures says what a sum is in; among weights the largest does."""
    factors = [measure.factor for measure in measures]
    return Fraction(1) if 1 in factors else max(factors, key=abs)


def conversion(larger: Measure, smaller: Measure) -> str:
    """`1 Rp miliar = 1,000 Rp juta`, for two measures of the same base units."""
    times = larger.scale / smaller.scale
    first, second = (unit_text(one) for one in (larger, smaller))
    return f"1 {first}".strip() + f" = {figure_text(times, grouped=True)} {second}".rstrip()


def figure_text(figure: Fraction, *, grouped: bool = False) -> str:
    """A figure as a formula writes it, or with commas between thousands."""
    if grouped and figure.denominator == 1 and abs(figure) < 10**30:
        return f"{int(figure):,}"
    return decimal_text(figure) if is_decimal(figure) else to_exact_text(figure)


def _one(text: str, table: UnitTable) -> Measure:
    """A unit without divisor: a noun, with the scale that stands before or behind it."""
    words = _MONEY_POINT.sub("rp ", text).split()
    if any(_FIGURE.fullmatch(word) for word in words):
        return _own(text)
    nouns, scale = _nouns(words), prod(SCALES.get(_bare(word), 1) for word in words)
    if not nouns and scale == 1:
        return UNKNOWN
    noun = table.find(" ".join(nouns) or "rupiah")
    if noun is None and (money := _money_letter(nouns, table)):
        noun, letter = money
        scale *= letter
    if noun is None:
        noun = _own(" ".join(nouns)).parts[0][0]
    if scale == 1:
        return Measure(((replace(noun, spelling=text), 1),) if noun.name != BARE_RATIO else ())
    name = f"{scale} {noun.name}"
    return Measure(((replace(noun, name=name, factor=noun.factor * scale, spelling=text), 1),))


def _own(text: str) -> Measure:
    """A word that the table does not know."""
    name = folded(text)
    return Measure(((Unit(name, ((name, 1),), spelling=text), 1),))


def _divisor(text: str, table: UnitTable) -> Measure:
    """What stands below: `kg`, `100.000 penduduk`, `1000`."""
    first, _, rest = text.partition(" ")
    if not _FIGURE.fullmatch(first):
        return _one(text, table)
    number = int(re.sub(r"[.,]", "", first))
    if not number:
        return UNKNOWN
    among = _one(rest, table) if rest else Measure()
    if rest and all(_bare(word) in SCALES for word in rest.split()):
        among = Measure(((Unit(folded(rest), (), among.scale, spelling=rest), 1),))
    if not among.known:
        return UNKNOWN
    inner = among.parts[0][0] if among.parts else Unit("", ())
    spelling = text if rest else first
    unit = Unit(f"{number} {inner.name}", inner.bases, inner.factor * number, spelling=spelling)
    return Measure(((unit, 1),))


def _money_letter(nouns: list[str], table: UnitTable) -> tuple[Unit, int] | None:
    """`Rp M` and `M Rp`: money with a letter for its scale."""
    if len(nouns) == 2:
        for letter, rest in (nouns, reversed(nouns)):
            unit, scale = table.find(rest), MONEY_SCALES.get(_bare(letter))
            if scale and unit is not None and unit.dimension == MONEY:
                return unit, scale
    return None


def _nouns(words: list[str]) -> list[str]:
    return [
        word.strip(_AROUND)
        for word in words
        if _bare(word) not in ("", "dalam", *SCALES) and not _FIGURE.fullmatch(word)
    ]


def _bare(word: str) -> str:
    return word.strip(_AROUND).casefold()


def _raised(unit: Unit, power: int) -> str:
    return unit.shown if power == 1 else f"{unit.shown}^{power}"


def _away(ratio: Fraction) -> Fraction:
    """How far a ratio is from 1, upwards or downwards."""
    return max(ratio, 1 / ratio) if ratio else Fraction(0)


def _bounded(factor: Fraction) -> Fraction:
    """Figures past any conversion say nothing about the unit, and would grow without end."""
    bits = factor.numerator.bit_length() + factor.denominator.bit_length()
    return factor if bits <= _MOST_BITS else Fraction(1)


def _sorted(parts: list[tuple[Unit, int]]) -> tuple[tuple[Unit, int], ...]:
    return tuple(sorted(parts, key=lambda part: part[0].name))
