"""Which label the words of a sentence are taken for."""

from __future__ import annotations

import pytest

from iku_engine.language.formulation import Kind, read_formulation
from iku_engine.language.to_text import to_text
from tests.language_formulation.labels import LABELS, only, read, texts


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("UMKM", "umkm"),
        ("jml umkm", "umkm"),
        ("Jumlah Produk yang dipasarkan", "produk"),
        ("Jumlah UTTP yang ada", "uttp"),
        ("Jumlah alat ukur UTTP Tertera Sah", "uttp_sah"),
        ("jumlah pengurus koperasi mengikuti pelatihan", "pengurus_dilatih"),
        ("jumlah pengurus", "pengurus"),
        ("PDRB ADHK", "adhk"),
    ],
)
def test_shortenings(words: str, id_: str) -> None:
    assert only(f"{words} / jumlah koperasi") == f"{id_} / koperasi"


def test_a_shortening_says_that_it_is_one() -> None:
    taken = read("Jumlah UTTP yang ada / UMKM").taken
    assert [(t.id, t.exact) for t in taken] == [("uttp", False), ("umkm", True)]


def test_the_longest_label_wins() -> None:
    labels = {"a": "Koperasi", "b": "Koperasi aktif", "c": "Aktif"}
    assert only("koperasi aktif / koperasi", labels) == "b / a"


def test_equally_near_labels_are_all_read_the_same_throughout() -> None:
    labels = {"baru": "Produk baru", "lama": "Produk lama"}
    assert texts("produk tahun n / produk tahun n-1", labels) == [
        "baru / baru[t-1]",
        "lama / lama[t-1]",
    ]


def test_what_the_formula_reads_is_preferred() -> None:
    labels = {"baru": "Produk baru", "lama": "Produk lama", "produk_jual": "Produk baru terjual"}
    reading = read_formulation("produk / produk n-1", labels, preferred={"produk_jual"})
    assert [to_text(tree) for tree in reading.readings] == ["produk_jual / produk_jual[t-1]"]


def test_what_is_excluded_is_never_taken() -> None:
    labels = {"a": "Koperasi aktif", "b": "Jumlah koperasi aktif"}
    reading = read_formulation("koperasi aktif / koperasi aktif n-1", labels, excluded={"a"})
    assert [to_text(tree) for tree in reading.readings] == ["b / b[t-1]"]


@pytest.mark.parametrize("label", ["Perubahan harga beras", "Persentase harga beras"])
def test_no_shortening_leaves_a_measure_out(label: str) -> None:
    assert read("harga beras / harga beras n-1", {"a": label}).kind is Kind.UNREADABLE


def test_one_word_is_no_shortening_where_it_is_not_the_head() -> None:
    assert read("harga / harga n-1", {"a": "Pemantauan harga"}).kind is Kind.UNREADABLE


@pytest.mark.parametrize(
    ("text", "word", "nearest"),
    [
        ("Koperasi aktiv / koperasi x 100%", "aktiv", "koperasi_aktif"),
        ("Jumlah umkn / koperasi", "umkn", "umkm"),
        ("UMKM / jumlah penduduk", "penduduk", ""),
        ("UMKM ^ 2", "^", ""),
        ("Koperasi aktif sesuai penilaian", "sesuai", "koperasi_aktif"),
        ("5% x UMKM", "5", ""),
        ("N-1 / N", "N", ""),
        (r"\sqrt{UMKM}", r"\sqrt", ""),
    ],
)
def test_the_first_unknown_word_is_located(text: str, word: str, nearest: str) -> None:
    reading = read(text)
    assert reading.kind is Kind.UNREADABLE
    assert reading.unknown is not None
    found = reading.unknown
    assert (found.word, text[found.start : found.end], found.id) == (word, word, nearest)
    assert found.nearest == LABELS.get(nearest, "")


def test_a_very_long_word_is_compared_with_nothing() -> None:
    reading = read("a" * 3_000 + " / UMKM")
    assert reading.unknown is not None
    assert reading.unknown.nearest == ""
