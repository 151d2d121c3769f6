"""Worksheets of cooperatives against a second computation: ratios, scores, aspects, total, rating.

The second computation knows the ratios from this file and the tables from `by_hand.csv`; it uses
nothing of the package.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iku_engine import UsageError
from iku_plugin_kemenkop.kkpkk import KKPKK
from iku_plugin_kemenkop.worksheet import Worksheet, items_of, worksheet

HERE = Path(__file__).parent
NONE = "-"
MAY_BE_NEGATIVE = {
    "modal_sendiri", "modal_tertimbang", "shu_kotor", "shu_sebelum_pajak", "shu_bagian_anggota",
    "partisipasi_neto", "promosi_ekonomi_anggota", "shu_setelah_pajak", "ekuitas",
    "ekuitas_tahun_lalu", "shu",
}  # fmt: skip
"""Capital may be lost and a year end with a loss; any other amount below 0 is a mistake."""
Figures = Mapping[str, Fraction | None]
Amounts = Mapping[str, Fraction]

unhurried = settings(deadline=None)
"""The first example loads the algebra, which takes longer than the others."""


class Divided(NamedTuple):
    """A ratio as this file knows it."""

    aspect: str
    items: str
    part: Callable[[Amounts], Fraction]
    whole: Callable[[Amounts], Fraction]


def plain(aspect: str, part: str, whole: str) -> Divided:
    """One item over the sum of others."""
    wholes = whole.split()
    return Divided(
        aspect,
        f"{part} {whole}",
        lambda a: a[part],
        lambda a: sum((a[name] for name in wholes), Fraction(0)),
    )


BAD = "kurang_lancar diragukan macet"
RATIOS = {
    "modal_aset": plain("permodalan", "modal_sendiri", "total_aset"),
    "modal_pinjaman_berisiko": plain("permodalan", "modal_sendiri", "pinjaman_berisiko"),
    "kecukupan_modal": plain("permodalan", "modal_tertimbang", "atmr"),
    "pinjaman_anggota": plain("kualitas_aktiva", "volume_pinjaman_anggota", "volume_pinjaman"),
    "pinjaman_bermasalah": Divided(
        "kualitas_aktiva",
        f"{BAD} pinjaman_diberikan",
        lambda a: a["kurang_lancar"] / 2 + a["diragukan"] * 3 / 4 + a["macet"],
        lambda a: a["pinjaman_diberikan"],
    ),
    "cadangan_risiko": plain("kualitas_aktiva", "cadangan_risiko", "pinjaman_bermasalah"),
    "pinjaman_berisiko": plain("kualitas_aktiva", "pinjaman_berisiko", "pinjaman_diberikan"),
    "beban_operasi": plain("efisiensi", "beban_operasi_anggota", "partisipasi_bruto"),
    "beban_usaha": plain("efisiensi", "beban_usaha", "shu_kotor"),
    "efisiensi_pelayanan": plain("efisiensi", "biaya_karyawan", "volume_pinjaman"),
    "kas": plain("likuiditas", "kas_bank", "kewajiban_lancar"),
    "pinjaman_dana": plain("likuiditas", "pinjaman_diberikan", "dana_diterima"),
    "rentabilitas_aset": plain("kemandirian", "shu_sebelum_pajak", "total_aset"),
    "rentabilitas_modal": plain("kemandirian", "shu_bagian_anggota", "modal_sendiri"),
    "kemandirian_operasional": plain(
        "kemandirian", "partisipasi_neto", "beban_usaha beban_perkoperasian"
    ),
    "partisipasi_bruto": plain("jatidiri", "partisipasi_bruto", "partisipasi_bruto pendapatan"),
    "promosi_ekonomi": plain(
        "jatidiri", "promosi_ekonomi_anggota", "simpanan_pokok simpanan_wajib"
    ),
}
QUESTIONS = {
    "umum": ("0.25", 12), "kelembagaan": ("0.5", 6), "permodalan": ("0.6", 5),
    "aktiva": ("0.3", 10), "likuiditas": ("0.6", 5),
}  # fmt: skip
ASPECTS = (
    "permodalan", "kualitas_aktiva", "manajemen", "efisiensi", "likuiditas", "kemandirian",
    "jatidiri",
)  # fmt: skip
ITEMS = tuple(
    dict.fromkeys(
        [item for ratio in RATIOS.values() for item in ratio.items.split()]
        + [f"ya_{part}" for part in QUESTIONS]
    )
)


def read_tables() -> dict[str, list[tuple[Fraction, str, str, str]]]:
    found: dict[str, list[tuple[Fraction, str, str, str]]] = {}
    with (HERE / "by_hand.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            edge = (Fraction(row["edge"]), row["below"], row["at"], row["above"])
            found.setdefault(row["table"], []).append(edge)
    return found


TABLES = read_tables()


def by_hand(table: str, value: Fraction) -> str:
    """What the table made by hand says of a value."""
    said = TABLES[table][0][1]
    for edge, _, at, above in TABLES[table]:
        if value >= edge:
            said = at if value == edge else above
    return said


def ratio_by_hand(ratio: str, figures: Figures) -> Fraction | None:
    """A ratio in percent; None where a figure is missing or wrong, or there is no whole."""
    known = {name: figures.get(name) for name in RATIOS[ratio].items.split()}
    amounts = {name: figure for name, figure in known.items() if figure is not None}
    if any(amount < 0 and item not in MAY_BE_NEGATIVE for item, amount in amounts.items()):
        return None
    if len(amounts) < len(known) or RATIOS[ratio].whole(amounts) <= 0:
        return None
    return RATIOS[ratio].part(amounts) / RATIOS[ratio].whole(amounts) * 100


def scores_by_hand(figures: Figures) -> dict[tuple[str, str], Fraction | None]:
    """The score of every ratio and part of the questionnaire, by aspect and name."""
    found: dict[tuple[str, str], Fraction | None] = {}
    for name, ratio in RATIOS.items():
        value = ratio_by_hand(name, figures)
        said = NONE if value is None else by_hand(f"perdep06_{name}", value)
        found[ratio.aspect, name] = None if said == NONE else Fraction(said)
    for part, (points, questions) in QUESTIONS.items():
        yes = figures.get(f"ya_{part}")
        right = yes is not None and yes.denominator == 1 and 0 <= yes <= questions
        found["manajemen", part] = yes * Fraction(points) if right and yes is not None else None
    return found


def whole_by_hand(
    figures: Figures,
) -> tuple[dict[str, Fraction | None], Fraction | None, str]:
    """The aspects, the total and the rating."""
    scores = scores_by_hand(figures)
    aspects: dict[str, Fraction | None] = {}
    for aspect in ASPECTS:
        own = [score for (of, _), score in scores.items() if of == aspect]
        known = [score for score in own if score is not None]
        aspects[aspect] = sum(known, Fraction(0)) if len(known) == len(own) else None
    known = [score for score in aspects.values() if score is not None]
    if len(known) < len(ASPECTS):
        return aspects, None, ""
    total = sum(known, Fraction(0))
    return aspects, total, by_hand("perdep06_predikat", total)


BEST = {
    "modal_sendiri": 50, "total_aset": 100, "pinjaman_berisiko": 20, "modal_tertimbang": 10,
    "atmr": 100, "volume_pinjaman_anggota": 90, "volume_pinjaman": 100, "kurang_lancar": 0,
    "diragukan": 0, "macet": 0, "pinjaman_diberikan": 100, "cadangan_risiko": 10,
    "pinjaman_bermasalah": 10, "beban_operasi_anggota": 80, "partisipasi_bruto": 100,
    "beban_usaha": 30, "shu_kotor": 100, "biaya_karyawan": 5, "kas_bank": 15,
    "kewajiban_lancar": 100, "dana_diterima": 100, "shu_sebelum_pajak": 10,
    "shu_bagian_anggota": 5, "partisipasi_neto": 60, "beban_perkoperasian": 20, "pendapatan": 10,
    "promosi_ekonomi_anggota": 10, "simpanan_pokok": 50, "simpanan_wajib": 50, "ya_umum": 12,
    "ya_kelembagaan": 6, "ya_permodalan": 5, "ya_aktiva": 10, "ya_likuiditas": 5,
}  # fmt: skip
WORST = BEST | {
    "modal_sendiri": 1, "total_aset": 100_000, "pinjaman_berisiko": 1_000_000,
    "modal_tertimbang": 1, "volume_pinjaman_anggota": 1, "macet": 990_000,
    "pinjaman_diberikan": 1_000_000, "cadangan_risiko": 0, "beban_operasi_anggota": 200,
    "beban_usaha": 300, "biaya_karyawan": 50, "kas_bank": 1, "dana_diterima": 10_000_000,
    "shu_sebelum_pajak": -10, "shu_bagian_anggota": -5, "partisipasi_neto": -60,
    "pendapatan": 1000, "promosi_ekonomi_anggota": -1, "ya_umum": 0, "ya_kelembagaan": 0,
    "ya_permodalan": 0, "ya_aktiva": 0, "ya_likuiditas": 0,
}  # fmt: skip


def sheet_of(figures: Mapping[str, int | Fraction | None]) -> Worksheet:
    return worksheet({k: None if v is None else Fraction(v) for k, v in figures.items()})


@st.composite
def balance_sheets(draw: st.DrawFn) -> dict[str, Fraction | None]:
    """A cooperative somewhere around the best one: most ratios near their edges, some absurd."""
    near = st.integers(-100, 300).map(lambda percent: Fraction(percent, 100))
    usual = st.integers(50, 130).map(lambda percent: Fraction(percent, 100))
    sheet: dict[str, Fraction | None] = {}
    strange = draw(st.sets(st.sampled_from(ITEMS), max_size=2))
    for item, figure in BEST.items():
        if item.startswith("ya_"):
            most = figure + (item in strange)
            sheet[item] = Fraction(draw(st.integers(0, most)))
        elif item in strange:
            sheet[item] = draw(st.sampled_from([None, figure * draw(near)]))
        else:
            sheet[item] = figure * draw(usual)
    return sheet


@unhurried
@given(balance_sheets())
def test_a_worksheet_equals_the_second_computation(figures: dict[str, Fraction | None]) -> None:
    sheet = worksheet(figures)
    scores = scores_by_hand(figures)
    assert {(line.aspect, line.of.id): line.score for line in sheet.lines} == scores
    for line in sheet.lines:
        if line.scale:
            assert line.value == ratio_by_hand(line.of.id, figures)
        assert (line.score is None) == bool(line.reasons)
        assert 0 <= (line.score or 0) <= line.of.highest
    aspects, total, rating = whole_by_hand(figures)
    assert {one.id: one.score for one in sheet.aspects} == aspects
    assert (sheet.total, sheet.rating) == (total, rating)


@unhurried
@given(balance_sheets(), st.fractions(Fraction(1, 1000), 1000))
def test_the_currency_changes_no_ratio_score_or_rating(
    figures: dict[str, Fraction | None], factor: Fraction
) -> None:
    other = {
        name: figure if figure is None or name.startswith("ya_") else figure * factor
        for name, figure in figures.items()
    }
    before, after = worksheet(figures), worksheet(other)
    assert [(one.value, one.band, one.score) for one in before.lines] == [
        (one.value, one.band, one.score) for one in after.lines
    ]
    assert (before.aspects, before.total, before.rating) == (
        after.aspects, after.total, after.rating,
    )  # fmt: skip


@unhurried
@given(balance_sheets(), st.sampled_from(ITEMS))
def test_a_missing_figure_leaves_no_grade_and_only_its_own_lines(
    figures: dict[str, Fraction | None], item: str
) -> None:
    whole, without = worksheet(figures), worksheet({**figures, item: None})
    assert (without.total, without.rating) == (None, "")
    for before, after in zip(whole.lines, without.lines, strict=True):
        expected = None if item in dict(after.figures) else before.score
        assert after.score == expected


@unhurried
@given(balance_sheets())
def test_more_answers_never_make_a_lower_total(figures: dict[str, Fraction | None]) -> None:
    full = figures | {f"ya_{part}": Fraction(most) for part, (_, most) in QUESTIONS.items()}
    less, more = worksheet(figures), worksheet(full)
    labels = ["", *[above for _, _, _, above in TABLES["perdep06_predikat"][:-1]]]
    if less.total is not None and more.total is not None:
        assert less.total <= more.total
        assert labels.index(less.rating) <= labels.index(more.rating)


def test_the_best_cooperative_has_100() -> None:
    sheet = sheet_of(BEST)
    assert sheet.total == 100
    assert sheet.rating == "Sehat"
    assert all(line.score == line.of.highest for line in sheet.lines)


def test_the_worst_cooperative_has_what_the_lowest_bands_give() -> None:
    # Its capital is above 0, so that the return on it can be measured.
    expected = Fraction("1.5") + Fraction("0.6") + Fraction("1.25") + 1 + 1 + Fraction("2.5")
    expected += Fraction("1.25") + Fraction("0.75") * 2 + Fraction("1.75")
    sheet = sheet_of(WORST)
    assert sheet.total == expected == Fraction("12.35")
    assert sheet.rating == "Dalam pengawasan khusus"


@pytest.mark.parametrize("answers", [Fraction(-1), Fraction(1, 2), Fraction(13)])
def test_answers_are_whole_and_not_more_than_asked(answers: Fraction) -> None:
    sheet = sheet_of({**BEST, "ya_umum": answers})
    (line,) = [line for line in sheet.lines if line.of.id == "umum"]
    assert line.score is None
    assert [reason.kind for reason in line.reasons] == ["outside_the_table"]
    assert sheet.total is None


def test_no_problem_loans_leave_the_provision_without_a_score() -> None:
    sheet = sheet_of({**BEST, "pinjaman_bermasalah": 0, "cadangan_risiko": 0})
    without = [line.of.id for line in sheet.lines if line.score is None]
    assert (without, sheet.total, sheet.rating) == (["cadangan_risiko"], None, "")


def test_an_unknown_item_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="`aset`"):
        worksheet({"aset": Fraction(1)})


def test_kkpkk_scores_its_ratios_and_makes_no_total() -> None:
    sheet = worksheet(
        {"ekuitas": Fraction(107), "ekuitas_tahun_lalu": Fraction(100)}, regulation=KKPKK
    )
    scored = {line.of.id: line.score for line in sheet.lines if line.score is not None}
    assert scored == {"pertumbuhan_ekuitas": 3}
    assert (sheet.aspects, sheet.total, sheet.rating) == ((), None, "")
    assert "ya_umum" not in items_of(KKPKK)
