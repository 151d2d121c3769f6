"""What sentences of decrees are read as."""

from __future__ import annotations

import pytest

from iku_engine.language.formulation import Kind, Labels, read_formulation
from iku_engine.language.to_text import to_text
from tests.language_formulation.labels import LABELS, SHORT, only, read, texts

GROWTH = "(umkm - umkm[t-1]) / umkm[t-1] * 100%"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jumlah koperasi aktif / jumlah koperasi * 100%", "koperasi_aktif / koperasi * 100%"),
        ("koperasi  AKTIF : Koperasi x 100", "koperasi_aktif / koperasi * 100"),
        ("Koperasi aktif ÷ koperasi X 100 %", "koperasi_aktif / koperasi * 100%"),
        ("Koperasi aktif/koperasi x100%", "koperasi_aktif / koperasi * 100%"),
        ("koperasi aktif dibagi jumlah koperasi dikali 100", "koperasi_aktif / koperasi * 100"),
        ("koperasi aktif dibagi dengan koperasi dikali dengan 100", None),
        ("Persentase aktif = koperasi aktif / koperasi × 100 persen", None),
        ("koperasi_aktif / koperasi", "koperasi_aktif / koperasi"),
        ("0,5 × UMKM + 1.5 x UMKM", "0.5 * umkm + 1.5 * umkm"),
        ("UMKM / koperasi x 100.000", "umkm / koperasi * 100000"),
        ("UMKM / koperasi x 0.111", "umkm / koperasi * 0.111"),
        ("UMKM x 1.234,5", "umkm * 1234.5"),
        ("UMKM – koperasi", "umkm - koperasi"),
        ("(UMKM)(koperasi)", "umkm * koperasi"),
        ("-UMKM + [koperasi - pengurus koperasi]", "-umkm + (koperasi - pengurus)"),
        ("Jumlah (UMKM + koperasi) / koperasi", "(umkm + koperasi) / koperasi"),
        ("Surat masuk/ surat keluar", "surat"),
        ("Surat Masuk dan Surat Keluar / UMKM", "surat / umkm"),
        ("Dokumen RKA-SKPD / Dokumen RKA SKPD", "dokumen_rka / dokumen_rka"),
        ("harga rata-rata beras tahun n", "harga_rata"),
        (
            "PDRB sektor perdagangan / PDRB sektor perdagangan (miliar) tahun n-1",
            "pdrb / pdrb[t-1]",
        ),
    ],
)
def test_operators_figures_and_labels(text: str, expected: str | None) -> None:
    found = only(text)
    if expected is not None:
        assert found == expected
    else:
        assert found.removesuffix("%") == "koperasi_aktif / koperasi * 100"


@pytest.mark.parametrize(
    "text",
    [
        "(Jumlah UMKM Tahun n - UMKM Tahun n - 1) / UMKM Tahun n-1 x 100%",
        "(UMKM tahun n-UMKM tahun n-1)/UMKM tahun n-1x100%",
        "(UMKM T N - UMKM T N-1) / UMKM T (N - 1) * 100%",
        "(UMKM N - (N-1)) / (N-1) x 100%",
        "(UMKM (n) - UMKM (n - 1)) : UMKM (tahun n - 1) x 100%",
        "(UMKM tahun ini - UMKM tahun lalu) / UMKM tahun sebelumnya x 100%",
        "(UMKM tahun ke-n dikurangi UMKM tahun ke-(n-1)) / UMKM tahun ke n-1 x 100%",
        "(UMKM pada bulan t - UMKM pada bulan t-1) / UMKM bulan t-1 x 100%",
        r"$\frac{\text{UMKM Tahun } n - \text{UMKM } n - 1}{\text{UMKM } n - 1} \times 100\%$",
        r"\[ \dfrac{\mathrm{UMKM}_{n} - UMKM_{n-1}}{UMKM_{n-1}} \cdot 100 \% \]",
        r"\left(UMKM_n - UMKM_{n-1}\right) \div UMKM_{n-1} \times 100\%",
        "<p>(UMKM N &minus; UMKM <u>N-1</u>) / UMKM N-1 &times; 100%</p>",
    ],
)
def test_periods_and_markup(text: str) -> None:
    assert only(text) == GROWTH


def test_a_year_may_be_named() -> None:
    assert only("UMKM tahun 2018 / UMKM tahun 2017") == "umkm[2018] / umkm[2017]"


def test_a_far_subtraction_is_no_lag() -> None:
    assert only("UMKM Tahun n - 100") == "umkm - 100"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1+(1-R/T)", "1 + (1 - R / T)"),
        ("(T-(R-T))/T", "(T - (R - T)) / T"),
        ("(2*T-R)/T", "(2 * T - R) / T"),
        ("(2T - R) / T x 100%", "(2 * T - R) / T * 100%"),
        ("Realisasi / Target x 100%", "R / T * 100%"),
        ("T/R", "T / R"),
    ],
)
def test_single_letters_are_labels_where_they_are_ids(text: str, expected: str) -> None:
    assert only(text, SHORT) == expected


