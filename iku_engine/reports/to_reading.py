"""What a formulation was read as -> text."""

from __future__ import annotations

from iku_engine.language.formulation import Reading, Unknown
from iku_engine.language.to_text import to_text
from iku_engine.reports.escape import visible, width_of
from iku_engine.reports.labels import Language, label
from iku_engine.sentences import said


def to_reading(text: str, reading: Reading, language: Language = Language.ID) -> str:
    """The kind, all readings as formulas, which words were taken for what, and what was not."""
    lines = [label(f"read.{reading.kind.value}", language)]
    lines += [
        f"  {number}. {visible(to_text(tree))}"
        for number, tree in enumerate(reading.readings, start=1)
    ]
    pairs = ((visible(text[taken.start : taken.end]), taken.id) for taken in reading.taken)
    for words, name in dict.fromkeys(pairs):
        if words != name:
            lines.append("  " + label("read.words", language, words=f"`{words}`", id=f"`{name}`"))
    if reading.note:
        key = "read.malformed" if reading.malformed else ""
        note = visible(said(reading.note, language))
        lines.append("  " + (label(key, language, note=note) if key else note))
    if reading.unknown is not None:
        word = f"`{visible(reading.unknown.word)}`"
        lines.append("  " + label("read.unknown", language, word=word))
        lines += _shown(text, reading.unknown)
        if reading.unknown.nearest:
            nearest = f"`{visible(reading.unknown.nearest)}`"
            lines.append("  " + label("read.nearest", language, label=nearest))
    return "\n".join(lines) + "\n"


_AROUND = 40


def _shown(text: str, unknown: Unknown) -> list[str]:
    """Where the word stands: the sentence around it, and carets below."""
    start, end = max(0, unknown.start - _AROUND), unknown.end + _AROUND
    before = ("..." if start else "") + visible(text[start : unknown.start])
    word = visible(text[unknown.start : unknown.end])
    after = visible(text[unknown.end : end]) + ("..." if end < len(text) else "")
    carets = " " * width_of(before) + "^" * max(1, width_of(word))
    return [f"    {before}{word}{after}", f"    {carets}"]
