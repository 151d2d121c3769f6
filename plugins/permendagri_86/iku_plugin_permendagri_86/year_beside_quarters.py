"""PMD102: a realisation of the year that its four quarters do not make.

Looked at are indicators that report a variable as it is (`x`, `reported(x)`), declare
`consolidation: sum` or `last`, and have a figure for the year beside those of all four quarters. A
computed indicator is left alone: the yearly value of a ratio or a growth is not made of those of
its quarters. Where figures are not whole, each may have been rounded: half a unit of the last
displayed decimal a figure is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from iku_engine.catalog.model import Catalog, Consolidation, Indicator
from iku_engine.checks.model import CheckedCatalog, Needs, Rule
from iku_engine.checks.series import written
from iku_engine.diagnostics import Diagnostic
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Call, Name
from iku_engine.periods import Frequency
from iku_engine.results.model import Result, Results


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    results = checked.results
    if results is None:
        return
    for year in results:
        if year.period.frequency is not Frequency.YEAR or year.place or year.exact is None:
            continue
        if _is_its_own(year) and _is_reported(year, checked.catalog):
            yield from _compared(year, year.exact, _quarters(results, year))


def _is_its_own(year: Result) -> bool:
    """Whether a yearly value comes from yearly figures, not from those of the quarters."""
    return not any(note.startswith(("consolidated", "partial")) for note in year.quality)


def _is_reported(result: Result, catalog: Catalog) -> bool:
    """Whether a value is that of one variable, with nothing computed from it."""
    tree = parse_formula(result.version.formula)[0] if result.version else None
    if isinstance(tree, Call) and tree.name == "reported" and len(tree.arguments) == 1:
        tree = tree.arguments[0]
    return isinstance(tree, Name) and tree.name in catalog.variables


def _quarters(results: Results, year: Result) -> list[Fraction]:
    """The values of the quarters of a year that are known, in order."""
    found = []
    for quarter in year.period.shorter(Frequency.QUARTER):
        try:
            value = results.get(year.indicator.id, quarter).exact
        except KeyError:
            continue
        if value is not None:
            found.append(value)
    return found


def _compared(year: Result, value: Fraction, quarters: Sequence[Fraction]) -> Iterator[Diagnostic]:
    indicator = year.indicator
    if len(quarters) != Frequency.QUARTER:
        return
    match indicator.consolidation:
        case Consolidation.SUM:
            made, parts = sum(quarters, Fraction(0)), len(quarters)
        case Consolidation.LAST:
            made, parts = quarters[-1], 1
        case _:
            return
    if abs(made - value) > _rounding(indicator, [value, *quarters], parts):
        message = (
            f"the realisation of `{indicator.id}` in {year.period} is {written(value, 2)}, "
            f"and its quarters make {written(made, 2)}"
        )
        help_ = "correct the figure of the year, of a quarter, or `consolidation`"
        yield Diagnostic("PMD102", message, indicator.location, help_, indicator.id)


def _rounding(indicator: Indicator, figures: Sequence[Fraction], parts: int) -> Fraction:
    """How far rounding alone may put a year and its quarters apart; 0 for whole figures."""
    if all(figure.denominator == 1 for figure in figures):
        return Fraction(0)
    return Fraction(parts + 1, 2 * 10**indicator.decimals)


YEAR_BESIDE_QUARTERS = Rule(
    code="PMD102",
    name="year_beside_quarters",
    title="a realisation of the year that its quarters do not make",
    title_id="realisasi tahunan tidak sama dengan gabungan triwulannya",
    find=_find,
    needs=Needs.RESULTS,
)
