"""The escaper of terminal-bound text: what cannot be seen is shown, what steers is harmless.

A control sequence in a label could rewrite the screen, and a direction mark could make a figure
read backwards; both come out as their code in braces, `u{202E}` behind a backslash.
"""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\r\n|[\n\r\t]")
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
)  # letters and marks of no width
_WIDE = ("W", "F")


def visible(text: str) -> str:
    """The text on one line: line ends and tabs as blanks, every unprintable sign as its code."""
    if text.isprintable() and _INVISIBLE.isdisjoint(text):
        return text
    return "".join(map(_shown, _BLANKS.sub(" ", text)))


def width_of(text: str) -> int:
    """How many columns of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(sign) for sign in text)


def _shown(sign: str) -> str:
    if sign in _INVISIBLE:
        return _code(sign)
    if sign.isprintable():
        return sign
    return " " if unicodedata.category(sign) == "Zs" else _code(sign)


def _code(sign: str) -> str:
    return f"\\u{{{ord(sign):04X}}}"


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
