"""Formula versions: which formula of an indicator holds in a period, and in which unit.

Decrees change: an indicator may be computed by one formula up to a year and by another one from
the next year on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iku_engine.algebra.model import Input, OverMembers, Program, Shift, YearToDate
from iku_engine.catalog.model import FormulaVersion, Indicator
from iku_engine.periods import Period


def versions_of(indicator: Indicator) -> tuple[FormulaVersion, ...]:
    """The formulas of an indicator, earliest first; the one formula of most holds always."""
    alone = FormulaVersion(None, None, indicator.formula, indicator.unit)
    return indicator.versions or (alone,)


def holds(version: FormulaVersion, period: Period) -> bool:
    """Whether a version holds in the whole of a period: none does in a year that two share."""
    begun = version.first is None or _first_month(version.first) <= _first_month(period)
    lasts = version.last is None or _last_month(period) <= _last_month(version.last)
    return begun and lasts


def in_force(versions: Iterable[FormulaVersion], period: Period) -> FormulaVersion | None:
    """The version that holds in a period, if one does."""
    return next((version for version in versions if holds(version, period)), None)


def meet(first: FormulaVersion, second: FormulaVersion, shift: Shift | None = None) -> bool:
    """Whether there is a period of the first version in which the second one holds.

    With a `shift`, periods of the first are moved by it before.
    """
    moved = shift or Shift()
    if moved.at is not None:
        return holds(second, moved.applied(moved.at))
    low = moved.applied(first.first) if first.first else None
    high = moved.applied(first.last) if first.last else None
    return _begun(second.first, high) and _begun(low, second.last)


def held_text(version: FormulaVersion) -> str:
    """The periods of a version as a definition writes them; empty for one that holds always."""
    first, last = version.first, version.last
    if first is None and last is None:
        return ""
    if first == last:
        return str(first)
    return f"{first or ''}..{last or ''}"


def readings(programs: Sequence[Program]) -> Iterator[Input]:
    """Every series that programs read, also inside reductions over periods and members.

    The shift of what is read inside a reduction is seen from the reduction.
    """
    waiting = list(programs)
    while waiting:
        current = waiting.pop()
        yield from current.inputs()
        waiting += [s.program for s in current.steps if isinstance(s, YearToDate | OverMembers)]


def _begun(first: Period | None, last: Period | None) -> bool:
    """Whether one period begins no later than another ends; None is open to that side."""
    return first is None or last is None or _first_month(first) <= _last_month(last)


def _first_month(period: Period) -> int:
    return period.number * (12 // period.frequency)


def _last_month(period: Period) -> int:
    return (period.number + 1) * (12 // period.frequency) - 1
