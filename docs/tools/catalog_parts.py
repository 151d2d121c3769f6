"""Generated parts of the pages of catalogs: what a catalog holds and what is found in it.

`<!-- generated: catalog PART NAME -->` in `definitions/NAME/README.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from docs.tools.averaging_part import averaging_part
from docs.tools.blocks import table
from docs.tools.formulations_part import formulations_part
from iku_engine.audit.model import Audit, AuditedCell, Verdict
from iku_engine.catalog.model import Indicator, PlanNode
from iku_engine.diagnostics import Diagnostic
from iku_engine.engine import Engine
from iku_engine.reports.audit_words import AuditWords
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names

DEFINITIONS = Path(__file__).parents[2] / "definitions"
_FIRST_REASONS = 3


def catalog_part(rest: str) -> str:
    """One generated part: its word, the catalog's name and what the part asks for beside."""
    word, name, *more = rest.split()
    return _PARTS[word](name, *more)


@cache
def _opened(name: str) -> tuple[Engine, Audit]:
    engine = Engine.open(DEFINITIONS / name, discover=False)
    return engine, engine.audit()[0]


def contents_part(name: str) -> str:
    """What the catalog holds, counted."""
    engine, audit = _opened(name)
    catalog = engine.catalog
    levels = Counter(node.level.value.replace("_", " ") for node in catalog.plan.values())
    promised = sum(
        len(indicator.targets.periods)
        for indicator in catalog.indicators.values()
        if indicator.targets is not None
    )
    rows = [
        *((level, str(count)) for level, count in levels.items()),
        ("owners", str(len(catalog.owners))),
        ("indicators", str(len(catalog.indicators))),
        ("targets given", str(promised)),
        ("printed figures to audit", str(len(audit))),
    ]
    return table(("", "count"), rows)


def audit_part(name: str) -> str:
    """The verdicts, and every cell that the definitions do not reproduce, with what explains it."""
    engine, audit = _opened(name)
    words = AuditWords(engine.catalog, Names.of(engine.catalog), Language.EN)
    verdicts = [
        (verdict.value.replace("_", " "), str(count))
        for verdict, count in audit.counts.items()
        if count
    ]
    found = [_audited(words, cell) for cell in audit if cell.verdict is not Verdict.REPRODUCED]
    parts = [table(("verdict", "cells"), verdicts)]
    if found:
        heading = ("place", "column", "period", "printed", "recomputed", "what may explain it")
        parts.append(table(heading, found))
    return "\n".join(parts)


def _audited(words: AuditWords, cell: AuditedCell) -> tuple[str, ...]:
    printed = cell.printed
    explained = words.explained(cell)
    more = len(explained) - _FIRST_REASONS
    shown = "; ".join(explained[:_FIRST_REASONS]) + (f"; {more} more" if more > 0 else "")
    if not shown and cell.verdict is Verdict.NOT_REPRODUCED:
        shown = "no rule that was tried"
    return (
        f"`{printed.place}`",
        printed.column.value,
        str(printed.period),
        printed.text or "(blank)",
        words.figure(printed, cell),
        shown,
    )


def findings_part(name: str) -> str:
    """All findings of `iku check`: counted by code, then one by one."""
    found = _opened(name)[0].check()
    if not found:
        return "Nothing.\n"
    count = Counter(one.code for one in found)
    titles = {one.code: (one.severity.value, one.title) for one in found}
    rows = [(code, *titles[code], str(count[code])) for code in sorted(count)]
    parts = [table(("code", "severity", "what", "findings"), rows)]
    each = sorted(found, key=lambda one: one.code)
    parts.append(table(("code", "place", "finding"), [_finding(one) for one in each]))
    return "\n".join(parts)


def _finding(found: Diagnostic) -> tuple[str, str, str]:
    where = found.location
    place = f"{Path(where.file).name}:{where.line}" if where else found.subject
    return found.code, place, found.message


def accepted_part(name: str) -> str:
    """The findings that were looked at and are no mistakes, each with its reason."""
    catalog = _opened(name)[0].catalog
    holders: list[PlanNode | Indicator] = [*catalog.plan.values(), *catalog.indicators.values()]
    rows = [
        (code, f"`{holder.id}`", reason)
        for holder in holders
        for code, reason in holder.accepted.items()
    ]
    if not rows:
        return "None.\n"
    return table(("code", "where", "why it is no mistake"), sorted(rows))


def _averaging(name: str, left_out: str) -> str:
    return averaging_part(*_opened(name), left_out)


_PARTS: Mapping[str, Callable[..., str]] = {
    "contents": contents_part,
    "audit": audit_part,
    "findings": findings_part,
    "accepted": accepted_part,
    "averaging": _averaging,
    "formulations": lambda name: formulations_part(_opened(name)[0]),
}
