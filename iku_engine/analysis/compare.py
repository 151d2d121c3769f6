"""Whether two formulas mean the same: proved by algebra, or shown different at a point.

Formulas of plain arithmetic are always decided. Where branches, bands or roots are involved,
equality is proved when they are made of equal parts, difference when a point shows it, and
otherwise the answer is that it is not decided.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from iku_engine.algebra.model import Input, Opaque, OverMembers, OverRecords, Program, Quotient
from iku_engine.analysis.patience import Patience
from iku_engine.analysis.proof import Proof, inputs_of, proof_of, used_steps
from iku_engine.evaluation.certainty import is_undecided
from iku_engine.evaluation.model import Outcome
from iku_engine.evaluation.steps import evaluate
from iku_engine.periods import Period
from iku_engine.places import Place

NOW = Period.of(2999, month=3)
"""The period that a sample stands for: a month, so that every lag is a period of its own."""

_SIMPLE = (10, 5, 2, 20, 3, 50, 7, 100)
_POINTS = 400
_PRECISION = Fraction(1, 10**40)  # figures known to 50 digits that differ less show nothing
_SHOWN = 60
_SEARCH = 3.0
"""For how many seconds points are tried."""


class Verdict(StrEnum):
    """What can be said about two formulas."""

    EQUIVALENT = "equivalent"
    WHERE_DEFINED = "equivalent where both are defined"
    DIFFERENT = "different"
    UNDECIDED = "not decided"


@dataclass(frozen=True, slots=True)
class Sample:
    """A point at which two formulas differ: the figures they read, and what each gives.

    The periods are seen from `NOW`.
    """

    inputs: tuple[tuple[str, Period, Fraction], ...]
    first: Outcome
    second: Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict, with a point that shows the difference where there is one.

    `difference` is the first formula less the second, in lowest terms, where both are plain
    arithmetic and it is short enough to read. `given_up` says that the algebra took too long: a
    point may still show a difference, equality is then not decided.
    """

    verdict: Verdict
    sample: Sample | None = None
    difference: str = ""
    given_up: bool = False


class NotComparable(ValueError):
    """A formula reads what a sample cannot give: records, members, a plugin's function."""


def compare_programs(
    first: Program, second: Program, patience: Patience | None = None
) -> Comparison:
    """Compare two programs over the same names.

    Long formulas are compared in a process of its own, for as long as there is patience (by
    default some seconds); then they are not decided, unless a point shows them different.
    """
    patience = patience or Patience()
    was_over = patience.is_over
    proof = proof_of(first, second, patience)
    if proof is None and was_over:
        return Comparison(Verdict.UNDECIDED, given_up=True)
    with patience.waiting(_SEARCH) as until:
        return _verdict(first, second, proof, _differences(first, second, until))


def _verdict(
    first: Program, second: Program, proof: Proof | None, samples: Iterator[Sample]
) -> Comparison:
    if proof is not None and proof.same_value:
        if proof.same_domain:
            return Comparison(Verdict.EQUIVALENT)
        return Comparison(Verdict.WHERE_DEFINED, next(samples, None))
    shown = list(itertools.islice(samples, _SHOWN))
    found = next((s for s in shown if s.first.ok and s.second.ok), None)
    sample = found or next(iter(shown), None)
    plain = proof is not None and not (_is_opaque(first) or _is_opaque(second))
    if found is None and not plain:
        return Comparison(Verdict.UNDECIDED, sample, given_up=proof is None)
    difference = proof.difference if proof is not None else ""
    return Comparison(Verdict.DIFFERENT, sample, difference, given_up=proof is None)


def _is_opaque(program: Program) -> bool:
    return any(not isinstance(step, Input | Quotient) for step in used_steps(program))


def _differences(first: Program, second: Program, until: float) -> Iterator[Sample]:
    """Points at which the two give different outcomes, the simplest first, up to a time."""
    inputs = sorted(inputs_of(first, second), key=_order)
    if not all(_is_plain(program) for program in (first, second)):
        return
    for figures in _points(len(inputs)):
        world = _World(dict(zip(inputs, figures, strict=True)))
        outcomes = evaluate(first, world, NOW, ()), evaluate(second, world, NOW, ())
        if _differ(*outcomes):
            yield Sample(tuple((*key, value) for key, value in world.read.items()), *outcomes)
        if time.monotonic() > until:
            return


def _points(count: int) -> Iterator[Sequence[Fraction]]:
    """Figures for this many inputs: simple ones, then with a zero, then any."""
    rotations = [
        [_SIMPLE[(start + step) % len(_SIMPLE)] for step in range(count)]
        for start in range(len(_SIMPLE))
    ]
    yield from ([Fraction(number) for number in row] for row in rotations)
    for zero, row in itertools.product(range(count), rotations[:2]):
        yield [Fraction(0 if i == zero else number) for i, number in enumerate(row)]
    generator = random.Random(0)  # noqa: S311 - the same points every time, no secret
    for _ in range(_POINTS):
        yield [
            Fraction(generator.randint(-40, 40), generator.choice((1, 1, 2, 3)))
            for _ in range(count)
        ]


def _differ(first: Outcome, second: Outcome) -> bool:
    if is_undecided(first) or is_undecided(second):
        return False  # the digits at hand show nothing
    if not first.ok or not second.ok:
        return first.ok != second.ok
    if first.quality.approximate or second.quality.approximate:
        size = max(abs(first.number), abs(second.number))
        return abs(first.number - second.number) > size * _PRECISION
    return first.value != second.value


def _is_plain(program: Program) -> bool:
    return not any(isinstance(s, OverMembers | OverRecords | Opaque) for s in program.steps)


def _order(step: Input) -> tuple[str, int, int, str]:
    shift = step.shift
    return (step.name, shift.periods, shift.years, str(shift.at or ""))


class _World:
    """The figures of one sample, by name and period; `read` are those a formula looked at.

    Periods that only a sum over the year reads have figures of their own.
    """

    def __init__(self, point: Mapping[Input, Fraction]) -> None:
        self._known = {(i.name, i.shift.applied(NOW)): value for i, value in point.items()}
        self.read: dict[tuple[str, Period], Fraction] = {}

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        otherwise = Fraction(_SIMPLE[period.number % len(_SIMPLE)])
        value = self.read[name, period] = self._known.get((name, period), otherwise)
        return Outcome(value)

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        raise NotComparable("a sample has no members")

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        raise NotComparable("a sample has no records")

    @property
    def opaque(self) -> Callable[[str, Sequence[Fraction]], Fraction | str]:
        raise NotComparable("a sample calls no functions")
