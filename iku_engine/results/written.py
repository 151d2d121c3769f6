"""Parts of definitions as short texts that say all that may change a figure, and nothing else."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from iku_engine.diagnostics import LocatedText, Location
from iku_engine.periods import Period
from iku_engine.quantities import decimal_text, is_decimal, to_exact_text
from iku_engine.scales import Band

LONGEST = 400
"""Longer texts are recorded by their SHA-256 alone: that they changed is known, not how."""

_WITHOUT_EFFECT = frozenset(
    {"id", "name", "title", "label", "note", "reference", "location", "locations", "folder"}
)


def fields_of(record: object) -> dict[str, str]:
    """The fields of a record that say something, by their names.

    Left out are names, titles, notes, places in files, and what is as it is by default: a field
    that a later version adds changes no text until it is used.
    """
    assert dataclasses.is_dataclass(record)
    found = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name not in _WITHOUT_EFFECT and not _is_default(field, value):
            found[field.name] = written(value)
    return {name: text for name, text in found.items() if text}


def written(value: object) -> str:
    """A value as a definition would write it, on one line; mappings in the order of their keys."""
    match value:
        case None | Location():
            return ""
        case LocatedText():
            return " ".join(value.text.split())
        case Enum():
            return str(value.value)
        case Fraction():
            return plain_figure(value)
        case Band():
            score = "" if value.score is None else f" ({plain_figure(value.score)})"
            return f"{value.label}: {value.range_text()}{score}"
        case Period() | date() | int() | str():
            return str(value)
        case Mapping():
            pairs = sorted((written(key), written(each)) for key, each in value.items())
            return "{" + ", ".join(f"{key}: {each}" for key, each in pairs) + "}" if pairs else ""
        case tuple() | list():
            return "[" + ", ".join(map(written, value)) + "]" if value else ""
        case frozenset():
            return "[" + ", ".join(sorted(map(written, value))) + "]" if value else ""
    said = fields_of(value)
    if not said:
        return "{}"
    return "{" + ", ".join(f"{name}: {text}" for name, text in said.items()) + "}"


def plain_figure(value: Fraction | str | None) -> str:
    """A figure as a person writes it where that is exact, else `n/d`; a text as it is."""
    if not isinstance(value, Fraction):
        return value or ""
    return decimal_text(value) if is_decimal(value) else to_exact_text(value)


def shortened(text: str) -> str:
    """The text itself, or its digest where it is long."""
    if len(text) <= LONGEST:
        return text
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _is_default(field: dataclasses.Field[object], value: object) -> bool:
    if field.default is not dataclasses.MISSING:
        return value == field.default
    if field.default_factory is not dataclasses.MISSING:
        return value == field.default_factory()
    return False
