"""Catalog and binding <-> plain JSON data, so that an unchanged catalog need not be bound twice.

The data name only the record classes listed here; decoding makes those records and nothing
else. Anything that does not fit is a `ValueError`, and the caller binds afresh.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import TypeAlias

import iku_engine.algebra.model
import iku_engine.binding.model
import iku_engine.catalog.model
import iku_engine.diagnostics
import iku_engine.language.model
import iku_engine.periods
import iku_engine.quantities
import iku_engine.scales

Json: TypeAlias = "bool | int | str | list[Json] | None"

_MODULES: tuple[ModuleType, ...] = (
    iku_engine.algebra.model,
    iku_engine.binding.model,
    iku_engine.catalog.model,
    iku_engine.diagnostics,
    iku_engine.language.model,
    iku_engine.periods,
    iku_engine.quantities,
    iku_engine.scales,
)
_MOST_DEPTH = 400


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
    """Plain data for a record and all below it; `TypeError` for anything not listed."""
    if value is None or (isinstance(value, bool | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return ["enum", _names()[type(value)], value.name]
    match value:
        case int():
            return value
        case Fraction():
            return ["/", str(value.numerator), str(value.denominator)]
        case tuple() | list():
            return ["tuple", *(to_data(item) for item in value)]
        case frozenset():
            return ["set", *sorted((to_data(item) for item in value), key=str)]
        case Mapping():
            return ["map", *(to_data(part) for pair in value.items() for part in pair)]
    name = _names().get(type(value))
    if name is None:
        raise TypeError(f"{type(value).__name__} is not kept")
    return [name, *(to_data(getattr(value, field)) for field in _fields(type(value)))]


def from_data(data: Json, depth: int = 0) -> object:
    """The records that data stand for; `ValueError` for data that stand for none."""
    if not isinstance(data, list):
        return data
    if not data or not isinstance(data[0], str) or depth > _MOST_DEPTH:
        raise ValueError("no such data")
    kind = data[0]
    decode = _PLAIN.get(kind)
    if decode is not None:
        return decode([from_data(item, depth + 1) for item in data[1:]])
    if kind == "enum":
        return _enum(data)
    record = _records().get(kind)
    if record is None or not dataclasses.is_dataclass(record):
        raise ValueError(f"no record is called {kind}")
    fields = _fields(record)
    if len(fields) != len(data) - 1:
        raise ValueError(f"{kind} has {len(fields)} fields")
    parts = [from_data(item, depth + 1) for item in data[1:]]
    made: object = record(**dict(zip(fields, parts, strict=True)))
    return made


def _enum(data: list[Json]) -> object:
    _, kind, name = data
    found = _records().get(str(kind))
    if found is None or not issubclass(found, Enum) or name not in found.__members__:
        raise ValueError(f"no member {name} of {kind}")
    return found[str(name)]


def _fraction(items: list[object]) -> object:
    numerator, denominator = (int(str(item)) for item in items)
    return Fraction(numerator, denominator)


def _map(items: list[object]) -> object:
    return dict(zip(items[::2], items[1::2], strict=True))


_PLAIN: Mapping[str, Callable[[list[object]], object]] = {
    "tuple": tuple,
    "set": frozenset,
    "map": _map,
    "/": _fraction,
}
