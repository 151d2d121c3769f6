"""IKU611: an indicator whose name is its objective, word for word.

A name that only turns the objective into a count (`Tersedianya laporan`, `Jumlah laporan`) says
what is measured and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.words import words_of
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for indicator in checked.catalog.indicators.values():
        words = words_of(indicator.name)
        if words and words == words_of(indicator.objective):
            where = indicator.locations.get("name", indicator.location)
            message = f"the name of `{indicator.id}` only repeats its objective"
            help_ = "say what is measured: a number, a share, an index"
            yield Diagnostic("IKU611", message, where, help_, indicator.id)


REPEATS_ITS_OBJECTIVE = Rule(
    code="IKU611",
    name="repeats_its_objective",
    title="an indicator that only repeats its objective",
    title_id="indikator yang hanya mengulang sasarannya",
    find=_find,
    severity=Severity.HINT,
)
