"""The plugin's own tests: every edge of every table, ten cooperatives, the laws of the scores.

The oracle below is written from the tables as the regulations' readers give them, not from the
package's data.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iku_plugin_kemenkop
from iku_engine import Engine, UsageError
from iku_engine.analysis.coverage import coverage_of
from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.model import Formula
from iku_engine.quantities import to_decimal_text
from iku_engine.reports.labels import Language
from iku_engine.reports.to_coverage import to_coverage
from iku_engine.scales import Scale, find_gaps, find_overlaps
from iku_engine.testing import check_examples
from iku_plugin_kemenkop import FORMULAS
from iku_plugin_kemenkop.aspects import ASPECTS, PERDEP06, ratios_of
from iku_plugin_kemenkop.data import items, rows
from iku_plugin_kemenkop.management import PARTS
from iku_plugin_kemenkop.out_of_table import OUT_OF_TABLE
from iku_plugin_kemenkop.ratios import RATIOS, Ratio
from iku_plugin_kemenkop.tables import PRINTED, SCALES, TABLES
from iku_plugin_kemenkop.worksheet import Worksheet, worksheet, worksheets
from iku_plugin_kemenkop.worksheet_text import COLUMNS, to_csv, to_text

HERE = Path(__file__).parent
PLUGIN = Path(iku_plugin_kemenkop.__file__).parent
EXAMPLE = HERE.parent / "examples"
NEAR = Fraction(1, 1000)
SIDES = (-NEAR, Fraction(0), NEAR)

Step = tuple[str, str, str]
NONE = ""


def tens(step: str) -> list[Step]:
    """Nothing at 0, one step more up to each further ten."""
    return [("<=", str(10 * n), str(n * Fraction(step))) for n in range(1, 10)]


# The first step that holds is the score; a value that no step holds has none.
ORACLE: dict[str, list[Step]] = {
    "perdep06_modal_aset": [
        ("<=", "0", "0"), ("<=", "20", "1.5"), ("<=", "40", "3"), ("<=", "60", "6"),
        ("<=", "80", "3"), ("<=", "100", "1.5"),
    ],
    "perdep06_modal_pinjaman_berisiko": [("<=", "0", "0"), *tens("0.6"), (">", "90", "6")],
    "perdep06_kecukupan_modal": [
        ("<", "4", "0"), ("<", "6", "1.5"), ("<", "8", "2.25"), (">=", "8", "3"),
    ],
    "perdep06_pinjaman_anggota": [
        ("<", "0", NONE), ("<=", "25", "0"), ("<=", "50", "5"), ("<=", "75", "7.5"),
        ("<=", "100", "10"),
    ],
    "perdep06_pinjaman_bermasalah": [
        ("<", "0", NONE), ("<=", "0", "5"), ("<=", "10", "4"), ("<=", "20", "3"),
        ("<=", "30", "2"), ("<=", "40", "1"), ("<=", "45", "0.5"), ("<=", "100", "0"),
    ],
    "perdep06_cadangan_risiko": [
        ("<", "0", NONE), ("<=", "0", "0"), *tens("0.5"), (">", "90", "5"),
    ],
    "perdep06_pinjaman_berisiko": [
        ("<", "0", NONE), ("<", "21", "5"), ("<", "26", "3.75"), ("<=", "30", "2.5"),
        ("<=", "100", "1.25"),
    ],
    "perdep06_beban_operasi": [
        ("<", "0", NONE), ("<", "90", "4"), ("<", "95", "3"), ("<", "100", "2"),
        (">=", "100", "1"),
    ],
    "perdep06_beban_usaha": [
        ("<", "0", NONE), ("<=", "40", "4"), ("<=", "60", "3"), ("<=", "80", "2"),
        (">", "80", "1"),
    ],
    "perdep06_efisiensi_pelayanan": [
        ("<", "0", NONE), ("<=", "5", "2"), ("<=", "10", "1.5"), ("<=", "15", "1"),
        (">", "15", "0"),
    ],
    "perdep06_kas": [
        ("<", "0", NONE), ("<=", "10", "2.5"), ("<=", "15", "10"), ("<=", "20", "5"),
        (">", "20", "2.5"),
    ],
    "perdep06_pinjaman_dana": [
        ("<", "0", NONE), ("<", "60", "1.25"), ("<", "70", "2.5"), ("<", "80", "3.75"),
        ("<", "90", "5"), (">=", "90", "5"),
    ],
    "perdep06_rentabilitas_aset": [
        ("<", "5", "0.75"), ("<", "7.5", "1.5"), ("<", "10", "2.25"), (">=", "10", "3"),
    ],
    "perdep06_rentabilitas_modal": [
        ("<", "3", "0.75"), ("<", "4", "1.5"), ("<", "5", "2.25"), (">=", "5", "3"),
    ],
    "perdep06_kemandirian_operasional": [("<=", "100", "0"), (">", "100", "4")],
    "perdep06_partisipasi_bruto": [
        ("<", "0", NONE), ("<", "25", "1.75"), ("<", "50", "3.5"), ("<", "75", "5.25"),
        ("<=", "100", "7"),
    ],
    "perdep06_promosi_ekonomi": [
        ("<", "5", "0"), ("<", "7.5", "1.5"), ("<", "10", "2.25"), (">=", "10", "3"),
    ],
    "kkpkk_piutang_aset_produktif": [
        ("<=", "0", NONE), ("<=", "75", "4"), ("<=", "85", "3"), ("<=", "95", "2"),
        ("<=", "100", "1"),
    ],
    "kkpkk_roe": [("<", "5", "1"), ("<", "7.5", "2"), ("<", "10", "3"), (">=", "10", "4")],
    "kkpkk_kemandirian_operasional": [
        ("<", "100", "1"), ("<", "110", "2"), ("<", "120", "3"), (">=", "120", "4"),
    ],
    # 5 and 10 are printed in two bands, and the text values more than 12 otherwise than the table.
    "kkpkk_pinjaman_bermasalah": [
        ("<", "0", NONE), ("<", "5", "4"), ("<=", "5", NONE), ("<", "10", "3"),
        ("<=", "10", NONE), ("<=", "12", "2"), ("<=", "15", NONE), ("<=", "100", "1"),
    ],
    "kkpkk_pertumbuhan_ekuitas": [
        ("<", "4", "1"), ("<", "7", "2"), ("<", "10", "3"), (">=", "10", "4"),
    ],
    "kkpkk_biaya_pembinaan": [
        ("<=", "0", NONE), ("<", "1", "1"), ("<", "3", "2"), ("<", "5", "3"), (">=", "5", "4"),
    ],
    "kkpkk_ekuitas_aset": [
        ("<=", "0", NONE), ("<=", "10", "1"), ("<=", "20", "2"), ("<=", "30", "3"),
        ("<=", "100", "4"),
    ],
    "kkpkk_daftar_periksa": [
        ("<", "0", NONE), ("<=", "25", "1"), ("<=", "50", "2"), ("<=", "75", "3"),
        ("<=", "100", "4"),
    ],
}  # fmt: skip

LABELS: dict[str, list[Step]] = {
    "perdep06_predikat": [
        ("<", "0", NONE), ("<", "51", "Dalam pengawasan khusus"), ("<", "66", "Dalam pengawasan"),
        ("<", "80", "Cukup sehat"), ("<=", "100", "Sehat"),
    ],
    "permen14_predikat": [
        ("<", "0", NONE), ("<", "20", "Sangat tidak sehat"), ("<", "40", "Tidak sehat"),
        ("<", "60", "Kurang sehat"), ("<", "80", "Cukup sehat"), ("<=", "100", "Sehat"),
    ],
}  # fmt: skip

HOLES = {
    "perdep06_kecukupan_modal_cetak": ["x = 8"],
    "perdep06_pinjaman_berisiko_cetak": ["x = 26"],
    "perdep06_pinjaman_dana_cetak": ["x = 90"],
    "perdep06_rentabilitas_modal_cetak": ["x = 5"],
    "kkpkk_kemandirian_operasional_cetak": ["100 < x < 110"],
    "kkpkk_daftar_periksa_cetak": ["25 < x <= 26", "50 < x <= 51", "75 < x <= 76"],
    "kkpkk_pinjaman_bermasalah_cetak": [],
}
OVERLAPS = {"kkpkk_pinjaman_bermasalah_cetak": ["x = 5", "x = 10"]}

HIGHEST = {
    "modal_aset": "6", "modal_pinjaman_berisiko": "6", "kecukupan_modal": "3",
    "pinjaman_anggota": "10", "pinjaman_bermasalah": "5", "cadangan_risiko": "5",
    "pinjaman_berisiko": "5", "beban_operasi": "4", "beban_usaha": "4", "efisiensi_pelayanan": "2",
    "kas": "10", "pinjaman_dana": "5", "rentabilitas_aset": "3", "rentabilitas_modal": "3",
    "kemandirian_operasional": "4", "partisipasi_bruto": "7", "promosi_ekonomi": "3",
}  # fmt: skip
WEIGHTS = {
    "permodalan": 15, "kualitas_aktiva": 25, "manajemen": 15, "efisiensi": 10, "likuiditas": 15,
    "kemandirian": 10, "jatidiri": 10,
}  # fmt: skip
RISING = (
    "perdep06_modal_pinjaman_berisiko", "perdep06_kecukupan_modal", "perdep06_pinjaman_anggota",
    "perdep06_cadangan_risiko", "perdep06_pinjaman_dana", "perdep06_rentabilitas_aset",
    "perdep06_rentabilitas_modal", "perdep06_kemandirian_operasional",
    "perdep06_partisipasi_bruto", "perdep06_promosi_ekonomi", "kkpkk_roe",
    "kkpkk_kemandirian_operasional", "kkpkk_pertumbuhan_ekuitas", "kkpkk_biaya_pembinaan",
    "kkpkk_ekuitas_aset", "kkpkk_daftar_periksa",
)  # fmt: skip
FALLING = (
    "perdep06_pinjaman_bermasalah", "perdep06_pinjaman_berisiko", "perdep06_beban_operasi",
    "perdep06_beban_usaha", "perdep06_efisiensi_pelayanan", "kkpkk_piutang_aset_produktif",
    "kkpkk_pinjaman_bermasalah",
)  # fmt: skip

unhurried = settings(deadline=None)
"""The first example loads the algebra, which takes longer than the others."""


def found_in(steps: Iterable[Step], value: Fraction) -> str:
    for side, edge, result in steps:
        limit = Fraction(edge)
        holds = {
            "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        }  # fmt: skip
        if holds[side]:
            return result
    return NONE


def by_hand(table: str, value: Fraction) -> Fraction | None:
    """The score that the oracle gives a value."""
    result = found_in(ORACLE[table], value)
    return None if result == NONE else Fraction(result)


def scored(table: str, value: Fraction) -> Fraction | None:
    """The score that the plugin's scale gives a value."""
    band = TABLES[table].used.band_of(value)
    return band.score if band else None


