"""Roots, logarithms and exponentials: exact where the result is rational, else 50 digits.

More digits are worked with where 50 leave a displayed figure open (`certainty.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import isqrt

from iku_engine.evaluation.polynomials import TooLarge
from iku_engine.quantities import MAX_BITS

DIGITS = 50
_SPARE = 30
# As with the standard library's own decimals, how many digits to work with belongs to the
# moment and not to a value: it would otherwise pass through every world a program may see.
_digits: ContextVar[int] = ContextVar("digits", default=DIGITS)
_MOST_EXPONENT = 13_000  # e to this power has about 18,800 bits


@contextmanager
def working_digits(digits: int) -> Iterator[None]:
    """Values that are not rational are made with this many significant digits inside."""
    before = _digits.set(digits)
    try:
        yield
    finally:
        _digits.reset(before)


def digits_at_work() -> int:
    """How many significant digits a value that is not rational gets here."""
    return _digits.get()


def rounding_error(value: Fraction) -> Fraction:
    """How far a figure given to the digits at work may lie from the true one.

    Half a unit of the last digit, and far less for the working: a unit covers both.
    """
    unit = 10 ** (digits_at_work() - 1)
    return abs(value) / Fraction(unit)


def nth_root(value: Fraction, degree: int) -> tuple[Fraction, bool]:
    """The real root, and whether it is exact; an even root wants `value` >= 0."""
    size = abs(value)
    numerator = _integer_root(size.numerator, degree)
    denominator = _integer_root(size.denominator, degree)
    if numerator**degree == size.numerator and denominator**degree == size.denominator:
        root, exact = Fraction(numerator, denominator), True
    else:
        root, exact = _rounded_root(size, degree), False
    return (-root if value < 0 else root), exact


def natural_logarithm(value: Fraction) -> tuple[Fraction, bool]:
    """Logarithm of a figure above 0; exact only at 1."""
    if value == 1:
        return Fraction(0), True
    with localcontext(_context(_working() + _lost_near_one(value))) as context:
        return _to_digits((context.divide(*_parts(value))).ln()), False


def common_logarithm(value: Fraction) -> tuple[Fraction, bool]:
    """log10 of a figure above 0; exact at the powers of ten."""
    power = _power_of_ten(value)
    if power is not None:
        return Fraction(power), True
    with localcontext(_context(_working() + _lost_near_one(value))) as context:
        return _to_digits((context.divide(*_parts(value))).log10()), False


def exponential(value: Fraction) -> tuple[Fraction, bool]:
    """The power of e; exact only at 0, `TooLarge` beyond what a value may hold."""
    if value == 0:
        return Fraction(1), True
    if abs(value) > _MOST_EXPONENT:
        raise TooLarge
    with localcontext(_context(_working())) as context:
        return _to_digits((context.divide(*_parts(value))).exp()), False


def to_significant(value: Fraction, digits: int = 0) -> Fraction:
    """A figure of any size to a number of significant digits: 50, or those at work."""
    kept = digits or _digits.get()
    with localcontext(_context(kept + _SPARE)) as context:
        quotient = context.divide(*_parts(value))
    return _to_digits(quotient, kept)


def _integer_root(number: int, degree: int) -> int:
    """The largest integer whose power is not above `number`, by Newton's method."""
    if number < 2 or degree == 1:
        return number
    if degree == 2:
        return isqrt(number)
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def _rounded_root(value: Fraction, degree: int) -> Fraction:
    """The digits at work, the last one rounded half away from zero."""
    size = (value.numerator.bit_length() - value.denominator.bit_length()) // degree
    digits = _digits.get() - int(size * 0.30103) + 3
    scale = Fraction(10) ** digits
    scaled = value * scale**degree
    root = _integer_root(scaled.numerator // scaled.denominator, degree)
    return _to_digits(Decimal(root)) / scale


def _lost_near_one(value: Fraction) -> int:
    """Digits that a logarithm loses because its argument is close to 1."""
    distance = abs(value - 1)
    if distance >= 1:
        return 0
    return int((distance.denominator.bit_length() - distance.numerator.bit_length()) * 0.30103) + 2


def _power_of_ten(value: Fraction) -> int | None:
    large, small = max(value.numerator, value.denominator), min(value.numerator, value.denominator)
    if small != 1:
        return None
    digits = int(large.bit_length() * 0.30103)
    for power in (digits - 1, digits, digits + 1):
        if power >= 0 and 10**power == large:
            return power if value.denominator == 1 else -power
    return None


def _working() -> int:
    return _digits.get() + _SPARE


def _to_digits(value: Decimal, digits: int = 0) -> Fraction:
    with localcontext(_context(digits or _digits.get())) as context:
        context.rounding = "ROUND_HALF_UP"
        return Fraction(context.plus(value))


def _context(digits: int) -> Context:
    limit = MAX_BITS
    return Context(prec=digits, Emax=limit, Emin=-limit)


def _parts(value: Fraction) -> tuple[Decimal, Decimal]:
    return Decimal(value.numerator), Decimal(value.denominator)
