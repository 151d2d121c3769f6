"""PMD101: an indicator evaluated by quarters, and nothing says what its year is.

The evaluation forms put the four quarters and the year side by side: one must know whether the
quarters add up, replace each other or are averaged. A row that prints the year's own target, or
only some quarters of a year, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.catalog.model import Indicator, Phasing
from iku_engine.checks.model import CheckedCatalog, Rule, TargetRow
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Frequency


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    """Rows with all quarters of a year, whose year is neither printed nor declared."""
    yearly = {
        (row.indicator.id, cell.period.year)
        for row in checked.rows
        for cell in row.cells
        if cell.period.frequency is Frequency.YEAR
    }
    for row in checked.rows:
        indicator = row.indicator
        if row.decree or _is_declared(indicator):
            continue
        years = [year for year in _full_years(row) if (indicator.id, year) not in yearly]
        if years:
            message = f"nothing says how the quarterly targets of `{indicator.id}` make the year"
            help_ = "declare `consolidation: sum`, `last` or `mean`, or `phasing: cumulative`"
            yield Diagnostic("PMD101", message, row.cells[0].location, help_, indicator.id)


def _is_declared(indicator: Indicator) -> bool:
    return indicator.consolidation is not None or indicator.phasing is Phasing.CUMULATIVE


def _full_years(row: TargetRow) -> Iterator[int]:
    """The years of which a row has a target for every quarter."""
    quarters = [cell.period for cell in row.cells if cell.period.frequency is Frequency.QUARTER]
    years = [quarter.year for quarter in quarters]
    yield from (year for year in dict.fromkeys(years) if years.count(year) == Frequency.QUARTER)


QUARTERS_MAKE_THE_YEAR = Rule(
    code="PMD101",
    name="quarters_make_the_year",
    title="quarterly targets without a declared year",
    title_id="target triwulan tanpa cara menggabungkannya menjadi tahun",
    find=_find,
    severity=Severity.HINT,
)
