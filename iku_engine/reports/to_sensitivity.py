"""The answer of `iku sensitivity` -> a table of inputs, the one that moves most first."""

from __future__ import annotations

from fractions import Fraction

from tabulate import tabulate

from iku_engine.analysis.intervals import figure_text
from iku_engine.analysis.sensitivity import InputEffect, Sensitivity
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.results.model import significant_text

_SHOWN = 6  # significant digits
_MOST_ROWS = 40


def to_sensitivity(answer: Sensitivity, names: Names, language: Language = Language.ID) -> str:
    """Figure, derivative, elasticity and the effect of one unit more of every input, ranked."""
    actual = "-" if answer.actual is None else significant_text(answer.actual, _SHOWN)
    title = label(
        "sensitivity.title",
        language,
        indicator=visible(names.subject(answer.indicator)),
        period=str(answer.period),
        actual=actual,
    )
    if answer.reason:
        return f"{title}\n  {visible(answer.reason)}\n"
    headers = ("input", "figure", "derivative", "elasticity", "one_more")
    table = tabulate(
        [_row(effect) for effect in answer.inputs[:_MOST_ROWS]],
        headers=[label(f"sensitivity.{name}", language) for name in headers],
        disable_numparse=True,
        colalign=("left", "right", "right", "right", "right"),
    )
    left = len(answer.inputs) - _MOST_ROWS
    notes = [f"... {left}"] if left > 0 else []
    notes += [visible(note) for note in answer.notes]
    return "\n".join((title, "", table, *notes)) + "\n"


def _row(effect: InputEffect) -> list[str]:
    name = f"{visible(effect.label)} ({visible(str(effect.cell))})"
    notes = f" [{visible('; '.join(effect.notes))}]" if effect.notes else ""
    unit = f" {visible(effect.unit)}" if effect.unit else ""
    figures = (effect.derivative, effect.elasticity, effect.effect)
    return [
        name + notes,
        figure_text(effect.figure) + unit,
        *(_shown(figure) for figure in figures),
    ]


def _shown(value: Fraction | None) -> str:
    return "-" if value is None else significant_text(value, _SHOWN)
