"""`-o` never writes over a definition, nor makes a new one of results."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from iku_engine.cli import main


@pytest.mark.parametrize("name", ["iku.yaml", "other.yml", "x.indicators.csv"])
@pytest.mark.parametrize("command", ["compute", "inputs"])
def test_a_definition_is_not_written_over(command: str, name: str, tmp_path: Path) -> None:
    CliRunner().invoke(main, ["new", str(tmp_path / "c")], catch_exceptions=False)
    target = tmp_path / "c" / name
    before = target.read_bytes() if target.exists() else None
    done = CliRunner().invoke(main, [command, str(tmp_path / "c"), "-o", str(target)])
    assert done.exit_code == 2
    assert "a definition of the catalog" in done.output
    assert (target.read_bytes() if target.exists() else None) == before
