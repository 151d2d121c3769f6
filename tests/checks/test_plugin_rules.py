"""Rules enter by the plugin door: found by `iku check`, refused where their code is not theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from iku_engine.cli import main
from iku_engine.codes import Severity
from iku_engine.engine import Engine, Plugins

PLUGIN = """
from iku_engine.checks.model import Needs, Rule
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.hooks import hookimpl


def find(checked):
    for result in checked.results:
        if result.exact is not None and result.exact < 0:
            where = result.indicator.location
            message = f"`{result.indicator.id}` is negative in {result.period}"
            yield Diagnostic(CODE, message, where, "compare it", result.indicator.id)


CODE = "PMD101"


@hookimpl
def iku_checks():
    words = ("negatif", "a negative actual", "realisasi negatif")
    return [Rule(CODE, *words, find, needs=Needs.RESULTS)]
"""
CATALOG = """
iku: 1
owner: dinas
periods: 2022
owners: {dinas: {title: Dinas contoh}}
sources: {sumber: {file: data.csv, period: tahun, numbers: id}}
variables: {laba: {label: Laba, unit: rupiah, source: sumber, column: laba}}
indicators:
  laba_bersih: {name: Laba bersih, formula: reported(laba), unit: rupiah}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    held = tmp_path / "katalog"
    held.mkdir()
    (held / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    (held / "data.csv").write_text("tahun,laba\n2022,-5\n", encoding="utf-8")
    return held


def plugin(tmp_path: Path, text: str = PLUGIN) -> Path:
    file = tmp_path / "plugin_periksa.py"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_rule_of_a_plugin_sees_results(folder: Path, tmp_path: Path) -> None:
    engine = Engine.open(folder, plugins=[plugin(tmp_path)], discover=False)
    (found,) = engine.check()
    assert (found.code, found.severity) == ("PMD101", Severity.WARNING)
    assert found.message == "`laba_bersih` is negative in 2022"


def test_plugins_say_which_checks_they_add(tmp_path: Path) -> None:
    loaded = Plugins([plugin(tmp_path)], discover=False)
    assert loaded.plugins[-1].adds == ("check PMD101",)
    assert list(loaded.rules)[-1] == "PMD101"
    assert loaded.rules["PMD101"].origin == "plugin_periksa"


def test_the_command_prints_findings_of_plugins(folder: Path, tmp_path: Path) -> None:
    arguments = ["check", str(folder), "--plugin", str(plugin(tmp_path))]
    run = CliRunner().invoke(main, arguments)
    assert run.exit_code == 0
    assert "PMD101 warning: `laba_bersih` is negative in 2022" in run.output
    listed = json.loads(CliRunner().invoke(main, [*arguments, "--format", "json"]).output)
    assert [(one["code"], one["title"]) for one in listed] == [("PMD101", "a negative actual")]


@pytest.mark.parametrize("code", ["IKU601", "IKU640", "pmd101", "PMD1", "P1"])
def test_codes_of_the_engine_and_malformed_ones_are_refused(
    code: str, folder: Path, tmp_path: Path
) -> None:
    text = PLUGIN.replace('CODE = "PMD101"', f'CODE = "{code}"')
    engine = Engine.open(folder, plugins=[plugin(tmp_path, text)], discover=False)
    assert [one.code for one in engine.check()] == ["IKU901"]


def test_of_two_rules_with_one_code_the_first_is_kept(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "satu.py", tmp_path / "dua.py"
    for file in (first, second):
        file.write_text(PLUGIN, encoding="utf-8")
    engine = Engine.open(folder, plugins=[first, second], discover=False)
    assert sorted(one.code for one in engine.check()) == ["IKU902", "PMD101"]
