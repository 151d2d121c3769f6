"""`iku new plugin`: what it writes is an installable package whose tests pass at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iku_engine import Engine
from iku_engine.cli import main
from iku_engine.hooks import CONTRACT

ROOT = Path(__file__).parents[2]


def new(*words: object) -> Result:
    return CliRunner().invoke(main, ["new", *map(str, words)])


def run(folder: Path, *arguments: str) -> str:
    """A tool of Python's in a folder, which must be content."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dinkes", "dinas-kesehatan_2"])
def test_the_tests_of_a_new_plugin_pass(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    done = new("plugin", folder)
    assert done.exit_code == 0, done.output
    assert "wrote README.md, pyproject.toml, " in done.stderr
    said = run(folder, "pytest", "-q", "-W", "error", "-p", "no:cacheprovider")
    assert "8 passed" in said
    assert {p.name for p in folder.iterdir()} >= {"README.md", "pyproject.toml", "tests"}


@pytest.mark.slow
def test_a_new_plugin_is_formatted_linted_and_annotated(tmp_path: Path) -> None:
    folder = tmp_path / "dinkes"
    assert new("plugin", folder).exit_code == 0
    run(folder, "ruff", "format", "--check", "--no-cache", ".")
    run(folder, "ruff", "check", "--no-cache", "--extend-select", "I,N,UP,B,ANN,C4,SIM,RUF", ".")
    run(folder, "mypy", "--cache-dir", os.devnull, "iku_plugin_dinkes", "tests")


def test_a_new_plugin_is_loaded_by_its_path_and_names_its_contract(tmp_path: Path) -> None:
    folder = tmp_path / "dinas-pangan"
    assert new("plugin", folder).exit_code == 0
    engine = Engine.from_text(
        "iku: 1", plugins=[folder / "iku_plugin_dinas_pangan"], discover=False
    )
    plugin = engine.plugins[-1]
    assert not plugin.failure
    assert plugin.contract == CONTRACT
    assert plugin.adds == ("formula dinas_pangan_serapan", "scale dinas_pangan_predikat")


def test_a_new_plugin_names_its_entry_point(tmp_path: Path) -> None:
    folder = tmp_path / "dinas_pangan"
    assert new("plugin", folder).exit_code == 0
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "iku-plugin-dinas-pangan"
    assert project["entry-points"] == {
        "iku_engine.plugins": {"dinas_pangan": "iku_plugin_dinas_pangan"}
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plugin"], "`iku new catalog plugin`"),
        (["catalog"], "`iku new catalog FOLDER`"),
        (["plugin", "Dinas Kesehatan"], "small letters"),
        (["plugin", "1dinas"], "small letters"),
        (["a", "b"], "one folder is written"),
        (["plugin", "a", "b"], "one folder is written"),
        (["plugin", "a", "--from", "b"], "are for catalogs"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = new(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert not list(tmp_path.iterdir())


def test_a_folder_of_the_name_of_a_word_may_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["catalog", "plugin"], ["./catalog"], ["x"]):
        assert new(*words).exit_code == 0
    assert sorted(p.name for p in tmp_path.glob("*/iku.yaml")) == ["iku.yaml"] * 3


def test_a_plugin_is_not_written_over_anything(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine").write_text("", encoding="utf-8")
    assert "is not empty" in new("plugin", tmp_path / "x").stderr
    assert [p.name for p in (tmp_path / "x").iterdir()] == ["mine"]
