"""The formula and unit of an indicator, one of each or by range of periods, -> its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pydantic_core import PydanticCustomError

from iku_engine.catalog.declared import FileContext
from iku_engine.catalog.forms import IndicatorForm
from iku_engine.catalog.model import FormulaVersion
from iku_engine.catalog.nodes import MappingNode, ScalarNode
from iku_engine.catalog.promise_leaves import PeriodRange, read_period_range
from iku_engine.catalog.shape import Definition
from iku_engine.diagnostics import quoted
from iku_engine.periods import Period

_EVER = PeriodRange(None, None)


def versions_of(
    id_: str, form: IndicatorForm, definition: Definition, context: FileContext
) -> tuple[FormulaVersion, ...]:
    """The versions of the formula, earliest first; one without ends where nothing changed.

    A unit keyed by ranges divides the versions further. Ranges that overlap are reported, and the
    periods that two of them claim have no formula. None at all where a mistake leaves none.
    """
    formulas = _texts("formula", form.formula, definition.node)
    units = _texts("unit", form.unit, definition.node)
    if not formulas or not units:
        _report_empty(id_, "unit" if formulas else "formula", definition, context)
        return ()
    _report_overlaps(id_, "formula", [held for held, _ in formulas], definition, context)
    _report_overlaps(id_, "unit", [held for held, _ in units], definition, context)
    versions = [
        FormulaVersion(shared.first, shared.last, formula.located, unit.text)
        for held, formula in formulas
        for when, unit in units
        if (shared := _shared(held, when)) is not None
    ]
    found = sorted(versions, key=lambda version: _start(version.first))
    if found:
        return tuple(_apart(found))
    message = f"`formula` and `unit` of {definition.what} hold for no period together"
    context.mistakes.add("IKU118", message, definition.key, "let their ranges meet", id_)
    return ()


def _texts(
    field: str, form: str | Mapping[PeriodRange, str], node: MappingNode
) -> list[tuple[PeriodRange, ScalarNode]]:
    """The text of a field with the periods it holds for, or of each of its versions."""
    value = node.value(field)
    if isinstance(value, ScalarNode):
        return [(_EVER, value)]
    found: list[tuple[PeriodRange, ScalarNode]] = []
    for key, entry in value.entries.items() if isinstance(value, MappingNode) else ():
        try:
            held = read_period_range(key)
        except PydanticCustomError:
            continue  # reported when the form was read
        if not isinstance(form, str) and held in form and isinstance(entry.value, ScalarNode):
            found.append((held, entry.value))
    return found


def _report_empty(id_: str, field: str, definition: Definition, context: FileContext) -> None:
    """A field by period without any; where there were some, their mistakes have been reported."""
    value = definition.node.value(field)
    if isinstance(value, MappingNode) and not value.entries:
        message = f"`{field}` of {definition.what} holds for no period"
        advice = "write it for the periods it holds"
        context.mistakes.add("IKU102", message, value.location, advice, id_)


def _shared(one: PeriodRange, other: PeriodRange) -> PeriodRange | None:
    """The periods that two ranges have in common."""
    firsts = [first for first in (one.first, other.first) if first is not None]
    lasts = [last for last in (one.last, other.last) if last is not None]
    first, last = max(firsts, default=None), min(lasts, default=None)
    if first is not None and last is not None and last < first:
        return None
    return PeriodRange(first, last)


def _apart(versions: Sequence[FormulaVersion]) -> list[FormulaVersion]:
    """The versions without the periods that two neighbours claim: which one holds is not known."""
    kept: list[FormulaVersion] = []
    for version in versions:
        earlier = kept[-1] if kept else None
        if earlier is None or _shared(_held(earlier), _held(version)) is None:
            kept.append(version)
            continue
        kept.pop()
        if version.first is not None:
            kept.append(replace(earlier, last=version.first.shifted(-1)))
        if earlier.last is not None:
            kept.append(replace(version, first=earlier.last.shifted(1)))
    return [version for version in kept if _shared(_held(version), _EVER) is not None]


def _held(version: FormulaVersion) -> PeriodRange:
    return PeriodRange(version.first, version.last)


def _start(first: Period | None) -> tuple[bool, Period]:
    return (first is not None, first or Period.of(1000))


def _report_overlaps(
    id_: str,
    field: str,
    ranges: Sequence[PeriodRange],
    definition: Definition,
    context: FileContext,
) -> None:
    ordered = sorted(ranges, key=lambda one: _start(one.first))
    where = definition.node.value(field) or definition.node
    for earlier, later in pairwise(ordered):
        shared = _shared(earlier, later)
        if shared is None:
            continue
        when = shared.first or shared.last
        message = f"two versions of `{field}` of {definition.what} hold for {quoted(str(when))}"
        advice = "end the earlier range before the later one begins: `..2020` and `2021..`"
        context.mistakes.add("IKU118", message, where.location, advice, id_)
