"""What evaluation yields: a value or the reasons why there is none, with its quality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place, place_text
from iku_engine.sources.model import Mark


class Status(StrEnum):
    """What became of an actual, an achievement or any value on the way."""

    OK = "ok"
    MISSING = "missing"
    UNDEFINED = "undefined"
    TOO_LARGE = "too_large"
    ERROR = "error"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause, machine-readable: `zero:koperasi@2020` or `missing:adhb@2021[industri=13]`."""

    kind: str
    subject: str
    period: Period | None = None
    place: Place = WHOLE

    def __str__(self) -> str:
        subject = self.subject.replace(";", ",")
        when = f"@{self.period}" if self.period else ""
        where = f"[{place_text(self.place).replace(';', ',')}]" if self.place else ""
        return f"{self.kind}:{subject}{when}{where}"


Value: TypeAlias = Fraction | str | bool


@dataclass(frozen=True, slots=True)
class Quality:
    """How far a value can be trusted: marks of its inputs, and what was done to get it.

    `notes` are short words such as `negative_base:x@2019` or `partial 37/40`.
    """

    mark: Mark = Mark.FINAL
    approximate: bool = False
    notes: tuple[str, ...] = ()

    def words(self) -> tuple[str, ...]:
        """The quality as results print it, weakest mark first; empty for sound values."""
        marks = {Mark.PROVISIONAL: ("provisional",), Mark.VERY_PROVISIONAL: ("very_provisional",)}
        rounded = ("approximate",) if self.approximate else ()
        return (*marks.get(self.mark, ()), *rounded, *self.notes)


SOUND = Quality()
_EXACT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value with status `ok`, or None with another status and its reasons.

    A value whose quality is `approximate` lies within `error` of the true one. One that gives
    no error there is known by its figure alone, and none of its digits is certain.
    """

    value: Value | None
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()
    quality: Quality = field(default=SOUND)
    error: Fraction = _EXACT

    @property
    def ok(self) -> bool:
        return self.status is Status.OK

    @property
    def number(self) -> Fraction:
        """The value of a numeric expression that is `ok`."""
        assert isinstance(self.value, Fraction)
        return self.value


def missing(*reasons: Reason) -> Outcome:
    """No value, because these inputs are missing."""
    return Outcome(None, Status.MISSING, reasons)


def undefined(*reasons: Reason) -> Outcome:
    """No value, because of these divisors or domains."""
    return Outcome(None, Status.UNDEFINED, reasons)


def too_large(subject: str, period: Period | None) -> Outcome:
    """No value, because it or one on the way is past the bound."""
    return Outcome(None, Status.TOO_LARGE, (Reason("too_large", subject, period),))


_WEIGHT = (Status.ERROR, Status.MISSING, Status.TOO_LARGE, Status.UNDEFINED)


def failure_of(outcomes: Iterable[Outcome]) -> Outcome | None:
    """What an operation on these yields when not all are `ok`: missing wins over undefined.

    All reasons of the winning status are kept, each once.
    """
    failed = [outcome for outcome in outcomes if outcome.status is not Status.OK]
    if not failed:
        return None
    status = min((outcome.status for outcome in failed), key=_WEIGHT.index)
    reasons = dict.fromkeys(
        reason for outcome in failed if outcome.status is status for reason in outcome.reasons
    )
    return Outcome(None, status, tuple(reasons))


def merged_quality(outcomes: Iterable[Outcome]) -> Quality:
    """The weakest mark and all notes of the operands."""
    mark = Mark.FINAL
    approximate = False
    notes: tuple[str, ...] = ()
    for outcome in outcomes:
        quality = outcome.quality
        if quality is SOUND:
            continue
        mark = max(mark, quality.mark)
        approximate = approximate or quality.approximate
        notes = tuple(dict.fromkeys((*notes, *quality.notes))) if quality.notes else notes
    return Quality(mark, approximate, notes) if mark or approximate or notes else SOUND
