"""Aggregates over records -> statements: one that sums up, one that names what is unknown."""

from __future__ import annotations

from dataclasses import dataclass

from iku_engine.algebra.model import OverRecords
from iku_engine.binding.model import BoundRecords
from iku_engine.evaluation.in_sql.steps import (
    ABOVE,
    BELOW,
    JUDGED,
    KEY,
    RANK,
    RANKED,
    Judged,
    judged,
    raw_columns,
)
from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql import statements
from iku_engine.language.sql.dialects import Declined
from iku_engine.language.sql.expressions import Sql
from iku_engine.language.sql.numbers import Numbers, Whole
from iku_engine.language.sql.statements import Statement, Step, printed
from iku_engine.sources.survey import Survey

_EXTREMES = ("min", "max")
_SQUARED = ("stdev", "stdev_pop")
_LISTED = ("gini",)
SEEN, COUNTED, UNKNOWN = "seen", "counted", "unknown"


@dataclass(frozen=True, slots=True)
class Reduction:
    """The statement of an aggregate, grouped by the columns of period and place.

    Its rows are those columns, how many records were seen, counted and unknown (not where
    `all_known`), and then the `measures`: whole numbers over `below`. A `listed` one has a row
    for every value that occurs, and at its end that value and what it is over.
    """

    statement: str
    measures: tuple[str, ...]
    below: int = 1
    listed: bool = False
    all_known: bool = False


def reduction_of(step: OverRecords, bound: BoundRecords, survey: Survey) -> Reduction:
    """What sums an aggregate up; `Declined` where nothing does so exactly.

    Values over divisors of their own have no sum that SQL could make; each of those that occur
    is then given, with how often it does.
    """
    made = judged(step, bound, survey)
    value = made.value
    if value is None:
        return _sums(made, survey, {}, 1)
    if step.function not in _LISTED and value.below.fixed:
        try:
            measures = _measures(step.function, value.above, made, survey)
        except Declined:  # sums may be too large where values are not
            return _listed(made, survey)
        return _sums(made, survey, measures, value.below.low)
    return _listed(made, survey)


def first_unknown(step: OverRecords, bound: BoundRecords, survey: Survey, most: int) -> str:
    """The statement that gives the first records of each period and place that are unknown."""
    made = judged(step, bound, survey, raw=True)
    unknown = made.is_unknown
    assert unknown is not None
    names = [f"r{number}" for number, _ in enumerate(raw_columns(survey), 1)]
    raw = [(name, sql.column(name)) for name in names]
    key = sql.sign_by_sign(sql.column(KEY), survey.dialect)
    rank = (RANK, statements.position([one for _, one in made.frame], [key], survey.dialect))
    ranked = Step([*made.frame, *raw, rank], [JUDGED], where=unknown)
    few = sql.compared("<=", sql.column(RANK), sql.whole(most, survey.dialect))
    last = Step([*made.frame, *raw], [RANKED], where=few)
    return printed(Statement(last, (*made.steps, (RANKED, ranked))), survey.dialect)


def _measures(function: str, above: Whole, made: Judged, survey: Survey) -> dict[str, Sql]:
    """What is asked of the values that count, by the word for it."""
    numbers = Numbers(survey.dialect)
    if function in _EXTREMES:
        pick = statements.least if function == "min" else statements.largest
        return {function: pick(_counted(above.sql, made))}
    found = {"sum": statements.total(_counted(_summable(above, survey, numbers).sql, made))}
    if function in _SQUARED:
        square = _summable(numbers.power(above, 2), survey, numbers)
        found["squares"] = statements.total(_counted(square.sql, made))
    return found


def _summable(value: Whole, survey: Survey, numbers: Numbers) -> Whole:
    """The same value, where a sum of as many as there are records is held exactly."""
    rows = numbers.fixed(max(1, survey.rows))
    numbers.times(rows, value)
    return value


def _counted(operand: Sql, made: Judged) -> Sql:
    return operand if made.held is None else sql.choice([(made.held, operand)])


def _sums(made: Judged, survey: Survey, measures: dict[str, Sql], below: int) -> Reduction:
    columns = [*made.frame, *_tallies(made), *measures.items()]
    last = Step(columns, [JUDGED], group=[one for _, one in made.frame])
    text = printed(Statement(last, made.steps), survey.dialect)
    return Reduction(text, tuple(measures), below, all_known=made.is_unknown is None)


def _listed(made: Judged, survey: Survey) -> Reduction:
    """Every value that counts, once, with how often it occurs."""
    assert made.value is not None
    counts, unknown = made.is_counted, made.is_unknown
    value = sql.choice([(counts, made.value.above.sql)])
    below = sql.choice([(counts, made.value.below.sql)])
    flags = [(COUNTED, counts), *([(UNKNOWN, unknown)] if unknown is not None else [])]
    flags = [(f"is {name}", one) for name, one in flags]
    each = Step([*made.frame, *flags, (ABOVE, value), (BELOW, below)], [JUDGED])
    read = [(name, sql.column(name)) for name in (*(name for name, _ in flags), ABOVE, BELOW)]
    tallies = [(SEEN, statements.rows())]
    tallies += [
        (name.removeprefix("is "), statements.how_many(one)) for name, one in read[: len(flags)]
    ]
    last = Step(
        [*made.frame, *tallies, *read[len(flags) :]],
        [RANKED],
        group=[one for _, one in (*made.frame, *read)],
    )
    text = printed(Statement(last, (*made.steps, (RANKED, each))), survey.dialect)
    return Reduction(text, (), listed=True, all_known=unknown is None)


def _tallies(made: Judged) -> list[tuple[str, Sql]]:
    unknown = made.is_unknown
    if unknown is None:
        return [(SEEN, statements.rows()), (COUNTED, statements.rows())]
    return [
        (SEEN, statements.rows()),
        (COUNTED, statements.how_many(made.is_counted)),
        (UNKNOWN, statements.how_many(unknown)),
    ]
