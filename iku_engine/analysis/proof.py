"""What algebra proves of two formulas: whether their values and their domains are the same.

Short formulas are proved at once. Greatest common divisors and factors of long ones may take any
time: those are proved in a process of their own, which is ended when patience is at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iku_engine.algebra.canonical import Atoms, TooLargeToCompare
from iku_engine.algebra.model import Input, OverMembers, Polynomial, Program, Quotient, Step
from iku_engine.algebra.model import YearToDate as Ytd
from iku_engine.analysis.patience import Patience
from iku_engine.analysis.walk import operands_of

_QUICK_DEGREE = 8
_QUICK_TERMS = 100
_QUICK_BITS = 512
_QUICK_INPUTS = 8
_QUICK_WORK = 1_000  # terms of all quotients together


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether two programs have the same value, and read and divide by the same.

    `difference` is the first less the second in lowest terms, empty where the values are the
    same, where branches or functions are involved, or where it is too long to print.
    """

    same_value: bool
    same_domain: bool
    difference: str = ""


def proof_of(first: Program, second: Program, patience: Patience) -> Proof | None:
    """The proof; None where it would need more memory or time than there is."""
    if first == second:
        return Proof(same_value=True, same_domain=True)
    if is_quick(first, second):
        return prove(first, second)
    from iku_engine.analysis.watched import proved_apart  # noqa: PLC0415 - starts processes

    return proved_apart(first, second, patience)


def prove(first: Program, second: Program) -> Proof | None:
    """The proof, however long it takes; None where it is past the bounds on terms."""
    atoms = Atoms()
    try:
        left, right = atoms.canonical(first), atoms.canonical(second)
    except TooLargeToCompare:
        return None
    if left.value == right.value:
        return Proof(
            same_value=True,
            same_domain=left.divisors == right.divisors and left.needs == right.needs,
        )
    opaque = left.opaque or right.opaque
    difference = "" if opaque else atoms.difference_text(left, right)
    return Proof(same_value=False, same_domain=False, difference=difference)


def used_steps(program: Program) -> tuple[Step, ...]:
    """The steps that the result of a program is made of, without those of its reductions."""
    waiting, found = [program.result], dict[int, Step]()
    while waiting:
        slot = waiting.pop()
        if slot not in found:
            found[slot] = program.steps[slot]
            waiting += operands_of(program.steps[slot])
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Bounds on a quotient over inputs: terms, degree and bits of its longer part."""

    terms: int = 1
    degree: int = 1
    bits: int = 1


def is_quick(*programs: Program) -> bool:
    """Whether the algebra on these is certainly done in a moment, by bounds on their size."""
    inputs: set[Step] = set()
    work = 0
    for program in programs:
        counted = _work_of(program, inputs)
        if counted is None:
            return False
        work += counted
    return len(inputs) <= _QUICK_INPUTS and work <= _QUICK_WORK


def _work_of(program: Program, inputs: set[Step]) -> int | None:
    """The terms of all quotients of a program; None where one of them is too large."""
    work = 0
    found: list[_Bounds] = []
    for step in program.steps:
        bounds = _Bounds()
        if isinstance(step, Quotient):
            tests = [part for t in step.tests for part in (t.numerator, t.denominator)]
            for part in (step.numerator, step.denominator, *tests):
                own = _composed(part, found)
                work += own.terms
                bounds = _Bounds(*map(max, zip(_parts(bounds), _parts(own), strict=True)))
        elif isinstance(step, Ytd | OverMembers):
            inner = _work_of(step.program, inputs)
            if inner is None:
                return None
            work += inner
        else:
            inputs.add(step)
        if (
            bounds.terms > _QUICK_TERMS
            or bounds.degree > _QUICK_DEGREE
            or bounds.bits > _QUICK_BITS
        ):
            return None
        found.append(bounds)
    return work


def _parts(bounds: _Bounds) -> tuple[int, int, int]:
    return bounds.terms, bounds.degree, bounds.bits


def _composed(polynomial: Polynomial, found: Sequence[_Bounds]) -> _Bounds:
    """Bounds on a polynomial over slots once it is one over inputs, over one denominator."""
    highest: dict[int, int] = {}
    for _, powers in polynomial:
        for slot, power in powers:
            highest[slot] = max(power, highest.get(slot, 0))
    moved = {slot: power for slot, power in highest.items() if found[slot] != _Bounds()}
    plain = max((sum(p for s, p in ps if s not in moved) for _, ps in polynomial), default=0)
    terms, bits, degree = len(polynomial), _bits(polynomial), plain
    for slot, power in moved.items():
        terms *= min(found[slot].terms ** min(power, 64), _QUICK_TERMS + 1)
        degree += power * found[slot].degree
        bits += power * found[slot].bits
        if terms > _QUICK_TERMS:
            break
    return _Bounds(terms, degree, bits)


def _bits(polynomial: Polynomial) -> int:
    return max((coefficient.bit_length() for coefficient, _ in polynomial), default=1)


def inputs_of(*programs: Program) -> frozenset[Input]:
    """The inputs that the results of programs are made of."""
    steps = (step for program in programs for step in used_steps(program))
    return frozenset(step for step in steps if isinstance(step, Input))
