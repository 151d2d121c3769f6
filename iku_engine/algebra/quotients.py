"""Arithmetic forms -> two integer polynomials in lowest terms, by sympy's field of fractions.

With `roots`, the only module that imports sympy. It is handed numbers and positions, never a name
or a text of a definition; its symbols are called x0, x1, ...
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from iku_engine.algebra.model import Polynomial

if TYPE_CHECKING:
    from sympy.polys.fields import FracElement, FracField
    from sympy.polys.rings import PolyElement, PolyRing

Form: TypeAlias = Fraction | tuple[str, int] | tuple[str, "Form", "Form"]
"""A constant, a position `("x", 0)`, or an operator (`+ - * / ^`) with two forms.

The right form of `^` is a constant. A position is never a bare number: 1 equals `Fraction(1)`,
and a cache would mistake one for the other.
"""


@functools.lru_cache(maxsize=4096)
def reduced(form: Form, positions: int) -> tuple[Polynomial, Polynomial]:
    """Numerator and denominator over positions 0 .. `positions` - 1.

    A divisor that is zero whatever its inputs are makes the quotient 0 here: the test on that
    divisor, taken from the text, always fails first.
    """
    value = _built(form, _field(max(1, positions)))
    return _polynomial(value.numer), _polynomial(value.denom)


def composed(
    above: Polynomial,
    below: Polynomial,
    values: Mapping[int, tuple[Polynomial, Polynomial]],
    positions: int,
) -> tuple[Polynomial, Polynomial]:
    """A quotient over slots with quotients over positions put in, in lowest terms.

    Everything is multiplied out over one denominator first, so that only one greatest common
    divisor is taken.
    """
    ring = _field(max(1, positions)).ring
    parts = {
        slot: (_element(ring, numerator), _element(ring, denominator))
        for slot, (numerator, denominator) in values.items()
    }
    numerator, under = _lifted(ring, above, parts)
    denominator, over = _lifted(ring, below, parts)
    numerator, denominator = numerator * over, denominator * under
    if not denominator:
        return (), ((1, ()),)
    numerator, denominator = numerator.cancel(denominator)
    return _polynomial(numerator), _polynomial(denominator)


def _lifted(
    ring: PolyRing, polynomial: Polynomial, parts: Mapping[int, tuple[PolyElement, PolyElement]]
) -> tuple[PolyElement, PolyElement]:
    """A polynomial in quotients as one numerator over one denominator."""
    highest: dict[int, int] = {}
    for _, powers in polynomial:
        for slot, power in powers:
            highest[slot] = max(power, highest.get(slot, 0))
    total = ring.zero
    for coefficient, powers in polynomial:
        used = dict(powers)
        term = ring.one * coefficient
        for slot, most in highest.items():
            above, below = parts[slot]
            power = used.get(slot, 0)
            term = term * above**power * below ** (most - power)
        total = total + term
    common = ring.one
    for slot, most in highest.items():
        common = common * parts[slot][1] ** most
    return total, common


def _element(ring: PolyRing, polynomial: Polynomial) -> PolyElement:
    return ring.from_dict({_powers(powers, ring.ngens): ring.domain(c) for c, powers in polynomial})


def irreducible_factors(polynomial: Polynomial, positions: int) -> frozenset[Polynomial]:
    """The factors that cannot be split further over the rationals, each once, up to sign.

    Two polynomials with the same factors are zero at the same points; one that is zero
    everywhere is its own factor.
    """
    if not polynomial:
        return frozenset((polynomial,))
    element = _element(_field(max(1, positions)).ring, polynomial)
    return frozenset(_polynomial(factor) for factor, _ in element.factor_list()[1])


def _powers(powers: tuple[tuple[int, int], ...], count: int) -> tuple[int, ...]:
    found = dict(powers)
    return tuple(found.get(position, 0) for position in range(count))


@functools.lru_cache(maxsize=64)
def _field(positions: int) -> FracField:
    from sympy.polys.domains import ZZ  # noqa: PLC0415 - sympy is imported when it is needed
    from sympy.polys.fields import FracField  # noqa: PLC0415

    return FracField([f"x{position}" for position in range(positions)], ZZ)


def _built(form: Form, field: FracField) -> FracElement:
    if isinstance(form, Fraction):
        return field(form.numerator) / field(form.denominator)
    if len(form) == 2:
        return field.gens[form[1]]
    operator, left, right = form
    value = _built(left, field)
    if operator == "^":
        assert isinstance(right, Fraction)
        return value ** int(right)
    other = _built(right, field)
    match operator:
        case "+":
            return value + other
        case "-":
            return value - other
        case "*":
            return value * other
    return value / other if other else field.zero


def _polynomial(element: object) -> Polynomial:
    """Plain Python integers: sympy's own integer type depends on what is installed."""
    terms = element.terms()  # type: ignore[attr-defined]  # sympy ships no types
    return tuple(
        (int(coefficient), tuple((i, int(p)) for i, p in enumerate(powers) if p))
        for powers, coefficient in terms
        if coefficient
    )
