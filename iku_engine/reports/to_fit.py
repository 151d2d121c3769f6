"""Rules that reproduce rows of targets -> table and JSON."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.analysis.fit import BrokenCell, Fit, FittedRow, RuleKind
from iku_engine.quantities import to_decimal_text, to_grouped_text
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.layout import Columns, Words, draw
from iku_engine.reports.to_json import json_text

DEFAULT_WIDTH = 120


def to_fit(
    rows: Sequence[FittedRow], *, language: Language = Language.ID, width: int = DEFAULT_WIDTH
) -> str:
    """A table: each row of targets with the best rule, how it rounds and which cells break it.

    Where cells break it, the same rule is shown in the other ways of rounding as well.
    """
    if not rows:
        return label("fit.no_rows", language) + "\n"
    lines = [line for row in rows for line in _lines(row, language)]
    words = Words(
        tuple(label(f"fit.{key}", language) for key in ("indicator", "rule", "breaks")),
        tuple(line[0] for line in lines),
    )
    figures = Columns(
        tuple(label(f"fit.{key}", language) for key in ("rounding", "matched")),
        (True, False),
        tuple((line[1],) for line in lines),
    )
    return draw(words, figures, width) + "\n"


def shown_fits(row: FittedRow) -> tuple[Fit, ...]:
    """The best rule; with the cells that break it, the same rule in other ways of rounding."""
    best = row.fits[:1]
    if not best or not best[0].breaks:
        return best
    return tuple(fit for fit in row.fits if fit.rule == best[0].rule)


def _lines(
    row: FittedRow, language: Language
) -> list[tuple[tuple[str, str, str], tuple[str, str]]]:
    decree = f" ({row.decree})" if row.decree else ""
    periods = sorted(row.cells)
    named = visible(f"{row.indicator}{decree}, {periods[0]}..{periods[-1]}")
    fits = shown_fits(row)
    if fits:
        return [
            (
                (named if n == 0 else "", _rule(fit), _breaks(fit, language)),
                _facts(fit, row, language),
            )
            for n, fit in enumerate(fits)
        ]
    none = label("fit.none", language)
    near = row.nearest
    if near is None:
        return [((named, none, ""), ("", ""))]
    nearest = label("fit.nearest", language, rule=_rule(near))
    return [((named, f"{none}; {nearest}", _breaks(near, language)), _facts(near, row, language))]


def _facts(fit: Fit, row: FittedRow, language: Language) -> tuple[str, str]:
    rounding = f"{fit.decimals} {label(f'fit.{fit.mode.value}', language)}"
    return rounding, f"{fit.matched}/{len(row.cells) - 1}"


def _rule(fit: Fit) -> str:
    return fit.rule if fit.kind is not RuleKind.SHARE else fit.rule.replace("*", "x")


def _breaks(fit: Fit, language: Language) -> str:
    return "\n".join(_broken(cell, fit.decimals, language) for cell in fit.breaks)


def _broken(cell: BrokenCell, decimals: int, language: Language) -> str:
    printed, expected = (
        to_grouped_text(to_decimal_text(figure, decimals), language.numbers)
        for figure in (cell.printed, cell.expected)
    )
    period = str(cell.period)
    return label("fit.cell", language, period=period, printed=printed, expected=expected)


def to_fit_json(rows: Sequence[FittedRow]) -> str:
    """All rules that hold for each row, the best first, as plain values."""
    return json_text(fit_rows(rows))


def fit_rows(rows: Sequence[FittedRow]) -> list[dict[str, object]]:
    """One mapping a row of targets."""
    return [
        {
            "indicator": row.indicator,
            "decree": row.decree or None,
            "periods": [str(period) for period in sorted(row.cells)],
            "fits": [_fit(fit) for fit in row.fits],
            "nearest": _fit(row.nearest) if row.nearest else None,
        }
        for row in rows
    ]


def _fit(fit: Fit) -> dict[str, object]:
    return {
        "kind": fit.kind.value,
        "rule": fit.rule,
        "start": {str(period): to_decimal_text(v, fit.decimals) for period, v in fit.start},
        "decimals": fit.decimals,
        "mode": fit.mode.value,
        "matched": fit.matched,
        "targets": fit.text,
        "breaks": [
            {
                "period": str(cell.period),
                "printed": to_decimal_text(cell.printed, fit.decimals),
                "expected": to_decimal_text(cell.expected, fit.decimals),
            }
            for cell in fit.breaks
        ],
    }
