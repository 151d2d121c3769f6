"""Catalog and binding <-> plain JSON data, so that an unchanged catalog need not be bound twice.

The data name only the record classes listed here; decoding makes those records and nothing
else. Anything that does not fit is a `ValueError`, and the caller binds afresh.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import TypeAlias

import iku_engine.algebra.model
import iku_engine.binding.model
import iku_engine.catalog.model.choices
import iku_engine.catalog.model.indicators
import iku_engine.catalog.model.inputs
import iku_engine.catalog.model.plan
import iku_engine.catalog.model.targets
import iku_engine.catalog.model.whole
import iku_engine.diagnostics
import iku_engine.language.model
import iku_engine.periods
import iku_engine.quantities
import iku_engine.scales

Json: TypeAlias = "bool | int | str | list[Json] | None"

_MODULES: tuple[ModuleType, ...] = (
    iku_engine.algebra.model,
    iku_engine.binding.model,
    iku_engine.catalog.model.choices,
    iku_engine.catalog.model.indicators,
    iku_engine.catalog.model.inputs,
    iku_engine.catalog.model.plan,
    iku_engine.catalog.model.targets,
    iku_engine.catalog.model.whole,
    iku_engine.diagnostics,
    iku_engine.language.model,
    iku_engine.periods,
    iku_engine.quantities,
    iku_engine.scales,
)


@functools.cache
def _records() -> Mapping[str, type]:
    """The classes that data may name, by module and name."""
    return {
        f"{module.__name__.removeprefix('iku_engine.')}.{name}": found
        for module in _MODULES
        for name, found in vars(module).items()
        if isinstance(found, type)
        and found.__module__ == module.__name__
        and (dataclasses.is_dataclass(found) or issubclass(found, Enum))
    }


@functools.cache
def _names() -> Mapping[type, str]:
    return {found: name for name, found in _records().items()}


_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(record: type) -> tuple[str, ...]:
    """The names of a record's fields, looked up once a class."""
    if record not in _FIELDS:
        assert dataclasses.is_dataclass(record)
        _FIELDS[record] = tuple(field.name for field in dataclasses.fields(record) if field.init)
    return _FIELDS[record]


def to_data(value: object) -> Json:
    """A flat table for a record and all below it; `TypeError` for anything not listed.

    Every row is a kind with its parts: a text, a number, a truth value, null, or `[n]` for the
    row n before it. Equal rows are written once; the last row is the value itself.
    """
    writer = _Writer()
    last = writer.part(value)
    return [*writer.rows, ["same", last]]


class _Writer:
    """Writes the rows, what is below a record before the record."""

    def __init__(self) -> None:
        self.rows: list[Json] = []
        self._known: dict[tuple[object, ...], Json] = {}

    def part(self, value: object) -> Json:
        if value is None or type(value) in (bool, int, str):
            assert value is None or isinstance(value, bool | int | str)
            return value
        match value:
            case Enum():
                return self._row("enum", _names()[type(value)], value.name)
            case date():
                return self._row("date", value.isoformat())
            case Fraction():
                return self._row("/", str(value.numerator), str(value.denominator))
            case tuple() | list():
                return self._row("tuple", *(self.part(item) for item in value))
            case frozenset():
                return self._row("set", *sorted((self.part(item) for item in value), key=str))
            case Mapping():
                return self._row(
                    "map", *(self.part(part) for pair in value.items() for part in pair)
                )
        name = _names().get(type(value))
        if name is None:
            raise TypeError(f"{type(value).__name__} is not kept")
        return self._row(name, *(self.part(getattr(value, f)) for f in _fields(type(value))))

    def _row(self, *parts: Json) -> Json:
        key = tuple((type(part), part[0] if isinstance(part, list) else part) for part in parts)
        if key not in self._known:
            self._known[key] = [len(self.rows)]
            self.rows.append(list(parts))
        return self._known[key]


def from_data(data: Json) -> object:
    """The records that a table stands for; `ValueError` for one that stands for none."""
    if not isinstance(data, list) or not data:
        raise ValueError("no table")
    made: list[object] = []
    for row in data:
        if not isinstance(row, list) or not row or not isinstance(row[0], str):
            raise ValueError("no row of a table")
        parts = [made[_number(part)] if type(part) is list else part for part in row[1:]]
        made.append(_made(row[0], parts))
    return made[-1]


def _made(kind: str, parts: list[object]) -> object:
    decode = _PLAIN.get(kind)
    if decode is not None:
        return decode(parts)
    record = _records().get(kind)
    if record is None or not dataclasses.is_dataclass(record):
        raise ValueError(f"no record is called {kind}")
    if len(_fields(record)) != len(parts):
        raise ValueError(f"{kind} has other fields")
    made: object = record(*parts)
    return made


def _number(part: list[Json]) -> int:
    """The number of an earlier row; a row cannot name itself or a later one."""
    (number,) = part
    if type(number) is not int or number < 0:
        raise ValueError("no row has this number")
    return number


def _enum(parts: list[object]) -> object:
    kind, name = parts
    found = _records().get(str(kind))
    if found is None or not issubclass(found, Enum) or name not in found.__members__:
        raise ValueError(f"no member {name} of {kind}")
    return found[str(name)]


def _fraction(parts: list[object]) -> object:
    numerator, denominator = (int(str(part)) for part in parts)
    return Fraction(numerator, denominator)


def _date(parts: list[object]) -> object:
    (day,) = parts
    return date.fromisoformat(str(day))


def _map(parts: list[object]) -> object:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _same(parts: list[object]) -> object:
    (value,) = parts
    return value


_PLAIN: Mapping[str, Callable[[list[object]], object]] = {
    "tuple": tuple,
    "set": frozenset,
    "map": _map,
    "enum": _enum,
    "/": _fraction,
    "date": _date,
    "same": _same,
}
