"""How much work one question may still take: counted, so that it ends alike on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from iku_engine.algebra.univariate import TooHard
from iku_engine.sentences import sentence

MOST_EFFORT = 10_000_000
"""About as many microseconds of work on polynomials."""


@dataclass(slots=True)
class _Effort:
    left: int


_EFFORT: ContextVar[_Effort | None] = ContextVar("effort", default=None)


@contextmanager
def limited_effort(most: int = MOST_EFFORT) -> Iterator[None]:
    """What is done inside raises `TooHard` past this much work; each thread has its own."""
    token = _EFFORT.set(_Effort(most))
    try:
        yield
    finally:
        _EFFORT.reset(token)


def spend(work: int) -> None:
    """Count work of about so many microseconds. Raises `TooHard` when there is none left."""
    effort = _EFFORT.get()
    if effort is None:
        return
    effort.left -= work
    if effort.left < 0:
        raise TooHard(sentence("close_edges"))
