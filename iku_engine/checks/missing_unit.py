"""IKU607: an indicator without a unit among indicators that have one.

Only where at least three of four have one. An index, ratio, score or grade needs none, and of an
indicator without any target that is said instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.catalog.model import Indicator
from iku_engine.checks.missing_target import without_target
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.words import is_practice, words_of
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic

_WITHOUT = {*words_of("indeks index rasio nilai skor predikat opini koefisien peringkat")}


def _lacks(indicator: Indicator) -> bool:
    bare = not indicator.unit and not indicator.grades
    return bare and not _WITHOUT.intersection(words_of(indicator.name))


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    indicators = tuple(checked.catalog.indicators.values())
    told = {indicator.id for indicator in without_target(checked)}
    lacking = [one for one in indicators if _lacks(one) and one.id not in told]
    if is_practice(lacking, indicators):
        for indicator in lacking:
            where = indicator.locations.get("unit", indicator.location)
            message = f"`{indicator.id}` has no unit"
            yield Diagnostic("IKU607", message, where, "name what is counted", indicator.id)


MISSING_UNIT = Rule(
    code="IKU607",
    name="missing_unit",
    title="an indicator without a unit",
    title_id="indikator tanpa satuan",
    find=_find,
    severity=Severity.HINT,
)
