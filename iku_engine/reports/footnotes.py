"""Footnotes under a table: each cause once, numbered as its figures come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from iku_engine.evaluation.model import Reason
from iku_engine.reports.reasons import Cause, causes_of, read_note
from iku_engine.results.model import Result

SIGNS: Mapping[str, str] = {"provisional": "*", "very_provisional": "**", "approximate": "~"}
"""The sign behind a figure for each word of its quality that has one."""


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The causes of a table in the order of their numbers, from 1, and the signs it uses."""

    causes: tuple[Cause, ...]
    numbers: Mapping[Reason, int]
    signs: tuple[str, ...]

    @classmethod
    def of(cls, results: Iterable[Result]) -> Footnotes:
        rows = tuple(results)
        causes = causes_of(
            reason
            for row in rows
            for reason in (*row.reasons, *own_achievement_reasons(row), *noted(row))
        )
        ordered = {cause: number for number, cause in enumerate(dict.fromkeys(causes.values()), 1)}
        numbers = {reason: ordered[cause] for reason, cause in causes.items()}
        used = {word for row in rows for word in row.quality}
        return cls(tuple(ordered), numbers, tuple(word for word in SIGNS if word in used))

    def marker(self, reasons: Sequence[Reason]) -> str:
        """`[1,3]` for these reasons; empty without any."""
        numbers = sorted({self.numbers[reason] for reason in reasons})
        return f"[{','.join(map(str, numbers))}]" if numbers else ""


def own_achievement_reasons(result: Result) -> tuple[Reason, ...]:
    """Why there is no achievement, where that is not why there is no actual."""
    return tuple(
        reason
        for reason in result.achievement_reasons
        if reason not in result.reasons and reason.subject != "actual"
    )


def noted(result: Result) -> tuple[Reason, ...]:
    """The notes of a result's quality that need a sentence."""
    notes = (read_note(word) for word in result.quality if word not in SIGNS)
    return tuple(note for note in notes if note is not None)


def sign_of(result: Result) -> str:
    """The signs behind an actual: `*` provisional, `**` very provisional, `~` approximate."""
    return "".join(SIGNS[word] for word in result.quality if word in SIGNS)
