"""Reasons as sentences: in words, in both languages, and as few as they can be."""

from __future__ import annotations

import pytest

from iku_engine.evaluation.model import Reason
from iku_engine.periods import Period
from iku_engine.places import place_of
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import causes_of, period_ranges, read_note, sentence
from tests.reports.building import missing, year

NAMES = Names(
    series={"umkm": "Jumlah UMKM", "kesehatan": "Predikat kesehatan", "koperasi": "Koperasi"},
    fields={"koperasi.macet": "Pinjaman macet"},
    dimensions={"kecamatan": "Kecamatan"},
    members={("kecamatan", "01"): "Balik Bukit"},
)
KINDS = [
    "missing", "zero", "negative_base", "negative_root", "not_positive", "hole", "rollup",
    "no_records", "no_match", "no_members", "too_large", "error", "raised", "no_method",
    "more_records",
]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "english", "indonesian"),
    [
        (missing("umkm", 2017), "missing: Jumlah UMKM 2017", "belum ada data: Jumlah UMKM 2017"),
        (
            missing("umkm", 2017, {"kecamatan": "01"}),
            "missing: Jumlah UMKM 2017 (Kecamatan 01 Balik Bukit)",
            "belum ada data: Jumlah UMKM 2017 (Kecamatan 01 Balik Bukit)",
        ),
        (
            Reason("zero", "a - b", year(2020)),
            "the divisor is 0: `a - b` 2020",
            "pembagi bernilai 0: `a - b` 2020",
        ),
        (
            Reason("missing", "koperasi[K-01].macet", year(2020)),
            "missing: Pinjaman macet [K-01] 2020",
            "belum ada data: Pinjaman macet [K-01] 2020",
        ),
        (Reason("more_records", "7"), "and 7 more records", "dan 7 baris lain"),
        (Reason("zero", "target"), "the divisor is 0: the target", "pembagi bernilai 0: target"),
        (
            Reason("frozen", "fungsi", year(2020)),
            "frozen: `fungsi` 2020",
            "frozen: `fungsi` 2020",
        ),
    ],
)
def test_a_reason_is_a_sentence(reason: Reason, english: str, indonesian: str) -> None:
    assert sentence(reason, NAMES, Language.EN) == english
    assert sentence(reason, NAMES, Language.ID) == indonesian


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", list(Language))
def test_every_kind_has_a_sentence_of_its_own(kind: str, language: Language) -> None:
    assert not sentence(Reason(kind, "umkm"), NAMES, language).startswith(f"{kind}:") or (
        kind == "missing" and language is Language.EN
    )


def test_periods_and_places_of_one_cause_are_told_together() -> None:
    here, there = ({"kecamatan": name} for name in ("01", "02"))
    reasons = [missing("umkm", when, place) for place in (here, there) for when in (2019, 2018)]
    causes = set(causes_of(reasons).values())
    assert len(causes) == 1
    (cause,) = causes
    assert cause.periods == (year(2018), year(2019))
    assert cause.places == (place_of(here), place_of(there))


def test_other_periods_make_another_cause() -> None:
    reasons = [missing("umkm", 2018, {"k": "1"}), missing("umkm", 2019, {"k": "2"})]
    assert len(set(causes_of(reasons).values())) == 2


def test_neighbouring_periods_are_ranges() -> None:
    assert period_ranges([year(2018), year(2019), year(2020), year(2022)]) == "2018..2020, 2022"
    months = [Period.of(2020, month=12), Period.of(2021, month=1), Period.of(2021)]
    assert period_ranges(months) == "2020-12..2021-01, 2021"


@pytest.mark.parametrize(
    "reason",
    [
        Reason("negative_base", "x", year(2019)),
        Reason("negative_base", "a + b", Period.of(2019, quarter=2), (("d", "m, n"), ("e", "k"))),
        Reason("hole", "kesehatan"),
        Reason("negative_base", "koperasi[K-01].x", year(2019)),
    ],
)
def test_a_note_reads_back_as_its_reason(reason: Reason) -> None:
    assert read_note(str(reason)) == reason


def test_other_notes() -> None:
    assert read_note("partial 37/40") == Reason("partial", "37/40")
    assert read_note("odd words") is None
    assert read_note("hole:a@b[c") == Reason("hole", "a@b[c")


def test_many_places_are_counted() -> None:
    places = [place_of({"kecamatan": f"{n:02d}"}) for n in range(20)]
    shown = NAMES.places(places)
    assert shown.startswith("Kecamatan 00, 01, 02")
    assert shown.endswith("11, ... +8")
