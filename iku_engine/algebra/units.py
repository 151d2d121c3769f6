"""Units derived from the tree: a bare ratio under `%`, `%` under a count, people added to money.

`%` is a unit like any other here, and the literal `100%` is what turns a bare ratio into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from iku_engine.algebra.constants import literal_value
from iku_engine.algebra.invariants import aggregated_records, unqualified
from iku_engine.algebra.model import Scope
from iku_engine.diagnostics import Diagnostic, LocatedText, quoted
from iku_engine.language.model import (
    Aggregate,
    At,
    Based,
    Binary,
    Call,
    Compare,
    If,
    Lag,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Over,
    Percent,
    children,
)
from iku_engine.language.to_text import to_text

PERCENT = "%"
_HUNDRED = Fraction(100)
_RATIOS = frozenset({"indeks", "index", "rasio", "ratio", "skor", "score", "poin", "point"})


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value is measured in: base units with their powers.

    `factor` is the product of the literal figures in it (100 makes a bare ratio a percentage);
    `known` is false where an input has no unit; a `literal` figure adapts to what it meets.
    """

    bases: tuple[tuple[str, int], ...] = ()
    factor: Fraction = Fraction(1)
    known: bool = True
    literal: bool = False

    @property
    def is_ratio(self) -> bool:
        return self.known and not self.literal and not self.bases

    @property
    def is_percent(self) -> bool:
        return self.known and self.bases == ((PERCENT, 1),)


UNKNOWN = Measure(known=False)


def parse_unit(unit: str | None) -> Measure:
    """The measure of a declared unit: `Rp/kg` is Rp over kg; an empty one is not known."""
    parts = ["".join(part.split()).casefold() for part in (unit or "").split("/")]
    if not parts[0] or not all(parts):
        return UNKNOWN
    if len(parts) == 1 and parts[0] in _RATIOS:
        return Measure()
    powers: dict[str, int] = {parts[0]: 1}
    for part in parts[1:]:
        powers[part] = powers.get(part, 0) - 1
    return Measure(_sorted(powers))


def check_units(tree: Node, unit: str, scope: Scope, text: LocatedText) -> Iterator[Diagnostic]:
    """Compare the unit that a formula yields with the declared one, and its terms with another."""
    deriver = _Deriver(text)
    derived = deriver.measure(tree, scope)
    yield from dict.fromkeys(deriver.found)
    if derived.known and not derived.literal and not deriver.found:
        yield from _against_declared(derived, unit, text)


def unit_text(measure: Measure) -> str:
    """The unit as a reader writes it: `rp/kg`; empty for a bare ratio."""
    above = [name for name, power in measure.bases for _ in range(power)]
    below = [name for name, power in measure.bases for _ in range(-power)]
    return "/".join(["·".join(above) or "1", *below]) if measure.bases else ""


