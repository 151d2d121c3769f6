"""Start-up time is a feature: a command imports only what it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.building import catalog

HEAVY = ("sympy", "mpmath", "numpy")
LIBRARIES = (*HEAVY, "pydantic", "yaml", "lark", "tabulate")
SCRIPT = """
import json, sys
from iku_engine.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    print(json.dumps([ended.code, sorted(sys.modules)]), file=sys.stderr)
"""


def modules_after(*arguments: str) -> set[str]:
    """The modules that are loaded when a command has run."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    code, loaded = json.loads(done.stderr.splitlines()[-1])
    assert code in (0, None)
    return set(loaded)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ()])
def test_help_imports_no_library_and_no_command(arguments: tuple[str, ...]) -> None:
    if not arguments:
        arguments = ("--help",)
    loaded = modules_after(*arguments)
    assert not loaded.intersection(LIBRARIES)
    assert not {name for name in loaded if name.startswith("iku_engine.cli.")}


@pytest.mark.parametrize("command", ["plugins", "schema", "formulas"])
def test_what_computes_nothing_imports_no_algebra(command: str) -> None:
    assert not modules_after(command).intersection(HEAVY)


def test_plugins_import_no_reader_of_definitions() -> None:
    assert not modules_after("plugins").intersection(LIBRARIES)


def test_a_csv_needs_no_table(tmp_path: Path) -> None:
    folder = catalog(tmp_path / "a")
    loaded = modules_after("compute", str(folder), "--format", "csv")
    assert not loaded.intersection({"numpy", "tabulate", "nanoarrow"})
