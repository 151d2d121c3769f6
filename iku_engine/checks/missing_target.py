"""IKU609: an indicator without a target, or with years left out, where the others have them.

Only where at least three of four indicators have theirs. Inside a year a blank quarter or month
is a plan, not a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iku_engine.catalog.model import Indicator, Targets
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.words import is_practice
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Frequency, Period


def _promises(indicator: Indicator) -> tuple[Targets, ...]:
    first = (indicator.targets,) if indicator.targets is not None else ()
    return first + tuple(revision.targets for revision in indicator.revisions)


def _makes(targets: Targets) -> bool:
    """Whether figures are made for periods that are not printed."""
    return targets.rule is not None or targets.path is not None or targets.spread is not None


def _left_out(indicator: Indicator, years: Sequence[Period]) -> list[Period]:
    """The years without a promise."""
    promises = _promises(indicator)
    if any(_makes(targets) for targets in promises):
        return []
    promised = {period for targets in promises for period in targets.periods}
    if any(period.frequency is not Frequency.YEAR for period in promised):
        return []
    return [year for year in years if year not in promised]


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    catalog = checked.catalog
    indicators = tuple(catalog.indicators.values())
    for indicator in without_target(checked):
        message = f"`{indicator.id}` has no target"
        help_ = "write its targets, as the other indicators have them"
        yield Diagnostic("IKU609", message, indicator.location, help_, indicator.id)
    years = [period for period in catalog.periods if period.frequency is Frequency.YEAR]
    gaps = {one.id: _left_out(one, years) for one in indicators if _has_any(one)}
    lacking = [one for one in indicators if gaps.get(one.id)]
    if is_practice(lacking, indicators):
        for indicator in lacking:
            where = _promises(indicator)[0].location
            missing = ", ".join(map(str, gaps[indicator.id]))
            message = f"`{indicator.id}` has no target for {missing}"
            help_ = "write the target, `0` where nothing is planned"
            yield Diagnostic("IKU609", message, where, help_, indicator.id)


def without_target(checked: CheckedCatalog) -> list[Indicator]:
    """The indicators without any target, where so few are without."""
    indicators = tuple(checked.catalog.indicators.values())
    none = [indicator for indicator in indicators if not _has_any(indicator)]
    return none if is_practice(none, indicators) else []


def _has_any(indicator: Indicator) -> bool:
    return any(targets.periods or _makes(targets) for targets in _promises(indicator))


MISSING_TARGET = Rule(
    code="IKU609",
    name="missing_target",
    title="an indicator without a target, or with years left out",
    title_id="indikator tanpa target, atau target yang kosong pada sebagian tahun",
    find=_find,
    severity=Severity.HINT,
)
