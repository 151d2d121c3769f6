"""`iku read` and `iku compare`, as a planner calls them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from iku_engine.cli import main

LAMPUNG = "definitions/lampung_barat"


def test_a_sentence_is_read_with_the_labels_of_a_catalog() -> None:
    sentence = "Jumlah koperasi Tahun N- N-1/N-1*100%"
    done = CliRunner().invoke(main, ["read", sentence, "--catalog", LAMPUNG, "--lang", "en"])
    assert done.exit_code == 0
    assert "1. koperasi - koperasi[t-1] / koperasi[t-1] * 100%" in done.output
    assert "2. (koperasi - koperasi[t-1]) / koperasi[t-1] * 100%" in done.output


def test_single_letters_need_no_catalog() -> None:
    done = CliRunner().invoke(main, ["read", "(T-(R-T))/T x 100%", "--lang", "en"])
    assert (done.exit_code, done.output) == (
        0, "a formula\n  1. (T - (R - T)) / T * 100%\n",
    )  # fmt: skip


def test_what_cannot_be_read_names_the_first_unknown_word() -> None:
    done = CliRunner().invoke(main, ["read", "zaitun bulat", "--catalog", LAMPUNG])
    assert done.exit_code == 1
    assert "`zaitun`" in done.output


@pytest.mark.parametrize(
    ("first", "second", "code", "said"),
    [
        ("1+(1-R/T)", "(2*T-R)/T", 0, "equivalent\n"),
        ("T/R", "(2*T-R)/T", 1, "the first gives 0.5, the second 0"),
        ("a +", "b", 2, "the formula stops too early"),
        (LAMPUNG, LAMPUNG, 0, "70 indicators did not change"),
    ],
)
def test_two_formulas_are_compared(first: str, second: str, code: int, said: str) -> None:
    done = CliRunner().invoke(main, ["compare", first, second, "--lang", "en"])
    assert done.exit_code == code
    assert said in done.output


@pytest.mark.parametrize(
    ("first", "second"),
    [("exp(ln(a))", "a"), ("sqrt(a) * sqrt(a)", "a"), ("ln(a * b)", "ln(a) + ln(b)")],
)
def test_digits_that_are_rounded_prove_no_difference(first: str, second: str) -> None:
    done = CliRunner().invoke(main, ["compare", first, second, "--lang", "en"])
    assert done.output.startswith("not decided")


def test_a_name_that_the_catalog_does_not_have_is_told() -> None:
    done = CliRunner().invoke(
        main, ["compare", "peningkatan_umkm", "peningkatan_umkn", "--catalog", LAMPUNG]
    )
    assert done.exit_code == 1
    assert "`peningkatan_umkn` is no name of the catalog" in done.stderr
    quiet = CliRunner().invoke(main, ["compare", "umkm", "umkm * 2", "--catalog", LAMPUNG])
    assert "is no name" not in quiet.stderr


def test_words_are_told_once_however_often_they_stand() -> None:
    text = "Jumlah UMKM Tahun n / Jumlah UMKM Tahun n-1"
    told = CliRunner().invoke(main, ["read", text, "--catalog", LAMPUNG]).stdout
    assert told.count("`Jumlah UMKM` dibaca `umkm`") == 1


@pytest.mark.parametrize("text", ["Cukup jelas (data BPS)", "cukup jelas, Data Dinas"])
def test_clear_enough_with_its_source_is_reported(text: str) -> None:
    told = CliRunner().invoke(main, ["read", text, "--lang", "en"])
    assert (told.exit_code, told.stdout) == (0, "a reported value\n")


def test_what_cannot_be_read_is_shown_where_it_stands() -> None:
    told = (
        CliRunner()
        .invoke(main, ["read", "Jumlah UMKM / Jumlah UMKN", "--catalog", LAMPUNG, "--lang", "id"])
        .stdout
    )
    assert told.splitlines()[2:4] == [
        "    Jumlah UMKM / Jumlah UMKN",
        "                         ^^^^",
    ]
