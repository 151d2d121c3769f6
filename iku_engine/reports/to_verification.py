"""A verified manifest -> text and JSON: results that differ, with numbered causes behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from iku_engine.places import place_text
from iku_engine.quantities import to_decimal_text, to_grouped_text
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, has_label, label
from iku_engine.reports.to_json import json_text
from iku_engine.results.causes import Cause, CauseKind
from iku_engine.results.manifest import RecordedResult
from iku_engine.results.verification import Difference, ResultChange, Verification

_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_QUOTIENT = re.compile(r"-?[0-9]+/[1-9][0-9]*", re.ASCII)
_LONGEST_QUOTIENT = 200
_FILES = (CauseKind.DATA_FILE, CauseKind.DEFINITION_FILE)
_MOST_NAMED = 20
"""How many causes are named at one result in text; JSON has all."""


def to_verification(verification: Verification, language: Language = Language.ID) -> str:
    """The counts; each result that differs, what changed behind them; files that changed."""
    parts = [_counts(verification, language)]
    named: dict[Cause, int] = {}
    for change in verification.changes:
        for cause in change.causes[:_MOST_NAMED]:
            named.setdefault(cause, len(named) + 1)
    if verification.changes:
        lines = [line for each in verification.changes for line in _change(each, named, language)]
        parts.append(_section("results", lines, language))
        causes = [f"[{number}] {_cause(cause, language)}" for cause, number in named.items()]
        parts.append(_section("causes", causes, language))
    if verification.inputs:
        inputs = [_cause(cause, language) for cause in verification.inputs]
        parts.append(_section("inputs", inputs, language))
    return "\n\n".join(parts) + "\n"


def to_verification_json(verification: Verification) -> str:
    """The same as JSON: results as recorded and as they are now, with all their causes."""
    whole = {
        "reproduced": verification.is_reproduced,
        "same": verification.same,
        "changes": [
            {
                "difference": change.difference.value,
                "indicator": change.result.indicator,
                "period": change.result.period,
                "place": dict(change.result.place),
                "fields": list(change.fields),
                "old": _plain_result(change.old),
                "new": _plain_result(change.new),
                "causes": [_plain_cause(cause) for cause in change.causes],
            }
            for change in verification.changes
        ],
        "inputs": [_plain_cause(cause) for cause in verification.inputs],
    }
    return json_text(whole)


def _plain_result(result: RecordedResult | None) -> Mapping[str, str | None] | None:
    return None if result is None else {key: text or None for key, text in result.says.items()}


def _plain_cause(cause: Cause) -> Mapping[str, str | None]:
    return {
        "kind": cause.kind.value,
        "subject": cause.subject or None,
        "detail": cause.detail or None,
        "old": cause.old,
        "new": cause.new,
    }


def _counts(verification: Verification, language: Language) -> str:
    if verification.is_reproduced:
        return label("verify.same", language, count=str(verification.same))
    counts = {each.value: str(verification.count(each)) for each in Difference}
    return label("verify.counts", language, same=str(verification.same), **counts)


def _section(name: str, lines: Sequence[str], language: Language) -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return f"{label(f'verify.{name}', language)}:\n{body}"


def _change(change: ResultChange, named: Mapping[Cause, int], language: Language) -> list[str]:
    """A line with the figure as displayed and its causes; below it what else differs."""
    result = change.result
    subject = visible(" ".join((result.indicator, result.period, place_text(result.place))).strip())
    numbers = " ".join(f"[{named[cause]}]" for cause in change.causes[:_MOST_NAMED])
    left = len(change.causes) - _MOST_NAMED
    numbers += f" +{left}" if left > 0 else ""
    if change.old is None or change.new is None:
        word = label(f"verify.{change.difference.value}", language)
        return [f"{subject}: {_displayed(result, language)} ({word})  {numbers}"]
    figures = [_displayed(each, language) for each in (change.old, change.new)]
    shown = figures[0] if figures[0] == figures[1] else " -> ".join(figures)
    return [f"{subject}: {shown}  {numbers}", *_fields(change, change.old, change.new, language)]


def _fields(
    change: ResultChange, old: RecordedResult, new: RecordedResult, language: Language
) -> list[str]:
    lines = []
    for name in change.fields:
        before, after = (_text(each, name, language) for each in (old, new))
        said = name in ("actual", "status") or (
            name == "exact"
            and old.says["exact"] == _plain(old)
            and new.says["exact"] == _plain(new)
        )
        if not said:
            lines.append(f"    {label(f'verify.field.{name}', language)}: {before} -> {after}")
    return lines


def _plain(result: RecordedResult) -> str:
    """The actual as displayed, without the zeros that only fill it up."""
    actual = result.says["actual"]
    return actual.rstrip("0").rstrip(".") if "." in actual else actual


def _displayed(result: RecordedResult, language: Language) -> str:
    """The actual as displayed; the status where there is none."""
    actual = result.says["actual"]
    if actual:
        return _figure(actual, language)
    return visible(_status(result.says["status"], language))


def _status(status: str, language: Language) -> str:
    return label(f"status.{status}", language) if has_label(f"status.{status}") else status


def _text(result: RecordedResult, name: str, language: Language) -> str:
    text = result.says[name]
    if name == "achievement_status":
        return visible(_status(text, language))
    if name != "exact" and len(text) <= _LONGEST_QUOTIENT and _QUOTIENT.fullmatch(text):
        return f"{_figure(to_decimal_text(Fraction(text), 2), language)} ({text})"
    return _figure(text, language) if text else "-"


def _figure(text: str, language: Language) -> str:
    """A figure as the language writes it; any other text as it is."""
    if _DECIMAL.fullmatch(text):
        return to_grouped_text(text, language.numbers)
    return visible(text)


def _cause(cause: Cause, language: Language) -> str:
    """What changed, in a line: what it is, what it was and what it is now."""
    kind = label(f"verify.{cause.kind.value}", language)
    if cause.kind is CauseKind.NOTHING:
        return kind
    subject = " ".join(visible(part) for part in (kind, cause.subject) if part)
    if cause.kind is CauseKind.DEFINITION and cause.detail:
        subject = f"{subject}, {visible(cause.detail)}"
    if cause.kind in _FILES and cause.old and cause.new:
        return f"{subject}: {label('verify.other_content', language)}"
    if cause.kind in _FILES:
        return f"{subject}: {label('verify.come' if cause.new else 'verify.gone', language)}"
    unread = cause.kind is CauseKind.FIGURE
    nothing = label("verify.unread" if unread else "verify.none", language)
    old, new = (
        nothing if text is None else _figure(text, language) for text in (cause.old, cause.new)
    )
    if cause.kind is CauseKind.RENAMED:
        return f"{kind}: {old} -> {new}"
    where = f" ({visible(cause.detail)})" if cause.kind is CauseKind.FIGURE else ""
    return f"{subject}: {old} -> {new}{where}"
