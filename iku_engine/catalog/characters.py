"""Signs that never belong in a definition: control, direction and surrogate characters.

A direction character makes a formula read differently from what is computed; a control character
is invisible and comes from a damaged file.
"""

from __future__ import annotations

import re

from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import SourceText, Span

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Control characters other than tab and line ends, line and paragraph separators, marks and
# overrides of direction, byte-order mark, surrogates, and the noncharacters (which no text may
# hold, so that `spoiled` can use them to mask signs of its own).
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufeff\ud800-\udfff\ufffe\uffff]"
)

_LINE_END = re.compile("\r\n|\r|\n")


def without_forbidden(text: str, file: str, mistakes: Mistakes) -> tuple[str, SourceText]:
    """The text with every forbidden sign replaced, each line that holds one reported once."""
    clean = text.removeprefix("\ufeff")
    found = FORBIDDEN.search(clean) is not None
    raw_lines = _LINE_END.split(clean) if found else []
    if found:
        clean = FORBIDDEN.sub(REPLACEMENT, clean)
    source = SourceText(file, tuple(_LINE_END.split(clean)))
    for number, line in enumerate(raw_lines):
        if mistakes.overflowed:
            break
        match = FORBIDDEN.search(line)
        if match:
            span = Span(number, match.start(), number, match.start() + 1)
            mistakes.add("IKU008", named(match[0]), source.location(span), "remove it")
    return clean, source


def named(sign: str) -> str:
    """The sentence about a forbidden sign, which cannot be shown itself."""
    return f"the character U+{ord(sign):04X} does not belong in a definition"
