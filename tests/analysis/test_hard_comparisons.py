"""Formulas made to keep an algebra system busy: compared within their time, or not decided."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from iku_engine.algebra.model import Program
from iku_engine.analysis import watched
from iku_engine.analysis.comparable import program_of
from iku_engine.analysis.compare import Verdict, compare_programs
from iku_engine.analysis.patience import Patience
from iku_engine.analysis.proof import is_quick, prove
from iku_engine.cli import main
from iku_engine.engine import Plugins

LIBRARY = Plugins(discover=False).library


def formula(text: str) -> Program:
    compiled, found = program_of(text, LIBRARY)
    assert compiled is not None, found
    return compiled


def continued(levels: int, *names: str) -> str:
    text = names[0]
    for name in itertools.islice(itertools.cycle(names), levels):
        text = f"1 / ({name} + ({text}))"
    return text


HARD = {
    "many factors": "1 / (((a^64 - b^64)) * (a^64 - 1))",
    "continued fraction": continued(40, *"abcdefghijklmnop"),
    "product of powers": f"1 / ({'*'.join(f'(a^{i} - b^{i})' for i in range(2, 9))})",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_equal_formulas_without_end_are_given_up_in_time(text: str) -> None:
    first, second = formula(text), formula(f"({text}) + 0 * b")
    started = time.monotonic()
    found = compare_programs(first, second, Patience(1.0))
    assert time.monotonic() - started < 8
    assert found.given_up or found.verdict is not Verdict.UNDECIDED


@pytest.mark.slow
def test_a_point_shows_a_difference_that_the_algebra_has_no_time_for() -> None:
    text = HARD["many factors"]
    found = compare_programs(formula(text), formula(f"({text}) + b"), Patience(0.2))
    assert found.verdict is Verdict.DIFFERENT
    assert found.given_up
    assert found.sample is not None


def test_a_formula_is_itself_however_long() -> None:
    text = HARD["many factors"]
    assert compare_programs(formula(text), formula(text)).verdict is Verdict.EQUIVALENT


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("(a + b)^3 * (c + d)^3 * (e + f)^2 / g", "(b + a)^3 * (d + c)^3 * (f + e)^2 / g"),
        ("1 / ((a + b + c + d) * (e + f + g + h))", "1 / ((e + f + g + h) * (a + b + c + d)) + i"),
        ("if(a > b, a, b) / (a + b + c + d + e + f + g + h + i)", "a"),
    ],
)
def test_a_process_of_its_own_proves_the_same(first: str, second: str) -> None:
    programs = formula(first), formula(second)
    assert not is_quick(*programs)
    assert watched.proved_apart(*programs, Patience(30)) == prove(*programs)


def test_where_no_process_can_be_started_nothing_is_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", os.fspath(Path("no") / "such" / "python"))
    first, second = formula("(a + b)^64"), formula("(b + a)^64")
    assert watched.proved_apart(first, second, Patience(30)) is None
    assert compare_programs(first, second).verdict is Verdict.UNDECIDED


def test_what_a_process_takes_is_gone_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def busy(*_: object, timeout: float, **__: object) -> object:
        asked.append(timeout)
        time.sleep(0.2)
        raise subprocess.TimeoutExpired("python", timeout)

    monkeypatch.setattr(subprocess, "run", busy)
    patience = Patience(0.1)
    first, second = formula("(a + b)^64"), formula("(b + a)^64")
    assert watched.proved_apart(first, second, patience) is None
    assert patience.is_over
    assert watched.proved_apart(first, second, patience) is None
    assert len(asked) == 1


def test_formulas_too_long_for_a_file_name_and_differences_too_long_to_read() -> None:
    products = itertools.combinations("abcdefghij", 3)
    text = " + ".join(f"{i} * {' * '.join(names)}" for i, names in enumerate(products, 1))
    assert len(text) > 255
    result = CliRunner().invoke(main, ["compare", text, "a", "--lang", "en"])
    assert result.exit_code == 1
    assert result.stdout.startswith("different\n  sample:")