def edges_of(table: str) -> set[Fraction]:
    """Every edge of the table as shipped, in use and as read."""
    bands = (*TABLES[table].used.bands, *TABLES[table].read.bands)
    return {edge for band in bands for edge in (band.low, band.high) if edge is not None}


def test_the_oracle_knows_every_table() -> None:
    assert {*ORACLE, *LABELS} == set(TABLES)


@pytest.mark.parametrize("table", ORACLE)
def test_each_edge_and_its_neighbours_score_as_the_regulation_says(table: str) -> None:
    edges = edges_of(table) | {Fraction(edge) for _, edge, _ in ORACLE[table]}
    for value in (edge + side for edge in edges for side in SIDES):
        assert scored(table, value) == by_hand(table, value), value


@pytest.mark.parametrize("table", LABELS)
def test_each_edge_and_its_neighbours_are_rated_as_the_regulation_says(table: str) -> None:
    edges = edges_of(table) | {Fraction(edge) for _, edge, _ in LABELS[table]}
    for value in (edge + side for edge in edges for side in SIDES):
        band = TABLES[table].used.band_of(value)
        assert (band.label if band else NONE) == found_in(LABELS[table], value), value


@given(st.sampled_from(sorted(ORACLE)), st.fractions(-20, 200))
def test_any_value_scores_as_the_regulation_says(table: str, value: Fraction) -> None:
    assert scored(table, value) == by_hand(table, value)


