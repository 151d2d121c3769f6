"""The words that reports print, in Indonesian and English: the table `labels.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from iku_engine.quantities import NumberFormat


class Language(StrEnum):
    """The language of labels and sentences; the words of a catalog stay as they are."""

    ID = "id"
    EN = "en"

    @property
    def numbers(self) -> NumberFormat:
        """How figures are grouped for readers of the language."""
        return NumberFormat(self.value)


def label(key: str, language: Language, **parts: str) -> str:
    """The label of a key, with its `{parts}` put in. Raises `KeyError` for an unknown key."""
    text = _labels()[key][language]
    return text.format(**parts) if parts else text


def has_label(key: str) -> bool:
    """Whether the table has a label for a key."""
    return key in _labels()


def label_keys() -> tuple[str, ...]:
    """All keys, in the order of the table."""
    return tuple(_labels())


@cache
def _labels() -> Mapping[str, Mapping[Language, str]]:
    table = (files("iku_engine.reports") / "labels.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {row["key"]: {each: row[each.value] for each in Language} for row in rows}