class _Deriver:
    def __init__(self, text: LocatedText) -> None:
        self._text = text
        self.found: list[Diagnostic] = []

    def measure(self, node: Node, scope: Scope) -> Measure:  # noqa: C901, PLR0911, PLR0912 - an arm a node
        match node:
            case Number(value=value):
                return Measure(factor=value, literal=True)
            case Percent(value=value):
                return Measure(((PERCENT, 1),), value)
            case Name(name=name):
                readable = scope.series.get(name)
                return parse_unit(readable.unit) if readable else UNKNOWN
            case Lag(operand=operand) | At(operand=operand) | Negate(operand=operand):
                return self.measure(operand, scope)
            case Over():
                return self._over(node, scope)
            case Based(operand=operand):
                return self.measure(operand, scope)
            case Binary(operator="^"):
                return self._power(node, scope)
            case Binary(operator="+" | "-"):
                return self._alike(node, (node.left, node.right), scope)
            case Binary():
                left, right = self.measure(node.left, scope), self.measure(node.right, scope)
                return _product(left, right, 1 if node.operator == "*" else -1)
            case Compare():
                self._alike(node, (node.left, node.right), scope)
            case Not() | Logic():
                for operand in children(node):
                    self.measure(operand, scope)
            case If(condition=condition, then=then, otherwise=otherwise):
                self.measure(condition, scope)
                return self._alike(node, (then, otherwise), scope)
            case Aggregate():
                return self._aggregate(node, scope)
            case Call():
                return self._call(node, scope)
        return UNKNOWN

    def _over(self, node: Over, scope: Scope) -> Measure:
        measure = self.measure(node.operand, scope)
        if node.function == "total":
            if isinstance(node.operand, Name):
                readable = scope.series.get(node.operand.name)
                refused = readable is not None and not readable.summable
            else:
                refused = measure.is_percent or measure.is_ratio
            if refused:
                message = f"`total` of {quoted(to_text(node.operand))} adds up ratios"
                help_ = "write the ratio of totals, or `mean(... over ...)` where that is meant"
                self._note("IKU303", message, node, help_)
        return measure

    def _alike(self, node: Node, operands: tuple[Node, ...], scope: Scope) -> Measure:
        """The common measure of operands that are added, compared or chosen between."""
        measures = [self.measure(operand, scope) for operand in operands]
        settled = [measure for measure in measures if measure.known and not measure.literal]
        if not settled:
            return measures[0] if measures[0].known and measures[-1].known else UNKNOWN
        first = settled[0]
        for other in settled[1:]:
            if other.bases != first.bases:
                self._note("IKU205", _mixed(first, other), node)
                return UNKNOWN
        if len(settled) < len(measures) and not all(measure.known for measure in measures):
            return UNKNOWN
        return replace(first, factor=min(measure.factor for measure in settled))

    def _power(self, node: Binary, scope: Scope) -> Measure:
        base = self.measure(node.left, scope)
        exponent = literal_value(node.right)
        if not base.known or exponent is None or base.literal:
            return replace(base, factor=Fraction(1)) if base.literal else UNKNOWN
        powers = {name: power * exponent for name, power in base.bases}
        if any(power.denominator != 1 for power in powers.values()):
            return UNKNOWN
        return Measure(_sorted({name: int(power) for name, power in powers.items()}))

    def _aggregate(self, node: Aggregate, scope: Scope) -> Measure:
        records = aggregated_records(node, scope)
        if records is None:
            return UNKNOWN
        inner = scope.of(records)
        if node.condition is not None:
            self.measure(unqualified(node.condition, records), inner)
        if node.function == "count":
            return UNKNOWN
        return self.measure(unqualified(node.operand, records), inner)

    def _call(self, node: Call, scope: Scope) -> Measure:
        if node.name in scope.functions:
            for argument in node.arguments:
                self.measure(argument, scope)
            return parse_unit(scope.functions[node.name])
        if node.name in ("min", "max"):
            return self._alike(node, node.arguments, scope)
        measure = self.measure(node.arguments[0], scope)
        if node.name == "ytd" and (measure.is_percent or measure.is_ratio):
            message = f"`ytd` of {quoted(to_text(node.arguments[0]))} adds up ratios"
            self._note("IKU212", message, node, "write `ytd(a) / ytd(b)`")
        return measure if node.name in ("abs", "round", "ytd") else UNKNOWN

    def _note(self, code: str, message: str, node: Node, help_: str = "") -> None:
        where = self._text.at(node.span.start, node.span.end)
        self.found.append(Diagnostic(code, message, where, help_))


def _product(left: Measure, right: Measure, sign: int) -> Measure:
    if not left.known or not right.known:
        return UNKNOWN
    powers = dict(left.bases)
    for name, power in right.bases:
        powers[name] = powers.get(name, 0) + sign * power
    divisor = right.factor or Fraction(1)
    factor = left.factor * (right.factor if sign > 0 else 1 / divisor)
    literal = left.literal and right.literal
    return Measure(_sorted(powers), factor, literal=literal)


def _against_declared(derived: Measure, unit: str, text: LocatedText) -> Iterator[Diagnostic]:
    declared = parse_unit(unit)
    where = text.at(0, len(text.text))
    if not declared.known or declared.bases == derived.bases:
        return
    if declared.is_percent and derived.is_ratio:
        if derived.factor == _HUNDRED:
            return
        if derived.factor == 1:
            message = "the unit is `%` but the formula yields a bare ratio"
            help_ = f"write `{_hundredfold(text.text)}`" if len(text.text) < 60 else ""
            yield Diagnostic("IKU203", message, where, help_ or "multiply the ratio by `100%`")
            return
    if derived.is_ratio and not declared.is_percent:
        return  # an index, a rating or a rate per n is a ratio by another name
    yields = f"`{unit_text(derived)}`" if derived.bases else f"a ratio times {derived.factor}"
    code = "IKU204" if declared.is_percent or derived.is_percent else "IKU214"
    yield Diagnostic(code, f"the unit is {quoted(unit)} but the formula yields {yields}", where)


def _hundredfold(text: str) -> str:
    return f"{text} * 100%" if not any(sign in text for sign in "+-<>=") else f"({text}) * 100%"


def _mixed(left: Measure, right: Measure) -> str:
    shown = [f"`{unit_text(m)}`" if m.bases else "a bare ratio" for m in (left, right)]
    return f"{shown[0]} and {shown[1]} stand in one sum or comparison"


def _sorted(powers: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, power) for name, power in powers.items() if power))
