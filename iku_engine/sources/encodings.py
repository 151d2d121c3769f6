"""Bytes of a text file -> text, in the declared encoding or the one they show themselves to be in.

UTF-8 with or without a mark is taken in silence. Anything else is said, since a text read in the
wrong encoding looks right but for the letters that differ.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from iku_engine.catalog.encodings import ENCODINGS
from iku_engine.sources.findings import Refusal

_MARKED = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what has to be said of its encoding."""

    text: str
    remark: Refusal | None = None


@dataclass(frozen=True, slots=True)
class NoText:
    """Bytes that are no text: why, and the line of the first that is none."""

    refusal: Refusal
    line: int


def decoded(content: bytes, name: str, declared: str) -> Decoded | NoText:
    """The text of the bytes of the file `name`; `declared` is the encoding, empty to find out."""
    if declared:
        refusal = Refusal(
            "IKU401",
            f"`{name}` is not text in {declared}",
            "leave `encoding` out to have it found out, or declare the one the file is saved in",
        )
        return _decoded_as(content, ENCODINGS.get(declared, "utf-8-sig"), refusal)
    if content.startswith(_MARKED):
        return _said(_decoded_as(content, "utf-16", _not_utf8(name)), name, "UTF-16", "utf-16")
    found = _decoded_as(content, "utf-8-sig", _not_utf8(name))
    if isinstance(found, Decoded) or _has_utf8(content):
        return found
    western = _decoded_as(content, "cp1252", found.refusal)
    if isinstance(western, NoText) or _CONTROL.search(western.text):
        return found
    return _said(western, name, "Windows-1252", "windows-1252")


def line_ends(text: str) -> int:
    """How many lines of a text are ended, whatever ends them."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _decoded_as(content: bytes, encoding: str, refusal: Refusal) -> Decoded | NoText:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        # `start` may count from behind the byte-order mark; the line is the same.
        before = content[: error.start].decode("latin-1").replace("\0", "")
        return NoText(refusal, line_ends(before) + 1)
    nul = text.find("\0")
    return NoText(refusal, line_ends(text[:nul]) + 1) if nul >= 0 else Decoded(text)


def _not_utf8(name: str) -> Refusal:
    return Refusal(
        "IKU401",
        f"`{name}` is not text in UTF-8",
        "save the sheet as `CSV UTF-8`, or declare the `encoding` of the source",
    )


def _has_utf8(content: bytes) -> bool:
    """Whether some letters are written in UTF-8: then the others are damage, not an encoding."""
    return not content.decode("utf-8", "ignore").isascii()


def _said(found: Decoded | NoText, name: str, shown: str, word: str) -> Decoded | NoText:
    if isinstance(found, NoText):
        return found
    remark = Refusal(
        "IKU421",
        f"`{name}` is not text in UTF-8 and is read as {shown}",
        f"look at letters with accents, and declare `encoding: {word}` if they are right",
    )
    return Decoded(found.text, remark)
