"""The escaper of Markdown: words of a catalog print as they stand, and never as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iku_engine.reports.escape import visible

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~$&{}])")
_START = re.compile(r"^(\s*)([-+=])")
_NUMBERED = re.compile(r"^(\s*[0-9]+)([.)])(?=\s|$)")
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\.)")
_BACKTICKS = re.compile(r"`+")


def markdown_text(words: str) -> str:
    """Words on one line, without markup, lists, headings, tags, formulas or links in them."""
    text = _SIGNS.sub(r"\\\1", visible(words))
    text = _ADDRESS.sub(lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    return _START.sub(r"\1\\\2", text)


def markdown_code(text: str) -> str:
    """A formula as a code span, which nothing in it can end."""
    shown = visible(text)
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def markdown_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; a sign that would end a cell is escaped."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(markdown: str) -> str:
    """Also in a code span a `|` would end the cell."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", markdown)
