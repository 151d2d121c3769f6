"""The quick look for plugins says no only where no package names one."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoints, MetadataPathFinder, entry_points
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.installed import PLUGINS, may_offer

NAMES = {"iku_engine.plugins": "a = b", "console_scripts": "c = d:e"}


def _package(folder: Path, name: str, groups: list[str]) -> None:
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n", encoding="utf-8")
    if groups:
        text = "".join(f"[{group}]\n{NAMES[group]}\n" for group in groups)
        (metadata / "entry_points.txt").write_text(text, encoding="utf-8")


@given(st.lists(st.lists(st.sampled_from(sorted(NAMES)), unique=True), max_size=4))
def test_what_the_packages_name_is_seen(packages: list[list[str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        for number, groups in enumerate(packages):
            _package(Path(name), f"p{number}", groups)
        found = any(
            entry.group == PLUGINS
            for package in MetadataPathFinder.find_distributions(
                type("Context", (), {"name": None, "path": [name]})()
            )
            for entry in package.entry_points
        )
        assert may_offer(PLUGINS, [name]) is found


def test_it_agrees_with_the_real_thing_here() -> None:
    named: EntryPoints = entry_points(group=PLUGINS)
    assert may_offer(PLUGINS) or not named


@pytest.mark.parametrize("name", ["library.zip", "library.egg"])
def test_where_it_cannot_see_there_may_be_one(tmp_path: Path, name: str) -> None:
    if name.endswith(".zip"):
        (tmp_path / name).write_bytes(b"PK")
        assert may_offer(PLUGINS, [str(tmp_path / name)])
    else:
        (tmp_path / name).mkdir()
        assert may_offer(PLUGINS, [str(tmp_path)])


def test_a_folder_that_is_not_there_brings_nothing(tmp_path: Path) -> None:
    assert not may_offer(PLUGINS, [str(tmp_path / "gone")])


def test_metadata_that_is_a_file_brings_nothing(tmp_path: Path) -> None:
    (tmp_path / "old.egg-info").write_text("Name: old\n", encoding="utf-8")
    assert not may_offer(PLUGINS, [str(tmp_path)])


def test_a_finder_of_packages_may_bring_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_distributions(self) -> list[object]:
            return []

    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert may_offer(PLUGINS)
