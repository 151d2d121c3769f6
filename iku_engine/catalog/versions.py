"""The formula and unit of an indicator, one of each or by range of periods, -> its versions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pydantic_core import PydanticCustomError

from iku_engine.catalog.declared import FileContext
from iku_engine.catalog.forms import IndicatorForm
from iku_engine.catalog.model import FormulaVersion
from iku_engine.catalog.nodes import MappingNode, ScalarNode
from iku_engine.catalog.promise_leaves import PeriodRange, read_period_range
from iku_engine.catalog.shape import Definition
from iku_engine.diagnostics import LocatedText, quoted
from iku_engine.periods import Period

_EVER = PeriodRange(None, None)


def versions_of(
    id_: str, form: IndicatorForm, definition: Definition, context: FileContext
) -> tuple[FormulaVersion, ...]:
    """The versions of the formula, earliest first; one without ends where nothing changed.

    A unit keyed by ranges divides the versions further. Ranges that overlap are reported, and the
    later one gives way. None at all where a mistake leaves none.
    """
    formulas = _formulas(form, definition.node)
    units = form.unit if isinstance(form.unit, dict) else {_EVER: form.unit}
    if not formulas or not units:
        field = "unit" if formulas else "formula"
        where = (definition.node.value(field) or definition.node).location
        message = f"`{field}` of {definition.what} holds for no period"
        context.mistakes.add("IKU102", message, where, "write it for the periods it holds", id_)
        return ()
    _report_overlaps(id_, "formula", list(formulas), definition, context)
    _report_overlaps(id_, "unit", list(units), definition, context)
    versions = [
        FormulaVersion(shared.first, shared.last, formula, unit)
        for held, formula in formulas.items()
        for when, unit in units.items()
        if (shared := _shared(held, when)) is not None
    ]
    found = tuple(sorted(versions, key=lambda version: _start(version.first)))
    if found:
        return found
    message = f"`formula` and `unit` of {definition.what} hold for no period together"
    context.mistakes.add("IKU118", message, definition.key, "let their ranges meet", id_)
    return ()


def _formulas(form: IndicatorForm, node: MappingNode) -> dict[PeriodRange, LocatedText]:
    """The located text of the formula, or of each of its versions."""
    value = node.value("formula")
    if isinstance(value, ScalarNode):
        return {_EVER: value.located}
    found: dict[PeriodRange, LocatedText] = {}
    entries = value.entries if isinstance(value, MappingNode) else {}
    for key, entry in entries.items():
        try:
            held = read_period_range(key)
        except PydanticCustomError:
            continue  # reported when the form was read
        if held in form.formula and isinstance(entry.value, ScalarNode):
            found[held] = entry.value.located
    return found


def _shared(one: PeriodRange, other: PeriodRange) -> PeriodRange | None:
    """The periods that two ranges have in common."""
    firsts = [first for first in (one.first, other.first) if first is not None]
    lasts = [last for last in (one.last, other.last) if last is not None]
    first, last = max(firsts, default=None), min(lasts, default=None)
    if first is not None and last is not None and last < first:
        return None
    return PeriodRange(first, last)


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
