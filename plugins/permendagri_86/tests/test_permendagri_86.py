"""The plugin's own tests: cases, examples, every edge of every scale, and the check."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import iku_plugin_permendagri_86
from iku_engine import Engine
from iku_engine.cli import main
from iku_engine.evaluation.model import Status
from iku_engine.results.model import Results
from iku_engine.scales import Scale, find_gaps, find_overlaps
from iku_engine.testing import Law, laws_of, problems_of, read_case
from iku_plugin_permendagri_86.evaluation_forms import FORMULAS
from iku_plugin_permendagri_86.mean_achievement import MEAN_ACHIEVEMENT
from iku_plugin_permendagri_86.nilai_capaian import METHODS
from iku_plugin_permendagri_86.nilai_iki import VALUE, VALUE_NOT_READ
from iku_plugin_permendagri_86.scales import ACCOUNTABILITY, PRINTED_RANK, RANK, SCALES

HERE = Path(__file__).parent
PLUGIN = Path(iku_plugin_permendagri_86.__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))
NEAR = Fraction(1, 1000)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case_holds(case: Path, tmp_path: Path) -> None:
    assert problems_of(read_case(case), tmp_path, plugins=[PLUGIN]) == []


@pytest.mark.parametrize(
    "law",
    [
        law
        for one in (*FORMULAS, MEAN_ACHIEVEMENT, VALUE, VALUE_NOT_READ, *METHODS)
        for law in laws_of(one, [VALUE, VALUE_NOT_READ])
    ],
    ids=str,
)
def test_law_holds(law: Law) -> None:
    law.check()


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


RATED = """
iku: 1
owner: d
owners: {d: {title: D}}
variables: {x: {label: X, unit: kali}}
indicators:
  naik: {name: I, formula: x, unit: kali, polarity: higher,
    achievement: nilai_capaian_iki, targets: {2023: 100}}
  turun: {name: J, formula: x, unit: kali, polarity: lower,
    achievement: nilai_capaian_iki_turun, targets: {2023: 100}}
  penuh: {name: K, formula: x, unit: kali, polarity: higher,
    achievement: nilai_capaian_iki_maksimum, targets: {2023: 100}}
"""
RATING_ENGINE = Engine.from_text(RATED, plugins=[PLUGIN], discover=False)


def results_of(actual: Fraction) -> Results:
    """Three indicators with the target 100 and one actual."""
    return RATING_ENGINE.compute("2023", data={"x": {"2023": actual}})


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
@given(st.fractions(0, 300, max_denominator=100))
def test_the_value_of_an_achievement_follows_the_bands(percent: Fraction) -> None:
    results = results_of(percent)
    assert results.get("naik", "2023").achievement == by_hand(percent)
    assert results.get("turun", "2023").achievement == by_hand(200 - percent)
    assert results.get("penuh", "2023").achievement == (120 if percent == 100 else by_hand(percent))


@given(st.fractions(100, 110))
def test_the_band_that_was_not_read_says_so(percent: Fraction) -> None:
    result = results_of(percent).get("naik", "2023")
    assert result.achievement_status is Status.UNDEFINED
    assert [reason.kind for reason in result.achievement_reasons] == ["band_not_read"]


@settings(deadline=None)
@given(st.lists(st.fractions(0, 200, max_denominator=100), min_size=2, max_size=2))
def test_a_better_actual_is_never_valued_less(actuals: list[Fraction]) -> None:
    worse, better = (results_of(actual).get("naik", "2023") for actual in sorted(actuals))
    if worse.achievement is not None and better.achievement is not None:
        assert worse.achievement <= better.achievement


DEFINITIONS = """
iku: 1
owner: dinas
periods: 2024-Q1..2024-Q4,2024
owners: {dinas: {title: Dinas contoh}}
sources: {isian: {title: Isian, file: isian.csv, period: periode, numbers: en}}
variables: {x: {label: X, unit: dokumen, source: isian, column: x, consolidation: sum}}
indicators:
  i:
    name: I
    formula: FORMULA
    unit: dokumen
    data_source: Bidang
    polarity: higher
    FURTHER
