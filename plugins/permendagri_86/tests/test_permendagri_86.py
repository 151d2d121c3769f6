"""The plugin's own tests: cases, examples, every edge of every scale, and the check."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iku_engine import Engine
from iku_engine.formulas.model import Formula
from iku_engine.scales import Scale, find_gaps, find_overlaps
from iku_engine.testing import check_examples, problems_of, read_case
from iku_plugin_permendagri_86.evaluation_forms import FORMULAS
from iku_plugin_permendagri_86.nilai_capaian import NILAI_CAPAIAN
from iku_plugin_permendagri_86.scales import ACCOUNTABILITY, PRINTED_RANK, RANK, SCALES

HERE = Path(__file__).parent
PLUGIN = HERE.parent / "iku_plugin_permendagri_86"
CASES = sorted((HERE / "cases").glob("*.yaml"))
NEAR = Fraction(1, 1000)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case_holds(case: Path, tmp_path: Path) -> None:
    assert problems_of(read_case(case), tmp_path, plugins=[PLUGIN]) == []


@pytest.mark.parametrize("formula", [*FORMULAS, NILAI_CAPAIAN], ids=lambda f: f.name)
def test_examples_hold(formula: Formula) -> None:
    assert check_examples(formula) == []


def label(scale: Scale, value: Fraction) -> str:
    band = scale.band_of(value)
    return band.label if band else "-"


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_no_value_has_two_bands(scale: Scale) -> None:
    assert not list(find_overlaps(scale.bands))


@pytest.mark.parametrize(
    ("value", "printed", "usable"),
    [
        (50, "Sangat Rendah", "Sangat Rendah"),
        ("50.4", "-", "Sangat Rendah"),
        ("50.5", "-", "Rendah"),
        (51, "Rendah", "Rendah"),
        ("65.5", "-", "Sedang"),
        ("75.5", "-", "Tinggi"),
        (90, "Tinggi", "Tinggi"),
        ("90.5", "-", "Sangat Tinggi"),
        (100, "Sangat Tinggi", "Sangat Tinggi"),
        (120, "-", "Sangat Tinggi"),
    ],
)
def test_the_printed_scale_has_holes_and_the_usable_one_none(
    value: int | str, printed: str, usable: str
) -> None:
    assert label(PRINTED_RANK, Fraction(value)) == printed
    assert label(RANK, Fraction(value)) == usable


def test_the_coverage_check_lists_the_holes_of_the_printed_scale() -> None:
    assert len(list(find_gaps(PRINTED_RANK.bands))) == 4


@pytest.mark.parametrize(
    ("edge", "at", "above"),
    [
        (30, "D", "C"),
        (50, "C", "CC"),
        (60, "CC", "B"),
        (70, "B", "BB"),
        (80, "BB", "A"),
        (90, "A", "AA"),
    ],
)
def test_an_edge_belongs_to_the_lower_grade(edge: int, at: str, above: str) -> None:
    assert label(ACCOUNTABILITY, Fraction(edge)) == at
    assert label(ACCOUNTABILITY, Fraction(edge) - NEAR) == at
    assert label(ACCOUNTABILITY, Fraction(edge) + NEAR) == above


@given(st.fractions(0, 1000, max_denominator=1000))
def test_every_figure_has_a_rank(value: Fraction) -> None:
    assert label(RANK, value) != "-"


def value_of(percent: Fraction) -> Fraction | None:
    engine = Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "variables": {"x": {"label": "X", "unit": "kali"}},
            "indicators": {
                "i": {
                    "name": "I",
                    "formula": "x",
                    "unit": "kali",
                    "polarity": "higher",
                    "achievement": "nilai_capaian_iki",
                    "targets": {"2023": "100"},
                }
            },
        },
        plugins=[PLUGIN],
        discover=False,
    )
    return engine.compute("2023", data={"x": {"2023": percent}}).get("i", "2023").achievement


def by_hand(percent: Fraction) -> Fraction | None:
    """The regulation's bands, written once more from its text."""
    if percent > 110:
        return Fraction(120)
    if percent >= 100:
        return None
    if percent >= 80:
        return 70 + percent - 80
    if percent >= 60:
        return 50 + percent - 60
    return percent * 49 / 59


@settings(deadline=None)  # the first example loads the algebra
@given(st.fractions(0, 200, max_denominator=100))
def test_the_value_of_an_achievement_follows_the_bands(percent: Fraction) -> None:
    assert value_of(percent) == by_hand(percent)


DEFINITIONS = """
iku: 1
owner: dinas
periods: 2024-Q1..2024-Q4
owners: {dinas: {title: Dinas contoh}}
variables: {x: {label: X, unit: kali}}
indicators:
  i:
    name: I
    formula: reported(x)
    unit: kali
    data_source: Bidang
    polarity: higher
    targets: {2024-Q1: 1, 2024-Q2: 2, 2024-Q3: 3, 2024-Q4: 4}
"""


@pytest.mark.parametrize(
    ("further", "codes"),
    [("", ["PMD101"]), ("    consolidation: last\n", []), ("    phasing: cumulative\n", [])],
)
def test_quarters_say_how_they_make_the_year(further: str, codes: list[str]) -> None:
    engine = Engine.from_text(DEFINITIONS + further, plugins=[PLUGIN], discover=False)
    assert [one.code for one in engine.check()] == codes
