"""The sentence -> words, figures and signs, each with its place; markup is taken off here.

LaTeX fractions become bracketed quotients, so that the stages behind this one see one notation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from iku_engine.sentences import Sentence, sentence

_STYLES = "text|textbf|textit|textrm|mathrm|mathbf|mathit|mbox|operatorname|underline"
_PATTERN = re.compile(
    rf"""
      (?P<noise>[\s$~_;!?"'“”‘’`…•\u200b\u00ad\ufeff]|[.,](?!\d))
    | (?P<tag></?[A-Za-z][^<>]{{0,200}}>)
    | &(?P<entity>[A-Za-z]{{2,8}});
    | (?P<fraction>\\[dtc]?frac\s*\{{)
    | (?P<style>\\(?:{_STYLES})\s*\{{)
    | \\(?P<command>[A-Za-z]+|.)
    | (?P<brace>[{{}}])
    | (?P<doubled>(?:rata-rata|masing-masing|undang-undang)(?!\w))
    | (?P<times>[xX](?=[0-9]))
    | (?P<subscripted>[^\W\d_](?:\w*?[^\W_])?(?=_[nt](?!\w)))
    | (?P<word>[^\W\d_](?:\w*[^\W_])?)
    | (?P<figure>[0-9]+(?:[.,][0-9]+)*)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SECOND_PART = re.compile(r"\s*\{")

_OPERATORS = {
    **dict.fromkeys("+", "+"),
    **dict.fromkeys("-‐‑‒–—−", "-"),
    **dict.fromkeys("*×∗·∙⋅✕✖", "*"),
    **dict.fromkeys("/÷:∶⁄∕", "/"),
}
_COMMANDS = {
    **dict.fromkeys(("times", "cdot", "ast"), "*"),
    **dict.fromkeys(("div", "colon"), "/"),
    "%": "%",
    **dict.fromkeys(("left", "right", "big", "Big", "quad", "qquad", ",", ";", ":", "!"), ""),
    **dict.fromkeys((" ", "\\", "(", ")", "[", "]", "_", "displaystyle", "\n"), ""),
}
_ENTITIES = {
    **dict.fromkeys(("divide", "frasl"), "/"),
    "times": "*",
    "plus": "+",
    "percnt": "%",
    **dict.fromkeys(("minus", "ndash", "mdash"), "-"),
    **dict.fromkeys(("nbsp", "ensp", "emsp", "thinsp", "quot"), ""),
}


class SignKind(StrEnum):
    """What a sign of the sentence is."""

    WORD = "word"
    FIGURE = "figure"
    OPERATOR = "operator"
    OPEN = "("
    CLOSE = ")"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sign:
    """A word, figure or sign: `text` is folded (case, variants of signs), `raw` as printed."""

    kind: SignKind
    text: str
    raw: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.kind is SignKind.WORD


def signs_of(text: str) -> tuple[list[Sign], Sentence | None]:
    """The signs of a sentence, and a note where its markup is broken."""
    reader = _Markup(text)
    return list(reader.signs()), reader.note


def fold(text: str) -> str:
    """Text in which case and the variants of a letter make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


class _Markup:
    """One sentence while its markup is taken off; `_open` are the braces not yet closed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[str] = []
        self.note: Sentence | None = None

    def signs(self) -> Iterator[Sign]:
        position = 0
        while position < len(self._text):
            match = _PATTERN.match(self._text, position)
            assert match is not None  # the last alternative takes any sign
            position = match.end()
            if match["brace"] == "}":
                second = _SECOND_PART.match(self._text, position)
                yield from self._closed(match, second)
                if second and self._open and self._open[-1] == "divisor":
                    position = second.end()
            else:
                yield from self._signs(match)
        while self._open:
            self.note = sentence("read_brace")
            yield from self._written({"divisor": "))", "numerator": ")/())"}.get(self._last(), ""))

    def _last(self) -> str:
        return self._open.pop()

    def _signs(self, found: re.Match[str]) -> Iterator[Sign]:
        start, end = found.span()
        raw = found[0]
        match found.lastgroup:
            case "word" | "subscripted" | "times" | "doubled":
                yield Sign(SignKind.WORD, fold(raw), raw, start, end)
            case "figure":
                yield Sign(SignKind.FIGURE, raw, raw, start, end)
            case "fraction":
                self._open.append("numerator")
                yield from self._written("((", start, end)
            case "style" | "brace":
                self._open.append("")
            case "command" | "entity":
                yield from self._named(found)
            case "sign":
                yield _sign(unicodedata.normalize("NFKC", raw) or raw, raw, start, end)

    def _named(self, match: re.Match[str]) -> Iterator[Sign]:
        """A command of LaTeX or an entity of HTML by its name; unknown ones are words."""
        name = match[match.lastgroup or 0]
        known = (_COMMANDS if match.lastgroup == "command" else _ENTITIES).get(name)
        if known is None:
            yield Sign(SignKind.OTHER, match[0], match[0], *match.span())
        elif known:
            yield _sign(known, match[0], *match.span())

    def _closed(self, match: re.Match[str], second: re.Match[str] | None) -> Iterator[Sign]:
        part = self._open.pop() if self._open else ""
        if part == "numerator" and second:
            self._open.append("divisor")
            yield from self._written(")/(", *match.span())
        elif part == "numerator":
            yield from self._written(")/())", *match.span())
        elif part == "divisor":
            yield from self._written("))", *match.span())

    def _written(self, signs: str, start: int = -1, end: int = -1) -> Iterator[Sign]:
        """Signs that the markup stands for."""
        place = (start, end) if start >= 0 else (len(self._text), len(self._text))
        for sign in signs:
            yield _sign(sign, self._text[place[0] : place[1]], *place)


def _sign(text: str, raw: str, start: int, end: int) -> Sign:
    if text in _OPERATORS:
        return Sign(SignKind.OPERATOR, _OPERATORS[text], raw, start, end)
    if text in ("(", "["):
        return Sign(SignKind.OPEN, "(", raw, start, end)
    if text in (")", "]"):
        return Sign(SignKind.CLOSE, ")", raw, start, end)
    return Sign(SignKind.OTHER, text, raw, start, end)
