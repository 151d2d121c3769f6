"""The answer of `iku sensitivity` -> a table of inputs, the one that moves most first."""

from __future__ import annotations

from fractions import Fraction

from tabulate import tabulate

from iku_engine.analysis.sensitivity import InputEffect, Sensitivity
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import told
from iku_engine.results.model import significant_text
from iku_engine.sentences import figure_said, text_said

_SHOWN = 6  # significant digits
_MOST_ROWS = 40


def to_sensitivity(answer: Sensitivity, names: Names, language: Language = Language.ID) -> str:
    """Figure, derivative, elasticity and the effect of one unit more of every input, ranked."""
    actual = _shown(answer.actual, language)
    title = label(
        "sensitivity.title",
        language,
        indicator=visible(names.subject(answer.indicator)),
        period=str(answer.period),
        actual=actual,
    )
    if answer.reason:
        return f"{title}\n  {visible(told(answer.reason, names, language))}\n"
    headers = ("input", "figure", "derivative", "elasticity", "one_more")
    table = tabulate(
        [_row(effect, names, language) for effect in answer.inputs[:_MOST_ROWS]],
        headers=[label(f"sensitivity.{name}", language) for name in headers],
        disable_numparse=True,
        colalign=("left", "right", "right", "right", "right"),
    )
    left = len(answer.inputs) - _MOST_ROWS
    notes = [f"... {left}"] if left > 0 else []
    notes += [visible(told(note, names, language)) for note in answer.notes]
    return "\n".join((title, "", table, *notes)) + "\n"


def _row(effect: InputEffect, names: Names, language: Language) -> list[str]:
    name = f"{visible(effect.label)} ({visible(str(effect.cell))})"
    words = "; ".join(told(note, names, language) for note in effect.notes)
    notes = f" [{visible(words)}]" if words else ""
    unit = f" {visible(effect.unit)}" if effect.unit else ""
    figures = (effect.derivative, effect.elasticity, effect.effect)
    return [
        name + notes,
        figure_said(effect.figure, language) + unit,
        *(_shown(figure, language) for figure in figures),
    ]


def _shown(value: Fraction | None, language: Language) -> str:
    return "-" if value is None else text_said(significant_text(value, _SHOWN), language)
