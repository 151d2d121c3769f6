"""`iku targets` and `iku check --fit` on a small catalog."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.building import iku

DEFINITIONS = """\
iku: 1
owner: dinas
periods: 2018..2022
defaults: {polarity: higher}
owners: {dinas: {title: Dinas}}
variables: {pdrb: {label: PDRB, unit: miliar}}
indicators:
  perdagangan:
    name: PDRB perdagangan
    formula: pdrb
    unit: miliar
    targets: {2018: 806.05, 2019: 37.96, 2020: 870.03, 2021: 887.43, 2022: 905.17}
  aturan:
    name: PDRB menurut aturan
    formula: pdrb
    unit: miliar
    targets: {start: {2018: 806.05, 2020: 870.03}, rule: "target[t-1] * 1.02", round: 2}
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "iku.yaml").write_text(DEFINITIONS, encoding="utf-8")
    return str(tmp_path)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_printed_targets_stand_beside_what_the_rule_makes(path: str) -> None:
    result = iku("targets", path, "--indicator", "aturan", "--format", "csv")
    assert result.exit_code == 0
    found = {
        row["period"]: (row["printed"], row["made"], row["target"]) for row in rows(result.stdout)
    }
    assert found["2018"] == ("806.05", "", "806.05")
    assert found["2019"] == ("", "822.17", "822.17")
    assert found["2020"] == ("870.03", "838.61", "870.03")


def test_json_says_what_the_csv_says(path: str) -> None:
    table = rows(iku("targets", path, "--format", "csv").stdout)
    found = json.loads(iku("targets", path, "--format", "json").stdout)
    assert [{key: text or "" for key, text in one.items()} for one in found] == table


def test_a_table_shows_only_the_columns_that_say_something(path: str) -> None:
    result = iku("targets", path, "--indicator", "perdagangan", "--lang", "en")
    assert "905.17" in result.stdout
    assert "By the rule" not in result.stdout
    assert "Replaces" not in result.stdout
    other = iku("targets", path, "--indicator", "aturan", "--lang", "en")
    assert "By the rule" in other.stdout


def test_periods_without_a_target_are_left_out(path: str) -> None:
    assert "Tidak ada target" in iku("targets", path, "--periods", "2010..2012").stdout


def test_an_unknown_indicator_is_wrong_usage(path: str) -> None:
    assert iku("targets", path, "--indicator", "aturn").exit_code == 2


def test_fit_names_the_rule_and_the_cells_that_break_it(path: str) -> None:
    result = iku("check", "--fit", path)
    assert "target[t-1] * 1.02" in result.stdout
    assert "dipotong" in result.stdout
    assert "37,96" in result.stdout
    assert "822,17" in result.stdout


def test_fit_as_json_writes_targets_as_a_definition_has_them(path: str) -> None:
    found = json.loads(iku("check", "--fit", "--format", "json", path).stdout)
    (row,) = found["rows"]
    assert row["indicator"] == "perdagangan"
    assert row["fits"][0]["mode"] == "down"
    assert row["fits"][0]["targets"] == (
        '{start: {2018: 806.05, 2020: 870.03}, rule: "target[t-1] * 1.02", '
        "round: {decimals: 2, mode: down}}"
    )
    assert [one["period"] for one in row["fits"][0]["breaks"]] == ["2019", "2020"]


def test_without_fit_no_row_is_looked_at(path: str) -> None:
    assert "target[t-1]" not in iku("check", path).stdout