@pytest.mark.parametrize("scale", PRINTED, ids=lambda scale: scale.name)
def test_the_coverage_check_lists_what_is_wrong_with_the_tables_as_read(
    scale: Scale,
) -> None:
    coverage = coverage_of(scale)
    assert [gap.interval.range_text() for gap in coverage.gaps] == HOLES[scale.name]
    overlaps = [overlap.interval.range_text() for overlap in coverage.overlaps]
    assert overlaps == OVERLAPS.get(scale.name, [])
    shown = to_coverage([scale], Language.EN)
    assert all(f"hole: {hole}" in shown for hole in HOLES[scale.name])


def test_no_other_table_has_a_hole_or_an_overlap_as_read() -> None:
    assert {scale.name for scale in PRINTED} == set(HOLES)


def test_tables_in_use_are_whole_but_for_the_one_that_contradicts_itself() -> None:
    used = [table.used for table in TABLES.values()]
    assert not [scale.name for scale in used if any(find_overlaps(scale.bands))]
    assert [scale.name for scale in used if any(find_gaps(scale.bands))] == [
        "kkpkk_pinjaman_bermasalah"
    ]


def test_bands_differ_from_those_read_only_where_a_repair_says_why() -> None:
    for row in rows("bands"):
        assert bool(row["repair"]) == (row["as_read"] != row["used"]), row


