"""Spellings the language refuses on purpose, each with what to write instead.

They would read as something else than their author meant, or as nothing at all, and deserve a
better answer than "unexpected sign".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from iku_engine.language.bounds import MAX_CHARACTERS, MAX_DIGITS, MAX_NAME, MAX_TEXT


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stretch of formula text that is not accepted, with its diagnostic code and help."""

    code: str
    message: str
    start: int
    end: int
    help: str = ""


_QUOTED = re.compile(r'"[^"\n]*"')
_NUMBER = re.compile(r"(?<![A-Za-z0-9_])[0-9.]+")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPELLINGS = (
    (
        re.compile(r"(?<![A-Za-z0-9_.])[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+"),
        "a figure is not written with an exponent",
        "write all its digits, or `* 10^6`",
    ),
    (
        re.compile(r"(?<![A-Za-z0-9_.])\.[0-9]+"),
        "a figure begins with a digit",
        "write `0.2` rather than `.2`",
    ),
    (re.compile(r"[0-9]\.(?![0-9])"), "a decimal point without decimals", "leave the point out"),
    (re.compile(r"\*\*"), "`**` is not an operator", "a power is written `x^2`"),
    (re.compile(r"=="), "`==` is not an operator", "equality is written `=`"),
    (re.compile(r"&&?"), "`&` is not an operator", "write `and`"),
    (re.compile(r"\|\|?"), "`|` is not an operator", "write `or`"),
    (re.compile(r"!(?!=)"), "`!` is not an operator", "write `not`, or `!=` for unequal"),
    (re.compile(r"'[^'\n]*'?"), "text stands in double quotes", 'write `"Sehat"`'),
    (
        re.compile(r"(?<![A-Za-z0-9_.])[0-9]+(?:\.[0-9]+)?[A-Za-z_]"),
        "a figure runs into a word",
        "put an operator between them, such as `2 * x`",
    ),
)
_KEEP = re.compile(r"[12][0-9]{3}-Q[1-4]")


def first_refusal(text: str) -> Refusal | None:
    """The first thing in a formula text that is refused before it is parsed, if there is any."""
    if len(text) > MAX_CHARACTERS:
        message = f"a formula of {len(text):,} characters, the most is {MAX_CHARACTERS:,}"
        return Refusal("IKU202", message, 0, 1, "name its parts as formulas of their own")
    return _hidden_character(text) or _too_long(text) or _foreign_spelling(text)


def _hidden_character(text: str) -> Refusal | None:
    for position, sign in enumerate(text):
        if sign not in "\n\t\r" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co"):
            message = f"the invisible character U+{ord(sign):04X} in a formula"
            return Refusal("IKU008", message, position, position + 1, "delete it")
    return None


def _too_long(text: str) -> Refusal | None:
    for match in _QUOTED.finditer(text):
        if len(match[0]) > MAX_TEXT + 2:
            message = f"quoted text of more than {MAX_TEXT} characters"
            return Refusal("IKU202", message, match.start(), match.end())
    bare = _without_quoted(text)
    for match in _NUMBER.finditer(bare):
        if len(match[0]) > MAX_DIGITS:
            message = f"a figure of more than {MAX_DIGITS} digits"
            return Refusal("IKU202", message, match.start(), match.end())
    for match in _WORD.finditer(bare):
        if len(match[0]) > MAX_NAME:
            message = f"a name of more than {MAX_NAME} characters"
            return Refusal("IKU202", message, match.start(), match.end())
    return None


def _foreign_spelling(text: str) -> Refusal | None:
    bare = _KEEP.sub(lambda match: " " * len(match[0]), _without_quoted(text))
    found = [
        Refusal("IKU210", message, match.start(), match.end(), instead)
        for pattern, message, instead in _SPELLINGS
        if (match := pattern.search(bare))
    ]
    return min(found, key=lambda refusal: refusal.start, default=None)


def _without_quoted(text: str) -> str:
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)
