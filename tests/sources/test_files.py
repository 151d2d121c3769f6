"""A data file is opened inside the catalog's folder only, and read once."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from iku_engine.sources import files
from iku_engine.sources.from_files import read_data
from tests.sources.building import Folder, catalog, codes, figures, source, variable

GOOD = "tahun,a\n2020,5\n"
MARKER = "tahun,a\n2020,666\n"


@pytest.fixture
def inner(tmp_path: Path) -> Path:
    """A catalog's folder, beside which lies a file that must not be read."""
    folder = tmp_path / "catalog"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "x.csv").write_text(GOOD)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "marker.csv").write_text(MARKER)
    return folder


def test_a_file_in_the_folder_is_read_with_its_hash_and_path(inner: Path) -> None:
    data = Folder(inner).read_file("data/x.csv")
    (found,) = data.observations.values()
    assert found.origin.file == "data/x.csv"
    assert found.origin.sha256 == hashlib.sha256(GOOD.encode()).hexdigest()
    assert (found.origin.row, found.origin.column) == (2, "a")


def test_a_file_is_relative_to_the_folder_of_the_definition_file(inner: Path) -> None:
    (inner / "sub").mkdir()
    made = catalog(str(inner), source(inner / "sub", "../data/x.csv"), variable("a"))
    data = read_data(made)
    assert not data.diagnostics
    assert [one.origin.file for one in data.observations.values()] == ["data/x.csv"]


@pytest.mark.parametrize(
    "path",
    [
        "../outside/marker.csv",
        "data/../../outside/marker.csv",
        "../catalog/../outside/marker.csv",
        "C:\\marker.csv",
        "\\\\server\\marker.csv",
        "/etc/passwd",
        "/dev/zero",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(inner: Path, path: str) -> None:
    data = Folder(inner).read_file(path)
    assert codes(data) == ["IKU402"]
    assert not data.observations


def test_an_absolute_path_is_refused_even_into_the_folder(inner: Path) -> None:
    assert codes(Folder(inner).read_file(str(inner / "data" / "x.csv"))) == ["IKU402"]


@pytest.mark.parametrize("path", ["link.csv", "linked/marker.csv", "linked/../data/x.csv"])
def test_a_symbolic_link_is_not_followed(inner: Path, path: str) -> None:
    """The last path names no link once `..` is taken away by its text, so it is a good one."""
    (inner / "link.csv").symlink_to(inner.parent / "outside" / "marker.csv")
    (inner / "linked").symlink_to(inner.parent / "outside")
    data = Folder(inner).read_file(path)
    good = path.endswith("x.csv")
    assert codes(data) == ([] if good else ["IKU402"])
    assert figures(data) == ({"a@2020": "5"} if good else {})


def test_the_folder_of_the_catalog_may_itself_be_reached_by_a_link(inner: Path) -> None:
    (inner.parent / "alias").symlink_to(inner)
    assert not Folder(inner.parent / "alias").read_file("data/x.csv").diagnostics


@pytest.mark.parametrize("allowed", ["outside", "outside/marker.csv"])
@pytest.mark.parametrize("path", ["../outside/marker.csv", "link.csv", "linked/marker.csv", "/"])
def test_what_the_caller_allows_is_read(inner: Path, path: str, allowed: str) -> None:
    (inner / "link.csv").symlink_to(inner.parent / "outside" / "marker.csv")
    (inner / "linked").symlink_to(inner.parent / "outside")
    absolute = str(inner.parent / "outside" / "marker.csv")
    folder = Folder(inner, allowed=(inner.parent / allowed,))
    data = folder.read_file(absolute if path == "/" else path)
    assert figures(data) == {"a@2020": "666"}


def test_what_is_allowed_does_not_open_its_neighbours(inner: Path) -> None:
    allowed = inner.parent / "outside" / "marker.csv"
    (inner.parent / "outside" / "other.csv").write_text(MARKER)
    data = Folder(inner, allowed=(allowed,)).read_file("../outside/other.csv")
    assert codes(data) == ["IKU402"]


def test_a_pipe_a_device_and_a_folder_are_no_files(inner: Path) -> None:
    os.mkfifo(inner / "pipe.csv")
    done: list[list[str]] = []

    def read() -> None:
        done.extend(codes(Folder(inner).read_file(name)) for name in ("pipe.csv", "data", "."))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(10)
    assert done == [["IKU401"]] * 3


def test_an_allowed_device_is_still_no_file(inner: Path) -> None:
    data = Folder(inner, allowed=(Path("/dev"),)).read_file("/dev/zero")
    assert codes(data) == ["IKU401"]


@pytest.mark.parametrize("path", ["none.csv", "data/x.csv/y.csv", "a\0b", "x" * 5000, ""])
def test_a_file_that_is_not_there_is_reported_where_it_is_declared(inner: Path, path: str) -> None:
    data = Folder(inner).read_file(path)
    assert codes(data) == ["IKU401"]
    location = data.diagnostics[0].location
    assert location is not None
    assert location.file == "iku.yaml"


def test_definitions_in_memory_have_no_files() -> None:
    data = read_data(catalog("", source("", "x.csv"), variable("a")))
    assert codes(data) == ["IKU402"]
    assert "hand the data over" in data.diagnostics[0].help


def test_a_large_file_is_refused(inner: Path) -> None:
    with (inner / "large.csv").open("wb") as stream:
        stream.truncate(files.MAX_BYTES + 1)
    assert codes(Folder(inner).read_file("large.csv")) == ["IKU411"]


def test_without_folder_descriptors_links_are_refused_as_well(
    inner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    monkeypatch.setattr(files, "_WALKS", False)
    (inner / "linked").symlink_to(inner.parent / "outside")
    assert codes(Folder(inner).read_file("linked/marker.csv")) == ["IKU402"]
    assert not Folder(inner).read_file("data/x.csv").diagnostics


def test_no_descriptor_is_left_open(inner: Path) -> None:
    (inner / "linked").symlink_to(inner.parent / "outside")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for path in ("data/x.csv", "linked/marker.csv", "data", "none/none.csv", "data/none.csv"):
        Folder(inner).read_file(path)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