@unhurried
@given(st.sampled_from(RISING), st.lists(st.fractions(-20, 200), min_size=2, max_size=2))
def test_more_never_scores_less_where_more_is_better(table: str, values: list[Fraction]) -> None:
    low, high = (scored(table, value) for value in sorted(values))
    assert low is None or high is None or low <= high


@given(st.sampled_from(FALLING), st.lists(st.fractions(-20, 200), min_size=2, max_size=2))
def test_more_never_scores_more_where_less_is_better(table: str, values: list[Fraction]) -> None:
    low, high = (scored(table, value) for value in sorted(values))
    assert low is None or high is None or low >= high


def test_highest_scores_are_those_of_the_tables_and_make_100() -> None:
    ratios = [ratio for ratio in RATIOS if ratio.regulation == PERDEP06]
    assert {ratio.id: ratio.highest for ratio in ratios} == {
        name: Fraction(score) for name, score in HIGHEST.items()
    }
    assert {one.id: one.weight for one in ASPECTS} == WEIGHTS
    for aspect in ASPECTS:
        lines = ratios_of(aspect.id) or PARTS
        assert sum(line.highest for line in lines) == aspect.weight
    for ratio in RATIOS:
        scores = [band.score for band in TABLES[ratio.scale].used.bands if band.score is not None]
        assert max(scores) == ratio.highest
    assert sum(aspect.weight for aspect in ASPECTS) == 100


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_examples_hold(formula: Formula) -> None:
    assert check_examples(formula, [*BUILT_IN, *FORMULAS, OUT_OF_TABLE]) == []


def test_every_item_is_described_and_used() -> None:
    parameters = {item for ratio in RATIOS for item in ratio.items} | {p.item for p in PARTS}
    assert parameters == set(items())


# Every ratio from its items, through the engine ----------------------------------------------


def catalog_of(ratios: Iterable[Ratio]) -> Engine:
    given = {item for ratio in ratios for item in ratio.items}
    return Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "variables": {item: {"label": item, "unit": "rupiah"} for item in given},
            "indicators": {
                f"s_{ratio.scale}": {
                    "name": ratio.name,
                    "formula": f"{ratio.score.name}({', '.join(ratio.items)})",
                    "unit": "",
                }
                for ratio in ratios
            },
        },
        plugins=[PLUGIN],
        discover=False,
    )


@cache
def all_ratios() -> Engine:
    engine = catalog_of(RATIOS)
    assert engine.diagnostics == ()
    return engine


@pytest.mark.parametrize(
    "row", rows("ratios"), ids=lambda row: f"{row['regulation']}-{row['ratio']}"
)
def test_the_example_of_a_ratio_has_the_score_beside_it(row: Mapping[str, str]) -> None:
    (ratio,) = [r for r in RATIOS if (r.regulation, r.id) == (row["regulation"], row["ratio"])]
    data = {
        item: {"2023": figure}
        for item, figure in zip(ratio.items, row["example"].split(), strict=True)
    }
    name = f"s_{ratio.scale}"
    result = all_ratios().compute("2023", indicators=[name], data=data).get(name, "2023")
    assert result.exact == Fraction(row["score"]) == by_hand(ratio.scale, Fraction(row["value"]))


@pytest.mark.parametrize("ratio", RATIOS, ids=lambda ratio: ratio.scale)
@pytest.mark.parametrize("figure", [None, 0])
def test_without_figures_there_is_no_score(ratio: Ratio, figure: int | None) -> None:
    name = f"s_{ratio.scale}"
    data = {item: {"2023": figure} for item in ratio.items}
    result = all_ratios().compute("2023", indicators=[name], data=data).get(name, "2023")
    assert result.exact is None
    assert result.status.value == ("missing" if figure is None else "undefined")


