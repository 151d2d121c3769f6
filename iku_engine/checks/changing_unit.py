"""IKU605: a row whose targets are printed in several units (`1 produk`, then `1 kali`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iku_engine.checks.copied_targets import copied_rows
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.printed_units import printed_units
from iku_engine.checks.words import unit_of
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic, quoted


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    copied = copied_rows(checked)
    units = printed_units(checked)
    for row in checked.rows:
        printed = units.get(row.indicator.id, {})
        cells = [cell for cell in row.cells if cell.period in printed]
        names = Counter(unit_of(printed[cell.period]).name for cell in cells)
        if len(names) < 2 or row.key in copied:
            continue
        usual = unit_of(row.indicator.unit).name
        for cell in cells:
            unit = printed[cell.period]
            if unit_of(unit).name != usual:
                message = (
                    f"the target of {cell.period} is printed in {quoted(unit)}, others of the row "
                    f"in {quoted(row.indicator.unit)}"
                )
                help_ = "one row has one unit: correct it, or make two indicators of it"
                yield Diagnostic("IKU605", message, cell.location, help_, row.indicator.id)
                break


CHANGING_UNIT = Rule(
    code="IKU605",
    name="changing_unit",
    title="the unit changes inside a row of targets",
    title_id="satuan berubah di dalam satu baris target",
    find=_find,
    severity=Severity.WARNING,
)
