"""The compiled program: a short straight line of plain data that evaluates one formula.

A slot is the position of a step; a step reads an input or works on slots before it. Steps are
evaluated on demand, so that only the branch taken counts. Polynomials have integer coefficients
over slots; what they cannot say (branches, bands, roots, reductions) is a step of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from iku_engine.periods import Frequency, Period
from iku_engine.scales import Scale


@dataclass(frozen=True, slots=True)
class Shift:
    """Another period, seen from t: first `at` where it is set, then back by periods and years."""

    periods: int = 0
    years: int = 0
    at: Period | None = None

    def applied(self, period: Period) -> Period:
        return (self.at or period).shifted(-self.periods, -self.years)


HERE = Shift()


@dataclass(frozen=True, slots=True)
class Input:
    """The step that reads a series, or a field of a record, at a shifted period."""

    name: str
    shift: Shift = HERE


Term: TypeAlias = tuple[int, tuple[tuple[int, int], ...]]
"""An integer coefficient, and pairs of slot and power."""

Polynomial: TypeAlias = tuple[Term, ...]


class Condition(StrEnum):
    """What a test asks of a value, before any algebra."""

    NOT_ZERO = "zero"
    NOT_NEGATIVE = "negative_base"


@dataclass(frozen=True, slots=True)
class Test:
    """A divisor (or a base) as the formula writes it, tested before the quotient is used.

    `subject` is the input that stands there alone, or the text of the expression. `after` are
    the positions of the tests on divisors inside this one: it is run when they pass, and when
    the slots its text `needs` have a value. A test that is `marking` leaves a quality mark
    where it fails; the others make the value undefined.
    """

    condition: Condition
    numerator: Polynomial
    denominator: Polynomial
    subject: Input | str
    after: tuple[int, ...] = ()
    marking: bool = False
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotient:
    """Two integer polynomials. `needs` are the slots of the text, also those algebra removed."""

    numerator: Polynomial
    denominator: Polynomial
    needs: tuple[int, ...] = ()
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """A text of the formula."""

    value: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sign of a difference against zero."""

    operator: str
    difference: int


@dataclass(frozen=True, slots=True)
class TextComparison:
    """Equality of two texts."""

    operator: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Connective:
    """Kleene's `and`, `or`, `not` of truth values."""

    operator: str
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """One of two slots, as a truth value says."""

    condition: int
    then: int
    otherwise: int


@dataclass(frozen=True, slots=True)
class Extreme:
    """The largest or smallest of several, or the size of one (`abs`)."""

    function: str
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BandOf:
    """The label or score of the band that holds a value."""

    operand: int
    scale: Scale
    output: str
    shift: Shift = HERE


@dataclass(frozen=True, slots=True)
class Root:
    """The real root of a degree: exact where it is rational, else 50 digits."""

    operand: int
    degree: int
    subject: Input | str


@dataclass(frozen=True, slots=True)
class Transcendental:
    """`ln`, `log10` or `exp`, to 50 digits."""

    function: str
    operand: int
    subject: Input | str


@dataclass(frozen=True, slots=True)
class Rounding:
    """Half away from zero, to a number of decimals."""

    operand: int
    digits: int


@dataclass(frozen=True, slots=True)
class YearToDate:
    """The sum of a program over the periods from the year's first on.

    With `annual` it is the program's value at the year itself.
    """

    program: Program
    shift: Shift
    annual: bool = False

    def periods(self, period: Period) -> tuple[Period, ...]:
        """The periods that it adds up at a period."""
        when = self.shift.applied(period)
        if self.annual:
            return (when.longer(Frequency.YEAR),)
        return when.since_start_of_year()


@dataclass(frozen=True, slots=True)
class OverMembers:
    """`total` or `mean` of a program over the members of a dimension."""

    function: str
    program: Program
    dimension: str
    shift: Shift


@dataclass(frozen=True, slots=True)
class OverRecords:
    """An aggregate over the records of a set; programs read the fields of one record."""

    function: str
    records: str
    value: Program | None
    where: Program | None
    text: str
    shift: Shift


@dataclass(frozen=True, slots=True)
class Opaque:
    """A function of a plugin: exact numbers in, exact number or reason out."""

    function: str
    operands: tuple[int, ...]
    shift: Shift = HERE


Step: TypeAlias = (
    Input
    | Quotient
    | Literal
    | Comparison
    | TextComparison
    | Connective
    | Select
    | Extreme
    | BandOf
    | Root
    | Transcendental
    | Rounding
    | YearToDate
    | OverMembers
    | OverRecords
    | Opaque
)


@dataclass(frozen=True, slots=True)
class Program:
    """Steps, each with its slot; the result is the value of one of them."""

    steps: tuple[Step, ...]
    result: int

    def inputs(self) -> tuple[Input, ...]:
        """The series it reads itself, without those of the programs inside reductions."""
        return tuple(step for step in self.steps if isinstance(step, Input))


class Kind(StrEnum):
    """What an expression yields."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Readable:
    """Something a formula may read by name: its kind, and its unit where one is declared.

    `summable` is false where figures of several places must not be added to a total.
    """

    unit: str | None = None
    kind: Kind = Kind.NUMBER
    summable: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a formula may use. In the scope of a record, `series` are its fields."""

    series: Mapping[str, Readable] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Readable]] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    dimensions: frozenset[str] = frozenset()
    functions: Mapping[str, str] = field(default_factory=dict)
    of_record: bool = False

    def of(self, records: str) -> Scope:
        """The scope inside an aggregate over one record set."""
        fields = self.records[records]
        return Scope(fields, {}, self.scales, frozenset(), self.functions, of_record=True)


def constant(value: Fraction) -> Quotient:
    """The step that yields a fixed figure."""
    numerator: Polynomial = ((value.numerator, ()),) if value else ()
    return Quotient(numerator, ((value.denominator, ()),))
