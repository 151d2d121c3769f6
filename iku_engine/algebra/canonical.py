"""Programs -> one quotient each over shared atoms, in lowest terms: what makes two comparable.

An atom is an input or an opaque step; opaque steps are told apart by what they are made of, so
that `if(a > b, a, b) + 1` and `1 + if(b < a, a, b)` have the same quotient. Two programs with
the same quotient are equal wherever both are defined. For programs without opaque steps the
reverse holds too: a quotient of polynomials in lowest terms is unique.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from iku_engine.algebra.from_tree import shifted_tree
from iku_engine.algebra.model import (
    BandOf,
    Comparison,
    Connective,
    Extreme,
    Input,
    Literal,
    Opaque,
    OverMembers,
    OverRecords,
    Polynomial,
    Program,
    Quotient,
    Root,
    Rounding,
    Select,
    Step,
    TextComparison,
    Transcendental,
    YearToDate,
)
from iku_engine.algebra.quotients import Form, composed, irreducible_factors, reduced
from iku_engine.language.model import Binary, Name, Negate, Node, Number
from iku_engine.language.to_text import to_text
from iku_engine.quantities import MAX_BITS

Rational: TypeAlias = tuple[Polynomial, Polynomial]
"""Numerator and denominator over atoms, in lowest terms."""

_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Canonical:
    """One program: its quotient over atoms, and where its text says it is undefined.

    `divisors` are the irreducible factors of everything it divides by; an identically zero
    divisor is the empty polynomial. `needs` are the inputs of the text.
    """

    value: Rational
    divisors: frozenset[Polynomial]
    needs: frozenset[Input]
    opaque: bool


MAX_TERMS = 20_000
"""The most terms that composing quotients may multiply out to."""


_SHOWN_TERMS = 60  # nobody reads a longer difference


class TooLargeToCompare(ArithmeticError):
    """Multiplied out, the formulas have more terms than the bound."""


class Atoms:
    """The atoms that the programs compared have in common, numbered as they are met."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self.names: list[Step] = []

    def canonical(self, program: Program) -> Canonical:
        """The canonical form of a program, its atoms numbered with those met before."""
        reading = _Reading(self, program)
        value = reading.value(program.result)
        used = reading.used_steps()
        needs = frozenset(step for step in used if isinstance(step, Input))
        opaque = any(not isinstance(step, Input | Quotient) for step in used)
        return Canonical(value, frozenset(reading.divisors), needs, opaque)

    def atom(self, key: Hashable, step: Step) -> Rational:
        if key not in self._numbers:
            self._numbers[key] = len(self.names)
            self.names.append(step)
        number = self._numbers[key]
        return ((1, ((number, 1),)),), ((1, ()),)

    def difference_text(self, first: Canonical, second: Canonical) -> str:
        """One less the other, in lowest terms, in the formula language; empty when it is long."""
        if sum(len(part) for value in (first.value, second.value) for part in value) > _SHOWN_TERMS:
            return ""
        form: Form = ("-", _as_form(first.value), _as_form(second.value))
        above, below = reduced(form, len(self))
        if len(above) + len(below) > _SHOWN_TERMS:
            return ""
        numerator, denominator = self._text(above), self._text(below)
        if denominator == "1":
            return numerator
        return " / ".join(f"({t})" if " " in t else t for t in (numerator, denominator))

    def _text(self, polynomial: Polynomial) -> str:
        return to_text(_tree(polynomial, self.names))

    def __len__(self) -> int:
        return len(self.names)


