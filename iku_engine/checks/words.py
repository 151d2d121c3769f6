"""Names and units as words: what is compared when two rows are asked to be the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from iku_engine.algebra.unit_table import PERCENT, STANDARD_UNITS, Unit, folded

_WORD = re.compile(r"[^\W_]+|[%‰]")
_SPELLINGS = {
    "prosentase": "persentase",
    "presentase": "persentase",
    "prosentasi": "persentase",
    "%": "persentase",
    "persen": "persentase",
    "banyaknya": "jumlah",
}

_FEWEST = 4
_MOST_MISSING = 4  # one in so many


def words_of(text: str) -> tuple[str, ...]:
    """The words without case, marks and the usual variants of spelling."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return tuple(_SPELLINGS.get(word, word) for word in found)


def unit_of(text: str) -> Unit:
    """The unit of a word or phrase; one that the table does not know is a unit of its own."""
    word = folded(text)
    return STANDARD_UNITS.find(text) or Unit(word, ((word, 1),), spelling=text)


def is_percent(unit: str) -> bool:
    """Whether it is a spelling of percent."""
    return unit_of(unit).name == PERCENT


def is_counted(unit: str) -> bool:
    """Whether it is the unit of whole things that add up: documents, people, businesses."""
    return unit_of(unit).dimension in _WHOLE


def is_practice(lacking: Collection[object], of: Sequence[object]) -> bool:
    """Whether so few lines lack something that the document means to have it in all of them."""
    return bool(lacking) and len(of) >= _FEWEST and len(lacking) * _MOST_MISSING <= len(of)


_WHOLE = frozenset({"people", "businesses", "goods", "documents", "places", "events"})
