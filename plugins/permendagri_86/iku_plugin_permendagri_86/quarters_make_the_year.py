"""PMD101: an indicator evaluated by quarters whose year is not declared from them."""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Frequency


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    """Rows of quarterly targets beside which nothing says how the year is made of them.

    The evaluation forms put the four quarters and the year side by side, so that one of them must
    say whether the quarters add up, replace each other or are averaged.
    """
    for row in checked.rows:
        indicator = row.indicator
        if row.decree or row.cells[0].period.frequency is not Frequency.QUARTER:
            continue
        if len(row.cells) < Frequency.QUARTER or indicator.consolidation or indicator.phasing:
            continue
        message = f"nothing says how the four quarterly targets of `{indicator.id}` make the year"
        help_ = "declare `consolidation: sum`, `last` or `mean`, or `phasing`"
        yield Diagnostic("PMD101", message, row.cells[0].location, help_, indicator.id)


QUARTERS_MAKE_THE_YEAR = Rule(
    code="PMD101",
    name="quarters_make_the_year",
    title="quarterly targets without a declared year",
    title_id="target triwulan tanpa cara menggabungkannya menjadi tahun",
    find=_find,
    severity=Severity.HINT,
)
