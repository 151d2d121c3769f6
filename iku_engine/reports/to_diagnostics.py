"""Diagnostics -> text with the line and a caret, or mappings for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic, Location
from iku_engine.reports.escape import visible, width_of

Plain: TypeAlias = str | int | None

_BEFORE, _SHOWN = 80, 160  # signs of a long line shown before the mistake, and in all
_CUT = "..."


def to_diagnostics(diagnostics: Sequence[Diagnostic]) -> str:
    """All diagnostics under each other and a line that counts them; empty without any."""
    if not diagnostics:
        return ""
    parts = [*map(diagnostic_text, diagnostics), summary(diagnostics)]
    return "\n\n".join(parts) + "\n"


def diagnostic_text(diagnostic: Diagnostic) -> str:
    """Code and sentence, place, line with caret, help. An error needs no word that it is one."""
    kind = "" if diagnostic.severity is Severity.ERROR else f"{diagnostic.severity}: "
    lines = [f"{diagnostic.code} {kind}{visible(diagnostic.message)}"]
    if diagnostic.location is not None:
        lines += _located(diagnostic.location)
    if diagnostic.help:
        lines.append(f"help: {visible(diagnostic.help)}")
    return "\n".join(lines)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`, or that there is nothing to report."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) or "no mistakes found"


def diagnostic_rows(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Plain]]:
    """One mapping a diagnostic; line, column and length are numbers, null without a place."""
    return [_row(diagnostic) for diagnostic in diagnostics]


def _located(where: Location) -> list[str]:
    """The place, and the line with a caret under the stretch that is meant."""
    number = str(where.line)
    gutter = " " * len(number)
    place = f", {visible(where.spot)}" if where.spot else f":{where.line}:{where.column}"
    lines = [f"{gutter}--> {visible(where.file)}{place}"]
    if where.text:
        shown, before, length = _marked(where)
        carets = " " * before + "^" * length
        lines += [f"{gutter} |", f"{number} | {shown}", f"{gutter} | {carets}"]
    return lines


def _marked(where: Location) -> tuple[str, int, int]:
    """The line as shown, and where the carets begin and how many there are, in columns."""
    start = max(0, where.column - 1)
    end = start + max(1, where.length)
    first = max(0, start - _BEFORE) if len(where.text) > _SHOWN else 0
    last = first + _SHOWN
    before = (_CUT if first else "") + visible(where.text[first:start])
    marked = visible(where.text[start : min(end, last)])
    after = visible(where.text[min(end, last) : last]) + (_CUT if last < len(where.text) else "")
    return before + marked + after, width_of(before), max(1, width_of(marked))


def _row(diagnostic: Diagnostic) -> dict[str, Plain]:
    where = diagnostic.location
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "title": diagnostic.title,
        "message": diagnostic.message,
        "file": where.file if where else None,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "length": where.length if where else None,
        "help": diagnostic.help or None,
        "subject": diagnostic.subject or None,
    }