def test_a_loss_is_not_scored_as_thrift() -> None:
    data = {"beban_usaha": {"2023": 100}, "shu_kotor": {"2023": -50}}
    name = "s_perdep06_beban_usaha"
    result = all_ratios().compute("2023", indicators=[name], data=data).get(name, "2023")
    assert result.exact is None
    assert [reason.kind for reason in result.reasons] == ["negative_base"]


# Ten cooperatives ------------------------------------------------------------------------------


def read_edges(scale: str) -> list[Fraction]:
    """The edges of a table as the regulation's readers give them, lowest first."""
    bands = TABLES[scale].read.bands
    return sorted({edge for b in bands for edge in (b.low, b.high) if edge is not None})


def aimed(scale: str, slot: int, side: Fraction) -> Fraction:
    """The ratio that cooperative `slot` is to have: an edge of the table, or just beside it."""
    edges = read_edges(scale)
    if slot < len(edges):
        return edges[slot] + side
    later = [edge for edge in edges if edge > 0]
    return later[slot % len(later)] + side


def cooperative(slot: int, step: int) -> dict[str, Fraction]:
    """The balance sheet of a made-up cooperative whose ratios are those aimed at."""
    side = SIDES[step]
    wanted = {
        ratio.id: aimed(ratio.scale, slot, side) for ratio in RATIOS if ratio.regulation == PERDEP06
    }
    at_risk, funds = wanted["pinjaman_berisiko"], wanted["pinjaman_dana"]
    if wanted["modal_aset"] > 0:
        capital = wanted["modal_aset"] * wanted["modal_pinjaman_berisiko"] * at_risk * funds
        assets = 100 * capital / wanted["modal_aset"]
        risky = 100 * capital / wanted["modal_pinjaman_berisiko"]
    else:  # no capital, or less than none
        assets = risky = at_risk * funds * 100
        capital = wanted["modal_aset"] * assets / 100
    loans = 100 * risky / at_risk
    gross = wanted["partisipasi_bruto"] * 1000
    expense = wanted["beban_usaha"] * 1000
    answers = {part.item: (3 * slot + step) % (part.questions + 1) for part in PARTS}
    return {
        "modal_sendiri": capital,
        "total_aset": assets,
        "pinjaman_berisiko": risky,
        "modal_tertimbang": wanted["kecukupan_modal"] * 1000,
        "atmr": Fraction(100_000),
        "volume_pinjaman_anggota": wanted["pinjaman_anggota"] * 1000,
        "volume_pinjaman": Fraction(100_000),
        "kurang_lancar": wanted["pinjaman_bermasalah"] * loans / 100,
        "diragukan": Fraction(0),
        "macet": wanted["pinjaman_bermasalah"] * loans / 200,
        "pinjaman_diberikan": loans,
        "cadangan_risiko": wanted["cadangan_risiko"] * 10,
        "pinjaman_bermasalah": Fraction(1000),
        "beban_operasi_anggota": wanted["beban_operasi"] * gross / 100,
        "partisipasi_bruto": gross,
        "beban_usaha": expense,
        "shu_kotor": Fraction(100_000),
        "biaya_karyawan": wanted["efisiensi_pelayanan"] * 1000,
        "kas_bank": wanted["kas"] * 700,
        "kewajiban_lancar": Fraction(70_000),
        "dana_diterima": 100 * loans / funds,
        "shu_sebelum_pajak": wanted["rentabilitas_aset"] * assets / 100,
        "shu_bagian_anggota": wanted["rentabilitas_modal"] * capital / 100,
        "partisipasi_neto": wanted["kemandirian_operasional"] * (expense + 5000) / 100,
        "beban_perkoperasian": Fraction(5000),
        "pendapatan": 100_000 - gross,
        "promosi_ekonomi_anggota": wanted["promosi_ekonomi"] * 30,
        "simpanan_pokok": Fraction(1000),
        "simpanan_wajib": Fraction(2000),
        **{item: Fraction(count) for item, count in answers.items()},
    }


YEARS = ("2021", "2022", "2023")
FIELDS = tuple(sorted({item for aspect in ASPECTS for item in aspect.items}))


def in_full(figure: Fraction) -> str:
    """A figure as a decimal, which these all are."""
    for decimals in range(60):
        if (figure * 10**decimals).denominator == 1:
            return to_decimal_text(figure, decimals)
    raise AssertionError(figure)


