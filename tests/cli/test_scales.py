"""`iku scales`, as a planner calls it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from iku_engine.cli import main

HEALTHY = "tests/catalogs/empat_rasio"
PRINTED = """iku: 1
scales:
  kinerja:
    title: Skala nilai peringkat kinerja
    bands:
      - {label: Tinggi, range: 76 <= x <= 90}
      - {label: Sangat Tinggi, range: 91 <= x <= 100}
"""


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["scales", *arguments, "--lang", "en"])
    return done.exit_code, done.stdout


def test_a_printed_hole_is_shown_with_its_repair(tmp_path: Path) -> None:
    (tmp_path / "iku.yaml").write_text(PRINTED, encoding="utf-8")
    code, output = run(str(tmp_path))
    assert code == 0
    assert "hole: 90 < x < 91" in output
    assert "76 <= x < 91" in output.partition("suggested repair:")[2]


def test_a_whole_scale_says_so() -> None:
    code, output = run(HEALTHY, "kesehatan")
    assert code == 0
    assert "Sehat" in output
    assert "without holes and overlaps" in output


def test_a_scale_that_is_not_declared_is_wrong_usage() -> None:
    assert run(HEALTHY, "kesehtan")[0] == 2
