"""Evaluated values -> results: actual, target, achievement and rating for each asked point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from iku_engine.algebra.model import Input, OverMembers, OverRecords, Program, YearToDate
from iku_engine.binding.model import Binding, BoundIndicator
from iku_engine.catalog.model import RatedFigure
from iku_engine.evaluation.certainty import (
    TARGET_DECIMALS,
    UNCERTAIN,
    UNDECIDED,
    graded,
    sharpened,
    uncertain_words,
)
from iku_engine.evaluation.consolidation import CUMULATIVE, noted
from iku_engine.evaluation.decrees import NO_TARGET
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome, Reason, Status
from iku_engine.evaluation.rollup import members_of
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place, place_of
from iku_engine.results.model import ACHIEVEMENT_DECIMALS, Result, Results

_MADE_OF_STATUS = {Status.TOO_LARGE: Status.UNDEFINED, Status.ERROR: Status.UNDEFINED}


def compute_results(
    run: ExactEvaluation,
    indicators: Sequence[str],
    periods: Sequence[Period],
    dimensions: Sequence[str],
    *,
    to_date: bool = False,
) -> Results:
    """Results of these indicators, by these dimensions; the others are rolled up.

    An indicator that no input splits by a dimension has one row, at the whole. With `to_date` a
    longer period that has figures for only some of its shorter ones is made of those.
    """
    split = dimensions_of(run.binding)
    places = {
        name: _places(run, [d for d in dimensions if d in split.get(name, ())])
        for name in indicators
    }
    asked = {
        name: [(period, place) for period in periods for place in places[name]]
        for name in indicators
    }
    run.prepare(asked)
    rows = tuple(
        _asked_result(run, run.binding.indicators[name], period, place, to_date=to_date)
        for name in indicators
        for place in places[name]
        for period in periods
    )
    return Results.of(rows, tuple(periods), tuple(dimensions))


def dimensions_of(binding: Binding) -> dict[str, frozenset[str]]:
    """Per indicator the dimensions that its inputs are split by.

    A dimension that the formula itself runs over (`mean(x over d)`) does not split the result.
    """
    found: dict[str, frozenset[str]] = {
        name: frozenset(variable.dimensions) for name, variable in binding.variables.items()
    }
    for name in binding.order:
        programs = binding.indicators[name].programs
        split = [_split(program, binding, found) for program in programs]
        found[name] = frozenset[str]().union(*split)
    return found


def _split(
    program: Program, binding: Binding, known: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    dimensions: set[str] = set()
    for step in program.steps:
        match step:
            case Input(name=name):
                dimensions |= known.get(name, frozenset())
            case YearToDate(program=inner):
                dimensions |= _split(inner, binding, known)
            case OverMembers(program=inner, dimension=over):
                dimensions |= _split(inner, binding, known) - {over}
            case OverRecords(records=records):
                dimensions |= set(binding.records[records].dimensions)
    return frozenset(dimensions)


def _places(run: ExactEvaluation, kept: Sequence[str]) -> list[Place]:
    if not kept:
        return [WHOLE]
    members = [
        members_of(run.binding.dimensions.get(dimension), run.data, dimension) for dimension in kept
    ]
    return [place_of(dict(zip(kept, chosen, strict=True))) for chosen in product(*members)]


def _asked_result(
    run: ExactEvaluation, bound: BoundIndicator, period: Period, place: Place, *, to_date: bool
) -> Result:
    """The result of a period; to date, that of those of its shorter periods that there are."""
    indicator = bound.declared.id
    if to_date and not run.actual(indicator, period, place).ok:
        window = run.over_periods.to_date(indicator, period, place)
        if window is not None:
            part = run.over_periods.to(window)
            part.prepared(indicator, period, place)
            found = _certain_result(part, bound, period, place)
            if found.status is Status.OK:
                return replace(found, quality=(*found.quality, window.note))
    return _certain_result(run, bound, period, place)


def _certain_result(
    run: ExactEvaluation, bound: BoundIndicator, period: Period, place: Place
) -> Result:
    """A result, with as many digits as it needs for every figure and rating it shows."""

    def widened(finer: ExactEvaluation) -> Result:
        finer.prepared(bound.declared.id, period, place)
        return _result(finer, bound, period, place)

    return sharpened(_result(run, bound, period, place), run, widened, _is_open)


def _is_open(result: Result) -> bool:
    """Whether more digits may change what is shown."""
    reasons = (*result.reasons, *result.achievement_reasons, *result.rating_reasons)
    return any(reason.kind == UNDECIDED for reason in reasons) or any(
        word.startswith(UNCERTAIN) for word in result.quality
    )


def _result(run: ExactEvaluation, bound: BoundIndicator, period: Period, place: Place) -> Result:
    indicator = bound.declared
    actual = run.actual(indicator.id, period, place)
    promise = NO_TARGET if place else run.promise(indicator.id, period)
    target = promise.target
    reached = None if place else run.over_periods.reached(indicator.id, period, place)
    achievement = run.achievement(indicator.id, actual if reached is None else reached, promise)
    if reached is not None:
        achievement = noted(achievement, CUMULATIVE)
    status, reasons = _achievement_state(achievement, reached or actual, target)
    rating, hole = _rating(bound, actual, achievement, period)
    return Result(
        indicator,
        period,
        place,
        actual.status,
        _figure(actual),
        actual.reasons,
        _figure(target),
        _figure(achievement),
        status,
        reasons,
        bound.achievement.method if bound.achievement else "",
        rating,
        (
            *_quality_words(actual, achievement),
            *uncertain_words(
                (
                    ("actual", actual, indicator.decimals),
                    ("target", target, max(indicator.decimals, TARGET_DECIMALS)),
                    ("achievement", achievement, ACHIEVEMENT_DECIMALS),
                )
            ),
        ),
        hole,
        version=bound.version_at(period),
        target_low=_figure(promise.low),
        target_high=_figure(promise.high),
        target_basis=str(promise.basis or ""),
        target_label=promise.label,
        reached=None if reached is None else _figure(reached),
    )


def _quality_words(actual: Outcome, achievement: Outcome) -> tuple[str, ...]:
    """The quality of the actual, and what only the achievement brings: policies that applied."""
    words = dict.fromkeys((*actual.quality.words(), *achievement.quality.notes))
    if achievement.quality.approximate and not actual.quality.approximate:
        words["approximate:achievement"] = None
    return tuple(words)


def _achievement_state(
    achievement: Outcome, actual: Outcome, target: Outcome
) -> tuple[Status, tuple[Reason, ...]]:
    """The achievement's status is one of ok, no_target, missing and undefined.

    Reasons that the method itself gives know no period: they are about `actual` and `target`.
    """
    if achievement.ok or target.status is Status.NO_TARGET:
        return achievement.status, ()
    passed_on = {*actual.reasons, *target.reasons}
    reasons = tuple(
        reason if reason in passed_on else Reason(reason.kind, reason.subject)
        for reason in achievement.reasons
    )
    return _MADE_OF_STATUS.get(achievement.status, achievement.status), reasons


def _rating(
    bound: BoundIndicator, actual: Outcome, achievement: Outcome, period: Period
) -> tuple[str, tuple[Reason, ...]]:
    """The label of the band, or nothing and the reason that no band holds the figure."""
    rule, scale = bound.declared.rating, bound.rating
    if rule is None or scale is None:
        return "", ()
    figure = actual if rule.of is RatedFigure.ACTUAL else achievement
    if not figure.ok:
        return "", ()
    number = graded(scale, figure)
    if number is None:
        return "", (Reason(UNDECIDED, scale.name, period),)
    band = scale.band_of(number)
    return (band.label, ()) if band else ("", (Reason("hole", scale.name, period),))


def _figure(outcome: Outcome) -> Fraction | None:
    return outcome.number if outcome.ok else None
