"""Rules applied to a catalog: what is found, without what a line of it accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from iku_engine.catalog.model import Catalog, Indicator, PlanNode
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.codes import CODES, Code, Severity
from iku_engine.diagnostics import Diagnostic, did_you_mean, quoted

DEAD = "IKU620"
"""An `accept` of a code that finds nothing there."""

_OWN_CODES = "IKU"


def run_rules(
    checked: CheckedCatalog, rules: Iterable[Rule], others: Iterable[Diagnostic] = ()
) -> Iterator[Diagnostic]:
    """The findings of all rules, one bad rule never stopping the others.

    `others` is what else was found: its warnings and hints may be accepted too, errors never.
    """
    by_code = {rule.code: rule for rule in rules}
    accepting = _accepting(checked.catalog)
    used: set[tuple[str, str]] = set()
    silent: set[str] = set()  # rules whose findings are not known
    for found in chain(others, _all_findings(by_code.values(), checked, silent)):
        holder = accepting.get(found.subject)
        is_error = found.severity is Severity.ERROR
        if holder is not None and found.code in holder.accepted and not is_error:
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


def _all_findings(
    rules: Iterable[Rule], checked: CheckedCatalog, silent: set[str]
) -> Iterator[Diagnostic]:
    """The findings of the rules that can run; the others, and those that fail, are `silent`."""
    for rule in rules:
        if not checked.has(rule.needs):
            silent.add(rule.code)
            continue
        for found in _findings(rule, checked):
            if found.code != rule.code:
                silent.add(rule.code)
            yield found


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
    """A hint that an exception is not needed.

    Codes of plugins that are not loaded are left alone, and findings of other stages, which may
    depend on data.
    """
    where = holder.locations.get("accept", holder.location)
    help_ = "remove it from `accept`"
    if code in rules:
        reason = "which finds nothing there"
    elif code in CODES:
        if CODES[code].severity is not Severity.ERROR:
            return
        reason = "which is an error and is never accepted"
    elif code.startswith(_OWN_CODES):
        reason = "which is no code"
        help_ = did_you_mean(code, rules) or help_
    else:
        return
    message = f"{quoted(holder.id)} accepts {quoted(code)}, {reason}"
    yield Diagnostic(DEAD, message, where, help_, holder.id)
