"""The encodings of text files that a source may declare."""

from __future__ import annotations

from collections.abc import Mapping

ENCODINGS: Mapping[str, str] = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "windows-1250": "cp1250",
    "windows-1252": "cp1252",
    "iso-8859-1": "latin-1",
    "iso-8859-15": "iso8859-15",
    "cp437": "cp437",
    "cp850": "cp850",
    "macintosh": "mac-roman",
}
"""The encodings a source may declare, each with the name it has in Python."""
