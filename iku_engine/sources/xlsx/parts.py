"""The zip of a workbook: its parts checked before they are unpacked, and its sheets found.

Only the parts that the wanted sheet needs are unpacked, and what is read further is a new zip of
these: whatever else the file holds, or claims of itself, is never seen.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from iku_engine.diagnostics import quoted
from iku_engine.sources.xlsx.elements import Attributes, Elements, go_through
from iku_engine.sources.xlsx.refusing import SAVE_AGAIN, RefusedWorkbookError, damaged

MAX_PART = 128 * 1024 * 1024
"""The most bytes that one part of a workbook may unpack to."""

_MAX_ENTRIES = 5_000
_MAX_RATIO = 200
_SMALL = 8 * 1024 * 1024  # below this a part may be packed as tightly as it likes
_MAX_SHEETS = 1_000
_CHUNK = 64 * 1024
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
_CARRIED = ("[Content_Types].xml", "_rels/.rels", _WORKBOOK, _RELATIONS, STYLES)
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook: its name, the part that holds it, whether people see it."""

    name: str
    part: str
    shown: bool


class Package:
    """The zip of a workbook; a part is unpacked within its bounds or refused."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLD_FORMAT):
            what = "is protected by a password, or of the format before XLSX"
            raise RefusedWorkbookError("IKU401", what, "save it as `.xlsx` without a password")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        # The library says NotImplementedError of ways to pack that it does not know.
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise damaged() from None
        entries = self._zip.infolist()
        if len(entries) > _MAX_ENTRIES:
            raise RefusedWorkbookError("IKU411", f"has more than {_MAX_ENTRIES} parts")
        self._entries = {one.filename.replace("\\", "/").lstrip("/"): one for one in entries}
        if len(self._entries) < len(entries):
            raise RefusedWorkbookError("IKU401", "holds two parts of one name", SAVE_AGAIN)

    def has(self, part: str) -> bool:
        return part in self._entries

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, never more than it declares and never past the bound."""
        entry = self._entries.get(part)
        if entry is None:
            raise damaged()
        _check(entry)
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        # NotImplementedError: packed or encrypted in a way that the library does not know
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise damaged() from None

    def with_sheet(self, sheet: SheetPart, look_at: Callable[[bytes], None]) -> io.BytesIO:
        """A zip of that sheet and what it needs; `look_at` sees the bytes of the sheet."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            for part in (*_CARRIED, self.strings, sheet.part):
                if not self.has(part):
                    continue
                with made.open(part, "w", force_zip64=True) as stream:
                    for chunk in self.chunks(part):
                        if part == sheet.part:
                            look_at(chunk)
                        stream.write(chunk)
        packed.seek(0)
        return packed

    @property
    def strings(self) -> str:
        """The part of the texts that cells share; some programs write it in other case."""
        folded = _STRINGS.casefold()
        return next((part for part in self._entries if part.casefold() == folded), _STRINGS)


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise RefusedWorkbookError("IKU401", "is encrypted", "save it without a password")
    if entry.compress_type not in _METHODS:
        raise damaged()
    tight = entry.file_size > _SMALL and entry.file_size > _MAX_RATIO * entry.compress_size
    if entry.file_size > MAX_PART or tight:
        what = f"unpacks to {entry.file_size // 1024**2} MB in its part {quoted(entry.filename)}"
        raise RefusedWorkbookError(
            "IKU411",
            f"{what}, more than is read",
            "delete empty rows and columns, or split the sheet into several workbooks",
        )


def sheets_of(package: Package) -> list[SheetPart]:
    """The worksheets of a workbook in their order; charts and macros are none."""
    targets = _targets(package)
    found: list[SheetPart] = []

    def sheet(attributes: Attributes) -> None:
        key = next((value for at, value in attributes.items() if at.endswith(" id")), "")
        part = targets.get(key)
        if part is not None and package.has(part) and len(found) < _MAX_SHEETS:
            shown = attributes.get("state", "visible") == "visible"
            found.append(SheetPart(attributes.get("name", ""), part, shown))

    go_through(package.chunks(_WORKBOOK), Elements({"sheet": sheet}))
    if not found:
        raise RefusedWorkbookError("IKU401", "has no sheet of cells", SAVE_AGAIN)
    return found


def _targets(package: Package) -> dict[str, str]:
    """The part of each worksheet by the key that the workbook has for it."""
    found: dict[str, str] = {}

    def relation(attributes: Attributes) -> None:
        if attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "").replace("\\", "/")
            joined = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            found[attributes.get("Id", "")] = joined

    go_through(package.chunks(_RELATIONS), Elements({"Relationship": relation}))
    return found


def chosen(sheets: list[SheetPart], wanted: str) -> SheetPart:
    """The sheet of a name, else of a number among those shown; without either the first shown."""
    shown = [sheet for sheet in sheets if sheet.shown]
    if not wanted:
        if shown:
            return shown[0]
        raise RefusedWorkbookError("IKU423", "has only hidden sheets", _named(sheets))
    for name in (wanted, wanted.strip()):
        for sheet in sheets:
            if sheet.name == name or sheet.name.strip().casefold() == name.strip().casefold():
                return sheet
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) <= len(shown):
        return shown[int(wanted[:6]) - 1]
    names = [sheet.name for sheet in sheets]
    raise RefusedWorkbookError(
        "IKU423", f"has no sheet {quoted(wanted)}", _named(sheets), (wanted, names)
    )


def _named(sheets: list[SheetPart]) -> str:
    names = ", ".join(
        quoted(sheet.name) + ("" if sheet.shown else " (hidden)") for sheet in sheets[:8]
    )
    return f"its sheets are {names}{' and more' if len(sheets) > 8 else ''}"
