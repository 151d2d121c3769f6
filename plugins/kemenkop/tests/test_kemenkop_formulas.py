"""The formulas of the plugin through the engine: every edge from figures, no score without them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iku_plugin_kemenkop
from iku_engine import Engine
from iku_plugin_kemenkop.data import rows
from iku_plugin_kemenkop.ratios import RATIOS, Ratio

HERE = Path(__file__).parent
PLUGIN = Path(iku_plugin_kemenkop.__file__).parent
YEAR = "2023"
SIDES = {"below": Fraction(-1, 1000), "at": Fraction(0), "above": Fraction(1, 1000)}
Figures = dict[str, Fraction]
MAY_BE_NEGATIVE = {
    "modal_sendiri", "modal_tertimbang", "shu_kotor", "shu_sebelum_pajak", "shu_bagian_anggota",
    "partisipasi_neto", "promosi_ekonomi_anggota", "shu_setelah_pajak", "ekuitas",
    "ekuitas_tahun_lalu", "shu",
}  # fmt: skip
"""Capital may be lost and a year end with a loss; any other amount below 0 is a mistake."""

unhurried = settings(deadline=None)
"""The first example loads the algebra, which takes longer than the others."""


def figures_for(ratio: Ratio, value: Fraction) -> Figures:
    """Figures that make a ratio of this value, in percent."""
    whole = Fraction(100)
    by_hand: Mapping[str, Figures] = {
        "perdep06_pinjaman_bermasalah": {
            "kurang_lancar": value / 2, "diragukan": value / 3, "macet": value / 2,
            "pinjaman_diberikan": whole,
        },
        "perdep06_kemandirian_operasional": {
            "partisipasi_neto": value, "beban_usaha": Fraction(60),
            "beban_perkoperasian": Fraction(40),
        },
        "perdep06_partisipasi_bruto": {"partisipasi_bruto": value, "pendapatan": whole - value},
        "perdep06_promosi_ekonomi": {
            "promosi_ekonomi_anggota": value, "simpanan_pokok": Fraction(60),
            "simpanan_wajib": Fraction(40),
        },
        "kkpkk_kemandirian_operasional": {
            "partisipasi_neto": value, "beban_usaha": Fraction(60),
            "beban_perkoperasian": Fraction(40),
        },
        "kkpkk_pertumbuhan_ekuitas": {"ekuitas": whole + value, "ekuitas_tahun_lalu": whole},
    }  # fmt: skip
    if ratio.scale in by_hand:
        return by_hand[ratio.scale]
    part, all_of_it = ratio.items
    return {part: value, all_of_it: whole}


def catalog_of(ratios: Iterable[Ratio]) -> Engine:
    given = {item for ratio in ratios for item in ratio.items}
    indicators: dict[str, dict[str, str]] = {}
    for ratio in ratios:
        arguments = ", ".join(ratio.items)
        name = f"s_{ratio.scale}"
        score, value = f"{ratio.score.name}({arguments})", f"{ratio.value.name}({arguments})"
        indicators[name] = {"name": ratio.name, "formula": score, "unit": ""}
        indicators[f"r_{ratio.scale}"] = {"name": ratio.name, "formula": value, "unit": "%"}
    return Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "variables": {item: {"label": item, "unit": "rupiah"} for item in given},
            "indicators": indicators,
        },
        plugins=[PLUGIN],
        discover=False,
    )


@cache
def all_ratios() -> Engine:
    engine = catalog_of(RATIOS)
    assert engine.diagnostics == ()
    return engine


def edges(table: str) -> list[dict[str, str]]:
    with (HERE / "by_hand.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["table"] == table]


@pytest.mark.parametrize("ratio", RATIOS, ids=lambda ratio: ratio.scale)
def test_figures_on_each_edge_and_beside_it_score_as_the_table_made_by_hand_says(
    ratio: Ratio,
) -> None:
    wanted: dict[str, tuple[Fraction, str]] = {}
    for row in edges(ratio.scale):
        for side, step in SIDES.items():
            wanted[str(1900 + len(wanted))] = (Fraction(row["edge"]) + step, row[side])
    data: dict[str, dict[str, Fraction]] = {}
    for year, (value, _) in wanted.items():
        for item, figure in figures_for(ratio, value).items():
            data.setdefault(item, {})[year] = figure
    names = [f"{kind}_{ratio.scale}" for kind in "rs"]
    results = all_ratios().compute(f"1900..{1899 + len(wanted)}", indicators=names, data=data)
    for year, (value, score) in wanted.items():
        wrong = any(
            figure < 0 and item not in MAY_BE_NEGATIVE
            for item, figure in figures_for(ratio, value).items()
        )
        assert results.get(names[0], year).exact == (None if wrong else value)
        expected = None if score == "-" else Fraction(score)
        assert results.get(names[1], year).exact == expected, (ratio.scale, value)


@pytest.mark.parametrize(
    "row", rows("ratios"), ids=lambda row: f"{row['regulation']}-{row['ratio']}"
)
def test_the_example_of_a_ratio_has_the_score_beside_it(row: Mapping[str, str]) -> None:
    (ratio,) = [r for r in RATIOS if (r.regulation, r.id) == (row["regulation"], row["ratio"])]
    figures = zip(ratio.items, row["example"].split(), strict=True)
    name = f"s_{ratio.scale}"
    data = {item: {YEAR: figure} for item, figure in figures}
    result = all_ratios().compute(YEAR, indicators=[name], data=data).get(name, YEAR)
    assert result.exact == Fraction(row["score"])


@unhurried
@given(st.data())
def test_without_one_of_its_figures_a_ratio_has_no_score(data: st.DataObject) -> None:
    ratio = data.draw(st.sampled_from(RATIOS))
    lost = data.draw(st.sampled_from(ratio.items))
    value = data.draw(st.fractions(0, 100, max_denominator=1000))
    figures: dict[str, dict[str, Fraction | None]] = {
        item: {YEAR: None if item == lost else figure}
        for item, figure in figures_for(ratio, value).items()
    }
    name = f"s_{ratio.scale}"
    result = all_ratios().compute(YEAR, indicators=[name], data=figures).get(name, YEAR)
    assert result.exact is None
    assert result.status.value == "missing"


@unhurried
@given(st.sampled_from(RATIOS), st.fractions(0, 120), st.fractions(Fraction(1, 10**6), 10**6))
def test_the_currency_changes_no_ratio_and_no_score(
    ratio: Ratio, value: Fraction, factor: Fraction
) -> None:
    data: dict[str, dict[str, Fraction]] = {}
    for item, figure in figures_for(ratio, value).items():
        data[item] = {"2022": figure, "2023": figure * factor}
    names = [f"{kind}_{ratio.scale}" for kind in "rs"]
    results = all_ratios().compute("2022..2023", indicators=names, data=data)
    for name in names:
        before, after = (results.get(name, year) for year in ("2022", "2023"))
        assert (before.exact, before.status) == (after.exact, after.status)


@pytest.mark.parametrize("ratio", RATIOS, ids=lambda ratio: ratio.scale)
def test_nothing_to_divide_by_has_no_score(ratio: Ratio) -> None:
    name = f"s_{ratio.scale}"
    data = {item: {YEAR: 0} for item in ratio.items}
    result = all_ratios().compute(YEAR, indicators=[name], data=data).get(name, YEAR)
    assert result.exact is None
    assert result.status.value == "undefined"


@unhurried
@given(st.data())
def test_an_amount_below_0_that_cannot_be_is_not_scored(data: st.DataObject) -> None:
    ratio = data.draw(st.sampled_from(RATIOS))
    value = data.draw(st.fractions(1, 99, max_denominator=1000))
    amounts = [item for item in ratio.items if item not in MAY_BE_NEGATIVE]
    if not amounts:
        return
    wrong = data.draw(st.sampled_from(amounts))
    figures = {item: {YEAR: figure} for item, figure in figures_for(ratio, value).items()}
    figures[wrong] = {YEAR: -abs(figures[wrong][YEAR]) - Fraction(1, 100)}
    name = f"s_{ratio.scale}"
    result = all_ratios().compute(YEAR, indicators=[name], data=figures).get(name, YEAR)
    assert result.exact is None
    assert [reason.kind for reason in result.reasons] == ["negative_amount"]


def test_a_loss_is_not_scored_as_thrift() -> None:
    data = {"beban_usaha": {YEAR: 100}, "shu_kotor": {YEAR: -50}}
    name = "s_perdep06_beban_usaha"
    result = all_ratios().compute(YEAR, indicators=[name], data=data).get(name, YEAR)
    assert result.exact is None
    assert [reason.kind for reason in result.reasons] == ["negative_base"]


# The older scoring, checklists ------------------------------------------------------------------

OTHERS = """
iku: 1
owner: d
owners: {d: {title: D}}
variables: {r: {label: R, unit: rupiah}, w: {label: W, unit: rupiah}, y: {label: Y, unit: ""},
  n: {label: N, unit: ""}}
