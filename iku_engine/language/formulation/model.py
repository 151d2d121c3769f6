"""What a sentence of a decree was read as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iku_engine.language.model import Node

MAX_READINGS = 8
"""No sentence is given more readings than these."""


class Kind(StrEnum):
    """What a formulation is.

    `reported` are `cukup jelas` and `Data BPS`: the figure is taken as it is reported. `count`
    is `Jumlah ...` alone: something is counted.
    """

    FORMULA = "formula"
    REPORTED = "reported"
    COUNT = "count"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Unknown:
    """The first word (or sign) that could not be read, by its offsets in the text.

    `nearest` is the label that is most like what stands there, `id` what it labels; both are
    empty where none is near.
    """

    word: str
    start: int
    end: int
    nearest: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Words of the sentence that were taken for a label; not `exact` where they shorten it."""

    start: int
    end: int
    id: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All readings of one formulation, the precedence as written first.

    A `malformed` sentence lost something in print (a divisor, a bracket, the line of a fraction):
    `note` says what, and the readings put it back. The note of an unreadable one says why.
    """

    kind: Kind
    readings: tuple[Node, ...] = ()
    malformed: bool = False
    note: str = ""
    unknown: Unknown | None = None
    taken: tuple[Taken, ...] = ()
