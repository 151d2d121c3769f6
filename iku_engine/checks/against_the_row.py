"""IKU602: one fall in a row that otherwise rises, or one rise in a row that otherwise falls.

At least three steps go one way and none stands still. Rows inside a year are looked at only
where they are declared cumulative, or are long (eight figures): quarters of their own go up and
down as the work does.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.catalog.model import Phasing
from iku_engine.checks.broken_rule import broken_in
from iku_engine.checks.copied_targets import copied_rows
from iku_engine.checks.model import CheckedCatalog, Rule, TargetRow
from iku_engine.checks.outlier import outlier_in
from iku_engine.checks.series import between, moves, without, written
from iku_engine.checks.slips import Intended, intended
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Frequency

_FEWEST = 3
_LONG = 8


def _step_against(row: TargetRow) -> int | None:
    """The place of the one step that goes against all others."""
    going = moves(row.cells)
    for way in (1, -1):
        if going.count(way) >= _FEWEST and going.count(-way) == 1 == len(going) - going.count(way):
            return going.index(-way)
    return None


def _is_judged(row: TargetRow) -> bool:
    yearly = row.cells[0].period.frequency is Frequency.YEAR
    return yearly or row.indicator.phasing is Phasing.CUMULATIVE or len(row.cells) >= _LONG


def _meant(row: TargetRow, step: int) -> Intended | None:
    """What either end of the step may have been so that the row goes one way."""
    for index in (step, step + 1):
        way = set(moves(without(row, index)))
        if len(way) == 1 and 0 < index < len(row.cells) - 1:
            low, high = sorted((row.values[index - 1], row.values[index + 1]))
            found = intended(row.values[index], low, high, between(row, index))
            if found is not None and found.figure not in (low, high):
                return found
    return None


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    copied = copied_rows(checked)
    for row in checked.rows:
        step = _step_against(row) if _is_judged(row) else None
        if step is None or row.key in copied:
            continue
        if outlier_in(row) is not None or broken_in(row) is not None:
            continue  # told by the figure itself
        before, after = row.cells[step], row.cells[step + 1]
        falls = after.value < before.value
        message = (
            f"the target {'falls' if falls else 'rises'} from {written(before.value)} in "
            f"{before.period} to {written(after.value)} in {after.period}, while all other steps "
            f"of the row {'rise' if falls else 'fall'}"
        )
        meant = _meant(row, step)
        help_ = meant.advice if meant else "compare both figures with the document"
        yield Diagnostic("IKU602", message, after.location, help_, row.indicator.id)


AGAINST_THE_ROW = Rule(
    code="IKU602",
    name="against_the_row",
    title="a fall in a rising row of targets, or a rise in a falling one",
    title_id="penurunan pada baris target yang naik, atau sebaliknya",
    find=_find,
    severity=Severity.HINT,
)
