"""A plugin cannot end the process it is loaded into."""

from __future__ import annotations

from pathlib import Path

from iku_engine import Engine

CATALOG = (
    "iku: 1\nowner: d\nperiods: 2020\nowners: {d: {title: D}}\n"
    "variables: {x: {label: X, unit: u}}\n"
    "indicators:\n  y: {name: Y, formula: x, unit: u}\n"
)
FUNCTION = """
from iku_engine.formulas.model import Function, Parameter
from iku_engine.hooks import hookimpl

def leave(x):
    raise SystemExit(7)

@hookimpl
def iku_functions():
    return [Function("leave", "Leave", "Keluar", "", (Parameter("x", ""),), leave)]
"""


def test_a_plugin_that_exits_when_loaded_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    engine = Engine.from_text(CATALOG, plugins=[tmp_path / "p.py"])
    assert [diagnostic.code for diagnostic in engine.diagnostics] == ["IKU901"]
    assert engine.compute(data={"x": {2020: 5}}).get("y", "2020").exact == 5


def test_a_function_that_exits_gives_no_value(tmp_path: Path) -> None:
    (tmp_path / "q.py").write_text(FUNCTION, encoding="utf-8")
    text = CATALOG.replace("formula: x", "formula: leave(x)")
    engine = Engine.from_text(text, plugins=[tmp_path / "q.py"])
    results, found = engine.compute_with_findings(data={"x": {2020: 5}})
    assert results.get("y", "2020").status.value == "undefined"
    assert "IKU903" in [diagnostic.code for diagnostic in found]
