"""The readable cases: a definition, the data, and what must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.achievement import METHODS
from iku_engine.formulas.model import Formula
from iku_engine.testing import check_examples, problems_of, read_case
from iku_engine.testing.cases import read_plain

CASES = Path(__file__).parent / "cases"
FOLDERS = ("language", "records", "targets", "dimensions", "formulas", "change", "periods")
FILES = [path for folder in FOLDERS for path in sorted((CASES / folder).glob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case_holds(path: Path, tmp_path: Path) -> None:
    assert problems_of(read_case(path), tmp_path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case_says_what_it_shows_and_expects_something(path: Path) -> None:
    assert read_plain(path).get("about")
    assert read_case(path).results


def test_every_folder_has_cases() -> None:
    assert {path.parent.name for path in FILES} == set(FOLDERS)


@pytest.mark.parametrize("formula", [*BUILT_IN, *METHODS], ids=lambda formula: formula.name)
def test_examples_of_built_in_formulas_hold(formula: Formula) -> None:
    assert check_examples(formula, BUILT_IN) == []
