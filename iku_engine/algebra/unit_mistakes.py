"""What is said of units that do not fit: in one sum, and against the declared unit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from iku_engine.algebra.measures import Measure, common, conversion, figure_text, unit_text
from iku_engine.diagnostics import Diagnostic, LocatedText, quoted
from iku_engine.language.model import Binary, Node, Number, Percent
from iku_engine.language.to_text import to_text
from iku_engine.quantities import is_decimal

_LONGEST_HELP = 60
_LONGEST_FIGURE = 24
_HUNDRED = Fraction(100)
_MONEY = (("rupiah", 1),)
_MONEY_SCALES = {10**6: "juta rupiah", 10**9: "miliar rupiah", 10**12: "triliun rupiah"}


def mixed(
    text: LocatedText, whole: Node, operands: list[tuple[Node, Measure]]
) -> Diagnostic | None:
    """Terms of different units in one sum, comparison or choice (IKU205)."""
    first = operands[0]
    other = next((one for one in operands if common([first[1], one[1]]) is None), None)
    if other is None:
        return None
    shown = [quoted(unit_text(m)) if m.parts else "a bare ratio" for m in (first[1], other[1])]
    message = f"{shown[0]} and {shown[1]} stand in one sum or comparison"
    where = text.at(whole.span.start, whole.span.end)
    if first[1].bases == other[1].bases:
        help_ = _converted(*sorted((first, other), key=lambda one: one[1].scale))
    else:
        help_ = _both_count(first[1], other[1])
    return Diagnostic("IKU205", message, where, help_)


def against_declared(
    derived: Measure, declared: Measure, unit: str, text: LocatedText
) -> Diagnostic | None:
    """The declared unit against the one that the formula yields."""
    if not declared.known:
        return None
    if not _of_one_kind(derived, declared):
        if derived.is_ratio and not derived.percents and not declared.is_ratio:
            return None  # an index, a rating or a rate per n is a ratio by another name
        return _other_unit(derived, declared, unit, text)
    if _fits(derived, declared):
        return _divided_money(derived, declared, unit, text)
    if derived.percents == declared.percents:
        return _other_scale(derived, declared, unit, text)
    bare = declared.percents == 1 and not derived.parts
    if bare and Fraction(1, 10) < abs(derived.factor) < 10:
        message = f"the unit is {quoted(unit)} but the formula yields a bare ratio"
        help_ = _rewritten(text, "* 100%") or "multiply the ratio by `100%`"
        return Diagnostic("IKU203", message, text.at(0, len(text.text)), help_)
    return _other_unit(derived, declared, unit, text)


def _of_one_kind(derived: Measure, declared: Measure) -> bool:
    if derived.bases == declared.bases:
        return True
    below = tuple((base, power) for base, power in derived.bases if power < 0)
    return declared.per and below in ((), declared.bases) and not derived.percents


def _fits(derived: Measure, declared: Measure) -> bool:
    """Whether the scale is the declared one, literal figures counted as conversions.

    Under `per 100.000 penduduk` and under `indeks` a power of ten that is left over is no weight
    but another rate; an index may have its 100 beside the conversion.
    """
    if derived.scale == declared.scale:
        return True
    is_index = _is_index(declared) and not derived.percents
    readings = [derived.factor, *([derived.factor / _HUNDRED] if is_index else [])]
    for factor in readings:
        off = abs(factor) * declared.scale / derived.scale
        strict = (declared.is_rate or is_index) and off != 1 and _is_power_of_ten(off)
        if not strict and replace(derived, factor=factor).fits(declared.scale):
            return True
    return False


def _is_index(declared: Measure) -> bool:
    return declared.is_ratio and declared.scale == 1


def _other_unit(derived: Measure, declared: Measure, unit: str, text: LocatedText) -> Diagnostic:
    off_by_100 = derived.percents != declared.percents
    help_ = ""
    percent_of = derived.percents > 1 or derived.bases  # an index is no percentage over 100
    if percent_of and derived.bases == declared.bases and derived.scale * 100 == declared.scale:
        help_ = _rewritten(text, "/ 100") if derived.factor == 1 else ""
    message = f"the unit is {quoted(unit)} but the formula yields {_yielded(derived)}"
    help_ = help_ or "declare the unit that the formula yields, or mend the formula"
    where = text.at(0, len(text.text))
    return Diagnostic("IKU204" if off_by_100 else "IKU214", message, where, help_)


def _other_scale(derived: Measure, declared: Measure, unit: str, text: LocatedText) -> Diagnostic:
    """IKU216: literal figures that are a power of ten were meant to convert, others were not.

    The 100 of an index was not either.
    """
    converts = _is_power_of_ten(abs(derived.factor)) and not _is_index(declared)
    reached = derived.scale / abs(derived.factor) if converts else derived.scale
    times = declared.scale / reached
    written = _rewritten(text, f"/ {figure_text(times)}" if times > 1 else f"* {_inverse(times)}")
    larger, smaller = sorted((derived, declared), key=lambda one: one.scale, reverse=True)
    known = "" if declared.per or larger.scale == smaller.scale else conversion(larger, smaller)
    help_ = ": ".join(part for part in (known, written) if part)
    yields = _yielded(derived, with_factor=converts)
    message = f"the unit is {quoted(unit)} but the formula yields {yields}"
    return Diagnostic("IKU216", message, text.at(0, len(text.text)), help_)


def _divided_money(
    derived: Measure, declared: Measure, unit: str, text: LocatedText
) -> Diagnostic | None:
    """Nobody takes a millionth of an amount: dividing rupiah by 1000000 is a conversion."""
    if derived.bases != _MONEY or derived.scale != 1 or declared.scale != 1:
        return None
    meant = _MONEY_SCALES.get(int(1 / abs(derived.factor))) if derived.factor else None
    if meant is None or derived.factor.numerator not in (1, -1):
        return None
    message = (
        f"the unit is {quoted(unit)} but the formula yields {_yielded(derived, with_factor=True)}"
    )
    help_ = f"write the unit `{meant}`, or leave out the division"
    return Diagnostic("IKU216", message, text.at(0, len(text.text)), help_)


def _yielded(derived: Measure, *, with_factor: bool = False) -> str:
    factor = figure_text(derived.factor)
    factor = factor if len(factor) <= _LONGEST_FIGURE else "a figure"
    if not derived.parts:
        return "a bare ratio" if derived.factor == 1 else f"a ratio times {factor}"
    shown = quoted(unit_text(derived))
    return f"{shown} times {factor}" if with_factor and derived.factor != 1 else shown


def _converted(smaller: tuple[Node, Measure], larger: tuple[Node, Measure]) -> str:
    """How the term in the larger unit becomes one in the smaller: `x * 1000`."""
    times = larger[1].scale / smaller[1].scale
    known = conversion(larger[1], smaller[1])
    to_percent = times == _HUNDRED and smaller[1].percents and not larger[1].percents
    if not is_decimal(times):
        return known
    by = Percent(times) if to_percent else Number(times)
    written = to_text(Binary("*", larger[0], by))
    return f"{known}: write `{written}`" if len(written) <= _LONGEST_HELP else known


def _both_count(first: Measure, other: Measure) -> str:
    if len(first.parts) == len(other.parts) == 1:
        (one, power), (two, second) = first.parts[0], other.parts[0]
        if one.dimension and one.dimension == two.dimension and power == second == 1:
            shown = [quoted(unit.shown) for unit in (one, two)]
            return f"{shown[0]} and {shown[1]} are both {one.dimension}: add them under one unit"
    return ""


def _rewritten(text: LocatedText, ending: str) -> str:
    formula = text.text
    if len(formula) >= _LONGEST_HELP:
        return ""
    whole = f"({formula})" if any(sign in formula for sign in "+-<>=") else formula
    return f"write `{whole} {ending}`"


def _inverse(times: Fraction) -> str:
    return figure_text(1 / times)


def _is_power_of_ten(figure: Fraction) -> bool:
    """Whether it is 1, 10, 100, ... or one of these below 1."""
    larger, one = (
        max(figure.numerator, figure.denominator),
        min(figure.numerator, figure.denominator),
    )
    return one == 1 and set(str(larger)[1:]) <= {"0"} and str(larger)[0] == "1"