def fields() -> str:
    """The fields of a record set that grades cooperatives, as a planner writes them."""
    read = "".join(f"      {item}: {{}}\n" for item in FIELDS)
    aspects = "".join(
        f"      s_{one.id}: {{formula: '{one.score.name}({', '.join(one.items)})'}}\n"
        for one in ASPECTS
    )
    total = ", ".join(f"s_{one.id}" for one in ASPECTS)
    return (
        f"{read}{aspects}      skor: {{formula: 'perdep06_total({total})'}}\n"
        "      predikat: {type: text, formula: 'rating(skor, perdep06_predikat)'}\n"
    )


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A catalog of ten cooperatives over three years, whose ratios lie on and beside all edges."""
    folder = tmp_path_factory.mktemp("ten")
    lines = [",".join(("tahun", "id", *FIELDS))]
    for step, year in enumerate(YEARS):
        for slot in range(10):
            figures = cooperative(slot, step)
            lines.append(",".join((year, f"K{slot}", *(in_full(figures[f]) for f in FIELDS))))
    (folder / "koperasi.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "iku.yaml").write_text(
        "iku: 1\nowner: d\nperiods: 2021..2023\nowners: {d: {title: D}}\n"
        "sources: {s: {title: S, file: koperasi.csv, period: tahun, numbers: en}}\n"
        "records:\n  koperasi:\n    source: s\n    key: id\n    unknown: exclude\n    fields:\n"
        + fields()
        + "indicators:\n"
        '  sehat: {name: A, formula: count(koperasi where predikat = "Sehat"), unit: koperasi}\n'
        "  dinilai: {name: C, formula: count(koperasi where skor >= 0), unit: koperasi}\n"
        "  rata_rata: {name: D, formula: mean(koperasi.skor), unit: skor}\n"
        "  bagian:\n    name: B\n    unit: '%'\n"
        '    formula: share(count(koperasi where predikat = "Sehat"), count(koperasi))\n',
        encoding="utf-8",
    )
    engine = Engine.open(folder, plugins=[PLUGIN], discover=False)
    assert engine.diagnostics == ()
    return engine


@pytest.fixture(scope="module")
def sheets(ten: Engine) -> tuple[Worksheet, ...]:
    return worksheets(ten, "koperasi", "2021..2023")


def test_the_worksheets_lie_on_every_edge_of_every_table_and_beside_it(
    sheets: tuple[Worksheet, ...],
) -> None:
    seen = {(line.scale, line.value) for sheet in sheets for line in sheet.lines}
    for ratio in RATIOS:
        if ratio.regulation == PERDEP06:
            wanted = {(ratio.scale, edge + s) for edge in read_edges(ratio.scale) for s in SIDES}
            assert wanted <= seen, ratio.scale
    for part in PARTS:
        counts = {
            dict(line.figures)[part.item]
            for sheet in sheets
            for line in sheet.lines
            if line.id == part.id
        }
        assert counts == set(range(part.questions + 1))


def test_every_line_of_every_worksheet_scores_as_the_regulation_says(
    sheets: tuple[Worksheet, ...],
) -> None:
    assert len(sheets) == 30
    points = {"umum": "0.25", "kelembagaan": "0.5", "permodalan": "0.6", "aktiva": "0.3",
              "likuiditas": "0.6"}  # fmt: skip
    for sheet in sheets:
        sums: dict[str, Fraction | None] = {}
        for line in sheet.lines:
            if line.scale:
                expected = None if line.value is None else by_hand(line.scale, line.value)
            else:
                ((_, answers),) = line.figures
                assert answers is not None
                expected = answers * Fraction(points[line.id])
            assert line.score == expected, (sheet.cooperative, sheet.period, line)
            assert (line.score is None) == bool(line.reasons)
            before = sums.get(line.aspect, Fraction(0))
            sums[line.aspect] = None if before is None or expected is None else before + expected
        assert {one.id: one.score for one in sheet.aspects} == sums
        known = [score for score in sums.values() if score is not None]
        total = sum(known) if len(known) == 7 else None
        assert sheet.total == total
        rating = NONE if total is None else found_in(LABELS["perdep06_predikat"], Fraction(total))
        assert sheet.rating == rating


def test_a_cooperative_without_capital_has_no_total(sheets: tuple[Worksheet, ...]) -> None:
    without = [sheet for sheet in sheets if sheet.cooperative == "K0"]
    assert [sheet.total for sheet in without if sheet.period in ("2021", "2022")] == [None, None]
    assert all(sheet.rating == "" for sheet in without if sheet.total is None)


def test_the_catalog_counts_what_the_worksheets_rate(
    ten: Engine, sheets: tuple[Worksheet, ...]
) -> None:
    results = ten.compute()
    for year in YEARS:
        rated = [sheet for sheet in sheets if sheet.period == year and sheet.total is not None]
        healthy = [sheet for sheet in rated if sheet.rating == "Sehat"]
        totals = [sheet.total for sheet in rated if sheet.total is not None]
        assert results.get("sehat", year).exact == len(healthy)
        assert results.get("dinilai", year).exact == len(rated)
        assert results.get("rata_rata", year).exact == sum(totals) / len(totals)


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


def test_the_best_cooperative_has_100() -> None:
    sheet = sheet_of(BEST)
    assert sheet.total == 100
    assert sheet.rating == "Sehat"
    assert all(line.score == line.highest for line in sheet.lines)


def test_the_worst_cooperative_has_what_the_lowest_bands_give() -> None:
    # Lowest capital is above 0 here, so that the return on it can be measured.
    lowest = {"modal_aset": "1.5", "modal_pinjaman_berisiko": "0.6"}
    expected = Fraction("1.25") + 1 + 1 + Fraction("2.5") + Fraction("1.25")
    expected += Fraction("0.75") * 2 + Fraction("1.75") + sum(map(Fraction, lowest.values()))
    sheet = sheet_of(WORST)
    assert sheet.total == expected == Fraction("12.35")
    assert sheet.rating == "Dalam pengawasan khusus"


@unhurried
@given(st.sampled_from(FIELDS))
def test_a_missing_figure_leaves_no_total_and_only_its_own_lines(item: str) -> None:
    sheet = sheet_of({**BEST, item: None})
    assert sheet.total is None
    assert sheet.rating == ""
    for line in sheet.lines:
        assert (line.score is None) == (item in dict(line.figures))


@unhurried
@given(st.fractions(Fraction(1, 1000), 1000))
def test_the_currency_unit_changes_nothing(factor: Fraction) -> None:
    money = {k: v if k.startswith("ya_") else v * factor for k, v in WORST.items()}
    assert sheet_of(money).total == sheet_of(WORST).total


@pytest.mark.parametrize("answers", [Fraction(-1), Fraction(1, 2), Fraction(13)])
def test_answers_are_whole_and_not_more_than_asked(answers: Fraction) -> None:
    sheet = sheet_of({**BEST, "ya_umum": answers})
    (line,) = [line for line in sheet.lines if line.id == "umum"]
    assert line.score is None
    assert [reason.kind for reason in line.reasons] == ["outside_the_table"]
    assert sheet.total is None


def test_an_unknown_item_field_or_record_set_is_wrong_usage(ten: Engine) -> None:
    with pytest.raises(UsageError, match="`aset`"):
        worksheet({"aset": Fraction(1)})
    with pytest.raises(UsageError, match="record set `kop`"):
        worksheets(ten, "kop", "2021")
    with pytest.raises(UsageError, match="no field `kas`"):
        worksheets(ten, "koperasi", "2021", fields={"kas_bank": "kas"})


def test_a_field_may_have_another_name(ten: Engine) -> None:
    sheet = worksheets(ten, "koperasi", "2021", fields={"kas_bank": "kewajiban_lancar"})[0]
    (line,) = [line for line in sheet.lines if line.id == "kas"]
    assert line.value == 100


# Reports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_the_text_shows_every_figure_band_and_reason(language: Language) -> None:
    figures = {**BEST, "kas_bank": None, "dana_diterima": 0, "ya_umum": 13}
    text = to_text(sheet_of(figures), language)
    assert max(map(len, text.splitlines()[3:])) <= 100
    assert "40 < x <= 60" in text
    assert "Modal sendiri: 50" in text
    words = {
        Language.ID: ("Kas dan bank: belum ada data", "(pembagi bernilai 0: Dana yang diterima)",
                      "(di luar tabel)", "Predikat: tidak dapat dinilai"),
        Language.EN: ("Kas dan bank: no data yet", "(the divisor is 0: Dana yang diterima)",
                      "(outside the table)", "Rating: cannot be rated"),
    }  # fmt: skip
    assert all(word in text for word in words[language])


def test_a_ratio_beside_an_edge_is_not_shown_on_it() -> None:
    sheet = sheet_of({**BEST, "kas_bank": Fraction("15.001")})
    (line,) = [line for line in sheet.lines if line.id == "kas"]
    assert line.band is not None
    assert line.band.range_text() == "15 < x <= 20"
    assert "15,001  15 < x <= 20" in to_text(sheet)


def test_the_csv_holds_every_line_aspect_and_total(sheets: tuple[Worksheet, ...]) -> None:
    read = list(csv.DictReader(StringIO(to_csv(sheets))))
    assert tuple(read[0]) == COLUMNS
    assert len(read) == 30 * (17 + 5 + 7 + 1)
    totals = [row for row in read if row["aspect"] == "total"]
    assert [row["score"] for row in totals if row["score"]] == [
        in_full(sheet.total) for sheet in sheets if sheet.total is not None
    ]
    for row in read:
        if row["ratio"] and row["aspect"] != "manajemen":
            assert bool(row["score"]) != bool(row["reason"])


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    sheet = worksheet({}, cooperative="=1+1", period="2023")
    assert ",'=1+1," in to_csv([sheet])


# The older scoring, KKPKK, the example ---------------------------------------------------------


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
  nilai: {name: E, unit: "", formula: "kkpkk_total(aspek, aspek, 50, 50)"}
"""


