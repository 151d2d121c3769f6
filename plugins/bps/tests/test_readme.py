"""What the plugin's page says runs, and is true."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import iku_plugin_bps
from iku_plugin_bps import CATALOGS, FORMULAS
from iku_plugin_bps.service.asked import _KNOWN
from iku_plugin_bps.service.codes import CODES
from iku_plugin_bps.service.table import HEADER

HERE = Path(__file__).parent.parent
PAGE = (HERE / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IKU_BPS_URL", "")  # what the example sets is taken back
    monkeypatch.setenv("IKU_BPS_KEY", "")
    blocks = BLOCK.findall(PAGE)
    for _, name, text in blocks:
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
    code = "\n".join(text for language, _, text in blocks if language == "python")
    names = {"PLUGINS": [Path(iku_plugin_bps.__file__).parent]}
    test = doctest.DocTestParser().get_doctest(code, names, "README", "README.md", 0)
    found: list[str] = []
    outcome = doctest.DocTestRunner().run(test, out=found.append)
    assert outcome.attempted > 5
    assert outcome.failed == 0, "".join(found)


def test_every_code_is_named_with_what_it_means() -> None:
    for code, meaning in CODES.items():
        assert f"| {code} | {meaning.severity} | {meaning.title} |" in PAGE


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_every_formula_is_named_in_both_languages(formula: object) -> None:
    one = next(known for known in FORMULAS if known is formula)
    assert f"| `{one.name}(" in PAGE
    assert f"| {one.title_id} |" in PAGE


def test_every_option_column_and_catalog_is_named() -> None:
    named = [*_KNOWN, *HEADER, *(library.name for library in CATALOGS)]
    assert [name for name in named if f"`{name}`" not in PAGE] == []
