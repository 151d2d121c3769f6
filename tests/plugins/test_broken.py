"""A plugin that is broken in any way is told, and the figures of all others stay as they are."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iku_engine.hooks import CONTRACT
from tests.plugins.building import READER, plugin

pytestmark = pytest.mark.slow

CATALOG = """
iku: 1
owner: dinas
periods: 2021..2022
owners: {dinas: {title: Dinas}}
sources:
  berkas: {title: Berkas, file: a.csv, period: tahun, numbers: en}
  layanan: {title: Layanan, kind: layanan, period: tahun, numbers: en}
variables:
  a: {label: A, unit: orang, source: berkas, column: a}
  b: {label: B, unit: orang, source: layanan, column: b}
indicators:
  sendiri: {name: Sendiri, formula: a, unit: orang}
  tetangga: {name: Tetangga, formula: baik_dua_kali(a), unit: orang}
  layanan: {name: Layanan, formula: b, unit: orang}
  fungsi: {name: Fungsi, formula: rusak_fungsi(a), unit: orang}
"""
OTHERS = ("sendiri", "tetangga")
GOOD = """
from iku_engine.formulas.model import Formula, Parameter
from iku_engine.hooks import hookimpl

IKU_CONTRACT = 1

@hookimpl
def iku_formulas():
    return [Formula("baik_dua_kali", "Twice", "Dua kali", "", (Parameter("x", ""),), "2 * x",
                    "same", ())]
"""
HOOK = """
import sys
from iku_engine.formulas.model import Formula, Function, Parameter
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale, parse_range

IKU_CONTRACT = 1

@hookimpl
def iku_{hook}():
    {body}
"""
FUNCTION = """return [Function("rusak_fungsi", "R", "R", "", (Parameter("x", ""),), compute)]

def compute(x):
    {body}
