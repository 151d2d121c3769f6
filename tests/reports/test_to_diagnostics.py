"""Diagnostics as a person reads them, and as a program does."""

from __future__ import annotations

import pytest

from iku_engine.diagnostics import Diagnostic, Location
from iku_engine.reports.to_diagnostics import (
    diagnostic_rows,
    diagnostic_text,
    summary,
    to_diagnostics,
)

FORMULA = "    formula: koperasi_aktif / koperasi"
BARE = Diagnostic(
    "IKU203",
    "the unit is `%` but the formula yields a bare ratio",
    Location("definitions/contoh/iku.yaml", 14, 14, 25, FORMULA),
    "write `koperasi_aktif / koperasi * 100%` or `share(koperasi_aktif, koperasi)`",
    "koperasi_aktif_persen",
)
HOLE = Diagnostic("IKU110", "the scale `kesehatan` has a hole between 51 and 66")


def test_a_diagnostic_shows_place_line_caret_and_help() -> None:
    assert diagnostic_text(BARE) == (
        """\
IKU203 the unit is `%` but the formula yields a bare ratio
  --> definitions/contoh/iku.yaml:14:14
   |
14 |     formula: koperasi_aktif / koperasi
   |              ^^^^^^^^^^^^^^^^^^^^^^^^^
help: write `koperasi_aktif / koperasi * 100%` or `share(koperasi_aktif, koperasi)`"""
    )


def test_what_is_no_error_says_so() -> None:
    assert diagnostic_text(HOLE) == (
        "IKU110 warning: the scale `kesehatan` has a hole between 51 and 66"
    )


def test_a_place_without_its_line_is_still_named() -> None:
    found = diagnostic_text(Diagnostic("IKU401", "no file", Location("a.csv", 3)))
    assert found == "IKU401 no file\n --> a.csv:3:1"


def test_all_are_counted_below() -> None:
    assert to_diagnostics([BARE, HOLE, BARE]).endswith("\n\n2 errors, 1 warning\n")
    assert summary([]) == "no mistakes found"
    assert to_diagnostics([]) == ""


@pytest.mark.parametrize(
    ("line", "column", "length", "shown", "carets"),
    [
        ("a\tb", 3, 1, "a b", "  ^"),
        ("漢字 x", 4, 1, "漢字 x", "     ^"),
        ("e\u0301 x", 4, 1, "e\u0301 x", "  ^"),
        ("a\u202eb", 2, 1, r"a\u{202E}b", " ^^^^^^^^"),
        ("abc", 4, 1, "abc", "   ^"),
        ("abc", 2, 99, "abc", " ^^"),
    ],
)
def test_carets_stand_under_what_is_meant(
    line: str, column: int, length: int, shown: str, carets: str
) -> None:
    where = Location("a", 1, column, length, line)
    lines = diagnostic_text(Diagnostic("IKU002", "x", where)).splitlines()
    assert lines[3] == f"1 | {shown}"
    assert lines[4] == f"  | {carets}"


def test_a_long_line_is_shown_around_the_mistake() -> None:
    text = "a" * 300 + "X" + "b" * 99
    lines = diagnostic_text(Diagnostic("IKU002", "x", Location("a", 1, 301, 1, text))).splitlines()
    assert len(lines[3]) < 180
    assert lines[3][lines[4].index("^")] == "X"
    assert lines[3].startswith("1 | ...a")
    assert lines[3].endswith("b...")


def test_rows_say_the_same_to_programs() -> None:
    assert diagnostic_rows([BARE, HOLE]) == [
        {
            "code": "IKU203",
            "severity": "error",
            "title": "a bare ratio under the unit `%`",
            "message": BARE.message,
            "file": "definitions/contoh/iku.yaml",
            "line": 14,
            "column": 14,
            "length": 25,
            "help": BARE.help,
            "subject": "koperasi_aktif_persen",
        },
        {
            "code": "IKU110",
            "severity": "warning",
            "title": "a scale has a hole between two bands",
            "message": HOLE.message,
            "file": None,
            "line": None,
            "column": None,
            "length": None,
            "help": None,
            "subject": None,
        },
    ]
