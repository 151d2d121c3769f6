"""The located tree of a definition file: mappings, sequences and scalars that know their place.

Every scalar is text as the file spells it. What a text means (a figure, a period, a code) is
decided by the forms, never by YAML.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from iku_engine.diagnostics import LocatedText, Location

LONGEST_LINE_SHOWN = 400


class Span(NamedTuple):
    """A stretch of a file, lines and columns counted from 0; the end is not part of it."""

    line: int
    column: int
    end_line: int
    end_column: int


class Style(StrEnum):
    """How a scalar is written; only plain text can be spoiled by what YAML reads into it."""

    PLAIN = ""
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"
    CELL = "cell"  # a cell of a table


@dataclass(frozen=True, slots=True)
class SourceText:
    """The lines of one definition file, under the name its user gave it."""

    file: str
    lines: tuple[str, ...]

    def location(self, span: Span) -> Location:
        """The first line of a span, as a diagnostic shows it."""
        text = self.line(span.line)
        end = span.end_column if span.end_line == span.line else len(text.rstrip())
        length = max(1, end - span.column)
        return Location(
            self.file, span.line + 1, span.column + 1, length, text[:LONGEST_LINE_SHOWN]
        )

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def between(self, span: Span) -> str:
        """The text of a span, its lines joined by single spaces."""
        if span.line == span.end_line:
            return self.line(span.line)[span.column : span.end_column]
        first = self.line(span.line)[span.column :]
        middle = [self.line(number) for number in range(span.line + 1, span.end_line)]
        last = self.line(span.end_line)[: span.end_column]
        return " ".join(part.strip() for part in (first, *middle, last))


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text of the file.

    `spoiled` marks a text that YAML took apart and that was put together again: its mistake has
    been reported. `exact` holds a figure handed over from memory that no decimal text equals.
    """

    text: str
    span: Span
    source: SourceText
    style: Style = Style.PLAIN
    spoiled: bool = False
    exact: Fraction | None = None

    @property
    def location(self) -> Location:
        return self.source.location(self.span)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands behind the key: absent, other than the text `""`."""
        return self.style is Style.PLAIN and not self.text

    @property
    def located(self) -> LocatedText:
        """The text with the place of each of its signs, where the file spells it the same."""
        lines = _literal_lines(self) if self.style is Style.LITERAL else _line(self)
        if lines is None:
            return LocatedText(self.text, ((0, self.location),), verbatim=False)
        return LocatedText(self.text, lines)


class Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: ScalarNode
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values, in the order of the file; the first of two equal keys counts."""

    entries: dict[str, Entry]
    span: Span
    source: SourceText

    @property
    def location(self) -> Location:
        return self.source.location(self.span)

    def value(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return entry.value if entry else None


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list of values."""

    items: tuple[Node, ...]
    span: Span
    source: SourceText

    @property
    def location(self) -> Location:
        return self.source.location(self.span)


Node: TypeAlias = MappingNode | SequenceNode | ScalarNode

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | Fraction | None"
"""A tree without places, as the forms read it."""


def to_plain(node: Node) -> Plain:
    """The tree without its places; a key with nothing behind it has None."""
    if isinstance(node, MappingNode):
        return {key: to_plain(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [to_plain(item) for item in node.items]
    if node.exact is not None:
        return node.exact
    return None if node.is_empty else node.text


def size_of(node: Node) -> int:
    """How many texts a tree holds, keys not counted."""
    if isinstance(node, MappingNode):
        return sum(size_of(entry.value) for entry in node.entries.values())
    if isinstance(node, SequenceNode):
        return sum(size_of(item) for item in node.items)
    return 1


def kind_of(node: Node) -> str:
    """What a reader would call the node."""
    if isinstance(node, MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, SequenceNode) else "text"


def _line(node: ScalarNode) -> tuple[tuple[int, Location], ...] | None:
    """The place of a text on one line, or None where the line spells it differently."""
    span = node.span
    if span.line != span.end_line:
        return None
    inside = 1 if node.style in (Style.SINGLE, Style.DOUBLE) else 0
    start, end = span.column + inside, span.end_column - inside
    if node.source.line(span.line)[start:end] != node.text:
        return None
    place = node.source.location(Span(span.line, start, span.line, max(start + 1, end)))
    return ((0, place),)


def _literal_lines(node: ScalarNode) -> tuple[tuple[int, Location], ...] | None:
    """The place of each line of a `|` block, which all begin behind the same indentation."""
    written = node.text.rstrip("\n").split("\n")
    first = node.span.line + 1
    raw = [node.source.line(first + number) for number in range(len(written))]
    indents = {len(line) - len(text) for line, text in zip(raw, written, strict=True) if text}
    if len(indents) != 1:
        return None
    indent = indents.pop()
    lines = []
    offset = 0
    for number, text in enumerate(written):
        if raw[number][indent:] != text:
            return None
        span = Span(first + number, indent, first + number, indent + max(1, len(text)))
        lines.append((offset, node.source.location(span)))
        offset += len(text) + 1
    return tuple(lines)
