"""Sentences that analyses answer with, in Indonesian and English: the table `sentences.csv`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Protocol, TypeAlias

from iku_engine.quantities import (
    NumberFormat,
    to_decimal_text,
    to_exact_text,
    to_grouped_text,
)


class Spoken(Protocol):
    """A part of a sentence with figures or words of its own, which differ by language."""

    def said(self, language: str) -> str:
        """The part in a language, `id` or `en`."""
        ...


Part: TypeAlias = str | int | Fraction | Spoken


class Sentence(str):
    """A sentence: as text it is English; `said` gives it in another language.

    Two sentences are equal when their English is.
    """

    __slots__ = ("_key", "_parts")
    _key: str
    _parts: tuple[tuple[str, Part], ...]

    @property
    def key(self) -> str:
        """Which sentence of the table it is."""
        return self._key

    def with_words(self, part: str, words: Callable[[str], str]) -> Sentence:
        """The sentence with other words for a part of it, and of the sentences within it."""
        changed: dict[str, Part] = {}
        for name, held in self._parts:
            if isinstance(held, Sentence):
                changed[name] = held.with_words(part, words)
            else:
                changed[name] = words(held) if name == part and isinstance(held, str) else held
        return sentence(self._key, **changed)

    def said(self, language: str) -> str:
        """The sentence in a language, `id` or `en`, its figures as readers there know them."""
        parts = {name: _said(part, language) for name, part in self._parts}
        return _table()[self._key][language].format(**parts)


def sentence(key: str, **parts: Part) -> Sentence:
    """The sentence of a key with its parts. Raises `KeyError` for an unknown key."""
    english = {name: _said(part, "en") for name, part in parts.items()}
    made = Sentence(_table()[key]["en"].format(**english))
    made._key, made._parts = key, tuple(parts.items())
    return made


def said(text: str, language: str) -> str:
    """A sentence in a language; any other text as it is."""
    return text.said(language) if isinstance(text, Sentence) else text


def sentence_keys() -> tuple[str, ...]:
    """All keys, in the order of the table."""
    return tuple(_table())


def figure_said(value: Fraction, language: str) -> str:
    """A figure exactly: its decimals where it has finitely many, else a quotient.

    In Indonesian with a decimal comma and points between thousands; in English with a decimal
    point alone, as formulas and options write it.
    """
    decimals, rest = 0, value.denominator
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        decimals = max(decimals, times)
    if rest != 1:
        return to_exact_text(value)
    return text_said(to_decimal_text(value, decimals), language)


def text_said(figure: str, language: str) -> str:
    """A decimal text with a point, `1234.5`, as readers of a language know it."""
    return to_grouped_text(figure, NumberFormat.ID) if language == "id" else figure


def _said(part: Part, language: str) -> str:
    if isinstance(part, Sentence):
        return part.said(language)
    if isinstance(part, Fraction):
        return figure_said(part, language)
    return str(part) if isinstance(part, str | int) else part.said(language)


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = (files("iku_engine") / "sentences.csv").read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}
