"""What `iku check` says about formulations, as diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import PurePath

from iku_engine.analysis.compare import NOW, Sample
from iku_engine.analysis.formulation import (
    Agreement,
    Formulations,
    Judgement,
    Twin,
    is_count,
    is_taken_as_it_is,
)
from iku_engine.binding.model import Binding, BoundIndicator
from iku_engine.catalog.model import Catalog, Indicator
from iku_engine.diagnostics import Diagnostic, Location, quoted
from iku_engine.evaluation.model import Outcome
from iku_engine.language.formulation import Labels, Unknown
from iku_engine.language.model import Node
from iku_engine.language.to_text import to_text
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import decimal_text, is_decimal, to_decimal_text

_LONGEST_TEXT = 200
_LONGEST_FIGURE = 20


def check_formulations(catalog: Catalog, binding: Binding) -> Iterator[Diagnostic]:
    """Formulations that say something else than the formula, or cannot be read (IKU501 to 504)."""
    formulations = Formulations(catalog, binding)
    for bound, judgement in formulations.judgements():
        found = _finding(bound, judgement, formulations.labels)
        if found is not None:
            yield found
    for twin in formulations.twins():
        yield _twins(twin, binding)


def _finding(bound: BoundIndicator, judgement: Judgement, labels: Labels) -> Diagnostic | None:
    match judgement.agreement:
        case Agreement.DIFFERENT:
            return _different(bound.declared, judgement, labels)
        case Agreement.AMBIGUOUS:
            return _ambiguous(bound.declared, judgement)
        case Agreement.UNREADABLE if not is_taken_as_it_is(bound):
            return _unreadable(bound.declared, judgement)
        case Agreement.REPORTED if not (is_taken_as_it_is(bound) or is_count(bound)):
            message = "the formulation says that the figure is reported, the formula computes it"
            help_ = "write the calculation into the formulation, or use `reported(...)`"
            return _at(bound.declared, "IKU501", message, help_)
    return None


def _unreadable(declared: Indicator, judgement: Judgement) -> Diagnostic:
    reading = judgement.reading
    unknown = reading.unknown
    if unknown is None:
        message = f"the formulation cannot be read: {reading.note}"
        return _at(declared, "IKU501", message, "write it with the labels of the catalog")
    message = f"the formulation cannot be read at {quoted(unknown.word)}"
    if reading.note:
        message += f": {reading.note}"
    help_ = (
        f"the nearest label is {quoted(unknown.nearest)} (`{unknown.id}`)"
        if unknown.nearest
        else "write it with the labels of the catalog"
    )
    return _at(declared, "IKU501", message, help_, unknown)


def _different(declared: Indicator, judgement: Judgement, labels: Labels) -> Diagnostic:
    reading = judgement.reading
    shown = _shown(reading.readings[0])
    message = f"the formulation says something else than the formula: it reads {shown}"
    sample = judgement.comparison.sample if judgement.comparison else None
    parts = [sample_text(sample, "the formula", "the formulation")] if sample else []
    parts += dict.fromkeys(
        f"{quoted(declared.formulation[taken.start : taken.end])} "
        f"was taken for {quoted(labels.of(taken.id))}"
        for taken in reading.taken
        if not taken.exact
    )
    return _at(declared, "IKU502", message, "; ".join(parts))


def _ambiguous(declared: Indicator, judgement: Judgement) -> Diagnostic:
    reading = judgement.reading
    number = len(reading.readings)
    meant = _shown(reading.readings[judgement.equal[0]])
    lacks = f"the formulation is malformed ({reading.note})" if reading.malformed else ""
    if number == 1:
        message = f"{lacks}, it is read as {meant}"
    else:
        others = " or ".join(
            _shown(tree) for i, tree in enumerate(reading.readings) if i not in judgement.equal
        )
        several = f"{lacks} and" if lacks else "the formulation"
        message = f"{several} has {number} readings: the formula is {meant}, not {others}"
        if not others:
            message = f"{several} has {number} readings, all equal to {meant}"
    return _at(declared, "IKU503", message, f"print every bracket and divisor, as {meant} does")


def _twins(twin: Twin, binding: Binding) -> Diagnostic:
    first = binding.indicators[twin.first].declared
    second = binding.indicators[twin.second].declared
    where = first.formula.location
    place = f"{PurePath(where.file).name}:{where.line}"
    message = (
        f"`{twin.second}` has the name of `{twin.first}` ({place}) "
        "and a formula that is not equal to it"
    )
    sample = twin.comparison.sample
    help_ = sample_text(sample, f"`{twin.first}`", f"`{twin.second}`") if sample else ""
    help_ = help_ or "use one formula for both, or two names"
    return Diagnostic("IKU504", message, second.formula.location, help_, twin.second)


def sample_text(sample: Sample, first: str, second: str) -> str:
    """A sample in words: the figures put in, and what the one and the other give."""
    figures = [f"`{_input(name, period)}` = {_figure(v)}" for name, period, v in sample.inputs]
    given = f"with {' and '.join(figures)}, " if figures else ""
    return f"{given}{first} gives {_outcome(sample.first)} and {second} {_outcome(sample.second)}"


def _input(name: str, period: Period) -> str:
    """The input as a formula writes it, its period seen from the sample's own."""
    if period.frequency is not Frequency.MONTH:
        return f"{name}[{period}]"
    back = NOW.number - period.number
    years, periods = divmod(back, 12)
    if back < 0:
        return f"{name}[{period}]"
    if years and not periods:
        return f"{name}[y-{years}]"
    return f"{name}[t-{back}]" if back else name


def _outcome(outcome: Outcome) -> str:
    if isinstance(outcome.value, Fraction):
        return _figure(outcome.value)
    return str(outcome.value) if outcome.ok else f"no value ({outcome.status})"


def _figure(value: Fraction) -> str:
    exact = decimal_text(value) if is_decimal(value) else ""
    if exact and len(exact) <= _LONGEST_FIGURE:
        return exact
    return f"about {to_decimal_text(value, 4)}"


def _shown(tree: Node) -> str:
    text = to_text(tree)
    return f"`{text}`" if len(text) <= _LONGEST_TEXT else f"`{text[:_LONGEST_TEXT]}...`"


def _at(
    declared: Indicator, code: str, message: str, help_: str, unknown: Unknown | None = None
) -> Diagnostic:
    where = declared.locations.get("formulation", declared.location)
    if unknown is not None:
        where = _within(where, declared.formulation, unknown)
    return Diagnostic(code, message, where, help_, declared.id)


def _within(where: Location, formulation: str, unknown: Unknown) -> Location:
    """The word itself, where the file writes the formulation on one line as it is."""
    for column in (where.column, where.column + 1):  # bare, or behind a quotation mark
        if where.text[column - 1 :].startswith(formulation):
            length = max(1, unknown.end - unknown.start)
            return replace(where, column=column + unknown.start, length=length)
    return where
