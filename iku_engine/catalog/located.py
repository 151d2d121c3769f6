"""YAML text -> located tree, through the parser's bounded stream of events.

Nothing is built by YAML itself: no tags, no types, no aliases. The bounds hold while the events
come in, because a parser that builds first can be made to use up the memory or the stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from iku_engine.catalog.characters import FORBIDDEN, named, without_forbidden
from iku_engine.catalog.files import MAX_BYTES
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
from iku_engine.catalog.spoiled import PUT_IN_QUOTES, mask_in, rejoined, repair_of, unmasked
from iku_engine.diagnostics import quoted

MAX_DEPTH = 20
"""How deep mappings and lists may nest."""
MAX_NODES = 200_000
"""The most keys, values, mappings and lists of one file."""

_MOST_REPAIRS = 40
_MOST_READ_AGAIN = 2_000_000  # characters: reading a large file again and again takes too long

# The compiled parser where it is installed; both give the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_Event: TypeAlias = Any  # the events of PyYAML carry no types

_STYLES = {style.value: style for style in Style}

_PROBLEMS = {
    "found unexpected end of stream": ("a quote is opened and never closed", "close the quote"),
    "did not find expected key": (
        "this does not fit the lines above",
        f"a value with text behind its closing quote or bracket: {PUT_IN_QUOTES}; "
        "a line of its own: indent it like its neighbours",
    ),
    "did not find expected ',' or '}'": (
        "a `{` is not closed before this",
        f"separate entries with commas and close the `}}`, or {PUT_IN_QUOTES}",
    ),
    "did not find expected ',' or ']'": (
        "a `[` is not closed before this",
        f"separate items with commas and close the `]`, or {PUT_IN_QUOTES}",
    ),
    "did not find expected node content": ("a value cannot begin like this", PUT_IN_QUOTES),
    "mapping values are not allowed": (
        "a key cannot stand here",
        "put a space behind the `:` of the line above, or indent this line like its neighbours",
    ),
    "found unexpected ':'": (
        "a `:` inside `{}` stands without a space behind it",
        f"put a space behind it, or {PUT_IN_QUOTES}",
    ),
    "expected comment or line break": ("a value cannot begin like this", PUT_IN_QUOTES),
    "found unknown escape character": (
        "a backslash in double quotes begins an escape that YAML does not know",
        "use single quotes",
    ),
}


@dataclass(frozen=True, slots=True)
class Tree:
    """What one file holds; `complete` is false where it could not be read to its end."""

    root: Node | None
    source: SourceText
    complete: bool


class _Stopped(Exception):
    """Reading ends here; the mistake has been reported."""


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    start: _Event
    is_mapping: bool
    children: list[Node] = field(default_factory=list)


def read_tree(text: str, file: str, mistakes: Mistakes) -> Tree:
    """The located tree of a definition text; every mistake of its spelling goes to `mistakes`."""
    if len(text) > MAX_BYTES:
        source = SourceText(file, ("",))
        mistakes.add(
            "IKU005",
            f"a definition file of more than {MAX_BYTES // 1_000_000} MB",
            source.location(Span(0, 0, 0, 1)),
            "split it into several files of one folder",
        )
        return Tree(None, source, complete=False)
    clean, source = without_forbidden(text, file, mistakes)
    lines = list(source.lines)
    for repairs in range(_MOST_REPAIRS):
        attempt = _Builder(source, Mistakes(file), masked=repairs > 0)
        try:
            root = attempt.build(_events(clean))
        except yaml.MarkedYAMLError as error:
            if len(clean) <= _MOST_READ_AGAIN and _repaired(error, source, lines, mistakes):
                clean = "\n".join(lines)
                continue
            _report_problem(error, source, attempt.mistakes)
        except (yaml.YAMLError, _Stopped, RecursionError):
            pass
        else:
            mistakes.extend(attempt.mistakes)
            return Tree(root, source, attempt.complete)
        break
    root = attempt.partial()
    mistakes.extend(attempt.mistakes)
    return Tree(root, source, complete=False)


def _events(text: str) -> Iterator[_Event]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Builder:
    """Makes the tree of one stream of events."""

    def __init__(self, source: SourceText, mistakes: Mistakes, masked: bool) -> None:
        self.source = source
        self.mistakes = mistakes
        self.complete = True
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._nodes = 0
        self._masked = masked  # whether some signs stand in for others

    def build(self, events: Iterator[_Event]) -> Node | None:
        for event in events:
            if self.mistakes.overflowed:
                raise _Stopped
            if isinstance(event, yaml.ScalarEvent):
                self._place(self._scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._place(self._closed(self._stack.pop(), _span(event)[2:]))
            elif isinstance(event, yaml.AliasEvent):
                self._place(self._alias(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
        return self._root

    def partial(self) -> Node | None:
        """What was read before the file broke off, without the definition that broke."""
        del self._stack[2:]
        while self._stack:
            top = self._stack.pop()
            if top.is_mapping and len(top.children) % 2:
                top.children.pop()
            node = self._closed(top, _span(top.start)[2:])
            if not self._stack:
                return node
            self._stack[-1].children.append(node)
        return self._root

    def _scalar(self, event: _Event) -> ScalarNode:
        self._refuse_marks(event)
        span = _span(event)
        text: str = event.value
        if self._masked:
            text = unmasked(text)
        forbidden = FORBIDDEN.search(text) if event.style == '"' else None
        if forbidden:
            # Only an escape of double quotes can still say such a sign here.
            self._report("IKU008", named(forbidden[0]), span, "remove it")
            text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
        return ScalarNode(text, span, self.source, _STYLES[event.style or ""])

    def _open(self, event: _Event) -> None:
        self._refuse_marks(event)
        if len(self._stack) >= MAX_DEPTH:
            message = f"mappings and lists nest deeper than {MAX_DEPTH}"
            self._report("IKU005", message, _span(event))
            raise _Stopped
        self._stack.append(_Open(event, isinstance(event, yaml.MappingStartEvent)))

    def _alias(self, event: _Event) -> ScalarNode:
        span = _span(event)
        advice = f"text that begins with `*`: {PUT_IN_QUOTES}; a value used twice: write it twice"
        self._report("IKU004", "a definition has no aliases", span, advice)
        return ScalarNode(self.source.between(span), span, self.source, spoiled=True)

    def _document(self, event: _Event) -> None:
        if event.version or event.tags:
            self._report("IKU004", "a definition has no directives", _span(event), "remove it")
        if self._root is not None:
            message = "a definition file holds one document"
            self._report("IKU004", message, _span(event), "move the second one to its own file")
            self.complete = False
            raise _Stopped

    def _refuse_marks(self, event: _Event) -> None:
        if event.anchor is not None:
            advice = f"remove it, or {PUT_IN_QUOTES} where the text begins with `&`"
            self._report("IKU004", "a definition has no anchors", _span(event), advice)
        if event.tag is not None:
            advice = f"remove it, or {PUT_IN_QUOTES} where the text begins with `!`"
            self._report("IKU004", "a definition has no tags", _span(event), advice)

    def _closed(self, top: _Open, end: tuple[int, ...]) -> Node:
        span = Span(*_span(top.start)[:2], *end)
        if not top.is_mapping:
            return SequenceNode(tuple(top.children), span, self.source)
        pairs = self._pairs(top.children)
        if top.start.flow_style:
            pairs = rejoined(pairs, self.mistakes)
        return MappingNode(self._unique(pairs), span, self.source)

    def _pairs(self, children: list[Node]) -> list[Entry]:
        pairs = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if isinstance(key, ScalarNode):
                pairs.append(Entry(key, value))
            else:
                advice = f"text with brackets: {PUT_IN_QUOTES}"
                self.mistakes.add("IKU103", "a key is a word or text", key.location, advice)
        return pairs

    def _unique(self, pairs: list[Entry]) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for entry in pairs:
            first = entries.setdefault(entry.key.text, entry)
            if first is not entry and not self.mistakes.overflowed:
                line = first.key.span.line + 1
                self.mistakes.add(
                    "IKU003",
                    f"the key {quoted(entry.key.text)} stands twice in one mapping",
                    entry.key.location,
                    f"the first one stands in line {line} and is the one that counts",
                )
        return entries

    def _place(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._report("IKU005", f"more than {MAX_NODES:,} values in one file", node.span)
            raise _Stopped
        if self._stack:
            self._stack[-1].children.append(node)
        elif self._root is None:
            self._root = node

    def _report(self, code: str, message: str, span: Span, advice: str = "") -> None:
        self.mistakes.add(code, message, self.source.location(span), advice)


def _span(event: _Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line, start.column, end.line, end.column)


def _repaired(
    error: yaml.MarkedYAMLError, source: SourceText, lines: list[str], mistakes: Mistakes
) -> bool:
    """Whether the sign that stopped YAML could be masked; its mistake is then reported."""
    mark = error.problem_mark
    if mark is None or mark.line >= len(lines):
        return False
    repair = repair_of(lines[mark.line], mark.line, mark.column, str(error.problem))
    if repair is None:
        return False
    mistakes.add("IKU006", repair.message, source.location(repair.span), PUT_IN_QUOTES)
    mask_in(lines, repair)
    return True


def _report_problem(error: yaml.MarkedYAMLError, source: SourceText, mistakes: Mistakes) -> None:
    problem = str(error.problem)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line and line >= len(source.lines) - 1 and not source.line(line).strip():
        # The file ended inside something: what was opened says more than the end of the file.
        opened = error.context_mark or mark
        line, column = (opened.line, opened.column) if opened else (line, column)
    message, advice = _explained(problem, source.line(line)[column : column + 1])
    location = source.location(Span(line, column, line, column + 1))
    mistakes.add("IKU002", message, location, advice)


def _explained(problem: str, sign: str) -> tuple[str, str]:
    if sign == "\t":
        return "a tab indents this line", "indent with spaces"
    for beginning, explanation in _PROBLEMS.items():
        if beginning in problem:
            return explanation
    return f"this is not YAML: {problem}", PUT_IN_QUOTES
