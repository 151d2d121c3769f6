"""Diagnostics: mistakes in definitions and data, as values with a code, a location and help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iku_engine.codes import CODES, Code, Severity

_LONGEST_SUGGESTED = 64  # longer words are never mistyped names, only slow to compare
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Location:
    """A stretch of one line in a file, columns counted from 1, with the line's own text.

    `spot` says in words where it is in what has no lines of text: `sheet Data, B7`; line and
    column are then its row and column.
    """

    file: str
    line: int
    column: int = 1
    length: int = 1
    text: str = ""
    spot: str = ""


@dataclass(frozen=True, slots=True)
class LocatedText:
    """Text of a definition that knows where each of its signs stands in the file.

    `lines` pairs an offset in the text with the location of the sign there; where the file
    spells the text differently (escapes, folded lines) `verbatim` is false and every sign is
    located at the whole.
    """

    text: str
    lines: tuple[tuple[int, Location], ...]
    verbatim: bool = True

    @property
    def location(self) -> Location:
        return self.lines[0][1]

    def at(self, start: int, end: int) -> Location:
        """The location of the signs from `start` up to `end`, cut at the end of the line."""
        if not self.verbatim:
            return self.location
        offset, line = max(
            (entry for entry in self.lines if entry[0] <= start),
            key=lambda entry: entry[0],
            default=self.lines[0],
        )
        column = line.column + start - offset
        left = max(1, len(line.text) + 1 - column) if line.text else end - start
        return Location(line.file, line.line, column, max(1, min(end - start, left)), line.text)


def text_alone(text: str, file: str = "<text>") -> LocatedText:
    """Text that stands in no definition file: a command-line argument, a plugin's formula."""
    lines = []
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        shown = line if len(line) <= _LONGEST_LINE else ""
        lines.append((offset, Location(file, number, 1, max(1, len(line)), shown)))
        offset += len(line) + 1
        if number == _LONGEST_LINE:
            break
    return LocatedText(text, tuple(lines))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: a documented code, one sentence, where it stands, and what to do.

    `subject` names the indicator, variable or plugin it belongs to, where there is one.
    `meaning` is given for the codes of plugins, which are not in the table of built-in codes.
    """

    code: str
    message: str
    location: Location | None = None
    help: str = ""
    subject: str = ""
    meaning: Code | None = None

    @property
    def severity(self) -> Severity:
        return (self.meaning or CODES[self.code]).severity

    @property
    def title(self) -> str:
        """What the code means, in a few words."""
        return (self.meaning or CODES[self.code]).title


Diagnostics: TypeAlias = tuple[Diagnostic, ...]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error rather than a warning or a hint."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_file_order(diagnostics: Iterable[Diagnostic]) -> Diagnostics:
    """Without repetitions, by file, line and column; those without a location come last."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Help that names the nearest known word, or an empty text where none is near."""
    if len(word) > _LONGEST_SUGGESTED:
        return ""
    import difflib  # noqa: PLC0415 - only a mistake needs it, and it takes its time

    near: Sequence[str] = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""


def quoted(word: str) -> str:
    """A word of the user's in backticks, cut where it is too long for a sentence."""
    return f"`{word}`" if len(word) <= _LONGEST_SUGGESTED else f"`{word[:_LONGEST_SUGGESTED]}...`"


def _order(diagnostic: Diagnostic) -> tuple[bool, str, int, int, str, str]:
    where = diagnostic.location
    if where is None:
        return (True, "", 0, 0, diagnostic.code, diagnostic.message)
    return (False, where.file, where.line, where.column, diagnostic.code, diagnostic.message)