@cache
def others() -> Engine:
    engine = Engine.from_text(OTHERS, plugins=[PLUGIN], discover=False)
    assert engine.diagnostics == ()
    return engine


@unhurried
@given(st.fractions(-50, 200, max_denominator=1000))
def test_the_linear_scores_follow_their_rules(ratio: Fraction) -> None:
    data = {"r": {"2023": ratio}, "w": {"2023": 100}}
    results = others().compute("2023", indicators=["masalah", "cadangan"], data=data)
    problems, provision = (results.get(name, "2023").exact for name in ("masalah", "cadangan"))
    if ratio < 0:
        assert (problems, provision) == (None, None)
    else:
        assert problems == (None if ratio > 100 else max(100 - 2 * ratio, Fraction(0)) / 20)
        assert provision == min(ratio, Fraction(100)) / 20


@pytest.mark.parametrize("questions", [3, 4, 5, 17])
def test_a_checklist_is_scored_by_its_answers(questions: int) -> None:
    for yes in range(questions + 1):
        data = {"y": {"2023": yes}, "n": {"2023": questions}}
        results = others().compute("2023", indicators=["daftar", "aspek", "nilai"], data=data)
        expected = by_hand("kkpkk_daftar_periksa", Fraction(yes, questions) * 100)
        assert expected is not None
        aspect = (expected + 6) / 12 * 100
        assert results.get("daftar", "2023").exact == expected
        assert results.get("aspek", "2023").exact == aspect
        assert results.get("nilai", "2023").exact == aspect * Fraction("0.45") + Fraction("27.5")


