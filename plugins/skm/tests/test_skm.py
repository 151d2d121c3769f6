"""The plugin's own tests: examples, edges, laws, and the survey computed a second way."""

from __future__ import annotations

import csv
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import iku_plugin_skm
from iku_engine import Engine
from iku_engine.cli import main
from iku_engine.results.model import Result
from iku_engine.scales import Scale, find_gaps, find_overlaps
from iku_engine.testing import Law, laws_of
from iku_plugin_skm.grades import GRADES, SKM_2004, SKM_2017
from iku_plugin_skm.index import ELEMENTS, SKM_CONVERTED, SKM_INDEX, SKM_INDEX_OF, SKM_LOWEST

HERE = Path(__file__).parent
PLUGIN = Path(iku_plugin_skm.__file__).parent
EXAMPLE = PLUGIN / "catalogs" / "survei_kepuasan"
NAMES = [f"u{number}" for number in range(1, 10)]


@pytest.mark.parametrize(
    "law",
    [law for one in (SKM_INDEX, SKM_INDEX_OF, SKM_LOWEST, SKM_CONVERTED) for law in laws_of(one)],
    ids=str,
)
def test_law_holds(law: Law) -> None:
    law.check()


def test_there_are_nine_elements() -> None:
    assert len(ELEMENTS) == 9


@pytest.mark.parametrize("scale", GRADES, ids=lambda scale: scale.name)
def test_no_index_has_two_grades(scale: Scale) -> None:
    assert not list(find_overlaps(scale.bands))


@pytest.mark.parametrize("scale", GRADES, ids=lambda scale: scale.name)
def test_the_printed_table_has_a_hole_of_a_hundredth_between_any_two_grades(scale: Scale) -> None:
    holes = [(gap.interval.low, gap.interval.high) for gap in find_gaps(scale.bands)]
    assert len(holes) == 3
    for low, high in holes:
        assert low is not None
        assert high == low + Fraction(1, 100)


@pytest.mark.parametrize(
    ("scale", "edges"),
    [
        (SKM_2017, [("25", "D"), ("64.99", "D"), ("65", "C"), ("76.60", "C"), ("76.61", "B")]),
        (SKM_2017, [("88.30", "B"), ("88.31", "A"), ("100", "A"), ("64.994", "D")]),
        (SKM_2017, [("64.996", "C"), ("88.304", "B"), ("88.306", "A")]),
        (SKM_2004, [("43.75", "D"), ("43.76", "C"), ("62.50", "C"), ("62.51", "B")]),
        (SKM_2004, [("81.25", "B"), ("81.26", "A"), ("81.254", "B"), ("81.256", "A")]),
    ],
)
def test_edges_belong_where_they_are_printed(scale: Scale, edges: list[tuple[str, str]]) -> None:
    for value, grade in edges:
        band = scale.band_of(Fraction(value))
        assert band is not None
        assert band.label == grade


@given(st.fractions(25, 100, max_denominator=9000))
def test_every_index_has_a_grade(value: Fraction) -> None:
    assert SKM_2017.band_of(value) is not None
    assert SKM_2004.band_of(value) is not None


def survey(answers: list[list[int | None]], *, unknown: str = "refuse") -> dict[str, Result]:
    means = ", ".join(f"mean(responden.{name})" for name in NAMES)
    engine = Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "sources": {"s": {"file": "x.csv", "period": "tahun", "numbers": "en"}},
            "records": {
                "responden": {
                    "source": "s",
                    "key": "nomor",
                    "unknown": unknown,
                    "fields": {name: {} for name in NAMES},
                }
            },
            "indicators": {
                "exact": {"name": "I", "formula": f"skm_index({means})", "unit": ""},
                "printed": {
                    "name": "J",
                    "formula": f"skm_index({means}, weights: printed)",
                    "unit": "",
                },
                "any_number": {"name": "K", "formula": f"skm_index_of({means})", "unit": ""},
                "element": {
                    "name": "L",
                    "formula": "skm_converted(mean(responden.u1))",
                    "unit": "",
                    "rating": {"scale": "mutu_pelayanan"},
                },
            },
        },
        plugins=[PLUGIN],
        discover=False,
    )
    rows = [
        {"period": "2024", "nomor": f"R{number}", **dict(zip(NAMES, row, strict=True))}
        for number, row in enumerate(answers)
    ]
    results = engine.compute("2024", data={"responden": rows})
    return {
        name: results.get(name, "2024") for name in ("exact", "printed", "any_number", "element")
    }


