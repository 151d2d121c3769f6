"""The values of targets, plans and documents: text read into ranges, dates, counts, choices.

As in `leaves.py`, a reader raises a `PydanticCustomError` whose type is a code of `codes.py`.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from iku_engine.catalog.leaves import (
    LONGEST_LABEL,
    choice_of,
    choices_schema,
    figure_or,
    period_of,
    read_figure,
    refuse,
    text_of,
)
from iku_engine.catalog.model import (
    Consolidation,
    CountedLines,
    EmptyChild,
    Level,
    Measure,
    PathKind,
    Phasing,
    SummaryMethod,
    SummaryWeight,
    TargetRange,
)
from iku_engine.dates import read_date
from iku_engine.diagnostics import quoted
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import Rounding

_LABEL = re.compile(r"[^\W\d_][^0-9]*")  # a grade begins with a letter and has no digit
_RANGE_SIGN = ".."
_CODE_PATTERN = r"^[A-Z]{3,8}[0-9]{3}$"
_CODE = re.compile(_CODE_PATTERN[1:-1])
_OVER = {"quarter": Frequency.QUARTER, "month": Frequency.MONTH}
_MOST = 1_000_000


class PeriodRange(NamedTuple):
    """The periods from `first` to `last`; None leaves that end open."""

    first: Period | None
    last: Period | None


TargetText: TypeAlias = "Fraction | TargetRange | str | None"
"""A promise as written: a figure, a range, a grade, or `-` for none."""


def _target(value: object) -> TargetText:
    if value is None or value == "-":
        return None
    if isinstance(value, Fraction):
        return value
    text = text_of(value, kind="a target").strip()
    low, dots, high = text.partition(_RANGE_SIGN)
    if dots:
        return TargetRange(read_figure(low), read_figure(high))
    return text if _LABEL.fullmatch(text) else read_figure(text)


def read_period_range(value: object) -> PeriodRange:
    """A range of periods as definitions write it: `2018..2020`, `..2020`, `2021..`."""
    text = text_of(value, kind="a range of periods").strip()
    low, dots, high = text.partition(_RANGE_SIGN)
    try:
        first = period_of(low.strip()) if low.strip() else None
        last = period_of(high.strip()) if high.strip() else None
    except ValueError as problem:
        refuse("IKU105", f"{quoted(text)} is not a range of periods", str(problem))
    if first is None and last is None:
        help_ = "write `2018..2020`, `..2020`, `2021..` or a single period"
        refuse("IKU105", f"{quoted(text)} is not a range of periods", help_)
    if first is not None and last is not None and last < first:
        help_ = "write the earlier period first"
        refuse("IKU105", f"{quoted(text)} runs backwards", help_)
    return PeriodRange(first, last if dots else first)


def _date(value: object) -> date:
    text = text_of(value, kind="a date")
    try:
        return read_date(text)
    except ValueError as problem:
        refuse("IKU105", f"{quoted(text)} is not a date", str(problem))


def _over(value: object) -> Frequency:
    text = text_of(value, kind="a word")
    if text not in _OVER:
        refuse("IKU103", f"is `quarter` or `month`, not {quoted(text)}")
    return _OVER[text]


def _count(value: object) -> int:
    text = text_of(value, kind="a whole number").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= _MOST):
        refuse("IKU103", f"is a whole number from 0 to {_MOST:,}, not {quoted(text)}")
    return int(text)


def _code(value: object) -> str:
    text = text_of(value, LONGEST_LABEL, "the code of a check").strip()
    if not _CODE.fullmatch(text):
        refuse("IKU106", f"{quoted(text)} is not the code of a check", "write it as `IKU601`")
    return text


TargetCell: TypeAlias = Annotated[
    Fraction | TargetRange | str | None,
    PlainValidator(_target),
    figure_or({"type": "string"}, {"type": "null"}),
]
PeriodRangeKey: TypeAlias = Annotated[
    PeriodRange,
    PlainValidator(read_period_range),
    WithJsonSchema({"type": "string", "pattern": r"^.*[12][0-9]{3}.*$"}),
]
Day: TypeAlias = Annotated[
    date, PlainValidator(_date), WithJsonSchema({"type": "string", "format": "date"})
]
OverWord: TypeAlias = Annotated[
    Frequency, PlainValidator(_over), WithJsonSchema({"type": "string", "enum": list(_OVER)})
]
Count: TypeAlias = Annotated[
    int,
    PlainValidator(_count),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]}
    ),
]
CheckCode: TypeAlias = Annotated[
    str, PlainValidator(_code), WithJsonSchema({"type": "string", "pattern": _CODE_PATTERN})
]
ConsolidationWord: TypeAlias = Annotated[
    Consolidation, PlainValidator(choice_of(Consolidation)), choices_schema(Consolidation)
]
PhasingWord: TypeAlias = Annotated[
    Phasing, PlainValidator(choice_of(Phasing)), choices_schema(Phasing)
]
PathWord: TypeAlias = Annotated[
    PathKind, PlainValidator(choice_of(PathKind)), choices_schema(PathKind)
]
RoundingWord: TypeAlias = Annotated[
    Rounding, PlainValidator(choice_of(Rounding)), choices_schema(Rounding)
]
LevelWord: TypeAlias = Annotated[Level, PlainValidator(choice_of(Level)), choices_schema(Level)]
MeasureKey: TypeAlias = Annotated[
    Measure, PlainValidator(choice_of(Measure)), choices_schema(Measure)
]
SummaryMethodWord: TypeAlias = Annotated[
    SummaryMethod, PlainValidator(choice_of(SummaryMethod)), choices_schema(SummaryMethod)
]
SummaryWeightWord: TypeAlias = Annotated[
    SummaryWeight, PlainValidator(choice_of(SummaryWeight)), choices_schema(SummaryWeight)
]
EmptyWord: TypeAlias = Annotated[
    EmptyChild, PlainValidator(choice_of(EmptyChild)), choices_schema(EmptyChild)
]
LinesWord: TypeAlias = Annotated[
    CountedLines, PlainValidator(choice_of(CountedLines)), choices_schema(CountedLines)
]
