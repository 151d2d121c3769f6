"""The values of a definition: text read into figures, periods, choices, each with its schema.

A reader takes what the located tree holds (text, None where nothing stands behind the key, and
from memory a figure) and raises a `PydanticCustomError` whose type is a code of `codes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, NoReturn, TypeAlias, TypeVar

from pydantic import BeforeValidator, JsonValue, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from iku_engine.catalog.model import FieldKind, Polarity, RatedFigure, Reduce, Rollup, Unknown
from iku_engine.catalog.words import ID_PATTERN, help_for_id, problem_of_id
from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.periods import Period, parse_periods
from iku_engine.quantities import NumberFormat, parse_decimal
from iku_engine.scales import Band, Graded, parse_range

LONGEST_TEXT = 20_000
LONGEST_LABEL = 1_000
LONGEST_FORMULA = 100_000  # only so that nothing is dragged along: the language sets its own bound
_LONGEST_PERIODS = 10_000

JsonDict: TypeAlias = dict[str, JsonValue]

_Choice = TypeVar("_Choice", bound=StrEnum)

_FIGURE_PATTERN = r"^\s*[+-]?[0-9]+(\.[0-9]+)?\s*$"
_PERIOD_PATTERN = r"^\s*([12][0-9]{3}.*|[A-Za-z].*[12][0-9]{3})\s*$"  # `TW I 2024` as well
_PERIODS_PATTERN = r"^\s*[12][0-9]{3}[-Q0-9.,\s]*$"
_RANGE_PATTERN = r"^\s*(-?[0-9.]+\s*<=?\s*)?x\s*((<=?|>=?|=)\s*-?[0-9.]+\s*)?$"
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")

TEXT_SCHEMA: JsonDict = {"type": ["string", "number", "boolean"]}
"""Text as an ordinary YAML reader sees it: `no: 1` is a number to it, `true` a truth value."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The value an example must give, and the decimals it was written with."""

    value: Fraction | str
    decimals: int


def refuse(code: str, message: str, advice: str = "") -> NoReturn:
    """Refuse a value with a diagnostic's code, its sentence and what to write instead."""
    # The type of the error carries the code.
    raise PydanticCustomError(code, "{message}", {"message": message, "help": advice})


def text_of(value: object, longest: int = LONGEST_LABEL, kind: str = "text") -> str:
    """The value as text; a mapping, a list or nothing at all is refused."""
    if value is None:
        refuse("IKU102", "is empty")
    if isinstance(value, Fraction):
        return str(value)
    if not isinstance(value, str):
        found = "a mapping" if isinstance(value, dict) else "a list"
        refuse("IKU103", f"is {found}, not {kind}")
    if len(value) > longest:
        refuse("IKU103", f"is longer than {longest:,} characters")
    return value


def _text(longest: int, least: int = 0) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = text_of(value, longest)
        if len(text.strip()) < least:
            refuse("IKU102", "is empty")
        return text

    return read


def _one_sign(value: object) -> str:
    text = text_of(value)
    if len(text) != 1 or text in "\r\n\"'":
        refuse("IKU103", "is one character, such as `,` or `;`")
    return text


def _identifier(value: object) -> str:
    text = text_of(value)
    problem = problem_of_id(text)
    if problem:
        refuse("IKU106", f"{quoted(text)} {problem}", help_for_id(text))
    return text


def read_figure(value: object, otherwise: str = "") -> Fraction:
    """A figure with a decimal point; from memory any exact figure."""
    if isinstance(value, Fraction):
        return value
    text = text_of(value, kind="a figure")
    try:
        return parse_decimal(text)
    except ValueError as problem:
        advice = f"{problem}{otherwise}"
        if _COMMA.fullmatch(text.strip()):
            advice = f"write `{text.strip().replace(',', '.')}`: the decimal mark is a point"
        refuse("IKU104", f"{quoted(text)} is not a figure", advice)


def _figure(value: object) -> Fraction:
    return read_figure(value)


def _given(value: object) -> Fraction | None:
    return None if value in ("-", "missing") else read_figure(value)


def _expected(value: object) -> Expected:
    if value in ("missing", "undefined"):
        return Expected(str(value), 0)
    figure = read_figure(value, " or a word: `missing`, `undefined`")
    if isinstance(value, str):
        return Expected(figure, len(value.strip().partition(".")[2]))
    return Expected(figure, 12)


def read_period(value: object) -> Period:
    """A period as definitions write it."""
    text = text_of(value, kind="a period")
    try:
        return period_of(text)
    except ValueError as problem:
        refuse("IKU105", f"{quoted(text)} is not a period", str(problem))


@lru_cache(maxsize=1024)
def period_of(text: str) -> Period:
    """`Period.parse`, which a catalog asks for the same few years again and again."""
    return Period.parse(text)


def _each_once(value: object) -> object:
    """Periods as keys: one period in two spellings (`2024-Q1`, `TW I 2024`) is named twice."""
    found: dict[Period, str] = {}
    for key in value if isinstance(value, dict) else ():
        try:
            period = period_of(key)
        except (AttributeError, TypeError, ValueError):
            continue  # what is no period is refused by itself
        if period in found:
            message = f"{quoted(found[period])} and {quoted(key)} are the same period"
            refuse("IKU003", message, "keep one of them")
        found[period] = key
    return value


def _periods(value: object) -> tuple[Period, ...]:
    text = text_of(value, _LONGEST_PERIODS, "text such as `2018..2022`")
    try:
        return parse_periods(text)
    except ValueError as problem:
        refuse("IKU105", f"{quoted(text)} is not a list of periods", str(problem))


