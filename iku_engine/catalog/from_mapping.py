"""Definitions held in memory -> the located tree that files give.

A value's place is its path: `memory:indicators.umkm.formula`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from iku_engine.catalog.characters import FORBIDDEN, named, without_forbidden
from iku_engine.catalog.located import MAX_DEPTH, MAX_NODES, Tree
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import (
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    SourceText,
    Span,
    Style,
)
from iku_engine.periods import Period
from iku_engine.quantities import MAX_DIGITS

IN_MEMORY = "memory"


class _Stopped(Exception):
    """Reading ends here; the mistake has been reported."""


def tree_of(definitions: Mapping[str, object], mistakes: Mistakes) -> Tree:
    """The located tree of a mapping; what no definition can hold goes to `mistakes`."""
    source = SourceText(IN_MEMORY, ("",))
    try:
        return Tree(_Reader(mistakes).node(definitions, "", 0), source, complete=True)
    except _Stopped:
        return Tree(None, source, complete=False)


class _Reader:
    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self._nodes = 0

    def node(self, value: object, path: str, depth: int) -> Node:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            bound = f"deeper than {MAX_DEPTH}" if depth > MAX_DEPTH else f"over {MAX_NODES:,}"
            source = _source(path, "")
            message = f"the definitions are past a bound: {bound} values"
            self.mistakes.add("IKU005", message, source.location(_SPAN))
            raise _Stopped
        if isinstance(value, Mapping):
            return self._mapping(value, path, depth)
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            items = [
                self.node(item, f"{path}[{number}]", depth + 1) for number, item in enumerate(value)
            ]
            return SequenceNode(tuple(items), _SPAN, _source(path, ""))
        return self._scalar(value, path)

    def _mapping(self, value: Mapping[object, object], path: str, depth: int) -> MappingNode:
        entries: dict[str, Entry] = {}
        for raw_key, item in value.items():
            key = self._scalar(raw_key, path)
            below = f"{path}.{key.text[:100]}" if path else key.text[:100]
            key = ScalarNode(key.text, key.span, _source(below, key.text))
            if key.text in entries:
                message = f"the key `{key.text[:64]}` stands twice in one mapping"
                self.mistakes.add("IKU003", message, key.location)
                continue
            entries[key.text] = Entry(key, self.node(item, below, depth + 1))
        return MappingNode(entries, _SPAN, _source(path, ""))

    def _scalar(self, value: object, path: str) -> ScalarNode:
        text = _text(value)
        if text is None:
            message = f"a value of the type `{type(value).__name__}` is no part of a definition"
            self.mistakes.add("IKU103", message, _source(path, "").location(_SPAN))
            return ScalarNode("", _SPAN, _source(path, ""), spoiled=True)
        forbidden = FORBIDDEN.search(text)
        if forbidden:
            shown = _source(path, text)
            self.mistakes.add("IKU008", named(forbidden[0]), shown.location(_SPAN), "remove it")
            text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
        style = Style.PLAIN if value is None else Style.LITERAL
        exact = value if isinstance(value, Fraction) and value.denominator != 1 else None
        # As a block whose first line is its header: every line of the text has its place.
        source = SourceText(_file(path), ("", *text.split("\n")))
        if "\n" not in text:
            source = SourceText(_file(path), (text,))
            style = Style.PLAIN if value is None else Style.SINGLE
        return ScalarNode(text, Span(0, 0, 0, len(text)), source, style, exact=exact)


_SPAN = Span(0, 0, 0, 1)


def _file(path: str) -> str:
    return f"{IN_MEMORY}:{path}" if path else IN_MEMORY


def _source(path: str, text: str) -> SourceText:
    _, source = without_forbidden(text, _file(path), Mistakes(""))
    return source


def _text(value: object) -> str | None:
    """A value as a definition would spell it; None for what cannot stand in one."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Period):
        return str(value)
    if type(value) is date:  # a moment of a day is no date
        return value.isoformat()
    if isinstance(value, int):
        return str(value) if value.bit_length() <= 10_000 else "a figure of too many digits"
    if isinstance(value, float):
        value = Decimal(repr(float(value)))
    if isinstance(value, Decimal):
        short = value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS
        return format(value, "f") if short else str(value)
    if isinstance(value, Fraction):
        return _fraction_text(value)
    return None


def _fraction_text(value: Fraction) -> str:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > 10_000:
        return "a figure of too many digits"
    return str(value)
