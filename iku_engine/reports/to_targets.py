"""Targets -> table, CSV and JSON: printed beside what a rule makes, and what was replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iku_engine.evaluation.model import Status
from iku_engine.quantities import NumberFormat, to_grouped_text
from iku_engine.reports.csv_text import csv_text, harmless
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.layout import Columns, Words, draw
from iku_engine.reports.promise_words import basis_words
from iku_engine.reports.to_json import json_text
from iku_engine.results.promises import Promise, PromisedPeriod, outcome_text

DEFAULT_WIDTH = 100
COLUMNS = (
    "indicator", "owner", "period", "unit", "target", "label", "printed", "made", "rule",
    "basis", "decree", "since", "replaced", "status", "reason",
)  # fmt: skip
"""The columns of the CSV and the keys of the JSON."""

_FIGURES = ("printed", "made", "target")


def to_targets(
    promised: Sequence[PromisedPeriod],
    *,
    language: Language = Language.ID,
    width: int = DEFAULT_WIDTH,
) -> str:
    """A table an indicator: one line a period, with where the target comes from."""
    if not promised:
        return label("targets.none", language) + "\n"
    names = dict.fromkeys(one.indicator.id for one in promised)
    parts = []
    for name in names:
        lines = [one for one in promised if one.indicator.id == name]
        indicator = lines[0].indicator
        unit = f", {indicator.unit}" if indicator.unit else ""
        title = visible(f"{indicator.name} ({indicator.id}{unit})")
        parts.append(f"{title}\n\n{_table(lines, language, width)}")
    return "\n\n".join(parts) + "\n"


def _table(lines: Sequence[PromisedPeriod], language: Language, width: int) -> str:
    columns = [key for key in _FIGURES if any(row_of_promise(one)[key] for one in lines)]
    # What is printed or made throughout is the target itself and says nothing beside it.
    told = [key for key in columns if key == "target" or _differs(lines, key)]
    rows = [row_of_promise(one) for one in lines]
    headers = ["period", "basis"] + ["replaced"] * any(one.replaced for one in lines)
    words = Words(
        tuple(label(f"targets.{key}", language) for key in headers),
        tuple(_words(one, language)[: len(headers)] for one in lines),
        close=True,
    )
    figures = Columns(
        tuple(label(f"targets.{key}", language) for key in told),
        tuple(False for _ in told),
        tuple((tuple(_shown(row, key, language) for key in told),) for row in rows),
    )
    return draw(words, figures, width)


def _words(one: PromisedPeriod, language: Language) -> tuple[str, ...]:
    replaced = "; ".join(_replaced(each, one, language) for each in one.replaced)
    return str(one.period), visible(_basis(one, language)), visible(replaced)


def _differs(lines: Sequence[PromisedPeriod], key: str) -> bool:
    """Whether printed and made figures stand beside each other somewhere."""
    rows = [row_of_promise(one) for one in lines]
    return any(row["printed"] and row["made"] for row in rows) or (
        key == "made" and any(row["made"] for row in rows) and any(row["printed"] for row in rows)
    )


def _basis(one: PromisedPeriod, language: Language) -> str:
    force = one.in_force
    words = basis_words(str(one.target.basis or ""), language)
    if force is None:
        return words
    since = f" ({force.since})" if force.since else ""
    rule = f": {force.rule}" if force.rule and force.printed is None else ""
    return f"{words}{since}{rule}"


def _replaced(each: Promise, one: PromisedPeriod, language: Language) -> str:
    figure = _grouped(outcome_text(each.outcome, one.indicator.decimals), language.numbers)
    return f"{figure or '-'} ({basis_words(each.basis, language)})"


def _shown(row: Mapping[str, str], key: str, language: Language) -> str:
    text = _grouped(row[key], language.numbers)
    if key == "target" and row["label"] and text:
        return visible(f"{row['label']} ({text})")
    if key == "target" and not text and row["status"] != Status.OK.value:
        return label(f"status.{row['status']}", language)
    return text or "-"


def _grouped(text: str, numbers: NumberFormat) -> str:
    return "..".join(to_grouped_text(end, numbers) for end in text.split("..") if end)


def row_of_promise(one: PromisedPeriod) -> dict[str, str]:
    """One period of an indicator as text; figures with a decimal point and no grouping."""
    indicator, force, target = one.indicator, one.in_force, one.target
    decimals = indicator.decimals
    replaced = [f"{outcome_text(r.outcome, decimals) or '-'} ({r.basis})" for r in one.replaced]
    return {
        "indicator": indicator.id,
        "owner": indicator.owner,
        "period": str(one.period),
        "unit": indicator.unit,
        "target": outcome_text(target, decimals),
        "label": target.label,
        "printed": outcome_text(force.printed, decimals) if force else "",
        "made": outcome_text(force.made, decimals) if force else "",
        "rule": force.rule if force else "",
        "basis": target.basis.kind.value if target.basis else "",
        "decree": force.decree if force else "",
        "since": str(force.since or "") if force else "",
        "replaced": "; ".join(replaced),
        "status": target.status.value,
        "reason": ";".join(map(str, target.low.reasons)),
    }


def to_targets_csv(promised: Sequence[PromisedPeriod]) -> str:
    """One row a period of an indicator."""
    rows = [row_of_promise(one) for one in promised]
    kept = ("target", "printed", "made")
    return csv_text(
        [COLUMNS, *([row[c] if c in kept else harmless(row[c]) for c in COLUMNS] for row in rows)]
    )


def to_targets_json(promised: Sequence[PromisedPeriod]) -> str:
    """One object a period, null where a cell is empty."""
    rows = [row_of_promise(one) for one in promised]
    return json_text([{column: row[column] or None for column in COLUMNS} for row in rows])
