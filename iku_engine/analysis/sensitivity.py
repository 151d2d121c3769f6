"""Which input moves an indicator most: derivative, elasticity, and what one unit more does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from iku_engine.analysis.cells import InputCell, recomputed
from iku_engine.analysis.slopes import FLAT, TOO, Slope, Slopes
from iku_engine.diagnostics import quoted
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.irrational import to_significant
from iku_engine.evaluation.model import Outcome
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place
from iku_engine.sentences import sentence

MOST_EFFECTS = 200
"""For how many inputs the indicator is computed again with one unit more, at most."""

_FEWEST_EFFECTS = 5
_MOST_WORK = 300_000  # steps of all these computations together: some seconds


@dataclass(frozen=True, slots=True)
class InputEffect:
    """One input figure and what it does to the indicator.

    `elasticity` is by how many percent the indicator moves where the figure moves by one; it is
    None where the indicator is 0 or has no derivative. `effect` is the difference that one unit
    more makes, computed again; None where the indicator has no value then. `approximate` marks
    a derivative and an elasticity known to 50 digits.
    """

    cell: InputCell
    label: str
    unit: str
    figure: Fraction
    derivative: Fraction | None
    elasticity: Fraction | None
    effect: Fraction | None
    approximate: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariableEffect:
    """All figures of a variable in one period: the elasticity where they move together."""

    variable: str
    label: str
    period: Period
    inputs: int
    elasticity: Fraction | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The inputs of one result, the one that moves it most first.

    `reason` says why there are none. `notes` name what the indicator depends on and has no
    derivative.
    """

    indicator: str
    period: Period
    place: Place
    actual: Fraction | None
    inputs: tuple[InputEffect, ...] = ()
    variables: tuple[VariableEffect, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


def sensitivity(
    run: ExactEvaluation, indicator: str, period: Period, place: Place = WHOLE
) -> Sensitivity:
    """How the inputs move an indicator at the figures at hand, through chains of indicators."""
    if indicator not in run.binding.indicators:
        raise UsageError(f"there is no indicator {quoted(indicator)}")
    walk = Slopes(run)
    moved = walk.indicator(indicator, period, place)
    outcome = moved.outcome
    if not outcome.ok or not isinstance(outcome.value, Fraction):
        reasons = ";".join(str(reason) for reason in outcome.reasons)
        reason = sentence(
            "no_figure",
            indicator=indicator,
            period=str(period),
            reasons=reasons or outcome.status.value,
        )
        return Sensitivity(indicator, period, place, None, (), (), reason, moved.notes)
    effects = [_effect(run, cell, slope, outcome) for cell, slope in moved.slopes.items()]
    effects.sort(key=_by_elasticity)
    most = max(_FEWEST_EFFECTS, min(MOST_EFFECTS, _MOST_WORK // max(1, walk.work)))
    computed = [
        _with_one_more(run, effect, indicator, period, place, outcome.number)
        for effect in effects[:most]
    ]
    inputs = tuple(sorted((*computed, *effects[most:]), key=_by_elasticity))
    notes = moved.notes
    if len(effects) > most:
        notes = (*notes, sentence("first_inputs", most=most))
    none = sentence("no_derivative", indicator=indicator)
    why: str = "" if inputs else none
    variables = _by_variable(inputs)
    return Sensitivity(indicator, period, place, outcome.number, inputs, variables, why, notes)


def _effect(run: ExactEvaluation, cell: InputCell, slope: Slope, outcome: Outcome) -> InputEffect:
    declared = run.binding.variables[cell.variable].declared
    figure = run.data.observations[cell.variable, cell.period, cell.place].value or Fraction(0)
    elasticity, approximate = _elasticity(figure, slope, outcome)
    return InputEffect(
        cell,
        declared.label,
        declared.unit,
        figure,
        slope.value,
        elasticity,
        None,
        approximate,
        tuple(TOO if note == FLAT and slope.value else note for note in slope.notes),
    )


def _elasticity(figure: Fraction, slope: Slope, outcome: Outcome) -> tuple[Fraction | None, bool]:
    if slope.value is None or not outcome.value:
        return None, slope.approximate
    value = slope.value * figure / outcome.number
    if not value:
        return value, slope.approximate
    approximate = slope.approximate or outcome.quality.approximate
    return (to_significant(value) if approximate else value), approximate


def _with_one_more(
    run: ExactEvaluation,
    effect: InputEffect,
    indicator: str,
    period: Period,
    place: Place,
    before: Fraction,
) -> InputEffect:
    figures = {effect.cell: effect.figure + 1}
    after = recomputed(run, figures, indicator, period, place)
    notes, difference = effect.notes, None
    if after.ok:
        difference = after.number - before
    else:
        reasons = ";".join(str(reason) for reason in after.reasons)
        notes = (*notes, sentence("one_more_fails", reasons=reasons))
    return replace(effect, effect=difference, notes=notes)


def _by_elasticity(effect: InputEffect) -> tuple[bool, Fraction, bool, Fraction, InputCell]:
    elasticity, difference = effect.elasticity, effect.effect
    return (
        elasticity is None,
        -abs(elasticity or Fraction(0)),
        difference is None,
        -abs(difference or Fraction(0)),
        effect.cell,
    )


def _by_variable(inputs: Sequence[InputEffect]) -> tuple[VariableEffect, ...]:
    """The figures of one variable together, the variable that moves most first."""
    groups: dict[tuple[str, Period], list[InputEffect]] = {}
    for effect in inputs:
        groups.setdefault((effect.cell.variable, effect.cell.period), []).append(effect)
    found = []
    for (variable, period), members in groups.items():
        known = [effect.elasticity for effect in members if effect.elasticity is not None]
        together = sum(known, Fraction(0)) if len(known) == len(members) else None
        found.append(VariableEffect(variable, members[0].label, period, len(members), together))
    return tuple(sorted(found, key=lambda v: (v.elasticity is None, -abs(v.elasticity or 0))))
