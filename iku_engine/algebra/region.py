"""A stretch of plain arithmetic between opaque steps: what becomes one quotient.

Regions are merged while the estimated degree and number of terms stay small, and cut otherwise.
The tests on divisors are collected from the text as written, in its order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from iku_engine.algebra.model import Condition, Input, Polynomial, Quotient, Test
from iku_engine.algebra.quotients import Form, reduced
from iku_engine.language.bounds import MAX_EXPONENT

MAX_DEGREE = 8
MAX_TERMS = 200
MAX_BITS = 4_096  # of a coefficient: `((9^64)^64)^64` is too large when it is run, not before
MAX_SLOTS = 32  # greatest common divisors take a second where more than a hundred meet


@dataclass(frozen=True, slots=True)
class Size:
    """An upper bound on degree and terms of numerator and denominator, and on coefficients."""

    above: int
    above_terms: int
    below: int = 0
    below_terms: int = 1
    bits: int = 1

    def fits(self) -> bool:
        few = max(self.above_terms, self.below_terms) <= MAX_TERMS
        return few and max(self.above, self.below) <= MAX_DEGREE and self.bits <= MAX_BITS

    def fits_power(self, power: int) -> bool:
        """Whether a power of this stays small; a power of a sum never does."""
        if power == 1 or self.above_terms * self.below_terms > 1:
            return power == 1
        degree = max(self.above, self.below) * power
        return degree <= MAX_EXPONENT and self.bits * power <= MAX_BITS

    def combined(self, operator: str, other: Size) -> Size:
        if operator == "/":
            other = Size(other.below, other.below_terms, other.above, other.above_terms, other.bits)
        below = self.below + other.below
        below_terms = self.below_terms * other.below_terms
        if operator in ("*", "/"):
            degree, terms = self.above + other.above, self.above_terms * other.above_terms
        else:
            degree = max(self.above + other.below, other.above + self.below)
            terms = self.above_terms * other.below_terms + other.above_terms * self.below_terms
        bits = self.bits + other.bits + terms.bit_length()
        return Size(degree, terms, below, below_terms, bits)


@dataclass(frozen=True, slots=True)
class PendingTest:
    """A test whose value is still a form."""

    condition: Condition
    form: Form
    subject: Input | str
    after: tuple[int, ...]
    marking: bool = False
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """An arithmetic form over slots, the slots its text needs, and the tests of its text."""

    form: Form
    size: Size
    needs: tuple[int, ...] = ()
    tests: tuple[PendingTest, ...] = ()

    @classmethod
    def of_slot(cls, slot: int) -> Region:
        return cls(("x", slot), Size(1, 1), (slot,))

    @classmethod
    def constant(cls, value: Fraction) -> Region:
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        return cls(value, Size(0, 1, bits=bits))

    @property
    def slot(self) -> int | None:
        """The slot of a region that is nothing but one."""
        if isinstance(self.form, tuple) and len(self.form) == 2 and not self.tests:
            return self.form[1]
        return None

    def fits(self, operator: str, other: Region) -> bool:
        together = len({*self.needs, *other.needs})
        return together <= MAX_SLOTS and self.size.combined(operator, other.size).fits()

    def fits_power(self, power: int) -> bool:
        return self.size.fits_power(power)

    def combined(self, operator: str, other: Region, subject: Input | str = "") -> Region:
        """This region and another under one operator; a division tests its divisor."""
        divisor = other
        if operator == "/":
            divisor = other.tested(Condition.NOT_ZERO, subject)
        merged = self._with_tests(divisor)
        size = self.size.combined(operator, other.size)
        return replace(merged, form=(operator, self.form, other.form), size=size)

    def raised(self, power: int) -> Region:
        """A power; 0 makes 1 of everything but 0, which the caller tests."""
        if power == 0:
            return replace(self, form=Fraction(1), size=Size(0, 1))
        size = Size(
            self.size.above * power,
            self.size.above_terms**power,
            self.size.below * power,
            self.size.below_terms**power,
            self.size.bits * power,
        )
        return replace(self, form=("^", self.form, Fraction(power)), size=size)

    def over_tested(self, divisor: Region, tested: Region) -> Region:
        """This constant over a power whose base carries the test."""
        size = self.size.combined("/", divisor.size)
        return replace(tested, form=("/", self.form, divisor.form), size=size)

    def measured_against(self, base: Region, subject: Input | str, *, marking: bool) -> Region:
        """The same value with a test that its base is not below zero."""
        tested = base.tested(Condition.NOT_NEGATIVE, subject, marking=marking)
        return self._with_tests(tested)

    def tested(
        self, condition: Condition, subject: Input | str, *, marking: bool = False
    ) -> Region:
        """The same region with one more test on its own value, behind those inside it."""
        if isinstance(self.form, Fraction) and self.form and condition is Condition.NOT_ZERO:
            return self
        after = tuple(i for i, test in enumerate(self.tests) if not test.marking)
        test = PendingTest(condition, self.form, subject, after, marking, self.needs)
        return replace(self, tests=(*self.tests, test))

    def _with_tests(self, other: Region) -> Region:
        """Needs and tests of both, each once, in the order of the text."""
        tests = list(self.tests)
        moved: list[int] = []
        for test in other.tests:
            placed = replace(test, after=tuple(moved[index] for index in test.after))
            if placed not in tests:
                tests.append(placed)
            moved.append(tests.index(placed))
        needs = tuple(dict.fromkeys((*self.needs, *other.needs)))
        return replace(self, needs=needs, tests=tuple(tests))


def to_quotient(region: Region) -> Quotient:
    """The region as polynomials over its slots, with its tests."""
    numerator, denominator = _polynomials(region.form, region.needs)
    tests = tuple(
        Test(
            test.condition,
            *_polynomials(test.form, region.needs),
            test.subject,
            test.after,
            test.marking,
            test.needs,
        )
        for test in region.tests
    )
    return Quotient(numerator, denominator, region.needs, tests)


def _polynomials(form: Form, slots: tuple[int, ...]) -> tuple[Polynomial, Polynomial]:
    """Reduced under positions instead of slots, so that formulas of one shape share the work."""
    used = _slots(form)
    positions = {slot: i for i, slot in enumerate(slot for slot in slots if slot in used)}
    numerator, denominator = reduced(_placed(form, positions), len(positions))
    back = {position: slot for slot, position in positions.items()}
    return _moved(numerator, back), _moved(denominator, back)


def _slots(form: Form) -> frozenset[int]:
    if isinstance(form, Fraction):
        return frozenset()
    if len(form) == 2:
        return frozenset((form[1],))
    return _slots(form[1]) | _slots(form[2])


def _placed(form: Form, positions: dict[int, int]) -> Form:
    if isinstance(form, Fraction):
        return form
    if len(form) == 2:
        return ("x", positions[form[1]])
    return (form[0], _placed(form[1], positions), _placed(form[2], positions))


def _moved(polynomial: Polynomial, slots: dict[int, int]) -> Polynomial:
    return tuple(
        (coefficient, tuple((slots[position], power) for position, power in powers))
        for coefficient, powers in polynomial
    )
