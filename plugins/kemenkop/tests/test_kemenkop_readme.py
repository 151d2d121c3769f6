"""What the README and the shipped catalog say is so."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from click.testing import CliRunner

import iku_plugin_kemenkop
from iku_engine.cli import main

HERE = Path(__file__).parent
PLUGIN = Path(iku_plugin_kemenkop.__file__).parent
EXAMPLE = PLUGIN / "catalogs" / "kesehatan_koperasi"


def test_iku_scales_shows_the_holes_of_the_tables_as_they_were_read() -> None:
    asked = ["scales", str(EXAMPLE), "--plugin", str(PLUGIN), "--lang", "en"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0
    holes = [line.strip() for line in done.stdout.splitlines() if line.startswith("  hole: ")]
    # The first three are those of the one table in use that contradicts itself.
    assert holes == [
        f"hole: {hole}"
        for hole in (
            "x = 5", "x = 10", "12 < x <= 15", "x = 8", "x = 26", "x = 90", "x = 5",
            "100 < x < 110", "25 < x <= 26", "50 < x <= 51", "75 < x <= 76",
        )
    ]  # fmt: skip


def test_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (HERE.parent / "README.md").read_text(encoding="utf-8")
    commands = [line.split()[1:] for line in text.splitlines() if line.startswith("    iku ")]
    assert commands
    monkeypatch.chdir(tmp_path)
    for command in commands:
        done = CliRunner().invoke(main, [*command, "--plugin", str(PLUGIN)])
        assert done.exit_code == 0, (command, done.output)


def test_code_of_the_readme_runs() -> None:
    assert doctest.testfile(str(HERE.parent / "README.md"), module_relative=False).failed == 0