def test_letters_of_the_notation_can_be_ids_too() -> None:
    labels = {"n": "Nilai", "x": "Bobot", "t": "Waktu"}
    assert only("n x x / t", labels) == "n * x / t"
    assert only("n n - n n-1", labels) == "n - n[t-1]"


def test_the_precedence_as_written_comes_first() -> None:
    assert texts("UMKM - UMKM tahun n-1 / UMKM tahun n-1 x 100%") == [
        "umkm - umkm[t-1] / umkm[t-1] * 100%",
        GROWTH,
    ]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("1 - R / T x 100%", ["(1 - R / T) * 100%"]),
        ("R + T / T", ["(R + T) / T"]),
        ("R / R + T x 100%", ["R / (R + T) * 100%"]),
        ("R - T x 100%", ["(R - T) * 100%"]),
        ("R + T / R + T", ["(R + T) / R + T", "R + T / (R + T)", "(R + T) / (R + T)"]),
        ("1 + R / T", []),
        ("R / T + T / R", []),
        ("R / T / T", []),
        ("R / T x 100% - T / R x 100%", []),
        ("R / T x 100% - T", []),
    ],
)
def test_another_bracketing_adds_like_to_like(text: str, others: list[str]) -> None:
    assert texts(text, SHORT)[1:] == others


def test_a_fraction_printed_in_one_line() -> None:
    reading = read("Jumlah UMKM Tahun n - UMKM Tahun n - 1 x 100% Jumlah UMKM Tahun n - 1")
    assert [to_text(tree) for tree in reading.readings] == [GROWTH]
    assert reading.malformed
    assert reading.note == "the fraction was printed in one line"


@pytest.mark.parametrize(
    "text",
    [
        "Jumlah UMKM Tahun N-(N-1)/ x100%",
        "(Jumlah UMKM Tahun N-(N-1)) / * 100%",
        r"\frac{UMKM_n - UMKM_{n-1}}{} \times 100\%",
        r"\frac{UMKM_n - UMKM_{n-1}} \times 100\%",
    ],
)
def test_a_divisor_that_is_missing(text: str) -> None:
    reading = read(text)
    against_now = "(umkm - umkm[t-1]) / umkm * 100%"
    assert [to_text(tree) for tree in reading.readings] == [GROWTH, against_now]
    assert reading.malformed
    assert "the divisor is missing" in reading.note


def test_a_divisor_that_nothing_hints_at() -> None:
    reading = read("koperasi aktif / x 100%")
    assert (reading.kind, reading.note) == (Kind.UNREADABLE, "the divisor is missing")


@pytest.mark.parametrize("text", ["R+T)/T", "(R+T/T"])
def test_a_bracket_that_is_missing(text: str) -> None:
    reading = read(text, SHORT)
    assert reading.malformed
    assert "(R + T) / T" in [to_text(tree) for tree in reading.readings]


@pytest.mark.parametrize(
    "text", ["cukup jelas", "Cukup Jelas.", "<u>cukup jelas</u>", r"\text{Cukup jelas}"]
)
def test_clear_enough_is_reported(text: str) -> None:
    assert read(text).kind is Kind.REPORTED


@pytest.mark.parametrize("text", ["Data BPS", "Data dari Kantor Samsat", "data: BPS"])
def test_data_of_somebody_is_reported(text: str) -> None:
    assert read(text, {"a": "Data penduduk BPS terpadu"}).kind is (
        Kind.REPORTED if ":" not in text else Kind.UNREADABLE
    )


def test_a_count_of_something() -> None:
    reading = read("Jumlah pasar yang dibangun")
    assert (reading.kind, reading.readings, reading.unknown) == (Kind.COUNT, (), None)


def test_a_count_of_a_label_names_it() -> None:
    reading = read("Jumlah koperasi aktif Tahun n")
    assert reading.kind is Kind.COUNT
    assert [to_text(tree) for tree in reading.readings] == ["koperasi_aktif"]


def test_readings_keep_their_place_in_the_sentence() -> None:
    text = "Jumlah koperasi aktif Tahun n-1 / jumlah koperasi"
    (tree,) = read(text).readings
    assert text[tree.span.start : tree.span.end] == text
    assert [text[t.start : t.end] for t in read(text).taken] == [
        "Jumlah koperasi aktif",
        "jumlah koperasi",
    ]


def test_labels_are_made_once_for_many_sentences() -> None:
    labels = Labels(LABELS)
    assert [to_text(t) for t in read_formulation("UMKM / koperasi", labels).readings] == [
        "umkm / koperasi"
    ]
