"""Text files in other encodings and with other separators; what was found out is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.encodings import ENCODINGS
from iku_engine.sources.delimiters import found_delimiter
from iku_engine.sources.encodings import Decoded, decoded
from tests.sources.building import Folder, codes, dimension, figures, variable

PLACES = "tahun,kota,a\n2020,Curaçao – é,5\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, dimensions=(dimension("kota"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_with_and_without_a_mark_is_read_in_silence(folder: Folder, encoding: str) -> None:
    data = folder.read(PLACES.encode(encoding))
    assert not data.diagnostics
    assert figures(data) == {"a@2020,kota=Curaçao – é": "5"}


@pytest.mark.parametrize(("encoding", "shown"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16")])
def test_another_encoding_is_found_out_and_said(folder: Folder, encoding: str, shown: str) -> None:
    data = folder.read(PLACES.encode(encoding))
    assert codes(data) == ["IKU421"]
    assert shown in data.diagnostics[0].message
    assert figures(data) == {"a@2020,kota=Curaçao – é": "5"}


@pytest.mark.parametrize("word", ["windows-1252", "utf-16", "utf-8"])
def test_a_declared_encoding_is_not_said(folder: Folder, word: str) -> None:
    data = folder.read(PLACES.encode(ENCODINGS[word]), encoding=word)
    assert not data.diagnostics
    assert figures(data) == {"a@2020,kota=Curaçao – é": "5"}


def test_a_file_in_another_encoding_than_declared_is_refused(folder: Folder) -> None:
    data = folder.read(PLACES.encode("cp1252"), encoding="utf-8")
    assert codes(data) == ["IKU401"]
    assert "utf-8" in data.diagnostics[0].message


def test_damage_in_utf8_is_no_other_encoding(folder: Folder) -> None:
    data = folder.read("tahun,kota,a\n2020,é,5\n".encode() + b"2021,\xe9,6\n")
    assert codes(data) == ["IKU401"]
    assert data.diagnostics[0].location is not None
    assert data.diagnostics[0].location.line == 3


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00", b"tahun,a\n2020\x02,\xe9\n"])
def test_bytes_that_are_no_text_are_refused(folder: Folder, content: bytes) -> None:
    assert codes(folder.read(content)) == ["IKU401"]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_another_delimiter_is_found_out_and_said(folder: Folder, sign: str) -> None:
    content = "tahun,kota,a\n2020,X,1.250\n".replace(",", sign)
    data = folder.read(content)
    assert codes(data) == ["IKU420"]
    assert "declare `delimiter:" in data.diagnostics[0].help
    assert figures(data) == {"a@2020,kota=X": "1250"}
    assert not folder.read(content, delimiter=sign).diagnostics


def test_the_columns_a_source_names_decide_between_delimiters(folder: Folder) -> None:
    header = "tahun;kota;a, b, c dan d\n2020;X;5\n"
    data = folder.read(header, variable("a", "a, b, c dan d"))
    assert codes(data) == ["IKU420"]
    assert figures(data) == {"a@2020,kota=X": "5"}


def test_a_comma_is_taken_where_nothing_speaks_against_it() -> None:
    assert found_delimiter("a,b;c".split, {"x"}) == ","
    assert found_delimiter("a".split, {"a"}) == ","


def test_a_header_of_two_rows_is_joined(tmp_path: Path) -> None:
    content = "Rekap\n\ntahun,Koperasi,\n,aktif,beku\n2020,5,6\n"
    data = Folder(tmp_path).read(
        content, variable("a", "Koperasi / aktif"), variable("b", "beku"), header=(3, 4)
    )
    assert not data.diagnostics
    assert figures(data) == {"a@2020": "5", "b@2020": "6"}
    assert [one.origin.row for one in data.observations.values()] == [5, 5]


def test_a_header_row_beyond_the_file_is_refused(tmp_path: Path) -> None:
    data = Folder(tmp_path).read("tahun,a\n2020,5\n", header=(9, 9))
    assert codes(data) == ["IKU401"]


TEXTS = st.text(st.characters(codec="cp1252", min_codepoint=32), max_size=20)


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_a_text_is_read_back_from_each_encoding(text: str, encoding: str) -> None:
    content = f"tahun,é{text}\n".encode(encoding)
    found = decoded(content, "x.csv", "")
    if isinstance(found, Decoded) and (encoding != "cp1252" or found.remark is not None):
        assert found.text == f"tahun,é{text}\n"


@given(st.binary(max_size=60), st.sampled_from(["", *ENCODINGS]))
def test_no_bytes_raise(content: bytes, declared: str) -> None:
    decoded(content, "x.csv", declared)
