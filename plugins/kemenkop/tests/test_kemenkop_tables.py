"""The tables of the plugin against `by_hand.csv`: every edge, its neighbours, and the laws.

`by_hand.csv` was written from what was read of the regulations, not from the package's data: for
each edge of a table what lies just below it, on it and just above it (`-`: no score).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iku_engine.analysis.coverage import coverage_of
from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.model import Formula
from iku_engine.reports.labels import Language
from iku_engine.reports.to_coverage import to_coverage
from iku_engine.scales import Scale, find_gaps, find_overlaps
from iku_engine.testing import Law, check_examples, laws_of
from iku_plugin_kemenkop import FORMULAS
from iku_plugin_kemenkop.aspects import ASPECTS, PERDEP06, TOTAL, ratios_of
from iku_plugin_kemenkop.data import items, rows
from iku_plugin_kemenkop.kkpkk import FORMULAS as KKPKK_FORMULAS
from iku_plugin_kemenkop.linear import LINEAR
from iku_plugin_kemenkop.management import PARTS
from iku_plugin_kemenkop.out_of_table import FUNCTIONS
from iku_plugin_kemenkop.ratios import RATIOS
from iku_plugin_kemenkop.tables import AS_READ, SCALES, TABLES

HERE = Path(__file__).parent
NEAR = Fraction(1, 1000)
NONE = "-"


class Edge(NamedTuple):
    """An edge, and what lies just below it, on it and just above it."""

    edge: Fraction
    below: str
    at: str
    above: str


def read_by_hand() -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    with (HERE / "by_hand.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            edge = Edge(Fraction(row["edge"]), row["below"], row["at"], row["above"])
            found.setdefault(row["table"], []).append(edge)
    return found


BY_HAND = read_by_hand()
RATED = ("perdep06_predikat", "permen14_predikat")
SCORED = sorted(set(BY_HAND) - set(RATED))


def by_hand(table: str, value: Fraction) -> str:
    """What the table made by hand says of any value."""
    edges = BY_HAND[table]
    below = [edge for edge in edges if edge.edge <= value]
    if not below:
        return edges[0].below
    return below[-1].at if below[-1].edge == value else below[-1].above


def said(table: str, value: Fraction) -> str:
    """What the plugin's scale says of a value, written as in the table made by hand."""
    band = TABLES[table].used.band_of(value)
    if band is None:
        return NONE
    return band.label if band.score is None else str(float(band.score)).removesuffix(".0")


def test_the_table_made_by_hand_knows_every_table_and_agrees_with_itself() -> None:
    assert set(BY_HAND) == set(TABLES)
    for table, edges in BY_HAND.items():
        assert [one.edge for one in edges] == sorted(one.edge for one in edges)
        for low, high in pairwise(edges):
            assert low.above == high.below, (table, low, high)


@pytest.mark.parametrize("table", BY_HAND)
def test_each_edge_and_its_neighbours_are_as_the_table_made_by_hand_says(table: str) -> None:
    for edge in BY_HAND[table]:
        values = (edge.edge - NEAR, edge.edge, edge.edge + NEAR)
        assert [said(table, value) for value in values] == list(edge[1:]), edge


@pytest.mark.parametrize("table", BY_HAND)
def test_no_table_has_another_edge(table: str) -> None:
    bands = TABLES[table].used.bands
    edges = {edge for band in bands for edge in (band.low, band.high) if edge is not None}
    assert edges == {one.edge for one in BY_HAND[table]}


@given(st.sampled_from(sorted(BY_HAND)), st.fractions(-20, 200))
def test_any_value_is_as_the_table_made_by_hand_says(table: str, value: Fraction) -> None:
    assert said(table, value) == by_hand(table, value)


# Bands as read and bands in use ----------------------------------------------------------------

COVERED: Mapping[str, tuple[str, list[str], list[str]]] = {
    "perdep06_kecukupan_modal_terbaca": ("x", ["x = 8"], []),
    "perdep06_pinjaman_berisiko_terbaca": ("x", ["x = 26"], []),
    "perdep06_pinjaman_dana_terbaca": ("x", ["x = 90"], []),
    "perdep06_rentabilitas_modal_terbaca": ("x", ["x = 5"], []),
    "kkpkk_kemandirian_operasional_terbaca": ("x", ["100 < x < 110"], []),
    # Its other hole is 0, where the bands begin.
    "kkpkk_daftar_periksa_terbaca": (
        "0 < x <= 100", ["25 < x <= 26", "50 < x <= 51", "75 < x <= 76"], [],
    ),
    "kkpkk_pinjaman_bermasalah_terbaca": ("x", [], ["x = 5", "x = 10"]),
}  # fmt: skip


@pytest.mark.parametrize("scale", AS_READ, ids=lambda scale: scale.name)
def test_the_coverage_check_lists_what_is_wrong_with_the_tables_as_read(scale: Scale) -> None:
    covers, holes, overlaps = COVERED[scale.name]
    coverage = coverage_of(scale)
    assert coverage.covers.range_text() == covers
    assert [gap.interval.range_text() for gap in coverage.gaps] == holes
    assert [overlap.interval.range_text() for overlap in coverage.overlaps] == overlaps
    shown = to_coverage([scale], Language.EN)
    assert all(f"hole: {hole}" in shown for hole in holes)


def test_no_other_table_has_a_hole_or_an_overlap_as_read() -> None:
    assert {scale.name for scale in AS_READ} == set(COVERED)


