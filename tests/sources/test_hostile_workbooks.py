"""Workbooks made to take all time and memory: refused, and the process lives on."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.tools.workbooks import MAIN, number_row, parts, sheet_xml, text_row, zipped
from iku_engine.sources.from_files import read_data
from iku_engine.sources.model import Data
from iku_engine.sources.xlsx import process
from tests.sources.building import catalog, codes, figures, source, variable

ROWS = text_row(1, "tahun", "a") + number_row(2, 2020, 5)
SHEET = "xl/worksheets/sheet1.xml"
BLANKS = 1024 * 1024


def read(folder: Path, content: bytes) -> Data:
    (folder / "x.xlsx").write_bytes(content)
    return read_data(catalog(str(folder), source(folder, "x.xlsx"), variable("a")))


def with_part(name: str, content: bytes) -> bytes:
    return zipped({**parts({"Data": sheet_xml(ROWS)}), name: content})


def sheet(rows: str = "", after: str = "", before: str = "") -> bytes:
    return with_part(SHEET, sheet_xml(ROWS + rows, after, before).encode())


def bomb(name: str, megabytes: int) -> bytes:
    """A part that unpacks to so many blanks, written without holding them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for other, content in parts({"Data": sheet_xml(ROWS)}).items():
            if other != name:
                file.writestr(other, content)
        with file.open(name, "w") as stream:
            stream.write(f'<worksheet xmlns="{MAIN}">'.encode())
            for _ in range(megabytes):
                stream.write(b" " * BLANKS)
            stream.write(b"</worksheet>")
    return made.getvalue()


def lying_bomb() -> bytes:
    """A bomb that declares to unpack to a thousand bytes."""
    raw = bytearray(bomb(SHEET, 60))
    entry = zipfile.ZipFile(io.BytesIO(raw)).getinfo(SHEET)
    directory = raw.rfind(b"PK\x01\x02", 0, raw.rfind(SHEET.encode()))
    raw[directory + 24 : directory + 28] = struct.pack("<I", 1000)
    raw[entry.header_offset + 22 : entry.header_offset + 26] = struct.pack("<I", 1000)
    return bytes(raw)


def one_long_text_in_many_cells() -> bytes:
    cells = "".join(
        f'<row r="{row}">{"""<c t="s"><v>0</v></c>""" * 10}</row>' for row in range(3, 1003)
    )
    made = parts({"Data": sheet_xml(ROWS + cells)})
    text = "x" * 30_000
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'.encode()
    return zipped(made)


def two_parts_of_one_name() -> bytes:
    made = io.BytesIO(sheet())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(made, "a") as file:
        file.writestr(SHEET, b"<worksheet/>")
    return made.getvalue()


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BEYOND = '<row r="3"><c r="ZZZZ3"><v>1</v></c></row>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a cell in the last corner": (lambda: sheet(FAR), "IKU411"),
    "a cell in the last row": (lambda: sheet(FAR.replace("XFD", "C")), "IKU411"),
    "a cell beyond all columns": (lambda: sheet(BEYOND), "IKU401"),
    "a row before the first": (lambda: sheet('<row r="-5"><c><v>1</v></c></row>'), "IKU401"),
    "many columns": (lambda: sheet('<row r="3"><c r="CZZ3"><v>1</v></c></row>'), "IKU411"),
    "a sheet that unpacks to 629 MB": (lambda: bomb(SHEET, 600), "IKU411"),
    "a sheet packed too tightly": (lambda: bomb(SHEET, 30), "IKU411"),
    "styles that unpack to much": (lambda: bomb("xl/styles.xml", 200), "IKU411"),
    "shared texts that unpack to much": (lambda: bomb("xl/sharedStrings.xml", 200), "IKU411"),
    "a bomb that declares little": (lying_bomb, "IKU401"),
    "one long text in many cells": (one_long_text_in_many_cells, "IKU411"),
    "more parts than any workbook": (
        lambda: zipped({**parts({"D": sheet_xml(ROWS)}), **{f"x{n}": b"" for n in range(5001)}}),
        "IKU411",
    ),
    "two parts of one name": (two_parts_of_one_name, "IKU401"),
    "entities": (
        lambda: with_part(SHEET, b'<!DOCTYPE x [<!ENTITY a "aa">]>' + sheet_xml(ROWS).encode()),
        "IKU401",
    ),
    "merged cells over each other": (
        lambda: sheet(
            '<row r="1500"><c r="ALL1500"><v>1</v></c></row>',
            "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100 + "</mergeCells>",
        ),
        "IKU411",
    ),
    "a shared text that is not there": (
        lambda: sheet('<row r="3"><c r="A3" t="s"><v>99999999999</v></c></row>'), "IKU401",
    ),
    "no XML": (lambda: with_part(SHEET, b"<worksheet><sheetData><row"), "IKU401"),
    "no workbook": (lambda: zipped({"a.txt": b"x"}), "IKU401"),
    "no zip": (lambda: b"tahun,a\n2020,5\n", "IKU401"),
    "nothing": (lambda: b"", "IKU401"),
    "half a workbook": (lambda: sheet()[:400], "IKU401"),
    "an older or protected one": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "IKU401"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_and_the_process_lives_on(name: str, tmp_path: Path) -> None:
    make, code = HOSTILE[name]
    data = read(tmp_path, make())
    assert codes(data) == [code]
    assert not data.observations


def test_a_dimension_that_promises_too_much_does_no_harm(tmp_path: Path) -> None:
    data = read(tmp_path, sheet(before='<dimension ref="A1:XFD1048576"/>'))
    assert figures(data) == {"a@2020": "5"}


def test_parts_that_are_not_read_may_be_anything(tmp_path: Path) -> None:
    data = read(tmp_path, bomb("xl/media/image1.xml", 60))
    assert figures(data) == {"a@2020": "5"}


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="limits are those of Unix")
def test_a_child_that_is_ended_or_fails_is_a_diagnostic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for start in ("raise SystemExit(3)", "import os; os.abort()", "print('{}')", "print('[]')"):
        monkeypatch.setattr(process, "_START", start)
        assert codes(read(tmp_path, sheet())) == ["IKU401"]


def test_a_child_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(process, "SECONDS", 0.2)
    assert codes(read(tmp_path, sheet())) == ["IKU411"]


def test_a_child_that_says_too_much_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_START", "while True: print('x' * 100000)")
    monkeypatch.setattr(process, "MAX_OUTPUT", 1_000_000)
    assert codes(read(tmp_path, sheet())) == ["IKU401"]


def test_nothing_of_the_folder_one_works_in_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "python_calamine", "sitecustomize", "iku_engine"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close(); raise SystemExit(1)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert figures(read(tmp_path, sheet())) == {"a@2020": "5"}
    assert not (tmp_path / "ran").exists()


def test_the_child_has_no_keys_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IKU_SECRET", "rahasia")
    monkeypatch.setattr(
        process,
        "_START",
        "import os, json; print(json.dumps({'refused': ['IKU401', str('IKU_SECRET' in os.environ), "
        "'', None]}))",
    )
    assert "`x.xlsx` False" in [one.message for one in read(tmp_path, sheet()).diagnostics]
