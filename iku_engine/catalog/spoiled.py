"""What YAML would spoil: text it splits, cuts or cannot begin with unless it is quoted.

Where YAML stops at a sign, the sign is masked and the file is read again, so that one missing
pair of quotes does not hide the mistakes after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import (
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Span,
    Style,
)
from iku_engine.diagnostics import quoted

PUT_IN_QUOTES = "put the whole value in quotes"

_MASKED = "%@`[]:-*"
_MASKS = {sign: chr(0xFDD0 + number) for number, sign in enumerate(_MASKED)}
_UNMASK = str.maketrans({mask: sign for sign, mask in _MASKS.items()})

_COMMA_FIGURE = re.compile(r"[+-]?[0-9]+,[0-9]+")
_CUT = re.compile(r"\s+#")
_BEFORE_VALUE = re.compile(r":\s+|,\s*|\{\s*")
_COMMENT = re.compile(r"(?:\s{2,}|\t)#+(?:\s|$)")

FREE_TEXT = frozenset(
    {
        *("title", "label", "name", "objective", "formulation", "data_source", "note"),
        *("reference", "unit", "formula", "body", "rule", "column", "range"),
        *("duty", "functions", "obstacles", "follow_up", "decree", "header", "accept"),
    }
)
"""The fields whose text may hold a `#` of its own."""

_FREE_BELOW = frozenset({"formula", "unit", "header", "accept"})


@dataclass(frozen=True, slots=True)
class Repair:
    """A sign that stops YAML: what to say of it, and which columns of its line to mask."""

    message: str
    span: Span
    columns: tuple[int, ...]


def repair_of(text: str, line: int, column: int, problem: str) -> Repair | None:
    """Why YAML stopped in a line, where quotes would have helped; None for any other reason.

    `text` is the line as YAML read it, with the signs masked that stopped it before.
    """
    sign = text[column : column + 1]
    span = Span(line, column, line, max(column + 1, len(text.rstrip())))
    if sign and sign in "%@`" and "cannot start any token" in problem:
        return Repair(f"a value begins with `{sign}`, which YAML does not read", span, (column,))
    if sign == "*" or (column and text[column - 1] == "*" and "alphabetic" in problem):
        at = column if sign == "*" else column - 1
        span = span._replace(column=at)
        return Repair("a value begins with `*`, which YAML takes for an alias", span, (at,))
    if sign == "[" and column and (text[column - 1].isalnum() or text[column - 1] in "_)]"):
        start, end = _start_of_word(text, column), _end_of_value(text, column)
        return Repair(
            f"{quoted(unmasked(text[start:end]))} is split at `[` inside `{{}}`",
            Span(line, start, line, end),
            tuple(at for at in range(column, end) if text[at] in "[]"),
        )
    if sign == ":" and "mapping values" in problem and ": " in text[:column]:
        return Repair("a value holds `: `, which YAML takes for another key", span, (column,))
    if sign == "-" and "sequence entries" in problem and ": " in text[:column]:
        return Repair("a value begins with `- `, which YAML takes for a list", span, (column,))
    return None


def unmasked(text: str) -> str:
    """The text with the signs it was written with."""
    return text.translate(_UNMASK)


def mask_in(lines: list[str], repair: Repair) -> None:
    """Mask the signs of a repair in the lines that YAML reads."""
    line = lines[repair.span.line]
    for column in repair.columns:
        line = line[:column] + _MASKS[line[column]] + line[column + 1 :]
    lines[repair.span.line] = line


def rejoined(pairs: list[Entry], mistakes: Mistakes) -> list[Entry]:
    """The entries of a `{}` with the values that commas split put together again.

    `{2018: 10,5}` comes as two keys and `{formula: if(a > b, a, b)}` as three, each but the
    first with nothing behind it.
    """
    kept: list[Entry] = []
    position = 0
    while position < len(pairs):
        entry = pairs[position]
        position += 1
        last = _last_of_value(pairs, position)
        if last >= position and isinstance(entry.value, ScalarNode):
            joined = _joined(entry.value, pairs[last])
            _report_split(joined, mistakes)
            entry = Entry(entry.key, joined)
            position = last + 1
        kept.append(entry)
    return kept


def report_cuts(root: Node, mistakes: Mistakes) -> None:
    """Warn of free text and formulas that end where a ` #` begins a comment.

    A comment behind two spaces and before one is taken for a comment.
    """
    for key, node in _plain_values(root):
        if key not in FREE_TEXT or not node.text:
            continue
        behind = node.source.line(node.span.end_line)[node.span.end_column :]
        if _CUT.match(behind) and not _COMMENT.match(behind):
            mistakes.add(
                "IKU007",
                f"the text of `{key}` ends at ` #`: what follows is a comment to YAML",
                node.location,
                f"{PUT_IN_QUOTES}, or write the comment as two spaces, `#` and a space",
            )


def _plain_values(node: Node, key: str = "") -> Iterator[tuple[str, ScalarNode]]:
    if isinstance(node, ScalarNode):
        if node.style is Style.PLAIN and not node.spoiled:
            yield key, node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _plain_values(item, key)
    elif isinstance(node, MappingNode):
        for name, entry in node.entries.items():
            # A formula by period, a header block: what is below free text is free text.
            below = name if key not in _FREE_BELOW else key
            yield from _plain_values(entry.value, below)


def _last_of_value(pairs: list[Entry], following: int) -> int:
    """The last of the entries that are the rest of a plain value, from `following` on."""
    value = pairs[following - 1].value
    if not isinstance(value, ScalarNode) or value.style is not Style.PLAIN or not value.text:
        return following - 1
    unclosed = _unclosed(value.text)
    for position in range(following, len(pairs)):
        key, rest = pairs[position]
        if not isinstance(rest, ScalarNode):
            return position - 1
        bare = rest.is_empty and rest.span[:2] == key.span[2:]
        if not bare and unclosed <= 0:
            return position - 1
        unclosed += _unclosed(key.text) + _unclosed(rest.text)
    return len(pairs) - 1


def _unclosed(text: str) -> int:
    return text.count("(") - text.count(")")


def _joined(value: ScalarNode, last: Entry) -> ScalarNode:
    end = last.key.span if _is_empty(last.value) else last.value.span
    span = Span(value.span.line, value.span.column, end.end_line, end.end_column)
    text = unmasked(value.source.between(span))
    return ScalarNode(text, span, value.source, Style.PLAIN, spoiled=True)


def _start_of_word(text: str, end: int) -> int:
    """Where the value that runs up to a column begins."""
    ends = [match.end() for match in _BEFORE_VALUE.finditer(text, 0, end)]
    return ends[-1] if ends else 0


def _end_of_value(text: str, start: int) -> int:
    """Where a value of a `{}` that holds brackets ends: at a `,` or `}` outside of them."""
    depth = 0
    for column in range(start, len(text)):
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(text[column], 0)
        if depth <= 0 and text[column] in ",}":
            return column
    return len(text.rstrip())


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.is_empty


def _report_split(value: ScalarNode, mistakes: Mistakes) -> None:
    advice = PUT_IN_QUOTES
    if _COMMA_FIGURE.fullmatch(value.text):
        figure = value.text.replace(",", ".")
        advice = f"a figure in a definition is written with a point: {quoted(figure)}"
    elif len(value.text) < 200:
        advice = f'{PUT_IN_QUOTES}: `"{value.text}"`'
    message = f"{quoted(value.text)} is split at the comma inside `{{}}`"
    mistakes.add("IKU006", message, value.location, advice)