class _Reading:
    """One program while it is brought to its canonical form."""

    def __init__(self, atoms: Atoms, program: Program) -> None:
        self._atoms, self._steps = atoms, program.steps
        self._done: dict[int, Rational] = {}
        self.divisors: dict[Polynomial, None] = {}

    def value(self, slot: int) -> Rational:
        if slot not in self._done:
            step = self._steps[slot]
            if isinstance(step, Quotient):
                self._done[slot] = self._quotient(step)
            else:
                self._done[slot] = self._atoms.atom(self._key(step), step)
        return self._done[slot]

    def used_steps(self) -> list[Step]:
        return [self._steps[slot] for slot in self._done]

    def _quotient(self, step: Quotient) -> Rational:
        for slot in step.needs:
            self.value(slot)
        for test in step.tests:
            if not test.marking:
                above, _ = self._composed(test.numerator, test.denominator)
                self.divisors.update(dict.fromkeys(irreducible_factors(above, len(self._atoms))))
        return self._composed(step.numerator, step.denominator)

    def _composed(self, above: Polynomial, below: Polynomial) -> Rational:
        """A quotient over slots as one over atoms."""
        if max(self._terms(above), self._terms(below)) > MAX_TERMS:
            raise TooLargeToCompare
        if max(self._bits(above), self._bits(below)) > MAX_BITS:
            raise TooLargeToCompare
        slots = {slot for part in (above, below) for _, powers in part for slot, _ in powers}
        values = {slot: self.value(slot) for slot in slots}
        return composed(above, below, values, len(self._atoms))

    def _terms(self, polynomial: Polynomial) -> int:
        """How many terms the polynomial may have over atoms, before any of them meet."""
        total = 0
        for _, powers in polynomial:
            product = 1
            for slot, power in powers:
                product *= max(map(len, self.value(slot)), default=1) ** power
            total += product
        return total

    def _bits(self, polynomial: Polynomial) -> int:
        """How large the coefficients may grow when powers are multiplied out."""
        return max(
            (
                coefficient.bit_length()
                + sum(power * max(map(_size, self.value(slot))) for slot, power in powers)
                for coefficient, powers in polynomial
            ),
            default=0,
        )

    def _key(self, step: Step) -> Hashable:
        """What an opaque step is made of; equal keys mean equal values."""
        match step:
            case Input() | Literal() | OverRecords():
                return step
            case Comparison(operator=operator, difference=slot):
                return _comparison_key(operator, self.value(slot))
            case TextComparison(operator=operator, left=left, right=right):
                return ("text", operator, frozenset((self.value(left), self.value(right))))
            case Connective(operator=operator, operands=operands):
                return (operator, frozenset(self.value(slot) for slot in operands))
            case Select(condition=condition, then=then, otherwise=otherwise):
                return ("if", self.value(condition), self.value(then), self.value(otherwise))
            case Extreme(function=function, operands=operands):
                return (function, frozenset(self.value(slot) for slot in operands))
            case YearToDate(program=program, shift=shift, annual=annual):
                return ("annual" if annual else "ytd", self._inner(program), shift)
            case OverMembers(program=program):
                return (step.function, self._inner(program), step.dimension, step.shift)
            case Opaque(function=function, operands=operands):
                return (function, tuple(self.value(slot) for slot in operands))
        return self._unary_key(step)

    def _unary_key(self, step: Step) -> Hashable:
        assert isinstance(step, BandOf | Root | Transcendental | Rounding)
        operand = self.value(step.operand)
        bare = replace(step, operand=0)
        if isinstance(bare, Root | Transcendental):
            bare = replace(bare, subject="")
        return (bare, operand)

    def _inner(self, program: Program) -> Rational:
        """The program of a reduction, over the same atoms."""
        return self._atoms.canonical(program).value


def _tree(polynomial: Polynomial, atoms: list[Step]) -> Node:
    """A polynomial as the formula language writes it, over inputs."""
    total: Node | None = None
    for coefficient, powers in polynomial:
        size = Fraction(abs(coefficient))
        term: Node | None = Number(size) if size != 1 or not powers else None
        if term is not None and total is None and coefficient < 0:
            term = Negate(term)
        for atom, power in powers:
            step = atoms[atom]
            assert isinstance(step, Input)
            factor = shifted_tree(Name(step.name), step.shift)
            raised = Binary("^", factor, Number(Fraction(power))) if power > 1 else factor
            term = raised if term is None else Binary("*", term, raised)
        assert term is not None
        if total is None:
            total = Negate(term) if coefficient == -1 and powers else term
        else:
            total = Binary("-" if coefficient < 0 else "+", total, term)
    return total or Number(Fraction(0))


def _size(polynomial: Polynomial) -> int:
    return max((coefficient.bit_length() for coefficient, _ in polynomial), default=1)


def _comparison_key(operator: str, difference: Rational) -> Hashable:
    """A comparison with 0, so that `a > b` and `b < a` are the same."""
    above, below = difference
    if above and above[0][0] < 0:
        above = tuple((-coefficient, powers) for coefficient, powers in above)
        operator = _MIRRORED.get(operator, operator)
    return ("compare", operator, above, below)


def _as_form(value: Rational) -> Form:
    return ("/", _polynomial_form(value[0]), _polynomial_form(value[1]))


def _polynomial_form(polynomial: Polynomial) -> Form:
    total: Form = Fraction(0)
    for coefficient, powers in polynomial:
        term: Form = Fraction(coefficient)
        for atom, power in powers:
            term = ("*", term, ("^", ("x", atom), Fraction(power)))
        total = ("+", total, term)
    return total