"""


def hook(body: str, name: str = "formulas") -> str:
    return HOOK.format(hook=name, body=body)


def function(body: str) -> str:
    return hook(FUNCTION.format(body=body), "functions")


def reader(old: str, new: str) -> str:
    assert old in READER
    return READER.replace(old, new)


BROKEN = {
    "import error": ("import tidak_ada_modul_ini", "IKU901", "ModuleNotFoundError"),
    "syntax error": ("def", "IKU901", "SyntaxError"),
    "exits when imported": ("raise SystemExit(0)", "IKU901", "SystemExit"),
    "exits at once": ("import sys; sys.exit('pergi')", "IKU901", "SystemExit: pergi"),
    "runs out of stack": ("def f(): f()\nf()", "IKU901", "RecursionError"),
    "hook returns nothing": (hook("return None"), "IKU901", "gave nothing"),
    "hook returns text": (hook("return 'growth'"), "IKU901", "gave a str"),
    "hook returns a class": (hook("return [Formula]"), "IKU901", "gave a type"),
    "hook returns others": (hook("return [3]", "reports"), "IKU901", "gave a int"),
    "hook raises": (hook("raise KeyError('x')"), "IKU901", "KeyError"),
    "hook raises midway": (hook("yield 1 / 0"), "IKU901", "ZeroDivisionError"),
    "hook exits": (hook("sys.exit()", "checks"), "IKU901", "SystemExit"),
    "unknown hook": (hook("return []", "formula"), "IKU901", "did you mean `iku_formulas`?"),
    "hook asks for more": (HOOK.replace("_{hook}()", "_formulas(engine)").format(body="return []"),
                           "IKU901", "engine"),
    "contract too new": (f"IKU_CONTRACT = {CONTRACT + 1}", "IKU901", "needs plugin contract"),
    "contract is no number": ("IKU_CONTRACT = '1.0'", "IKU901", "not a whole number"),
    "scale overlaps": (
        hook("return [Scale('r', (parse_range('x < 5'), parse_range('x > 4')), 'r')]", "scales"),
        "IKU901", "overlap",
    ),
    "takes a name": (GOOD.replace('"2 * x"', '"3 * x"'), "IKU902", "baik_dua_kali"),
    "function raises": (function("return x / 0"), "IKU903", "rusak_fungsi"),
    "function exits": (function("sys.exit(0)"), "IKU903", "rusak_fungsi"),
    "function gives floats": (function("return 0.1"), "IKU903", "rusak_fungsi"),
    "reader raises": (reader("return Answer()", "raise OSError('putus')"), "IKU903", "putus"),
    "reader exits": (reader("return Answer()", "raise SystemExit"), "IKU903", "SystemExit"),
    "reader gives text": (reader("return Answer()", "return 'b'"), "IKU903", "gave a str"),
    "rows raise": (reader("yield Row(2", "1 / 0\n        yield Row(2"), "IKU903", "Zero"),
    "rows are other things": (reader("yield Row(2", "yield (2"), "IKU903", "failed to read"),
}  # fmt: skip


def run(folder: Path, command: str, *plugins: Path) -> subprocess.CompletedProcess[str]:
    named = [word for path in plugins for word in ("--plugin", str(path))]
    return subprocess.run(
        [sys.executable, "-m", "iku_engine", command, str(folder), *named],
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "COLUMNS": "100"},
    )  # fmt: skip


def rows_of(folder: Path, *plugins: Path) -> tuple[dict[tuple[str, str], dict[str, str]], str, int]:
    named = [word for path in plugins for word in ("--plugin", str(path))]
    done = subprocess.run(
        [sys.executable, "-m", "iku_engine", "compute", str(folder), "--format", "csv", *named],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    rows = csv.DictReader(io.StringIO(done.stdout))
    return {(row["indicator"], row["period"]): row for row in rows}, done.stderr, done.returncode


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("katalog")
    (folder / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    (folder / "a.csv").write_text("tahun,a\n2021,40\n2022,50\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("text", "code", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_plugin_is_told_and_leaves_the_others_alone(
    text: str, code: str, said: str, catalog: Path, tmp_path: Path
) -> None:
    good, broken = plugin(tmp_path, GOOD, "baik"), plugin(tmp_path, text, "rusak")
    # A name that is taken stays with the first; all else is told before the others are loaded.
    plugins = (good, broken) if code == "IKU902" else (broken, good)
    rows, told, exit_code = rows_of(catalog, *plugins)
    assert exit_code == 1
    assert [(rows[name, "2022"]["exact"], rows[name, "2022"]["status"]) for name in OTHERS] == [
        ("50", "ok"), ("100", "ok"),
    ]  # fmt: skip
    lines = [line for line in told.splitlines() if line.startswith(code)]
    assert len(lines) == 1, told
    assert said in lines[0]
    assert "rusak" in lines[0]
    assert "Traceback" not in told


def test_a_check_that_fails_leaves_the_other_checks_alone(catalog: Path, tmp_path: Path) -> None:
    text = """
from iku_engine.checks.model import Rule
from iku_engine.hooks import hookimpl

def find(checked):
    raise SystemExit(9)

@hookimpl
def iku_checks():
    return [Rule("RSK101", "rusak", "broken", "rusak", find)]
"""
    alone = run(catalog, "check", plugin(tmp_path, GOOD, "baik"))
    both = run(catalog, "check", tmp_path / "baik.py", plugin(tmp_path, text, "rusak"))
    assert both.returncode == 1
    assert "IKU903 the check `RSK101` of rusak failed: SystemExit: 9" in both.stderr + both.stdout
    found = {line for line in (alone.stderr + alone.stdout).splitlines() if line[:3] == "IKU"}
    assert found
    assert found <= set((both.stderr + both.stdout).splitlines())


def test_a_plugin_that_cannot_be_loaded_is_listed_with_the_reason(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iku_engine", "plugins",
         "--plugin", str(plugin(tmp_path, "import tidak_ada_modul_ini", "rusak")),
         "--plugin", str(plugin(tmp_path, GOOD, "baik"))],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert "rusak (contract 0): failed, ModuleNotFoundError: No module named " in done.stdout
    assert lines[-2:] == ["baik (contract 1)", "  formula baik_dua_kali"]
