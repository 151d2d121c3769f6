"""One input figure by name, and the same data with another figure in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from iku_engine.binding.model import Binding
from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place, place_of, place_text
from iku_engine.sources.model import Data, Observation, Origin

_TEXT = re.compile(
    r"(?P<variable>[^@\[\]]+)(?:@(?P<period>[^@\[\]]+))?(?:\[(?P<place>[^\[\]]*)\])?"
)
_ASSUMED = Origin("assumed", "", 0, "")


@dataclass(frozen=True, slots=True, order=True)
class InputCell:
    """A variable at a period and place: `umkm@2020[kecamatan=Sekincau]`."""

    variable: str
    period: Period
    place: Place = WHOLE

    def __str__(self) -> str:
        where = f"[{place_text(self.place)}]" if self.place else ""
        return f"{self.variable}@{self.period}{where}"


def parse_cell(text: str, binding: Binding, period: Period, place: Place) -> InputCell:
    """Read `umkm`, `umkm@2019` or `umkm@2019[kecamatan=Sekincau]`.

    What is not named is the period and place asked for. Raises `UsageError` for anything else.
    """
    match = _TEXT.fullmatch(text.strip()) if len(text) <= 400 else None
    if match is None:
        raise UsageError(f"{quoted(text)} names no input: write `variable` or `variable@2020`")
    name = match["variable"].strip()
    if name in binding.indicators:
        raise UsageError(f"{quoted(name)} is an indicator: name one of the variables it reads")
    if name not in binding.variables:
        help_ = did_you_mean(name, binding.variables)
        raise UsageError(f"there is no variable {quoted(name)}{f': {help_}' if help_ else ''}")
    try:
        when = Period.parse(match["period"]) if match["period"] else period
        members = [part.split("=", 1) for part in (match["place"] or "").split(",") if part]
        where = place_of({key.strip(): member.strip() for key, member in members})
    except ValueError as mistake:
        raise UsageError(f"{quoted(text)} names no input: {mistake}") from None
    for dimension, _ in where:
        if dimension not in binding.dimensions:
            help_ = did_you_mean(dimension, binding.dimensions)
            hint = f": {help_}" if help_ else ""
            raise UsageError(f"there is no dimension {quoted(dimension)}{hint}")
    return InputCell(name, when, where if match["place"] is not None else place)


def current_figure(run: ExactEvaluation, cell: InputCell) -> Fraction | None:
    """The figure of a cell in the data, or None where there is none."""
    outcome = run.figure(cell.variable, cell.period, cell.place).outcome
    return outcome.number if outcome.ok else None


def with_figures(run: ExactEvaluation, figures: dict[InputCell, Fraction]) -> ExactEvaluation:
    """A run over the same data with these figures put in, or in the place of those there."""
    observations = dict(run.data.observations)
    members = {name: dict.fromkeys(found) for name, found in run.data.members.items()}
    for cell, value in figures.items():
        key = (cell.variable, cell.period, cell.place)
        found = observations.get(key) or Observation(*key, value, _ASSUMED)
        observations[key] = replace(found, value=value, printed="")
        for dimension, member in cell.place:
            members.setdefault(dimension, {})[member] = None
    data = Data(
        observations,
        run.data.records,
        {name: tuple(found) for name, found in members.items()},
        surveys=run.data.surveys,
    )
    return ExactEvaluation(run.binding, data, as_of=run.as_of)


def recomputed(
    run: ExactEvaluation,
    figures: dict[InputCell, Fraction],
    indicator: str,
    period: Period,
    place: Place,
) -> Outcome:
    """An indicator computed anew with these figures."""
    moved = with_figures(run, figures)
    moved.prepare({indicator: [(period, place)]})
    return moved.actual(indicator, period, place)
