"""A compiled program over the fields of a record -> one expression of SQL.

The program, not the tree of the formula, is where printing begins: its divisors are already
tested as they were written, its quotients are integer polynomials without a division inside, and
it is what the reference evaluates, so that both say the same by construction. Whether a value is
known at a record is all that SQL has to say of one that is not: the reasons are read from the
records themselves, by the reference.

What SQL cannot say exactly is `Declined`, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from iku_engine.algebra.model import (
    HERE,
    BandOf,
    Comparison,
    Condition,
    Connective,
    Extreme,
    Input,
    Literal,
    Opaque,
    Program,
    Quotient,
    Root,
    Rounding,
    Select,
    Step,
    Test,
    TextComparison,
    Transcendental,
)
from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql.dialects import Declined
from iku_engine.language.sql.expressions import Sql
from iku_engine.language.sql.numbers import MOST_NODES, Numbers, Ratio, Whole
from iku_engine.scales import Band, Graded


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition, NULL where it is unknown."""

    sql: Sql
    nodes: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text, NULL where it is unknown."""

    sql: Sql
    nodes: int


SqlValue: TypeAlias = Ratio | Truth | Words


def print_program(program: Program, fields: Mapping[str, SqlValue], numbers: Numbers) -> SqlValue:
    """The value of a program at one record; `fields` are those that it may read."""
    return _Printer(program, fields, numbers).slot(program.result)


class _Printer:
    """One program: the slots printed so far."""

    def __init__(self, program: Program, fields: Mapping[str, SqlValue], numbers: Numbers) -> None:
        self.steps, self.fields, self.numbers = program.steps, fields, numbers
        self._done: dict[int, SqlValue] = {}

    def slot(self, number: int) -> SqlValue:
        found = self._done.get(number)
        if found is None:
            step = self.steps[number]
            printer = _PRINTERS.get(type(step))
            if printer is None:
                raise Declined("beyond_record")
            found = printer(step, self)
            if found.nodes > MOST_NODES:
                raise Declined("too_long")
            self._done[number] = found
        return found

    def number(self, slot: int) -> Ratio:
        found = self.slot(slot)
        assert isinstance(found, Ratio)
        return found

    def truth(self, slot: int) -> Truth:
        found = self.slot(slot)
        assert isinstance(found, Truth)
        return found

    def words(self, slot: int) -> Words:
        found = self.slot(slot)
        assert isinstance(found, Words)
        return found

    def sign(self, operator: str, value: Whole) -> Sql:
        """A comparison of a whole number with 0."""
        return sql.compared(operator, value.sql, sql.whole(0, self.numbers.dialect))


def _input(step: Input, printer: _Printer) -> SqlValue:
    if step.shift != HERE:
        raise Declined("other_period")
    return printer.fields[step.name]


def _quotient(step: Quotient, printer: _Printer) -> Ratio:
    numbers = printer.numbers
    slots = {slot: printer.number(slot) for slot in step.needs}
    above = numbers.polynomial(step.numerator, slots)
    found = numbers.quotient(above, numbers.polynomial(step.denominator, slots))
    conditions: list[Sql] = []
    nodes = 0
    used = {slot for _, powers in step.numerator for slot, _ in powers}
    for slot in step.needs:
        top = slots[slot].above
        if slot not in used and not top.fixed:
            conditions.append(sql.is_known(top.sql))
            nodes += top.nodes + 3
    for test in step.tests:
        tested, _ = numbers.polynomial(test.numerator, slots)
        if test.condition is Condition.NOT_NEGATIVE:
            _see_not_negative(test, tested, slots, numbers)
        elif not tested.fixed or tested.low == 0:
            conditions.append(printer.sign("!=", tested))
            nodes += tested.nodes + 2
    return Ratio(numbers.where(conditions, found.above, nodes), found.below)


def _see_not_negative(
    test: Test, tested: Whole, slots: Mapping[int, Ratio], numbers: Numbers
) -> None:
    """A base below 0 marks or refuses the value by name; where there is none, nothing does."""
    below, _ = numbers.polynomial(test.denominator, slots)
    same = (tested.low >= 0 and below.low >= 0) or (tested.high <= 0 and below.high <= 0)
    if not same:
        raise Declined("negative_base")


def _literal(step: Literal, printer: _Printer) -> Words:
    return Words(sql.text(step.value), 1)


def _comparison(step: Comparison, printer: _Printer) -> Truth:
    difference = printer.number(step.difference).above
    return Truth(printer.sign(step.operator, difference), difference.nodes + 2)


def _text_comparison(step: TextComparison, printer: _Printer) -> Truth:
    left, right = printer.words(step.left), printer.words(step.right)
    return Truth(sql.compared(step.operator, left.sql, right.sql), left.nodes + right.nodes + 1)


def _connective(step: Connective, printer: _Printer) -> Truth:
    operands = [printer.truth(slot) for slot in step.operands]
    conditions = [one.sql for one in operands]
    nodes = sum(one.nodes for one in operands) + 2 * len(operands)
    match step.operator:
        case "not":
            return Truth(sql.opposite(conditions[0]), nodes)
        case "and":
            return Truth(sql.both(conditions), nodes)
    return Truth(sql.either(conditions), nodes)


def _select(step: Select, printer: _Printer) -> SqlValue:
    """One of two values. A condition that is unknown must not fall to the other branch."""
    condition = printer.truth(step.condition)
    then, otherwise = printer.slot(step.then), printer.slot(step.otherwise)
    conditions = condition.sql, sql.opposite(condition.sql)
    nodes = 2 * condition.nodes + 3
    if isinstance(then, Ratio) and isinstance(otherwise, Ratio):
        return _chosen(conditions, nodes, (then, otherwise), printer.numbers)
    assert not isinstance(then, Ratio)
    assert not isinstance(otherwise, Ratio)
    made = sql.choice([(conditions[0], then.sql), (conditions[1], otherwise.sql)])
    return type(then)(made, nodes + then.nodes + otherwise.nodes + 2)


def _chosen(
    conditions: Sequence[Sql], nodes: int, values: Sequence[Ratio], numbers: Numbers
) -> Ratio:
    """The number of the first condition that holds, unknown where none does."""
    together = numbers.over_one(values)
    if together is not None:
        above, below = together
        return Ratio(numbers.chosen(list(zip(conditions, above, strict=True)), nodes), below)
    above_pairs = [(c, one.above) for c, one in zip(conditions, values, strict=True)]
    below_pairs = [(c, one.below) for c, one in zip(conditions, values, strict=True)]
    return Ratio(numbers.chosen(above_pairs, nodes), numbers.chosen(below_pairs, nodes))


def _extreme(step: Extreme, printer: _Printer) -> Ratio:
    """`abs`, or the largest or smallest of several; unknown where one of them is."""
    numbers = printer.numbers
    operands = [printer.number(slot) for slot in step.operands]
    if step.function == "abs":
        return Ratio(numbers.size(operands[0].above), operands[0].below)
    keep, leave = ("<=", ">") if step.function == "min" else (">=", "<")
    found = operands[0]
    for other in operands[1:]:
        difference = numbers.difference(found, other)
        conditions = printer.sign(keep, difference), printer.sign(leave, difference)
        found = _chosen(conditions, 2 * difference.nodes + 4, (found, other), numbers)
    return found


def _band(step: BandOf, printer: _Printer) -> SqlValue:
    """The score or label of the first band that holds the value; a hole gives none."""
    operand = printer.number(step.operand)
    if step.scale.on is Graded.DISPLAYED:
        operand = rounded(operand, step.scale.decimals, printer)
    held = [_held(band, operand, printer) for band in step.scale.bands]
    conditions = [one.sql for one in held]
    nodes = sum(one.nodes for one in held)
    if step.output == "rating":
        labels = [sql.text(band.label) for band in step.scale.bands]
        made = sql.choice(list(zip(conditions, labels, strict=True)))
        return Words(made, nodes + 2 * len(labels))
    scores = [band.score for band in step.scale.bands]
    if any(score is None for score in scores):
        raise Declined("no_score", step.scale.name)
    values = [printer.numbers.ratio(score) for score in scores if score is not None]
    return _chosen(conditions, nodes, values, printer.numbers)


def _held(band: Band, operand: Ratio, printer: _Printer) -> Truth:
    """Whether a band holds a number; unknown where that is, also in a band without edges."""
    parts: list[Sql] = [sql.is_known(operand.above.sql)]
    nodes = operand.above.nodes + 4
    edges = ((band.low, band.low_included, ">"), (band.high, band.high_included, "<"))
    for edge, included, operator in edges:
        if edge is None:
            continue
        difference = printer.numbers.difference(operand, printer.numbers.ratio(edge))
        parts.append(printer.sign(operator + "=" * included, difference))
        nodes += difference.nodes + 3
    return Truth(sql.both(parts), nodes)


def _rounding(step: Rounding, printer: _Printer) -> Ratio:
    return rounded(printer.number(step.operand), step.digits, printer)


def rounded(operand: Ratio, digits: int, printer: _Printer) -> Ratio:
    """A number rounded half away from zero: whole division of figures that are not below 0."""
    numbers = printer.numbers
    scale = Fraction(10) ** digits
    twice = numbers.times(numbers.size(operand.above), numbers.fixed(2 * scale.numerator))
    below = numbers.times(operand.below, numbers.fixed(scale.denominator))
    above = numbers.plus(twice, below)
    divisor = numbers.times(below, numbers.fixed(2))
    made = sql.whole_quotient(above.sql, divisor.sql, numbers.dialect)
    high = above.high // max(1, divisor.low)
    nodes = above.nodes + divisor.nodes + 4
    size = numbers.made(made, 0, high, nodes, wide=above.wide or divisor.wide)
    is_below = printer.sign("<", operand.above)
    signed = numbers.chosen([(is_below, numbers.negative(size))], operand.above.nodes + 2, size)
    step = numbers.times(signed, numbers.fixed(scale.denominator))
    return Ratio(step, numbers.fixed(scale.numerator))


def _root(step: Root, printer: _Printer) -> SqlValue:
    raise Declined("root")


def _transcendental(step: Transcendental, printer: _Printer) -> SqlValue:
    raise Declined("root", step.function)


def _opaque(step: Opaque, printer: _Printer) -> SqlValue:
    raise Declined("opaque", step.function)


_PRINTERS: Mapping[type[Step], Callable[..., SqlValue]] = {
    Input: _input,
    Quotient: _quotient,
    Literal: _literal,
    Comparison: _comparison,
    TextComparison: _text_comparison,
    Connective: _connective,
    Select: _select,
    Extreme: _extreme,
    BandOf: _band,
    Root: _root,
    Transcendental: _transcendental,
    Rounding: _rounding,
    Opaque: _opaque,
}
