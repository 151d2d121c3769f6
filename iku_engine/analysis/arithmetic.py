"""Plain arithmetic on values cut into pieces, with the tests on divisors of the text.

The tests run before any algebra, so that a figure outside the domain never counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod

from iku_engine.algebra.model import Condition, Polynomial, Quotient, Test
from iku_engine.algebra.univariate import (
    Ratio,
    composed,
    constant_ratio,
    multiplied,
    reduced_ratio,
)
from iku_engine.analysis.pieces import (
    GivenUp,
    Pieces,
    Stairs,
    Value,
    by_levels,
    combined,
    everywhere,
)
from iku_engine.analysis.walk import Moment
from iku_engine.evaluation.model import Outcome, Reason, failure_of, undefined
from iku_engine.sentences import sentence

_ZERO = Fraction(0)
_MIXED = GivenUp(sentence("rounded_mixed"))


def number_of(value: Value) -> Ratio | Stairs:
    """A value that is known to be a number."""
    assert isinstance(value, Ratio | Stairs)
    return value


def failure_among(values: Sequence[Value]) -> Outcome | GivenUp | None:
    """What keeps a step from having a value: missing and undefined before what is given up."""
    failed = failure_of(value for value in values if isinstance(value, Outcome))
    return failed or next((value for value in values if isinstance(value, GivenUp)), None)


def difference(own: Sequence[Ratio]) -> Ratio:
    """The first of two quotients less the second."""
    terms = ((1, ((0, 1),)), (-1, ((1, 1),)))
    return reduced_ratio(*composed(terms, dict(enumerate(own))))


def lifted(
    values: Sequence[Ratio | Stairs], make: Callable[[Sequence[Ratio]], Ratio]
) -> Ratio | Stairs | GivenUp:
    """What is made of quotients of the unknown, or of one rounded figure and constants."""
    rounded = {(v.inner, v.digits) for v in values if isinstance(v, Stairs)}
    if not rounded:
        return make([v for v in values if isinstance(v, Ratio)])
    moving = any(isinstance(v, Ratio) and not v.is_constant for v in values)
    if moving or len(rounded) > 1:
        return _MIXED
    made = make([v.outer if isinstance(v, Stairs) else v for v in values])
    return made if made.is_constant else Stairs(made, *rounded.pop())


def quotient_pieces(step: Quotient, values: tuple[Value, ...], moment: Moment) -> Pieces:
    """The value of a quotient where its tests hold, and their reasons elsewhere."""
    failed = failure_among(values)
    if failed is not None:
        return everywhere(failed)
    numbers = [number_of(value) for value in values]
    signs = [_signs(test, step.needs, numbers) for test in step.tests]
    whole = lifted(numbers, lambda own: _divided(step, _by_slot(step.needs, own)))

    def together(held: tuple[Value, ...]) -> Pieces:
        unsolved = next((value for value in held if isinstance(value, GivenUp)), None)
        reasons = _failing(step.tests, held, moment)
        return everywhere(unsolved or (undefined(*reasons) if reasons else whole))

    return combined(signs, together)


def _by_slot(slots: Sequence[int], own: Sequence[Ratio]) -> Mapping[int, Ratio]:
    return dict(zip(slots, own, strict=True))


def _divided(step: Quotient, own: Mapping[int, Ratio]) -> Ratio:
    above, under_above = composed(step.numerator, own)
    below, under_below = composed(step.denominator, own)
    if not below:
        return constant_ratio(_ZERO)  # its test fails everywhere
    return reduced_ratio(multiplied(above, under_below), multiplied(below, under_above))


def _signs(test: Test, slots: Sequence[int], numbers: Sequence[Ratio | Stairs]) -> Pieces:
    """Where a test holds."""
    if test.marking:
        return everywhere(Outcome(True))
    parts = [test.numerator]
    if test.condition is Condition.NOT_NEGATIVE:
        parts.append(test.denominator)
    found = [_sign_pieces(part, slots, numbers) for part in parts]
    return combined(found, lambda signs: everywhere(_passes(test, signs)))


def _sign_pieces(
    part: Polynomial, slots: Sequence[int], numbers: Sequence[Ratio | Stairs]
) -> Pieces:
    made = lifted(numbers, lambda own: reduced_ratio(*composed(part, _by_slot(slots, own))))
    return everywhere(made) if isinstance(made, GivenUp) else by_levels(made, [_ZERO], _sign)


def _sign(figure: Fraction) -> Value:
    return constant_ratio(Fraction((figure > 0) - (figure < 0)))


def _passes(test: Test, signs: Sequence[Value]) -> Value:
    failed = failure_among(signs)
    if failed is not None:
        return failed
    product = prod(sign.value for sign in signs if isinstance(sign, Ratio))
    return Outcome(product != 0 if test.condition is Condition.NOT_ZERO else product >= 0)


def _failing(tests: Sequence[Test], held: Sequence[Value], moment: Moment) -> list[Reason]:
    """Reasons of the tests that fail; one runs when those inside it passed."""
    passed: list[bool] = []
    reasons: list[Reason] = []
    for test, value in zip(tests, held, strict=True):
        if not all(passed[index] for index in test.after):
            passed.append(False)
            continue
        holds = isinstance(value, Outcome) and value.value is True
        passed.append(holds)
        if not holds:
            reasons.append(moment.reason(test.subject, test.condition.value))
    return list(dict.fromkeys(reasons))