def _range(value: object) -> Band:
    text = text_of(value)
    try:
        return parse_range(text)
    except ValueError as problem:
        refuse("IKU109", f"{quoted(text)} is not a range", str(problem))


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        text = text_of(value, kind="a whole number").strip()
        digits = text.removeprefix("-")
        number = int(text) if digits.isascii() and digits.isdigit() and len(text) < 9 else None
        if number is None or not low <= number <= high:
            refuse("IKU103", f"is a whole number from {low} to {high}, not {quoted(text)}")
        return number

    return read


def choice_of(kind: type[_Choice]) -> Callable[[object], _Choice]:
    """Reads one of the words of an enumeration."""
    words = [member.value for member in kind]

    def read(value: object) -> _Choice:
        text = text_of(value, kind="a word")
        try:
            return kind(text)
        except ValueError:
            choices = " or ".join(f"`{word}`" for word in words)
            help_ = did_you_mean(text, words) or f"write {choices}"
            refuse("IKU103", f"is {choices}, not {quoted(text)}", help_)

    return read


def _truth(value: object) -> bool:
    text = text_of(value, kind="`true` or `false`")
    if text.lower() not in ("true", "false"):
        refuse("IKU103", f"is `true` or `false`, not {quoted(text)}")
    return text.lower() == "true"


def _version(value: object) -> str:
    text = text_of(value).strip()
    if text != "1":
        refuse(
            "IKU103", f"is {quoted(text)}, a format this version does not read", "write `iku: 1`"
        )
    return text


def choices_schema(kind: type[StrEnum]) -> WithJsonSchema:
    """The words of an enumeration, for the schema."""
    return WithJsonSchema({"type": "string", "enum": [member.value for member in kind]})


def _whole_schema(low: int, high: int) -> WithJsonSchema:
    number: JsonDict = {"type": "integer", "minimum": low, "maximum": high}
    return WithJsonSchema({"anyOf": [number, {"type": "string", "pattern": "^-?[0-9]+$"}]})


FIGURE_SCHEMA: JsonDict = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": _FIGURE_PATTERN}]
}


def figure_or(*others: JsonDict) -> WithJsonSchema:
    """A figure, or what else may stand in its place, for the schema."""
    return WithJsonSchema({"anyOf": [FIGURE_SCHEMA, *others]})


_AnyText = WithJsonSchema(TEXT_SCHEMA)

Label: TypeAlias = Annotated[str, PlainValidator(_text(LONGEST_LABEL)), _AnyText]
NonEmpty: TypeAlias = Annotated[str, PlainValidator(_text(LONGEST_LABEL, 1)), _AnyText]
Prose: TypeAlias = Annotated[str, PlainValidator(_text(LONGEST_TEXT)), _AnyText]
FormulaText: TypeAlias = Annotated[
    str,
    PlainValidator(_text(LONGEST_FORMULA, 1)),
    WithJsonSchema({"type": ["string", "number"]}),
]
OneSign: TypeAlias = Annotated[
    str, PlainValidator(_one_sign), WithJsonSchema({"type": "string", "maxLength": 1})
]
Identifier: TypeAlias = Annotated[
    str,
    PlainValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": ID_PATTERN}),
]
Figure: TypeAlias = Annotated[Fraction, PlainValidator(_figure), WithJsonSchema(FIGURE_SCHEMA)]
GivenFigure: TypeAlias = Annotated[
    Fraction | None, PlainValidator(_given), figure_or({"enum": ["-", "missing"]})
]
ExpectedFigure: TypeAlias = Annotated[
    Expected, PlainValidator(_expected), figure_or({"enum": ["missing", "undefined"]})
]
EachPeriodOnce = BeforeValidator(_each_once)
"""For mappings whose keys are periods."""

PeriodKey: TypeAlias = Annotated[
    Period,
    PlainValidator(read_period),
    WithJsonSchema({"type": "string", "pattern": _PERIOD_PATTERN}),
]
PeriodList: TypeAlias = Annotated[
    tuple[Period, ...],
    PlainValidator(_periods),
    WithJsonSchema({"type": ["string", "integer"], "pattern": _PERIODS_PATTERN}),
]
Range: TypeAlias = Annotated[
    Band, PlainValidator(_range), WithJsonSchema({"type": "string", "pattern": _RANGE_PATTERN})
]
Decimals: TypeAlias = Annotated[int, PlainValidator(_whole(0, 12)), _whole_schema(0, 12)]
RoundTo: TypeAlias = Annotated[int, PlainValidator(_whole(-12, 12)), _whole_schema(-12, 12)]
Truth: TypeAlias = Annotated[
    bool,
    PlainValidator(_truth),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}),
]
Version: TypeAlias = Annotated[str, PlainValidator(_version), WithJsonSchema({"enum": [1, "1"]})]
PolarityWord: TypeAlias = Annotated[
    Polarity, PlainValidator(choice_of(Polarity)), choices_schema(Polarity)
]
RollupWord: TypeAlias = Annotated[Rollup, PlainValidator(choice_of(Rollup)), choices_schema(Rollup)]
NumbersWord: TypeAlias = Annotated[
    NumberFormat, PlainValidator(choice_of(NumberFormat)), choices_schema(NumberFormat)
]
ReduceWord: TypeAlias = Annotated[Reduce, PlainValidator(choice_of(Reduce)), choices_schema(Reduce)]
UnknownWord: TypeAlias = Annotated[
    Unknown, PlainValidator(choice_of(Unknown)), choices_schema(Unknown)
]
KindWord: TypeAlias = Annotated[
    FieldKind, PlainValidator(choice_of(FieldKind)), choices_schema(FieldKind)
]
GradedWord: TypeAlias = Annotated[Graded, PlainValidator(choice_of(Graded)), choices_schema(Graded)]
RatedWord: TypeAlias = Annotated[
    RatedFigure, PlainValidator(choice_of(RatedFigure)), choices_schema(RatedFigure)
]
