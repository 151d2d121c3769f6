"""Blocks of a Markdown page: fenced text with its language, and parts that are generated.

A generated part stands between `<!-- generated: COMMAND -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL
)
_GENERATED = re.compile(
    r"(?P<start><!-- generated: (?P<command>[^\n]*?) -->\n)(?P<text>.*?)(?P<end>^<!-- end -->$)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fenced:
    """One fenced block: its language, the file it is named for if any, its text and its line."""

    language: str
    name: str
    text: str
    line: int


def fenced_blocks(page: str) -> Iterator[Fenced]:
    """All fenced blocks of a page: ```` ```csv data/umkm.csv ```` names a file."""
    for match in _FENCE.finditer(page):
        language, _, name = match["info"].strip().partition(" ")
        yield Fenced(language, name.strip(), match["text"], page.count("\n", 0, match.start()) + 1)


def fenced(text: str, info: str = "text") -> str:
    """Text as a fenced block, in a fence longer than any inside it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{info}\n{text.rstrip()}\n{fence}\n"


def commands_in(page: str) -> list[str]:
    """The commands of the generated parts of a page."""
    return [match["command"] for match in _GENERATED.finditer(page)]


def with_generated(page: str, produce: Callable[[str], str]) -> str:
    """The page with every generated part made anew from its command."""
    return _GENERATED.sub(
        lambda match: f"{match['start']}{produce(match['command'])}{match['end']}", page
    )


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; a `|` or line break inside a cell is kept from splitting it."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
