"""Period markers: `Tahun n`, `tahun n-1`, `T N`, `Bulan N`, `(N-1)`, `tahun sebelumnya`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iku_engine.language.formulation.signs import Sign, SignKind
from iku_engine.language.formulation.words import (
    BEFORE,
    NOW,
    PERIOD_LETTERS,
    PERIOD_WORDS,
    YEAR_WORDS,
)
from iku_engine.language.model import At, Lag, Name, Node, Span
from iku_engine.periods import Period

_FARTHEST = 12
"""`n - 100` is no lag; no decree looks further back than a dozen periods."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A period as a sentence marks it: some periods back, or one year; `end` is the sign behind."""

    end: int
    back: int = 0
    year: int = 0

    def applied(self, name: Name, span: Span) -> Node:
        """The label in the period that is marked."""
        if self.year:
            return At(name, Period.of(self.year), span)
        return Lag(name, self.back, 0, span) if self.back else name


def marker_at(signs: Sequence[Sign], start: int) -> Marker | None:
    """The marker that begins at a sign, without one in brackets of its own."""
    if start >= len(signs) or not signs[start].is_word:
        return None
    word = signs[start].text
    if word in PERIOD_WORDS:
        marker = _behind_period_word(signs, start + 1, word)
        if marker is not None:
            return marker
    return _letter(signs, start)


def bracketed_marker_at(signs: Sequence[Sign], start: int) -> Marker | None:
    """A marker alone in brackets: `(N-1)`, `(tahun n)`."""
    if not _is(signs, start, SignKind.OPEN):
        return None
    marker = marker_at(signs, start + 1)
    if marker is None or not _is(signs, marker.end, SignKind.CLOSE):
        return None
    return Marker(marker.end + 1, marker.back, marker.year)


def _behind_period_word(signs: Sequence[Sign], start: int, word: str) -> Marker | None:
    if _is(signs, start, SignKind.WORD) and signs[start].text == "ke":
        start += 1
        if _is(signs, start, SignKind.OPERATOR) and signs[start].text == "-":
            start += 1
    marker = _letter(signs, start) or bracketed_marker_at(signs, start)
    if marker is not None or start >= len(signs) or word == "t":
        return marker
    sign = signs[start]
    if sign.text in BEFORE or sign.text in NOW:
        return Marker(start + 1, back=int(sign.text in BEFORE))
    if word in YEAR_WORDS and sign.kind is SignKind.FIGURE and sign.text.isdecimal():
        year = int(sign.text[:5])
        return Marker(start + 1, year=year) if 1900 <= year <= 2100 else None
    return None


def _letter(signs: Sequence[Sign], start: int) -> Marker | None:
    """`n`, `N - 1`, `t-1`: the letter and, with any spacing, how many periods back."""
    if start >= len(signs) or signs[start].text not in PERIOD_LETTERS:
        return None
    lagged = (
        _is(signs, start + 1, SignKind.OPERATOR)
        and signs[start + 1].text == "-"
        and _is(signs, start + 2, SignKind.FIGURE)
        and signs[start + 2].text.isdecimal()
        and not (start + 3 < len(signs) and signs[start + 3].text == "%")
    )
    if lagged and 1 <= int(signs[start + 2].text[:5]) <= _FARTHEST:
        return Marker(start + 3, back=int(signs[start + 2].text))
    return Marker(start + 1)


def _is(signs: Sequence[Sign], position: int, kind: SignKind) -> bool:
    return position < len(signs) and signs[position].kind is kind