"""
QUARTERS = "2024-Q1: 1, 2024-Q2: 2, 2024-Q3: 3, 2024-Q4: 4"


def codes_of(
    folder: Path, further: str, rows: str = "2024-Q1,1\n", formula: str = "reported(x)"
) -> list[str]:
    """What the check finds in one indicator with these declarations and data."""
    definitions = DEFINITIONS.replace("FURTHER", further).replace("FORMULA", formula)
    (folder / "iku.yaml").write_text(definitions, "utf-8")
    (folder / "isian.csv").write_text(f"periode,x\n{rows}", "utf-8")
    engine = Engine.open(folder / "iku.yaml", plugins=[PLUGIN], discover=False)
    return [one.code for one in engine.check()]


@pytest.mark.parametrize(
    ("further", "codes"),
    [
        (f"targets: {{{QUARTERS}}}", ["PMD101"]),
        (f"targets: {{{QUARTERS}}}\n    phasing: per_period", ["PMD101"]),
        (f"targets: {{{QUARTERS}}}\n    consolidation: last", []),
        (f"targets: {{{QUARTERS}}}\n    phasing: cumulative", []),
        (f"targets: {{{QUARTERS}, 2024: 10}}", []),
        ("targets: {2024-Q2: 2, 2024-Q3: 3, 2024-Q4: 4, 2025-Q1: 5}", []),
        ("targets: {2024: 10}", []),
        (f"targets: {{{QUARTERS}}}\n    accept: {{PMD101: lihat catatan}}", []),
    ],
)
def test_quarterly_targets_say_how_they_make_the_year(
    further: str, codes: list[str], tmp_path: Path
) -> None:
    assert codes_of(tmp_path, further) == codes


@pytest.mark.parametrize(
    ("how", "quarters", "year", "codes"),
    [
        ("sum", (1, 2, 3, 4), "11", ["PMD102"]),
        ("sum", (1, 2, 3, 4), "10", []),
        ("sum", (1, 2, 3, 4), "", []),
        ("sum", (1, 2, 3, ""), "11", []),
        ("sum", ("0.33", "0.33", "0.33", "0.33"), "1.34", []),
        ("sum", ("0.33", "0.33", "0.33", "0.33"), "1.35", ["PMD102"]),
        ("last", (1, 2, 3, 4), "4", []),
        ("last", (1, 2, 3, 4), "10", ["PMD102"]),
        ("mean", (1, 2, 3, 4), "4", []),
    ],
)
def test_the_realisation_of_a_year_is_what_its_quarters_make(
    how: str, quarters: tuple[object, ...], year: str, codes: list[str], tmp_path: Path
) -> None:
    rows = "".join(f"2024-Q{number},{value}\n" for number, value in enumerate(quarters, 1))
    assert codes_of(tmp_path, f"consolidation: {how}", f"{rows}2024,{year}\n") == codes


def test_a_computed_year_is_not_compared_with_its_quarters(tmp_path: Path) -> None:
    before = "2023-Q4,0\n2023,5\n"  # the quarters grow by 1 each, the year by 6
    rows = "2024-Q1,1\n2024-Q2,2\n2024-Q3,3\n2024-Q4,4\n2024,11\n"
    assert codes_of(tmp_path, "consolidation: sum", before + rows, "x - x[t-1]") == []


def test_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (HERE.parent / "README.md").read_text(encoding="utf-8")
    commands = [line.split()[1:] for line in text.splitlines() if line.startswith("    iku ")]
    assert commands
    monkeypatch.chdir(tmp_path)
    for command in commands:
        done = CliRunner().invoke(main, [*command, "--plugin", str(PLUGIN)])
        assert done.exit_code == 0, (command, done.output)


def test_the_catalog_of_the_readme_is_graded_as_it_says() -> None:
    text = (HERE.parent / "README.md").read_text(encoding="utf-8")
    definitions = text.partition("```yaml\n")[2].partition("```")[0]
    engine = Engine.from_text(definitions, plugins=[PLUGIN], discover=False)
    assert not engine.diagnostics
    data = {"lalu": {2023: 115}, "tahun_ini": {2023: 36}, "akhir": {2023: 200}}
    result = engine.compute(data=data).get("renstra", "2023")
    assert (result.display, result.rating) == ("75.50", "Tinggi")
