"""Reasons as sentences, and many reasons as few: the same cause in several periods is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iku_engine.evaluation.model import Reason
from iku_engine.periods import Period
from iku_engine.places import WHOLE, Place
from iku_engine.reports.labels import Language, has_label, label
from iku_engine.reports.names import Names
from iku_engine.sentences import Sentence

_NOTE = re.compile(r"(?P<kind>[a-z_]+):(?P<rest>.*)", re.DOTALL)
_WHEN = re.compile(
    r"(?P<subject>.*?)(?:@(?P<period>[0-9Q-]+))?(?:\[(?P<place>[^\[\]]*=[^\[\]]*)\])?"
)
_PAIRS = re.compile(r",(?=[A-Za-z]\w*=)")  # a member may hold commas, a dimension's id cannot
_PARTIAL = "partial "
_BARE = frozenset({"cumulative"})
_PLAIN_SUBJECTS = frozenset(
    {"more_records", "partial", "consolidated", "cap", "floor", "zero_target", "zero_actual"}
)  # figures, not names


@dataclass(frozen=True, slots=True)
class Cause:
    """One kind of reason about one subject, in all periods and places it holds for."""

    kind: str
    subject: str
    periods: tuple[Period, ...] = ()
    places: tuple[Place, ...] = (WHOLE,)


def sentence(reason: Reason, names: Names, language: Language) -> str:
    """One reason in words: `missing: Jumlah UMKM 2017`."""
    periods = (reason.period,) if reason.period else ()
    return cause_sentence(
        Cause(reason.kind, reason.subject, periods, (reason.place,)), names, language
    )


def cause_sentence(cause: Cause, names: Names, language: Language) -> str:
    """One cause in words, its periods as ranges and its places by name."""
    key = f"reason.{cause.kind}"
    word = f"subject.{cause.subject}"
    bare = cause.kind in _PLAIN_SUBJECTS
    if has_label(word):
        subject = label(word, language)
    else:
        subject = cause.subject if bare else names.subject(cause.subject)
    places = names.places([place for place in cause.places if place])
    at = f" {period_ranges(cause.periods)}" if cause.periods else ""
    at += f" ({places})" if places else ""
    parts = {"subject": subject, "at": at, "kind": cause.kind}
    return label(key if has_label(key) else "reason.other", language, **parts)


def causes_of(reasons: Iterable[Reason]) -> dict[Reason, Cause]:
    """The cause each reason belongs to; causes are as few as the reasons allow."""
    ordered = list(dict.fromkeys(reasons))
    periods: dict[tuple[str, str, Place], list[Period]] = {}
    for reason in ordered:
        found = periods.setdefault((reason.kind, reason.subject, reason.place), [])
        if reason.period and reason.period not in found:
            found.append(reason.period)
    places: dict[tuple[str, str, tuple[Period, ...]], list[Place]] = {}
    for (kind, subject, place), when in periods.items():
        places.setdefault((kind, subject, tuple(sorted(when))), []).append(place)
    causes: dict[tuple[str, str, Place], Cause] = {}
    for (kind, subject, when_), where in places.items():
        cause = Cause(kind, subject, when_, tuple(where))
        causes |= {(kind, subject, place): cause for place in where}
    return {reason: causes[reason.kind, reason.subject, reason.place] for reason in ordered}


def read_note(note: str) -> Reason | None:
    """A note of a quality (`negative_base:x@2019`, `partial 37/40`) as a reason, if it is one."""
    if note.startswith(_PARTIAL):
        return Reason("partial", note.removeprefix(_PARTIAL))
    if note in _BARE:
        return Reason(note, "")
    match = _NOTE.fullmatch(note)
    if match is None:
        return None
    parts = _WHEN.fullmatch(match["rest"])
    if parts is None:
        return Reason(match["kind"], match["rest"])
    try:
        period = Period.parse(parts["period"]) if parts["period"] else None
    except ValueError:
        return Reason(match["kind"], match["rest"])
    return Reason(match["kind"], parts["subject"], period, _read_place(parts["place"] or ""))


def told(text: str, names: Names, language: Language) -> str:
    """An answer of an analysis in a language, the reasons in it as sentences."""
    if not isinstance(text, Sentence):
        return text

    def words(reasons: str) -> str:
        read = [read_note(part.strip()) for part in reasons.split(";")]
        known = [reason for reason in read if reason is not None]
        if not known or len(known) < len(read):
            return reasons
        causes = dict.fromkeys(causes_of(known).values())
        return "; ".join(cause_sentence(cause, names, language) for cause in causes)

    return text.with_words("reasons", words).said(language.value)


def period_ranges(periods: Sequence[Period]) -> str:
    """`2018..2020, 2022`: neighbouring periods of one kind as a range."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1].shifted(1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}..{run[-1]}" for run in runs)


def _read_place(text: str) -> Place:
    pairs = (pair.partition("=") for pair in _PAIRS.split(text) if pair)
    return tuple((dimension, member) for dimension, _, member in pairs)
