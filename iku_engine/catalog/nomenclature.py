"""Codes of regional planning: `U.BB.PP.J.KK.SS` (Permendagri 90/2019 and its updates).

`2.17.01.2.05.09` is urusan 2, bidang 17, program 01, kewenangan 2, kegiatan 05, sub kegiatan 09.
Sub kegiatan have two digits or, in later lists, four. `X.XX.01` stands for every bidang.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iku_engine.catalog.model import Level

Parts: TypeAlias = tuple[str, ...]

FORM = "U.BB.PP.J.KK.SS"
PARTS_OF = {Level.PROGRAM: 3, Level.KEGIATAN: 5, Level.SUB_KEGIATAN: 6}
"""How many parts the code of a level has; a sasaran has no code of the nomenclature."""

_WIDTHS = ((1,), (2,), (2,), (1,), (2,), (2, 4))
_PLACEHOLDERS = ("X", "XX")
_SEPARATORS = re.compile(r"[.,\-/\s]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code in parts as it was probably meant; without parts where nobody can tell."""

    parts: Parts
    is_well_formed: bool

    @property
    def text(self) -> str:
        return ".".join(self.parts)


def read_code(printed: str) -> ReadCode:
    """A code in parts, each filled up with zeros where that is all it lacks (`2.17.1`)."""
    text = printed.strip().upper()
    if len(text) > _LONGEST:
        return ReadCode((), False)
    written = tuple(text.split("."))
    if _is_well_formed(written):
        return ReadCode(written, True)
    split = [part for part in _SEPARATORS.split(text) if part]
    if len(split) > len(_WIDTHS):
        return ReadCode((), False)
    filled = tuple(
        part if part in _PLACEHOLDERS else part.rjust(width[0], "0")
        for part, width in zip(split, _WIDTHS, strict=False)
    )
    return ReadCode(filled if _is_well_formed(filled) else (), False)


def agree(some: Parts, others: Parts) -> bool:
    """Whether two codes are the same part by part; a placeholder agrees with everything."""
    return len(some) == len(others) and all(
        one == other or one in _PLACEHOLDERS or other in _PLACEHOLDERS
        for one, other in zip(some, others, strict=True)
    )


def example_of(level: Level) -> str:
    """How the code of a level looks."""
    return ".".join(("2", "17", "01", "2", "05", "09")[: PARTS_OF[level]])


def _is_well_formed(parts: Sequence[str]) -> bool:
    return 0 < len(parts) <= len(_WIDTHS) and all(
        len(part) in width
        and ((part.isascii() and part.isdigit()) or (place < 2 and part in _PLACEHOLDERS))
        for place, (part, width) in enumerate(zip(parts, _WIDTHS, strict=False))
    )
