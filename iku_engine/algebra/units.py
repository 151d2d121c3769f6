"""Units derived from the tree: a bare ratio under `%`, `%` under a count, people added to money.

A percentage is a ratio in another scale, as a ton is of kilograms, and the literal `100%` is what
turns the one into the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from iku_engine.algebra.constants import literal_value
from iku_engine.algebra.invariants import aggregated_records, is_own_change, unqualified
from iku_engine.algebra.measures import (
    UNKNOWN,
    Measure,
    common,
    parse_unit,
    product,
    raised,
)
from iku_engine.algebra.model import Scope
from iku_engine.algebra.unit_mistakes import against_declared, mixed
from iku_engine.algebra.unit_table import PERCENT, STANDARD_UNITS, UnitTable
from iku_engine.diagnostics import Diagnostic, LocatedText, quoted, text_alone
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

__all__ = ["check_units", "derived_measure", "parse_unit"]


def check_units(
    tree: Node,
    unit: str,
    scope: Scope,
    text: LocatedText,
    table: UnitTable = STANDARD_UNITS,
) -> Iterator[Diagnostic]:
    """Compare the unit that a formula yields with the declared one, and its terms with another.

    The `table` holds the units that need no declaration, and those that a catalog adds.
    """
    deriver = _Deriver(text, table)
    derived = deriver.measure(tree, scope)
    yield from dict.fromkeys(deriver.found)
    if derived.settled and not deriver.found:
        found = against_declared(derived, parse_unit(unit, table), unit, text)
        if found is not None:
            yield found


def derived_measure(tree: Node, scope: Scope, table: UnitTable = STANDARD_UNITS) -> Measure:
    """What a formula yields is measured in; not known where its terms do not fit together."""
    return _Deriver(text_alone(""), table).measure(tree, scope)


class _Deriver:
    def __init__(self, text: LocatedText, table: UnitTable) -> None:
        self._text, self._table = text, table
        self.found: list[Diagnostic] = []

    def measure(self, node: Node, scope: Scope) -> Measure:  # noqa: C901, PLR0911, PLR0912 - an arm a node
        match node:
            case Number(value=value):
                return Measure(factor=value, literal=True)
            case Percent():
                return parse_unit(PERCENT, self._table)
            case Name(name=name):
                readable = scope.series.get(name)
                return parse_unit(readable.unit, self._table) if readable else UNKNOWN
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
                return product(left, right, 1 if node.operator == "*" else -1)
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
                refused = measure.is_ratio
            if refused:
                message = f"`total` of {quoted(to_text(node.operand))} adds up ratios"
                help_ = "write the ratio of totals, or `mean(... over ...)` where that is meant"
                self._note("IKU303", message, node, help_)
        return measure

    def _alike(self, node: Node, operands: tuple[Node, ...], scope: Scope) -> Measure:
        """The common measure of operands that are added, compared or chosen between."""
        measures = [self.measure(operand, scope) for operand in operands]
        settled = [(o, m) for o, m in zip(operands, measures, strict=True) if m.settled]
        if not settled:
            return measures[0] if measures[0].known and measures[-1].known else UNKNOWN
        found = mixed(self._text, node, settled)
        if found is not None:
            self.found.append(found)
            return UNKNOWN
        if not all(measure.known for measure in measures):
            return UNKNOWN
        return common([measure for _, measure in settled]) or UNKNOWN

    def _power(self, node: Binary, scope: Scope) -> Measure:
        base = self.measure(node.left, scope)
        exponent = literal_value(node.right)
        if not base.known or exponent is None:
            return replace(base, factor=Fraction(1)) if base.literal else UNKNOWN
        return raised(base, exponent)

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
            return parse_unit(scope.functions[node.name], self._table)
        if node.name in ("min", "max"):
            return self._alike(node, node.arguments, scope)
        measure = self.measure(node.arguments[0], scope)
        if node.name == "ytd" and measure.is_ratio and not is_own_change(node.arguments[0]):
            message = f"`ytd` of {quoted(to_text(node.arguments[0]))} adds up ratios"
            self._note("IKU212", message, node, "write `ytd(a) / ytd(b)`")
        return measure if node.name in ("abs", "round", "ytd", "annual") else UNKNOWN

    def _note(self, code: str, message: str, node: Node, help_: str = "") -> None:
        where = self._text.at(node.span.start, node.span.end)
        self.found.append(Diagnostic(code, message, where, help_))
