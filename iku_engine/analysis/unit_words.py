"""Unit words of a catalog that differ by one letter: `uni` beside `unit`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from iku_engine.algebra.measures import unit_words
from iku_engine.algebra.unit_table import STANDARD_UNITS, UnitTable, folded
from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostic, Location, quoted

_FEWEST_LETTERS = 3
_LONGEST = 64
_UNIT = re.compile(r"\b(?:unit|satuan)\b[\"']?\s*:")


@dataclass(frozen=True, slots=True)
class _Use:
    """A unit word as written, where it stands, and the indicator or variable it belongs to."""

    word: str
    location: Location
    subject: str


def similar_units(catalog: Catalog, table: UnitTable = STANDARD_UNITS) -> Iterator[Diagnostic]:
    """Units within one letter of another, one of them used once (IKU505).

    Two words that the table of units both knows (`UMKM`, `KUMKM`) are no slip of the pen.
    """
    uses: dict[str, list[_Use]] = {}
    for use in _uses(catalog, table):
        uses.setdefault(folded(use.word), []).append(use)
    words = [key for key in uses if _is_long(key)]
    known = {key for key in words if table.find(key) is not None}
    near = _neighbours(words)
    for word in words:
        others = [other for other in near.get(word, ()) if _is_slip(word, other, uses, known)]
        if others:
            yield _finding(uses[word][0], uses[max(others, key=lambda o: len(uses[o]))][0])


def _is_slip(word: str, other: str, uses: dict[str, list[_Use]], known: set[str]) -> bool:
    """Whether the word, rather than the other, is the one that was written by mistake."""
    counts = len(uses[word]), len(uses[other])
    if word in known or min(counts) > 1:
        return False
    if other in known:
        return True
    order = list(uses)
    return counts[0] < counts[1] or (
        counts[0] == counts[1] and order.index(word) > order.index(other)
    )


def _uses(catalog: Catalog, table: UnitTable) -> Iterator[_Use]:
    declared = [(one.unit, one.location, one.id) for one in catalog.variables.values()]
    for records in catalog.records.values():
        declared += [(one.unit, one.location, records.id) for one in records.fields.values()]
    for formula in catalog.formulas.values():
        declared.append((formula.unit or "", formula.location, formula.id))
    for indicator in catalog.indicators.values():
        where = indicator.locations.get("unit", indicator.location)
        declared.append((indicator.unit, where, indicator.id))
    for unit, location, subject in declared:
        for word in unit_words(unit, table):
            if len(word) <= _LONGEST:
                yield _Use(word, _within(location, word), subject)


def _is_long(key: str) -> bool:
    return sum(sign.isalpha() for sign in key) >= _FEWEST_LETTERS


def _neighbours(words: list[str]) -> dict[str, list[str]]:
    """Words by those within one letter of them, found by what is left without a letter."""
    shortened: dict[str, list[str]] = {}
    for word in words:
        for form in {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}:
            shortened.setdefault(form, []).append(word)
    near: dict[str, dict[str, None]] = {}
    for together in shortened.values():
        for word in together:
            for other in together:
                if other != word and _differ_by_one(word, other):
                    near.setdefault(word, {})[other] = None
    return {word: list(others) for word, others in near.items()}


def _differ_by_one(one: str, other: str) -> bool:
    """Whether one letter is added, left out, exchanged, or swapped with the next."""
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    a, b = one[start:], other[start:]
    if len(a) < len(b):
        return b[1:] == a and b[0].isalpha()
    exchanged = a[1:] == b[1:] and a[0].isalpha() and b[0].isalpha()
    return exchanged or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _finding(slip: _Use, other: _Use) -> Diagnostic:
    place = f"{PurePath(other.location.file).name}:{other.location.line}"
    message = (
        f"the unit {quoted(slip.word)} is one letter away from {quoted(other.word)} "
        f"of `{other.subject}` ({place})"
    )
    help_ = f"write {quoted(other.word)} in both places, if they are one unit"
    return Diagnostic("IKU505", message, slip.location, help_, slip.subject)


def _within(where: Location, word: str) -> Location:
    """The word itself, where the line shows it behind `unit:`."""
    for key in _UNIT.finditer(where.text, max(0, where.column - 1)):
        found = where.text.find(word, key.end())
        if found >= 0:
            return replace(where, column=found + 1, length=len(word))
    found = where.text.find(word, max(0, where.column - 1))
    return replace(where, column=found + 1, length=len(word)) if found >= 0 else where
