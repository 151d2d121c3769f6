"""Catalog and binding <-> plain JSON data, so that an unchanged catalog need not be bound twice.

The data name only the record classes listed here; decoding makes those records and nothing
else. Anything that does not fit is a `ValueError`, and the caller binds afresh.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | None"

_MODULES: tuple[str, ...] = (
    "algebra.model",
    "binding.model",
    "catalog.model.choices",
    "catalog.model.indicators",
    "catalog.model.inputs",
    "catalog.model.plan",
    "catalog.model.targets",
    "catalog.model.whole",
    "diagnostics",
    "language.model",
    "periods",
    "quantities",
    "scales",
)
"""The modules whose records are kept; each is imported when a row names one of its records."""


@functools.cache
def _record(kind: str) -> type | None:
    """The class that data call `module.Name`, None for anything that is not listed."""
    where, _, name = kind.rpartition(".")
    if where not in _MODULES:
        return None
    module = f"iku_engine.{where}"
    found = vars(importlib.import_module(module)).get(name)
    return found if isinstance(found, type) and _is_kept(found, module) else None


def _is_kept(found: type, module: str) -> bool:
    own = found.__module__ == module
    return own and (dataclasses.is_dataclass(found) or issubclass(found, Enum))


@functools.cache
def _name(record: type) -> str | None:
    """What data call a class, None for one that is not kept."""
    kind = f"{record.__module__.removeprefix('iku_engine.')}.{record.__qualname__}"
    return kind if _record(kind) is record else None


def _named(record: type) -> str:
    name = _name(record)
    if name is None:
        raise TypeError(f"{record.__name__} is not kept")
    return name


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
                return self._row("enum", _named(type(value)), value.name)
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
        name = _named(type(value))
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
    record = _record(kind)
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
    found = _record(str(kind))
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
