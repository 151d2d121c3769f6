"""Cells that hold grades: the figure is the score of the band, the text stays as printed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine.periods import Period
from iku_engine.places import WHOLE
from iku_engine.scales import Band, Scale
from iku_engine.sources.from_memory import data_from_memory
from iku_engine.sources.model import Mark
from tests.sources.building import Folder, catalog, codes, figures, variable


def scale(**scores: str) -> Scale:
    """A scale `opini` with a band a label, each of one score."""
    bands = [
        Band(label, Fraction(n), True, Fraction(n), True, Fraction(score) if score else None)
        for n, (label, score) in enumerate(scores.items())
    ]
    return Scale("opini", tuple(bands))


OPINION = scale(TMP="1", TW="2", WDP="3", WTP="4")
GRADED = variable("a", grades="opini")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, scales=(OPINION,))


def test_a_label_gives_the_score_of_its_band(folder: Folder) -> None:
    data = folder.read("tahun,a\n2020,WDP\n2021, wtp \n2022,-\n2023,WTP*\n", GRADED)
    assert figures(data) == {"a@2020": "3", "a@2021": "4", "a@2022": "-", "a@2023": "4"}
    found = data.observations["a", Period.of(2023), WHOLE]
    assert (found.printed, found.mark) == ("WTP*", Mark.PROVISIONAL)
    assert not data.diagnostics


def test_another_label_is_named_with_the_nearest_one(folder: Folder) -> None:
    data = folder.read("tahun,a\n2020,WTPP\n2021,4\n", GRADED)
    assert [(one.code, one.help) for one in data.diagnostics] == [
        ("IKU416", "did you mean `WTP`?"),
        ("IKU416", "its labels are `TMP`, `TW`, `WDP`, `WTP`"),
    ]
    assert figures(data) == {}


@pytest.mark.parametrize("unusable", [(), (scale(TMP="", WTP="4"),)])
def test_a_variable_without_a_usable_scale_is_not_read(
    tmp_path: Path, unusable: tuple[Scale, ...]
) -> None:
    data = Folder(tmp_path, scales=unusable).read("tahun,a\n2020,WTP\n", GRADED)
    assert figures(data) == {}
    assert not data.diagnostics


def test_grades_are_handed_over_from_memory() -> None:
    held = catalog("", None, GRADED)
    data = data_from_memory(
        held, {"a": {2020: "WTP", 2021: "wtp*", 2022: None, 2023: 4}}, scales={"opini": OPINION}
    )
    assert figures(data) == {"a@2020": "4", "a@2021": "4", "a@2022": "-"}
    assert codes(data) == ["IKU416"]


def test_grades_are_vintages_like_figures(folder: Folder) -> None:
    data = folder.read("tahun,a\n2020,WDP*\n2020,WTP\n", GRADED)
    assert figures(data) == {"a@2020": "4"}
    assert [one.printed for one in data.observations["a", Period.of(2020), WHOLE].replaced] == [
        "WDP*"
    ]
