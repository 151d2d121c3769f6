"""Files are replaced in one step or not at all; a closed pipe is no mistake."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from iku_engine.cli.output import write
from tests.cli.building import catalog, iku


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return catalog(tmp_path / "baik")


def test_a_file_holds_the_results_and_nothing_else_is_left(good: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "hasil.csv"
    target.parent.mkdir()
    done = iku("compute", good, "--format", "csv", "-o", target)
    assert (done.exit_code, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("indicator,owner,")
    assert b"\r" not in target.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["hasil.csv"]


def test_a_file_that_is_replaced_keeps_its_permissions(good: Path, tmp_path: Path) -> None:
    target = tmp_path / "hasil.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    assert iku("compute", good, "--format", "csv", "-o", target).exit_code == 0
    assert target.stat().st_mode & 0o777 == 0o640
    assert "old" not in target.read_text(encoding="utf-8")


def test_a_link_stays_a_link(good: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "hasil.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    assert iku("compute", good, "--format", "csv", "-o", link).exit_code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("indicator,")


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_other(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if failing == "fsync" else Path, failing, refuse)
    target = tmp_path / "out" / "hasil.csv"
    target.parent.mkdir()
    target.write_text("old", encoding="utf-8")
    done = iku("compute", good, "--format", "csv", "-o", target)
    assert done.exit_code == 2
    assert "No space left on device" in done.stderr
    assert [path.name for path in target.parent.iterdir()] == ["hasil.csv"]
    assert target.read_text(encoding="utf-8") == "old"


def test_an_interruption_leaves_no_temporary_file(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    target = tmp_path / "out" / "hasil.csv"
    target.parent.mkdir()
    assert iku("compute", good, "-o", target).exit_code == 1
    assert list(target.parent.iterdir()) == []


def test_folders_devices_and_missing_folders_are_refused(good: Path, tmp_path: Path) -> None:
    for target in (tmp_path, Path(os.devnull), tmp_path / "none" / "hasil.csv"):
        done = iku("compute", good, "-o", target)
        assert (done.exit_code, done.stdout) == (2, "")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("command", ["compute", "inputs"])
def test_the_data_of_the_catalog_are_never_written_over(good: Path, command: str) -> None:
    source = good / "data" / "umkm.csv"
    before = source.read_bytes()
    done = iku(command, good, "-o", source)
    assert done.exit_code == 2
    assert "is the data of the source `umkm`" in done.stderr
    assert source.read_bytes() == before


def test_a_dash_is_stdout(good: Path) -> None:
    assert iku("compute", good, "--format", "csv", "-o", "-").stdout.startswith("indicator,")


def test_a_terminal_shows_what_would_steer_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    write("nama,nilai\n\x1b[31mmerah\u202e,1\n")
    assert capsys.readouterr().out == "nama,nilai\n\\u{001B}[31mmerah\\u{202E},1\n"


def test_a_closed_pipe_ends_quietly(good: Path) -> None:
    command = [sys.executable, "-m", "iku_engine", "compute", str(good)]
    reading, writing_end = os.pipe()
    os.close(reading)
    with subprocess.Popen(command, stdout=writing_end, stderr=subprocess.PIPE) as process:
        os.close(writing_end)
        _, messages = process.communicate(timeout=60)
    assert messages == b""
    assert process.returncode == 0


def test_stdout_that_cannot_show_a_sign_still_gets_the_rest(good: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    definition = good / "iku.yaml"
    text = definition.read_text(encoding="utf-8").replace("name: Jumlah UMKM", "name: Jumlah é")
    definition.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "iku_engine", "compute", str(good)],
        env=environment, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Jumlah é" in done.stdout.decode("utf-8")