unhurried = settings(deadline=None)
"""The first example loads the algebra, which takes longer than the others."""

scores = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=12)


@unhurried
@given(scores)
def test_the_index_is_the_mean_of_all_answers_converted(answers: list[list[int | None]]) -> None:
    found = survey(answers)
    known = [answer for row in answers for answer in row if answer is not None]
    assert found["exact"].exact == Fraction(sum(known), len(known)) * 25
    assert found["exact"].exact is not None
    assert 25 <= found["exact"].exact <= 100


@unhurried
@given(scores)
def test_printed_weights_are_a_thousandth_short(answers: list[list[int | None]]) -> None:
    found = survey(answers)
    assert found["exact"].exact is not None
    assert found["printed"].exact == found["exact"].exact * Fraction(999, 1000)


@unhurried
@given(scores, st.data())
def test_the_order_of_respondents_changes_nothing(
    answers: list[list[int | None]], data: st.DataObject
) -> None:
    turned = data.draw(st.permutations(answers))
    assert survey(turned)["exact"].exact == survey(answers)["exact"].exact


@unhurried
@given(scores)
def test_nine_elements_of_any_number_are_the_nine_elements(
    answers: list[list[int | None]],
) -> None:
    found = survey(answers)
    assert found["any_number"].exact == found["exact"].exact


@unhurried
@given(scores)
def test_an_element_is_converted_and_graded_alone(answers: list[list[int | None]]) -> None:
    first = [row[0] for row in answers if row[0] is not None]
    found = survey(answers)["element"]
    assert found.exact == Fraction(sum(first), len(first)) * 25
    edges = {"D": "64.995", "C": "76.605", "B": "88.305"}
    grade = next((g for g, edge in edges.items() if found.exact < Fraction(edge)), "A")
    assert found.rating == grade


def test_one_everywhere_with_printed_weights_has_no_grade() -> None:
    index = survey([[1] * 9])["printed"].exact
    assert index == Fraction("24.975")
    assert SKM_2017.band_of(index) is None


def test_a_blank_answer_is_missing_or_left_out_as_declared() -> None:
    answers: list[list[int | None]] = [[4] * 9, [None, *[2] * 8]]
    assert survey(answers)["exact"].exact is None
    assert survey(answers, unknown="exclude")["exact"].exact == Fraction(4 + 3 * 8, 9) * 25


def test_the_example_comes_out_as_computed_from_the_file() -> None:
    with (EXAMPLE / "data" / "responden.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    means = [Fraction(sum(int(row[name]) for row in rows), len(rows)) for name in NAMES]
    engine = Engine.open(EXAMPLE, plugins=[PLUGIN], discover=False)
    assert not engine.check()
    results = engine.compute()
    index = results.get("ikm", "2024")
    assert index.exact == sum(means, Fraction(0)) / 9 * 25
    assert index.rating == "C"
    printed = results.get("ikm_bobot_tercetak", "2024")
    assert printed.exact == sum(means, Fraction(0)) * Fraction("0.111") * 25
    assert results.get("unsur_terendah", "2024").exact == min(means)


@pytest.mark.parametrize(("answer", "outside"), [("4", 0), ("5", 1), ("0", 1), ("33", 1)])
def test_the_example_counts_respondents_outside_the_scale(
    tmp_path: Path, answer: str, outside: int
) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "data" / "responden.csv"
    rows = file.read_text(encoding="utf-8")
    assert "R01,4," in rows
    file.write_text(rows.replace("R01,4,", f"R01,{answer},"), encoding="utf-8")
    results = Engine.open(tmp_path, plugins=[PLUGIN], discover=False).compute()
    assert results.get("responden_di_luar_skala", "2024").exact == outside


def test_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (HERE.parent / "README.md").read_text(encoding="utf-8")
    commands = [line.split()[1:] for line in text.splitlines() if line.startswith("    iku ")]
    assert commands
    monkeypatch.chdir(tmp_path)
    for command in commands:
        done = CliRunner().invoke(main, [*command, "--plugin", str(PLUGIN)])
        assert done.exit_code == 0, (command, done.output)
