"""The figures of one result as a table shows them: grouped, marked, `-` where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iku_engine.evaluation.model import Status
from iku_engine.quantities import NumberFormat, to_grouped_text
from iku_engine.reports.escape import visible
from iku_engine.reports.footnotes import Footnotes, noted, own_achievement_reasons, sign_of
from iku_engine.reports.labels import Language, label
from iku_engine.results.model import ACHIEVEMENT_DECIMALS, Result, figure_text, target_text

NOTHING = "-"


class Figure(StrEnum):
    """The figures a table may show for one period."""

    TARGET = "target"
    ACTUAL = "actual"
    ACHIEVEMENT = "achievement"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes the figures of results: in one number format, with the footnotes of one table."""

    numbers: NumberFormat
    notes: Footnotes

    def cell(self, result: Result | None, figure: Figure, *, marked: bool = True) -> str:
        """One cell; `marked` puts the footnote's number behind the figure."""
        if result is None:
            return ""
        match figure:
            case Figure.TARGET:
                return shown_target(result, self.numbers) or NOTHING
            case Figure.ACTUAL:
                reasons = (*result.reasons, *noted(result))
                text = self._grouped(result.display) + sign_of(result)
            case Figure.ACHIEVEMENT:
                reasons = own_achievement_reasons(result)
                text = self._grouped(figure_text(result.achievement, ACHIEVEMENT_DECIMALS))
            case Figure.RATING:
                return visible(result.rating) or NOTHING
        marker = self.notes.marker(reasons) if marked else ""
        return f"{text} {marker}" if marker else text

    def remark(self, result: Result, language: Language) -> str:
        """What a table with a column of its own for remarks says about a result."""
        reasons = (*result.reasons, *noted(result), *own_achievement_reasons(result))
        marker = self.notes.marker(reasons)
        status = result.status
        words = "" if status is Status.OK else label(f"status.{status.value}", language)
        return " ".join(part for part in (words, marker) if part)

    def _grouped(self, text: str) -> str:
        return to_grouped_text(text, self.numbers) if text else NOTHING


def shown_target(result: Result, numbers: NumberFormat) -> str:
    """A target as readers know it: grouped, both ends of a range, a grade with its score."""
    ends = [to_grouped_text(end, numbers) for end in target_text(result).split("..") if end]
    text = "..".join(ends)
    return f"{visible(result.target_label)} ({text})" if result.target_label and text else text


def shown_figures(results: tuple[Result, ...]) -> tuple[Figure, ...]:
    """The figures at least one result has: a table has no column that is empty throughout."""
    has_target = any(
        result.target is not None or result.achievement_status is not Status.NO_TARGET
        for result in results
    )
    has_rating = any(result.rating for result in results)
    shown = {
        Figure.TARGET: has_target,
        Figure.ACTUAL: True,
        Figure.ACHIEVEMENT: has_target,
        Figure.RATING: has_rating,
    }
    return tuple(figure for figure, wanted in shown.items() if wanted)
