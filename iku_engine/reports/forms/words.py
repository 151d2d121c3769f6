"""What the forms share: labels, numbered headings, targets and periods as cells."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from iku_engine.catalog.model import Indicator
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import to_decimal_text, to_grouped_text
from iku_engine.reports.forms.model import EMPTY, Cell
from iku_engine.reports.labels import Language, label
from iku_engine.results.model import Result
from iku_engine.results.plan import PlanFigure
from iku_engine.scales import decimals_of

NOTHING = Cell("-")
PERCENT_DECIMALS = 2


def words(key: str, language: Language, **parts: str) -> str:
    """A label of the forms."""
    return label(f"form.{key}", language, **parts)


def period_heading(period: Period, language: Language) -> str:
    """The heading of a period's column: `2024`, `TW 1`, `3`."""
    if period.frequency is Frequency.QUARTER:
        return words("quarter", language, number=str(period.within_year))
    if period.frequency is Frequency.MONTH:
        return str(period.within_year)
    return str(period.year)


def target_cell(result: Result | None, language: Language) -> Cell:
    """The promise as the document would print it: a figure, a range, a grade, or `-`."""
    if result is None:
        return NOTHING
    if result.target_label:
        return Cell(result.target_label)
    if result.target is not None:
        return Cell("", result.target, _decimals(result.target, result.indicator))
    if result.target_low is not None and result.target_high is not None:
        ends = (result.target_low, result.target_high)
        texts = (to_decimal_text(end, _decimals(end, result.indicator)) for end in ends)
        return Cell("..".join(to_grouped_text(text, language.numbers) for text in texts))
    return NOTHING


def actual_cell(result: Result | None) -> Cell:
    """The actual, rounded as declared; `-` where there is none."""
    if result is None or result.exact is None:
        return NOTHING
    return Cell("", result.exact, result.indicator.decimals)


def percent_cell(figure: PlanFigure | Fraction | None) -> Cell:
    """A percentage with two decimals; `-` where there is none."""
    value = figure.value if isinstance(figure, PlanFigure) else figure
    return NOTHING if value is None else Cell("", value, PERCENT_DECIMALS)


def money_cell(figure: PlanFigure) -> Cell:
    """Money to the cent where it has cents, `-` where there is none."""
    if figure.value is None:
        return NOTHING
    return Cell("", figure.value, 0 if figure.value.denominator == 1 else 2)


def filled(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The cells with blank ones behind them up to a width."""
    return (*cells, *[EMPTY] * (width - len(cells)))


def _decimals(value: Fraction, indicator: Indicator) -> int:
    """As many decimals as the promise has, and no fewer than the indicator shows."""
    return max(indicator.decimals, decimals_of(value) or 0)
