"""The sentence of a decree -> all its readings, or the first word that cannot be read."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce

from iku_engine.language.formulation.labels import Labels, Wanted
from iku_engine.language.formulation.markers import marker_at
from iku_engine.language.formulation.model import MAX_READINGS, Kind, Reading, Taken, Unknown
from iku_engine.language.formulation.sentence import Phrase, Read, Scanner, Stuck
from iku_engine.language.formulation.signs import Sign, SignKind, signs_of
from iku_engine.language.formulation.words import COUNTING, OPERATOR_WORDS, REPORTED
from iku_engine.language.model import Binary, Name, Negate, Node, rebuilt, walk
from iku_engine.sentences import Sentence, sentence

MAX_SENTENCE = 4_000
"""Longer texts are no formulations; they are not looked into."""

_JOINTS = ("-", "/")


def read_formulation(
    text: str,
    labels: Mapping[str, str] | Labels,
    *,
    preferred: Collection[str] = (),
    excluded: Collection[str] = (),
) -> Reading:
    """All readings of a formulation with labels (by id) as its vocabulary. Never raises.

    Where a shortened label fits several, ids that are `preferred` (those a formula reads) come
    first; `excluded` ids are never taken (the indicator whose formulation it is).
    """
    if len(text) > MAX_SENTENCE:
        return Reading(Kind.UNREADABLE, note=sentence("read_too_long", most=f"{MAX_SENTENCE:,}"))
    signs, note = signs_of(text)
    if not signs:
        return Reading(Kind.UNREADABLE, note=sentence("read_empty"))
    if tuple(sign.text for sign in signs[-2:]) == REPORTED and len(signs) <= 4:
        return Reading(Kind.REPORTED)
    if tuple(sign.text for sign in signs[:2]) == REPORTED and not _calculates(signs):
        return Reading(Kind.REPORTED)  # `cukup jelas (data BPS)`
    vocabulary = labels if isinstance(labels, Labels) else Labels(labels)
    signs = _behind_equals(signs)
    scanner = Scanner(signs, vocabulary, Wanted(preferred, excluded))
    try:
        read = scanner.read()
    except Stuck as stuck:
        return _prose(signs) or _unreadable(signs, stuck, scanner.found, vocabulary)
    if note:
        read.notes.append(note)
    return _reading(signs, read)


def _reading(signs: Sequence[Sign], read: Read) -> Reading:
    if not read.phrases:
        return Reading(Kind.UNREADABLE, note=sentence("read_no_label"))
    trees = tuple(itertools.islice(_named(read), MAX_READINGS))
    taken = tuple(
        Taken(phrase.span.start, phrase.span.end, phrase.ids[0], phrase.exact)
        for phrase in read.phrases
    )
    alone = not any(isinstance(node, Binary | Negate) for node in walk(trees[0]))
    if alone and not all(phrase.exact for phrase in read.phrases):
        prose = _prose(signs)
        if prose is not None and prose.kind is Kind.REPORTED:
            return prose
    kind = Kind.COUNT if alone and signs[0].text in COUNTING else Kind.FORMULA
    return Reading(kind, trees, bool(read.notes), _joined(read.notes), taken=taken)


def _joined(notes: Sequence[Sentence]) -> Sentence | str:
    """Several notes as one."""
    if not notes:
        return ""
    return reduce(lambda first, second: sentence("read_both", first=first, second=second), notes)


def _named(read: Read) -> Iterator[Node]:
    """The trees with labels for phrases, for each choice of labels that fit equally well."""
    phrases = {str(phrase.number): phrase.ids for phrase in read.phrases}
    seen = dict[Node, None]()
    for ids in itertools.islice(itertools.product(*phrases.values()), MAX_READINGS):
        names = dict(zip(phrases, ids, strict=True))
        for part in read.trees:
            tree = _renamed(part.node, names)
            if tree not in seen:
                seen[tree] = None
                yield tree


def _renamed(node: Node, names: Mapping[str, str]) -> Node:
    if isinstance(node, Name):
        return replace(node, name=names[node.name])
    return rebuilt(node, lambda child: _renamed(child, names))


def _behind_equals(signs: list[Sign]) -> list[Sign]:
    """`Persentase koperasi aktif = ...`: what is before the sign only names the indicator."""
    for position, sign in enumerate(signs[:-1]):
        if sign.kind is SignKind.OPEN or sign.kind is SignKind.FIGURE:
            break
        if sign.text == "=" and position:
            return signs[position + 1 :]
    return signs


def _prose(signs: Sequence[Sign]) -> Reading | None:
    """`Data BPS` and `Jumlah ...` in words that no label has."""
    if _calculates(signs):
        return None
    if signs[0].text == "data":
        return Reading(Kind.REPORTED)
    return Reading(Kind.COUNT) if signs[0].text in COUNTING else None


def _calculates(signs: Sequence[Sign]) -> bool:
    """Whether an operator stands among the words; `RKA-SKPD` and `dan/atau` have none."""
    for position, sign in enumerate(signs):
        if sign.is_word and sign.text in OPERATOR_WORDS:
            return True
        if sign.kind is SignKind.OPERATOR:
            around = signs[max(0, position - 1) : position + 2]
            glued = len(around) == 3 and around[0].end == sign.start == around[2].start - 1
            words = all(s.is_word for s in around if s is not sign)
            if sign.text not in _JOINTS or not (glued and words):
                return True
    return False


def _unreadable(signs: Sequence[Sign], stuck: Stuck, read: Read, labels: Labels) -> Reading:
    note = stuck.reason
    if stuck.position >= len(signs):
        return Reading(Kind.UNREADABLE, note=note or "")
    phrase = _phrase_around(signs, stuck.position, read.phrases)
    position = stuck.position
    if phrase:
        strange = (p for p in phrase if not labels.knows(signs[p].text))
        position = next(strange, position) if _guessed(signs, position, read) else position
    sign = signs[position]
    if not sign.raw:
        return Reading(Kind.UNREADABLE, note=note or sentence("read_stops"))
    nearest = labels.nearest([signs[p].text for p in phrase]) if phrase else ""
    unknown = Unknown(sign.raw, sign.start, sign.end, labels.of(nearest), nearest)
    return Reading(Kind.UNREADABLE, note=note or "", unknown=unknown)


def _guessed(signs: Sequence[Sign], position: int, read: Read) -> bool:
    """Whether the words before the one that does not fit were taken for a shortened label."""
    before = read.phrases[-1] if read.phrases else None
    touching = before and position and signs[position - 1].end == before.span.end
    return not (touching and before and before.exact)


def _phrase_around(
    signs: Sequence[Sign], position: int, phrases: Sequence[Phrase]
) -> Sequence[int]:
    """The run of words that a word stands in, with those before it that were taken already."""
    if not signs[position].is_word:
        return ()
    first = last = position
    while first > 0 and signs[first - 1].is_word and signs[first - 1].text not in OPERATOR_WORDS:
        first -= 1
    while last + 1 < len(signs) and signs[last + 1].is_word and not marker_at(signs, last + 1):
        last += 1
    return range(first, last + 1)