indicators:
  masalah: {name: A, unit: "", formula: "permen14_skor_pinjaman_bermasalah(0 * r, 0 * r, r, w)"}
  cadangan: {name: B, unit: "", formula: "permen14_skor_cadangan_risiko(r, w)"}
  daftar: {name: C, unit: "", formula: "kkpkk_skor_daftar_periksa(y, n)"}
  aspek: {name: D, unit: "", formula: "kkpkk_aspek(kkpkk_skor_daftar_periksa(y, n), 4, 2)"}
"""


@cache
def others() -> Engine:
    engine = Engine.from_text(OTHERS, plugins=[PLUGIN], discover=False)
    assert engine.diagnostics == ()
    return engine


@unhurried
@given(st.fractions(-50, 200, max_denominator=1000))
def test_the_linear_scores_follow_their_rules(ratio: Fraction) -> None:
    data = {"r": {YEAR: ratio}, "w": {YEAR: 100}}
    results = others().compute(YEAR, indicators=["masalah", "cadangan"], data=data)
    problems, provision = (results.get(name, YEAR).exact for name in ("masalah", "cadangan"))
    if ratio < 0:
        assert (problems, provision) == (None, None)
    else:
        assert problems == (None if ratio > 100 else max(100 - 2 * ratio, Fraction(0)) / 20)
        assert provision == min(ratio, Fraction(100)) / 20


@pytest.mark.parametrize("questions", [3, 4, 5, 17])
def test_a_checklist_is_scored_by_its_answers(questions: int) -> None:
    for yes in range(questions + 1):
        data = {"y": {YEAR: yes}, "n": {YEAR: questions}}
        results = others().compute(YEAR, indicators=["daftar", "aspek"], data=data)
        # Above 75 percent 4 points, and one less for each 25 points below.
        expected = next(
            score for score, more_than in ((4, 75), (3, 50), (2, 25), (1, -1))
            if Fraction(yes, questions) * 100 > more_than
        )  # fmt: skip
        assert results.get("daftar", YEAR).exact == expected
        assert results.get("aspek", YEAR).exact == Fraction(expected + 6, 12) * 100
