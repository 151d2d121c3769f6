"""An audit -> table, CSV and JSON: each printed figure, the recomputed one, verdict and why."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.audit.model import Audit, AuditedCell, Verdict
from iku_engine.quantities import to_decimal_text, to_exact_text
from iku_engine.reports.audit_words import AuditWords
from iku_engine.reports.csv_text import csv_text, harmless
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import label
from iku_engine.reports.layout import Columns, Words, draw
from iku_engine.reports.to_json import json_text

DEFAULT_WIDTH = 120
COLUMNS = (
    "place", "column", "period", "printed", "recomputed", "verdict", "explanation",
    "origin", "recomputed_exact",
)  # fmt: skip
"""The columns of the CSV and the keys of the JSON."""

_FOUND = (Verdict.NOT_REPRODUCED, Verdict.NOT_PRINTED, Verdict.NOT_COMPUTED)


def to_audit(
    audit: Audit, words: AuditWords, *, every: bool = False, width: int = DEFAULT_WIDTH
) -> str:
    """The cells that are not reproduced as a table, under a line of counts; or `every` cell."""
    shown = [cell for cell in audit if every or cell.verdict in _FOUND]
    summary = summary_line(audit, words)
    if not shown:
        return f"{summary}\n"
    language = words.language
    left = Words(
        tuple(label(f"audit.{key}", language) for key in ("place", "explanation")),
        tuple(_words(cell, words) for cell in shown),
    )
    keys = ("column", "period", "printed", "recomputed", "verdict")
    figures = Columns(
        tuple(label(f"audit.{key}", language) for key in keys),
        (True, False, False, False, True),
        tuple((_figures(cell, words),) for cell in shown),
    )
    return f"{draw(left, figures, width)}\n\n{summary}\n"


def summary_line(audit: Audit, words: AuditWords) -> str:
    """How many cells came to which verdict."""
    counts = [
        f"{label(f'audit.verdict.{verdict.value}', words.language)}: {count}"
        for verdict, count in audit.counts.items()
        if count
    ]
    if not counts:
        return label("audit.nothing", words.language)
    return label("audit.cells", words.language, count=str(len(audit))) + " " + ", ".join(counts)


def to_audit_csv(audit: Audit, words: AuditWords) -> str:
    """One row a cell; figures with a decimal point and no grouping, printed text as printed."""
    rows = [[harmless(text) for text in row] for row in _rows(audit, words)]
    return csv_text([COLUMNS, *rows])


def to_audit_json(audit: Audit, words: AuditWords) -> str:
    """The counts and one object a cell, with all its explanations."""
    cells: list[dict[str, object]] = []
    for cell, row in zip(audit, _rows(audit, words), strict=True):
        whole: dict[str, object] = {
            key: text or None for key, text in zip(COLUMNS, row, strict=True)
        }
        del whole["explanation"]
        whole["explanations"] = [
            {
                "cause": one.cause.value,
                "subjects": list(one.subjects),
                "truncated": one.and_truncated,
                "figure": to_exact_text(one.figure),
                "text": words.explanation(cell.printed, one),
            }
            for one in cell.explanations
        ]
        cells.append(whole)
    counts = {verdict.value: count for verdict, count in audit.counts.items()}
    return json_text({"counts": counts, "cells": cells})


def _rows(audit: Audit, words: AuditWords) -> list[Sequence[str]]:
    return [_row(cell, words) for cell in audit]


def _row(cell: AuditedCell, words: AuditWords) -> Sequence[str]:
    printed, value = cell.printed, cell.recomputed.value
    decimals = printed.decimals if printed.value is not None else 2
    return (
        printed.place,
        printed.column.value,
        str(printed.period),
        printed.text,
        "" if value is None else to_decimal_text(value, decimals),
        cell.verdict.value,
        "; ".join(words.explained(cell)),
        printed.origin,
        "" if value is None else to_exact_text(value),
    )


def _words(cell: AuditedCell, words: AuditWords) -> tuple[str, ...]:
    explained = words.explained(cell)
    if not explained and cell.verdict is Verdict.NOT_REPRODUCED:
        explained = [label("audit.unexplained", words.language)]
    place = visible(words.place(cell.printed.place))
    return place, "\n".join(visible(text) for text in explained)


def _figures(cell: AuditedCell, words: AuditWords) -> tuple[str, ...]:
    printed = cell.printed
    return (
        label(f"audit.column.{printed.column.value}", words.language),
        str(printed.period),
        visible(printed.text) or "-",
        words.figure(printed, cell),
        label(f"audit.verdict.{cell.verdict.value}", words.language),
    )
