"""The forms of plan nodes, summaries and the document -> their records."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from iku_engine.catalog.declared import FileContext
from iku_engine.catalog.forms import DocumentForm, PlanNodeForm, SummaryForm
from iku_engine.catalog.from_forms import located_at, locations_of
from iku_engine.catalog.model import (
    CountedLines,
    Document,
    EmptyChild,
    Measure,
    PlanNode,
    Summary,
    SummaryWeight,
)
from iku_engine.catalog.shape import Definition
from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat

WHOLE = "total"
"""What printed figures call the whole plan: no node has this id."""


def node_of(
    id_: str, form: PlanNodeForm, definition: Definition, context: FileContext
) -> PlanNode | None:
    """A node of the plan; without an owner of its own it has that of the file."""
    if id_ == WHOLE:
        message = f"{quoted(WHOLE)} stands for the whole plan and is no id of a node"
        context.mistakes.add("IKU106", message, definition.key, "choose another id", id_)
        return None
    weight = form.weight
    if weight is not None and weight < 0:
        where = (definition.node.value("weight") or definition.node).location
        message = f"the weight of {definition.what} is below 0"
        context.mistakes.add("IKU104", message, where, "write 0 to leave it out of the mean", id_)
        weight = None
    return PlanNode(
        id=id_,
        level=form.level,
        name=form.name,
        location=definition.key,
        parent=form.parent or "",
        code=form.code or "",
        no=form.no or "",
        owner=form.owner or context.owner,
        budget=_money("budget", form.budget, definition, context),
        spent=_money("spent", form.spent, definition, context),
        counted=form.counted is not False,
        weight=weight,
        obstacles=form.obstacles or "",
        follow_up=form.follow_up or "",
        note=form.note or "",
        accepted=form.accept or {},
        locations=locations_of(definition.node),
    )


def _money(
    field: str,
    written: Mapping[Period, Fraction] | Fraction | None,
    definition: Definition,
    context: FileContext,
) -> Mapping[Period, Fraction]:
    """Money by period; a figure alone belongs to the only year of the file's periods."""
    if written is None:
        return {}
    if not isinstance(written, Fraction):
        return dict(written)
    periods = (context.header.periods if context.header else None) or ()
    if len(periods) == 1:
        return {periods[0]: written}
    years = {period.year for period in periods}
    if len(years) == 1:
        return {Period.of(years.pop()): written}
    where = (definition.node.value(field) or definition.node).location
    message = f"`{field}` of {definition.what} does not say for which period"
    advice = f"write `{field}: {{2024: ...}}`, or give the file periods of one year"
    context.mistakes.add("IKU105", message, where, advice, definition.subject)
    return {}


def summary_of(
    id_: str, form: SummaryForm, definition: Definition, context: FileContext
) -> Summary | None:
    """How a measure is summed up; None for a measure that does not exist."""
    known = [measure.value for measure in Measure]
    if id_ not in known:
        message = f"{quoted(id_)} is not a measure of plan nodes"
        advice = did_you_mean(id_, known) or f"known: {', '.join(f'`{one}`' for one in known)}"
        context.mistakes.add("IKU101", message, definition.key, advice, id_)
        return None
    return Summary(
        Measure(id_),
        form.method,
        definition.key,
        form.weight or SummaryWeight.DECLARED,
        form.empty or EmptyChild.MISSING,
        form.lines or CountedLines.ALL,
    )


def document_of(form: DocumentForm, definition: Definition, context: FileContext) -> Document:
    """The document that is transcribed."""
    return Document(
        location=definition.key,
        title=form.title or "",
        form=form.form or "",
        header=tuple((form.header or {}).items()),
        counts=form.counts or {},
        printed=located_at(definition.node, "printed") if form.printed else None,
        folder=context.folder,
        numbers=form.numbers or NumberFormat.ID,
        obstacles=form.obstacles or "",
        follow_up=form.follow_up or "",
    )
