"""Going back to a day, through the engine: figures, explanations, analyses."""

from __future__ import annotations

import json
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine import Engine, UsageError
from iku_engine.analysis.cells import InputCell, with_figures
from iku_engine.periods import Period
from iku_engine.places import WHOLE
from iku_engine.reports.explanation_mapping import explanation_mapping
from iku_engine.reports.explanation_markdown import explanation_markdown
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_explanation import to_explanation
from tests.properties.catalogs import definitions

ROWS = [
    {"variable": "a", "period": 2020, "value": 5, "mark": "**", "published": "2021-02-28"},
    {"variable": "a", "period": 2020, "value": 7, "published": "2022-02-28"},
    {"variable": "b", "period": 2020, "value": 2},
]


def engine(as_of: date | str | None = None) -> Engine:
    return Engine.from_text(definitions({"x": "a * b"}), discover=False, as_of=as_of)


@pytest.mark.parametrize(
    ("as_of", "value"),
    [
        (None, "14"),
        ("2999-12-31", "14"),
        ("28/02/2022", "14"),
        ("2022-02-27", "10"),
        (date(2021, 2, 28), "10"),
        (datetime(2021, 2, 28, 8, 30), "10"),  # noqa: DTZ001 - the clock's zone does not matter
        ("2021-02-27", "None"),
    ],
)
def test_an_engine_knows_what_was_published_by_its_day(
    as_of: date | str | None, value: str
) -> None:
    assert str(engine(as_of).compute("2020", data=ROWS).get("x", "2020").exact) == value


@pytest.mark.parametrize("as_of", ["kemarin", "2021", "2021-02-30", ""])
def test_a_day_that_is_none_is_a_mistake_of_the_caller(as_of: str) -> None:
    with pytest.raises(UsageError, match="is no day: a date is written"):
        engine(as_of)


def test_a_catalog_on_disk_is_opened_as_of_a_day(tmp_path: Path) -> None:
    (tmp_path / "iku.yaml").write_text("iku: 1\n", encoding="utf-8")
    assert Engine.open(tmp_path, discover=False, as_of="2021-06-30").as_of == date(2021, 6, 30)
    assert Engine.open(tmp_path, discover=False).as_of is None


def test_an_analysis_that_tries_other_figures_stays_on_its_day() -> None:
    run = engine("2021-12-31").question("x", "2020", data=ROWS)[0]
    cell = InputCell("a", Period.of(2020), WHOLE)
    assert run.as_of == with_figures(run, {cell: Fraction(9)}).as_of == date(2021, 12, 31)


def test_an_explanation_tells_when_a_figure_was_published_and_what_it_replaced() -> None:
    explained = engine().explain("x", "2020", data=ROWS)
    older = "5 (published 2021-02-28, memory, row 1)"
    line = f"column a: 7, published 2022-02-28, replaces {older}"
    assert line in to_explanation(explained, Names(), language=Language.EN)
    assert "terbit 2022-02-28, menggantikan 5" in explanation_markdown(explained, Names())
    cell = json.loads(json.dumps(explanation_mapping(explained)))["inputs"][0]["cells"][0]
    assert (cell["published"], cell["replaced"][0]["value"]) == ("2022-02-28", "5")


def test_an_explanation_without_dates_has_no_column_for_them() -> None:
    explained = engine().explain("x", "2020", data={"a": {2020: 1}, "b": {2020: 2}})
    assert "Terbitan" not in explanation_markdown(explained, Names())
