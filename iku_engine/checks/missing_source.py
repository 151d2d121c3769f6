"""IKU608: an indicator without a source of data among indicators that name one.

Only where at least three of four do: a document without that column is not asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.words import is_practice
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    indicators = tuple(checked.catalog.indicators.values())
    lacking = [indicator for indicator in indicators if not indicator.data_source.strip(" -")]
    if is_practice(lacking, indicators):
        for indicator in lacking:
            message = f"`{indicator.id}` names no source of its data"
            help_ = "name it in `data_source`, as the other indicators do"
            yield Diagnostic("IKU608", message, indicator.location, help_, indicator.id)


MISSING_SOURCE = Rule(
    code="IKU608",
    name="missing_source",
    title="an indicator without a source of data",
    title_id="indikator tanpa sumber data",
    find=_find,
    severity=Severity.HINT,
)
