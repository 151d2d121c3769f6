"""Rules applied to a catalog: what they find, without what a line of it accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from iku_engine.catalog.model import Catalog, Indicator, PlanNode
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.codes import CODES, Code
from iku_engine.diagnostics import Diagnostic, did_you_mean, quoted

DEAD = "IKU620"
"""An `accept` of a code that finds nothing there."""

_OWN_CODES = "IKU"


def run_rules(checked: CheckedCatalog, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """The findings of all rules, one bad rule never stopping the others."""
    by_code = {rule.code: rule for rule in rules}
    accepting = _accepting(checked.catalog)
    used: set[tuple[str, str]] = set()
    silent: set[str] = set()  # rules whose findings are not known
    for rule in by_code.values():
        if not checked.has(rule.needs):
            silent.add(rule.code)
            continue
        for found in _findings(rule, checked):
            if found.code != rule.code:
                silent.add(rule.code)
            holder = accepting.get(found.subject)
            if holder is not None and found.code in holder.accepted:
                used.add((found.subject, found.code))
            else:
                yield found
    for holder in accepting.values():
        for code in holder.accepted:
            if code not in silent and (holder.id, code) not in used:
                yield from _dead(holder, code, by_code)


def _accepting(catalog: Catalog) -> dict[str, Indicator | PlanNode]:
    """The indicators and plan nodes that accept any finding; their ids share one namespace."""
    holders: list[Indicator | PlanNode] = [*catalog.indicators.values(), *catalog.plan.values()]
    return {holder.id: holder for holder in holders if holder.accepted}


def _findings(rule: Rule, checked: CheckedCatalog) -> Iterator[Diagnostic]:
    """What one rule finds, under its own code; a plugin that raises is told instead."""
    meaning = None if rule.code in CODES else Code(rule.severity, rule.title)
    try:
        for found in rule.find(checked):
            if not isinstance(found, Diagnostic):
                raise TypeError(f"a {type(found).__name__} is no finding")
            yield replace(found, code=rule.code, meaning=meaning)
    except (Exception, SystemExit) as failure:  # a plugin may raise anything
        problem = f"{type(failure).__name__}: {failure}"[:200]
        message = f"the check `{rule.code}` of {rule.origin} failed: {problem}"
        yield Diagnostic("IKU903", message, subject=rule.name)


def _dead(
    holder: Indicator | PlanNode, code: str, rules: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    """A hint that an exception is no longer needed; codes of plugins not loaded are left alone."""
    where = holder.locations.get("accept", holder.location)
    if code in rules:
        message = f"{quoted(holder.id)} accepts {quoted(code)}, which finds nothing there"
        yield Diagnostic(DEAD, message, where, "remove it from `accept`", holder.id)
    elif code.startswith(_OWN_CODES):
        message = f"{quoted(holder.id)} accepts {quoted(code)}, which is no code of a check"
        help_ = did_you_mean(code, rules) or "remove it from `accept`"
        yield Diagnostic(DEAD, message, where, help_, holder.id)