def test_only_tables_read_in_print_are_shipped_of_the_worksheet_of_2021() -> None:
    shipped = {
        row["table"]: row["source"]
        for row in rows("tables")
        if row["regulation"] == "juknis15_2021"
    }
    assert all(source.startswith("print") for source in shipped.values())
    assert not [scale.name for scale in SCALES if scale.name.startswith("kkpkk_predikat")]


def test_names_of_the_edges_kept_from_memory_say_so() -> None:
    assert "MEMORY" in TABLES["permen14_predikat"].used.reference


def test_the_example_agrees_with_its_worksheets() -> None:
    engine = Engine.open(EXAMPLE, plugins=[PLUGIN], discover=False)
    assert not engine.check()
    results = engine.compute()
    for year in ("2022", "2023"):
        sheets = worksheets(engine, "koperasi", year)
        assert len(sheets) == 10
        healthy = [sheet for sheet in sheets if sheet.rating == "Sehat"]
        assert results.get("koperasi_sehat", year).exact == len(healthy)
        assert results.get("persentase_sehat", year).exact == Fraction(len(healthy), 10) * 100


def test_every_name_of_the_plugin_is_in_its_readme() -> None:
    readme = (HERE.parent / "README.md").read_text(encoding="utf-8")
    names = [formula.name for formula in FORMULAS] + [scale.name for scale in SCALES]
    assert [name for name in names if f"`{name}" not in readme] == []
