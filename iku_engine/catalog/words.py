"""Identifiers of a catalog and the words they cannot be."""

from __future__ import annotations

import re

from iku_engine.language import vocabulary

LONGEST_ID = 64

RESERVED = vocabulary.RESERVED | {"target", "actual", "annual"}
"""Words of the formula language: no identifier of a catalog may be one of them."""

ID_PATTERN = rf"^[A-Za-z][A-Za-z0-9_]{{0,{LONGEST_ID - 1}}}$"

_ID = re.compile(ID_PATTERN[1:-1])


def problem_of_id(word: str) -> str:
    """Why a word cannot be an identifier, as the end of a sentence; empty where it can."""
    if not _ID.fullmatch(word):
        return "cannot be an identifier"
    return "is a word of the formula language" if word in RESERVED else ""


def help_for_id(word: str) -> str:
    """What to write instead."""
    if word in RESERVED:
        return f"choose another one, such as `{word}_1`"
    return f"letters, digits and `_`, a letter first, at most {LONGEST_ID} of them"
