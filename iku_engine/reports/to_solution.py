"""The answer of `iku solve` -> text."""

from __future__ import annotations

import re
from fractions import Fraction

from iku_engine.analysis.cells import InputCell
from iku_engine.analysis.intervals import Interval, figure_text
from iku_engine.analysis.solve import Solution, Solved, SolveStatus
from iku_engine.analysis.trade_off import TradeOff
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.results.model import significant_text

_QUOTIENT = re.compile(r"-?[0-9]+/[0-9]{4,}")
_SHOWN = 12  # significant digits of a figure in a sentence; the exact value stands below it


def to_solution(solution: Solution, names: Names, language: Language = Language.ID) -> str:
    """The question, the values with their branches, and where the target is met."""
    cell = solution.unknown
    shown = visible(names.subject(cell.variable))
    lines = [
        _title(solution.indicator, solution.goal, str(solution.period), language),
        "  " + label("solve.unknown", language, cell=visible(str(cell)), label=shown),
    ]
    if solution.current is not None:
        now = figure_text(solution.current)
        lines.append("  " + label("solve.current", language, figure=now))
    lines.append("  " + _verdict(solution, language))
    for value in solution.values:
        lines += _value(value, language)
    for interval in solution.intervals if solution.status is SolveStatus.FOUND else ():
        lines.append("  " + label("solve.interval", language, range=_range(interval, cell)))
    for interval in solution.meeting:
        lines.append("  " + label("solve.meeting", language, range=_range(interval, cell)))
    lines += [f"  {visible(note)}" for note in solution.notes]
    return "\n".join(lines) + "\n"


def to_trade_off(answer: TradeOff, language: Language = Language.ID) -> str:
    """The line between two inputs left open, or why there is none."""
    lines = [_title(answer.indicator, answer.goal, str(answer.period), language)]
    if answer.text:
        lines.append("  " + label("solve.line", language, line=visible(answer.text)))
    else:
        reason = visible(answer.reason)
        lines.append("  " + label("solve.given_up", language, reason=reason))
    return "\n".join(lines) + "\n"


def _range(interval: Interval, cell: InputCell) -> str:
    """An interval whose long quotients are shortened: their exact values stand above."""
    text = interval.text(str(cell))
    return visible(_QUOTIENT.sub(lambda m: significant_text(Fraction(m[0]), _SHOWN), text))


def _title(indicator: str, goal: Fraction | None, period: str, language: Language) -> str:
    shown = "?" if goal is None else figure_text(goal)
    return label("solve.title", language, indicator=visible(indicator), goal=shown, period=period)


def _verdict(solution: Solution, language: Language) -> str:
    keys = {
        SolveStatus.FOUND: "solve.found",
        SolveStatus.EVERY: "solve.every",
        SolveStatus.NONE: "solve.none",
        SolveStatus.GIVEN_UP: "solve.given_up",
    }
    return label(keys[solution.status], language, reason=visible(solution.reason))


def _value(value: Solved, language: Language) -> list[str]:
    short = significant_text(value.value, _SHOWN)
    lines = ["  " + label("solve.value", language, figure=short)]
    if figure_text(value.value) != short:
        whole = figure_text(value.value) if value.exact else significant_text(value.value)
        lines.append("    " + label("solve.exact", language, figure=whole))
    if value.where:
        lines.append("    " + label("solve.branch", language, where=visible(value.where)))
    if value.whole is not None and value.whole_actual is not None and value.whole != value.value:
        actual = significant_text(value.whole_actual, _SHOWN)
        lines.append(
            "    " + label("solve.whole", language, figure=str(value.whole), actual=actual)
        )
    return lines + [f"    {visible(note)}" for note in value.notes]
