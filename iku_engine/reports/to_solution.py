"""The answer of `iku solve` -> text."""

from __future__ import annotations

import re
from fractions import Fraction

from iku_engine.analysis.cells import InputCell
from iku_engine.analysis.intervals import SHOWN_DIGITS, Interval, Ranges
from iku_engine.analysis.solve import Solution, Solved, SolveStatus
from iku_engine.analysis.trade_off import TradeOff
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import told
from iku_engine.results.model import significant_text
from iku_engine.sentences import figure_said, said, text_said

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
        now = figure_said(solution.current, language)
        lines.append("  " + label("solve.current", language, figure=now))
    lines.append("  " + _verdict(solution, names, language))
    for value in solution.values:
        lines += _value(value, names, language)
    for interval in solution.intervals if solution.status is SolveStatus.FOUND else ():
        shown = _range(interval, cell, language)
        lines.append("  " + label("solve.interval", language, range=shown))
    for interval in solution.meeting:
        shown = _range(interval, cell, language)
        lines.append("  " + label("solve.meeting", language, range=shown))
    same = f"not solved for every {cell}: {solution.reason}"  # the verdict says it already
    lines += [
        f"  {visible(told(note, names, language))}" for note in solution.notes if note != same
    ]
    return "\n".join(lines) + "\n"


def to_trade_off(answer: TradeOff, names: Names, language: Language = Language.ID) -> str:
    """The line between two inputs left open, or why there is none."""
    lines = [_title(answer.indicator, answer.goal, str(answer.period), language)]
    if answer.text:
        lines.append("  " + label("solve.line", language, line=visible(answer.text)))
    else:
        reason = visible(told(answer.reason, names, language))
        lines.append("  " + label("solve.given_up", language, reason=reason))
    return "\n".join(lines) + "\n"


def _range(interval: Interval, cell: InputCell, language: Language) -> str:
    """An interval whose long quotients are shortened: their exact values stand above."""

    def shown(value: Fraction) -> str:
        text = figure_said(value, language)
        return _short(value, language) if _QUOTIENT.fullmatch(text) else text

    return visible(Ranges((interval,), str(cell), SHOWN_DIGITS, shown).said(language))


def _short(value: Fraction, language: Language) -> str:
    return text_said(significant_text(value, _SHOWN), language)


def _title(indicator: str, goal: Fraction | None, period: str, language: Language) -> str:
    shown = "?" if goal is None else figure_said(goal, language)
    return label("solve.title", language, indicator=visible(indicator), goal=shown, period=period)


def _verdict(solution: Solution, names: Names, language: Language) -> str:
    keys = {
        SolveStatus.FOUND: "solve.found",
        SolveStatus.EVERY: "solve.every",
        SolveStatus.NONE: "solve.none",
        SolveStatus.GIVEN_UP: "solve.given_up",
    }
    return label(
        keys[solution.status], language, reason=visible(told(solution.reason, names, language))
    )


def _value(value: Solved, names: Names, language: Language) -> list[str]:
    short = _short(value.value, language)
    lines = ["  " + label("solve.value", language, figure=short)]
    if figure_said(value.value, language) != short:
        whole = figure_said(value.value, language)
        if not value.exact:
            whole = text_said(significant_text(value.value), language)
        lines.append("    " + label("solve.exact", language, figure=whole))
    if value.where:
        lines.append(
            "    " + label("solve.branch", language, where=visible(said(value.where, language)))
        )
    if value.whole is not None and value.whole_actual is not None and value.whole != value.value:
        actual = _short(value.whole_actual, language)
        whole = figure_said(Fraction(value.whole), language)
        lines.append("    " + label("solve.whole", language, figure=whole, actual=actual))
    return lines + [f"    {visible(told(note, names, language))}" for note in value.notes]