def test_tables_in_use_are_whole_but_for_the_one_that_contradicts_itself() -> None:
    used = [table.used for table in TABLES.values()]
    assert not [scale.name for scale in used if any(find_overlaps(scale.bands))]
    assert [scale.name for scale in used if any(find_gaps(scale.bands))] == [
        "kkpkk_pinjaman_bermasalah"
    ]


def test_bands_differ_from_those_read_only_where_a_repair_says_why() -> None:
    for row in rows("bands"):
        assert bool(row["repair"]) == (row["as_read"] != row["used"]), row


# Laws ------------------------------------------------------------------------------------------

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
PEAKED = ("perdep06_modal_aset", "perdep06_kas")
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

pairs = st.lists(st.fractions(-20, 200), min_size=2, max_size=2).map(sorted)
unhurried = settings(deadline=None)
"""The first example loads the algebra, which takes longer than the others."""


def scored(table: str, value: Fraction) -> Fraction | None:
    band = TABLES[table].used.band_of(value)
    return band.score if band else None


def test_every_table_rises_falls_or_has_a_peak() -> None:
    assert sorted((*RISING, *FALLING, *PEAKED)) == SCORED


@given(st.sampled_from(RISING), pairs)
def test_more_never_scores_less_where_more_is_better(table: str, values: list[Fraction]) -> None:
    low, high = (scored(table, value) for value in values)
    assert low is None or high is None or low <= high


@given(st.sampled_from(FALLING), pairs)
def test_more_never_scores_more_where_less_is_better(table: str, values: list[Fraction]) -> None:
    low, high = (scored(table, value) for value in values)
    assert low is None or high is None or low >= high


@given(st.sampled_from(SCORED), st.fractions(-1000, 1000))
def test_a_score_is_not_below_0_and_not_above_the_most_of_its_table(
    table: str, value: Fraction
) -> None:
    most = Fraction(4 if table.startswith("kkpkk") else HIGHEST[table.removeprefix("perdep06_")])
    assert 0 <= (scored(table, value) or 0) <= most


@given(
    st.sampled_from(RATED), st.lists(st.fractions(0, 100), min_size=2, max_size=2).map(sorted)
)  # fmt: skip
def test_a_higher_total_is_never_rated_lower(table: str, totals: list[Fraction]) -> None:
    labels = [edge.below for edge in BY_HAND[table][1:]]
    low, high = (labels.index(said(table, total)) for total in totals)
    assert low <= high


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


# What is said of the tables --------------------------------------------------------------------


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_examples_hold(formula: Formula) -> None:
    assert check_examples(formula, [*BUILT_IN, *FORMULAS, *FUNCTIONS]) == []


def laws() -> Iterator[Law]:
    """Those of one formula of each sort; the others differ by their tables alone."""
    (problems,) = [one for one in RATIOS if one.scale == "perdep06_pinjaman_bermasalah"]
    (growth,) = [one for one in RATIOS if one.scale == "kkpkk_pertumbuhan_ekuitas"]
    ratios = [part for one in (RATIOS[0], problems, growth) for part in (one.value, one.score)]
    linear = [part for rule in LINEAR for part in (rule.value, rule.score)]
    tried = (*ratios, PARTS[0].score, ASPECTS[0].score, TOTAL, *linear, *KKPKK_FORMULAS)
    for formula in tried:
        yield from laws_of(formula, [*FORMULAS, *FUNCTIONS], SCALES)


@pytest.mark.parametrize("law", [*laws()], ids=str)
def test_law_holds(law: Law) -> None:
    law.check()


def test_every_item_is_described_and_used() -> None:
    parameters = {item for ratio in RATIOS for item in ratio.items} | {p.item for p in PARTS}
    assert parameters == set(items())


def test_every_row_of_data_names_its_regulation_and_source() -> None:
    regulations = {row["regulation"] for row in rows("regulations")}
    for table in ("tables", "ratios", "aspects", "management", "linear"):
        assert all(row["regulation"] in regulations and row["source"] for row in rows(table))
    assert all(row["regulation"] in regulations for row in rows("bands"))


def test_only_tables_read_in_print_are_shipped_of_the_worksheet_of_2021() -> None:
    shipped = {
        row["table"]: row["source"].split(",")[0]
        for row in rows("tables")
        if row["regulation"] == "juknis15_2021"
    }
    checklists = shipped.pop("daftar_periksa")
    assert checklists.startswith("print: bands of the checklist indicators")
    assert shipped == {
        "piutang_aset_produktif": "print: Tabel 2.22",
        "roe": "print: Tabel 2.37",
        "kemandirian_operasional": "print: Tabel 2.38",
        "pinjaman_bermasalah": "print: Tabel 2.45",
        "pertumbuhan_ekuitas": "print: Tabel 2.57",
        "biaya_pembinaan": "print: Tabel 2.64",
        "ekuitas_aset": "print: Tabel 4.1",
    }
    names = {formula.name for formula in FORMULAS} | {scale.name for scale in SCALES}
    assert not {"kkpkk_total", "kkpkk_predikat"} & names


def test_tables_not_verified_say_so() -> None:
    for name, table in TABLES.items():
        if name.startswith("perdep06_"):
            assert "not verified against the regulation" in table.used.reference
    assert "MEMORY" in TABLES["permen14_predikat"].used.reference


def test_every_name_of_the_plugin_is_in_its_readme() -> None:
    readme = (HERE.parent / "README.md").read_text(encoding="utf-8")
    names = [formula.name for formula in FORMULAS] + [scale.name for scale in SCALES]
    assert [name for name in names if f"`{name}" not in readme] == []
    assert "tables not verified against the regulation" in " ".join(readme.split())
