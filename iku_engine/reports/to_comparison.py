"""What comparing two formulas or catalogs showed -> text and plain rows."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.analysis.comparable import Change, IndicatorChange
from iku_engine.analysis.compare import NOW, Comparison, Sample, Verdict
from iku_engine.evaluation.model import Outcome
from iku_engine.periods import Period
from iku_engine.quantities import decimal_text
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label

_VERDICTS = {
    Verdict.EQUIVALENT: "compare.equivalent",
    Verdict.WHERE_DEFINED: "compare.where_defined",
    Verdict.DIFFERENT: "compare.different",
    Verdict.UNDECIDED: "compare.undecided",
}
_CHANGES = {
    Change.ADDED: "compare.added",
    Change.REMOVED: "compare.removed",
    Change.UNREADABLE: "compare.unreadable",
    Change.MEANING: "compare.different",
    Change.WORDING: "compare.wording",
}


def to_comparison(comparison: Comparison, language: Language = Language.ID) -> str:
    """The verdict, the difference in lowest terms, and the point that shows it."""
    return "\n".join(_lines(comparison, language)) + "\n"


def to_changes(changes: Iterable[IndicatorChange], language: Language = Language.ID) -> str:
    """What changed between two catalogs; indicators that did not change are counted."""
    lines: list[str] = []
    unchanged = 0
    for change in changes:
        if change.change is Change.NOTHING:
            unchanged += 1
            continue
        title = visible(change.indicator)
        if change.change is Change.MEANING and change.comparison is not None:
            found = _lines(change.comparison, language)
        else:
            found = [label(_CHANGES[change.change], language)]
        lines.append(f"{title}: {found[0]}")
        lines += [f"    {visible(text)}" for text in (change.first, change.second) if text]
        lines += [f"  {line}" for line in found[1:]]
    lines.append(label("compare.unchanged", language, count=str(unchanged)))
    return "\n".join(lines) + "\n"


def _lines(comparison: Comparison, language: Language) -> list[str]:
    lines = [label(_VERDICTS[comparison.verdict], language)]
    if comparison.given_up:
        lines.append(f"  {label('compare.given_up', language)}")
    if comparison.difference:
        title = label("compare.difference", language)
        lines.append(f"  {title}: {visible(comparison.difference)}")
    if comparison.sample is not None:
        lines += _sample(comparison.sample, language)
    return lines


def _sample(sample: Sample, language: Language) -> list[str]:
    figures = ", ".join(
        f"{visible(name)}{_lag(period)} = {decimal_text(value)}"
        for name, period, value in sample.inputs
    )
    first, second = (_outcome(outcome) for outcome in (sample.first, sample.second))
    return [
        f"  {label('compare.sample', language)}: {figures}",
        f"  {label('compare.values', language, first=first, second=second)}",
    ]


def _lag(period: Period) -> str:
    """The period of a sample as a formula writes it, seen from the sample's own."""
    if period.frequency is not NOW.frequency:
        return f"[{period}]"
    back = NOW.number - period.number
    if back == 0:
        return ""
    return f"[y-{back // 12}]" if back % 12 == 0 else f"[t-{back}]"


def _outcome(outcome: Outcome) -> str:
    if not outcome.ok:
        return outcome.status.value
    return decimal_text(outcome.number)
