"""Every diagnostic code has a case: an example that gives exactly it, and one that gives none."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.tools.diagnostic_cases import CASES, found_in, read_diagnostic_case, read_diagnostic_cases
from iku_engine.codes import CODES, Severity
from iku_engine.diagnostics import Diagnostic

WITHOUT_A_PLACE = {"IKU901", "IKU902", "IKU903"}
"""Codes of plugins, which stand in no file of a catalog."""

every_code = pytest.mark.parametrize("code", list(CODES))


def case_file(code: str) -> Path:
    return CASES / f"{code}.yaml"


def shown(found: list[Diagnostic]) -> str:
    return "\n".join(f"{one.code} {one.message} {one.location}" for one in found)


def test_codes_and_case_files_agree() -> None:
    assert [path.stem for path in sorted(CASES.glob("*.yaml"))] == sorted(CODES)


@every_code
def test_case_is_about_the_code_it_is_named_for(code: str) -> None:
    case = read_diagnostic_case(case_file(code))
    assert case.code == code
    assert case.what and case.why and case.instead


@every_code
def test_bad_example_gives_exactly_its_code(code: str, tmp_path: Path) -> None:
    case = read_diagnostic_case(case_file(code))
    found = found_in(case.bad, tmp_path)
    assert {one.code for one in found} == {code, *case.also}, shown(found)


@every_code
def test_diagnostic_names_a_place_inside_its_file(code: str, tmp_path: Path) -> None:
    found = found_in(read_diagnostic_case(case_file(code)).bad, tmp_path)
    for one in found:
        where = one.location
        if one.code in WITHOUT_A_PLACE:
            assert where is None
            continue
        assert where is not None, shown([one])
        if where.file == "memory":
            assert where.line >= 1
            continue
        lines = Path(where.file).read_bytes().decode("utf-8", "replace").splitlines()
        assert 1 <= where.line <= len(lines)
        assert 1 <= where.column <= len(lines[where.line - 1]) + 1
        assert where.length >= 1


@every_code
def test_diagnostic_is_one_plain_sentence(code: str, tmp_path: Path) -> None:
    for one in found_in(read_diagnostic_case(case_file(code)).bad, tmp_path):
        assert one.message == one.message.strip()
        assert not one.message.endswith(".")
        assert "\n" not in one.message
        assert not one.message[0].isupper() or one.message.split()[0].isupper()


@every_code
def test_good_example_gives_no_diagnostic(code: str, tmp_path: Path) -> None:
    found = found_in(read_diagnostic_case(case_file(code)).good, tmp_path)
    assert not found, shown(found)


@every_code
def test_an_error_has_help_or_says_all_there_is(code: str, tmp_path: Path) -> None:
    case = read_diagnostic_case(case_file(code))
    found = [one for one in found_in(case.bad, tmp_path) if one.code == code]
    assert all(one.severity is CODES[code].severity for one in found)
    assert CODES[code].severity in Severity


def test_cases_are_read_in_the_order_of_codes() -> None:
    assert [case.code for case in read_diagnostic_cases()] == sorted(CODES)
