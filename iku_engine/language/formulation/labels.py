"""The labels of a catalog as the vocabulary of its sentences."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iku_engine.language.formulation.markers import marker_at
from iku_engine.language.formulation.signs import Sign, SignKind, fold, signs_of
from iku_engine.language.formulation.words import COUNTING, FILLERS, MEASURES, OPERATOR_WORDS

Key: TypeAlias = tuple[str, ...]
"""The content words of a label, in their order."""

_LONGEST_LABEL = 500
_MOST_SIGNS = 60
_MOST_COMPARED = 200
_MOST_WORDS = 5_000
_LONGEST_COMPARED = 64


@dataclass(frozen=True, slots=True)
class Choice:
    """Which labels some signs may be taken for; several where they are equally near."""

    ids: tuple[str, ...]
    exact: bool
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take where a shortening fits several labels, and what not to take at all."""

    preferred: Collection[str] = ()
    excluded: Collection[str] = ()


class Labels:
    """Labels by their words, made once for all sentences of a catalog.

    Case, spacing, fillers and a leading `Jumlah` make no difference. A shortening has words of a
    label in the label's order, or the initials of some (`ADHK` for `atas dasar harga konstan`).
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = {name: label[:_LONGEST_LABEL] for name, label in labels.items()}
        self._exact: dict[Key, dict[str, int]] = {}
        self._contents: list[tuple[str, Key]] = []
        self._with_word: dict[str, list[int]] = {}
        self._longest = 1
        for name, label in self._labels.items():
            self._add(name, signs_of(label)[0])
        for name in self._labels:
            signs = signs_of(name)[0]
            self._longest = max(self._longest, len(signs))
            self._exact.setdefault(_key(signs, joints=True), {}).setdefault(name, 2)

    def of(self, name: str) -> str:
        return self._labels.get(name, "")

    def match(self, signs: Sequence[Sign], start: int, wanted: Wanted) -> Choice | None:
        """The labels that the longest stretch of signs from `start` on may be taken for."""
        last = min(len(signs), start + self._longest + len(FILLERS), start + _MOST_SIGNS)
        limit = _phrase_end(signs, start, last)
        for end in range(last, start, -1):
            if signs[end - 1].kind not in (SignKind.WORD, SignKind.FIGURE, SignKind.CLOSE):
                continue
            ids = self._named(signs[start:end], wanted)
            if ids:
                return Choice(ids, True, end)
            if end <= limit:
                ids = self._shortened(_key(signs[start:end], joints=False), wanted)
                if ids:
                    return Choice(ids, False, end)
        return None

    def knows(self, word: str) -> bool:
        """Whether the word stands in any label, or makes no difference."""
        return word in self._with_word or word in FILLERS or word in COUNTING

    def nearest(self, words: Sequence[str]) -> str:
        """The id whose label is most like these words, empty where none is near."""
        asked = " ".join(_content(words))[:_LONGEST_COMPARED]
        shared: dict[int, int] = {}
        for word in _content(words):
            like = word if word in self._with_word else self._like(word)
            for index in self._with_word.get(like, [])[:_MOST_COMPARED]:
                shared[index] = shared.get(index, 0) + 1
        ranked = sorted(shared, key=lambda index: -shared[index])[:_MOST_COMPARED]
        texts = {" ".join(self._contents[i][1])[:_LONGEST_COMPARED]: i for i in reversed(ranked)}
        found = difflib.get_close_matches(asked, list(texts), n=1, cutoff=0.5)
        return self._contents[texts[found[0]]][0] if found else ""

    def _like(self, word: str) -> str:
        if len(word) > _LONGEST_COMPARED:
            return ""
        words = list(self._with_word)[:_MOST_WORDS]
        return next(iter(difflib.get_close_matches(word, words, n=1, cutoff=0.75)), "")

    def _add(self, name: str, signs: list[Sign]) -> None:
        self._longest = max(self._longest, len(signs))
        for variant in (signs, _without_brackets(signs)):
            for joints in (True, False):
                key = _key(variant, joints=joints)
                counted = bool(variant) and variant[0].text in COUNTING
                if key:
                    self._exact.setdefault(key, {}).setdefault(name, int(counted))
            content = _key(variant, joints=False)
            if content and (not self._contents or self._contents[-1] != (name, content)):
                self._contents.append((name, content))
                for word in {*content, *_initials(content)}:
                    self._with_word.setdefault(word, []).append(len(self._contents) - 1)

    def _named(self, signs: Sequence[Sign], wanted: Wanted) -> tuple[str, ...]:
        """The labels that are just these words, or the id itself."""
        found = self._exact.get(_key(signs, joints=True), {})
        counted = int(signs[0].text in COUNTING)
        raw = signs[0].raw if len(signs) == 1 else ""
        ranks = {
            name: (name not in wanted.preferred, how == 2 and name != raw, how == 2, how != counted)
            for name, how in found.items()
            if name not in wanted.excluded
        }
        return _best(ranks)

    def _shortened(self, words: Key, wanted: Wanted) -> tuple[str, ...]:
        """The labels that have these words in their order, with the fewest left out."""
        postings = sorted((self._with_word.get(word, []) for word in words), key=len)
        if not postings or not postings[0]:
            return ()
        common = set(postings[0]).intersection(*postings[1:])
        ranks: dict[str, tuple[bool, int]] = {}
        for index in sorted(common):
            name, content = self._contents[index]
            left_out = _left_out(content, words)
            if name in wanted.excluded or left_out is None or not MEASURES.isdisjoint(left_out):
                continue
            if len(words) == 1 and left_out[:1] == [content[0]] and name not in wanted.preferred:
                continue  # one word alone stands for a label only where it is the head of it
            rank = (name not in wanted.preferred, len(left_out))
            ranks[name] = min(rank, ranks.get(name, rank))
        return _best(ranks)


def _best(ranks: Mapping[str, tuple[bool | int, ...]]) -> tuple[str, ...]:
    least = min(ranks.values(), default=())
    return tuple(name for name, rank in ranks.items() if rank == least)


def _phrase_end(signs: Sequence[Sign], start: int, last: int) -> int:
    """Where a run of words ends: at a sign, an operator in words or a period marker."""
    end = start
    while end < last and signs[end].is_word:
        if end > start and (signs[end].text in OPERATOR_WORDS or marker_at(signs, end)):
            break
        end += 1
    return end


def _key(signs: Sequence[Sign], *, joints: bool) -> Key:
    """The content of some signs; `joints` keeps those between the words (`RKA-SKPD`)."""
    kept = (SignKind.WORD, SignKind.FIGURE)
    texts = [sign.text for sign in signs if joints or sign.kind in kept]
    return tuple(_content(texts))


def _content(words: Sequence[str]) -> list[str]:
    content = [word for word in words if word not in FILLERS]
    if len(content) > 1 and content[0] in COUNTING:
        content = content[1:]
    return content or list(words)


def _without_brackets(signs: Sequence[Sign]) -> list[Sign]:
    """A label without what it explains in brackets: `PDRB (miliar)`."""
    depth = 0
    kept = []
    for sign in signs:
        depth += (sign.kind is SignKind.OPEN) - (sign.kind is SignKind.CLOSE)
        if depth <= 0 and sign.kind is not SignKind.CLOSE:
            kept.append(sign)
    return kept


def _initials(words: Key) -> Iterator[str]:
    for start in range(len(words)):
        for length in range(3, min(6, len(words) - start) + 1):
            yield "".join(word[0] for word in words[start : start + length])


def _left_out(content: Key, words: Key) -> list[str] | None:
    """The words of a label that a shortening leaves out; None where it has others."""
    left_out: list[str] = []
    position = 0
    for word in words:
        while position < len(content) and not _stands_for(word, content, position):
            left_out.append(content[position])
            position += 1
        if position == len(content):
            return None
        position += 1 if content[position] == word else len(word)
    return [*left_out, *content[position:]]


def _stands_for(word: str, content: Key, position: int) -> bool:
    if content[position] == word:
        return True
    spelt = "".join(part[0] for part in content[position : position + len(word)])
    return len(word) >= 3 and spelt == word


def folded_name(text: str) -> str:
    """A name in which case and spacing make no difference."""
    return " ".join(fold(text).split())
