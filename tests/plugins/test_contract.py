"""The contract: which version a plugin names, what follows, and what clashes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from iku_engine.builtins import BuiltIns, BuiltInSources
from iku_engine.cli import main
from iku_engine.engine import Plugins
from iku_engine.hooks import CONTRACT, Hooks
from iku_engine.plugins import load_plugins
from iku_engine.plugins.additions import HOOKS
from tests.plugins.building import plugin

SCALE = """
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale, parse_range

{line}

@hookimpl
def iku_scales():
    return [Scale(name="skala_{name}", title="S", bands=(parse_range("x < 5"),), reference="r")]
"""


def scale(name: str, line: str = "") -> str:
    return SCALE.format(name=name, line=line)


def test_every_hook_is_asked() -> None:
    declared = {name for name in vars(Hooks) if name.startswith("iku_")}
    assert {hook.name for hook in HOOKS} == declared


@pytest.mark.parametrize(
    ("line", "contract"), [("", 0), ("IKU_CONTRACT = 0", 0), ("IKU_CONTRACT = 1", 1)]
)
def test_a_plugin_may_name_its_contract(line: str, contract: int, tmp_path: Path) -> None:
    found = Plugins([plugin(tmp_path, scale("a", line))], discover=False)
    assert not found.diagnostics
    assert found.plugins[-1].contract == contract


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"IKU_CONTRACT = {CONTRACT + 1}", f"needs plugin contract {CONTRACT + 1}"),
        ("IKU_CONTRACT = -1", "no longer kept"),
        ('IKU_CONTRACT = "1"', "IKU_CONTRACT is a str"),
        ("IKU_CONTRACT = True", "IKU_CONTRACT is a bool"),
    ],
)
def test_a_contract_that_is_not_kept_is_refused_once(
    line: str, problem: str, tmp_path: Path
) -> None:
    paths = [plugin(tmp_path, scale("a", line), "baru"), plugin(tmp_path, scale("b"), "lama")]
    found = Plugins(paths, discover=False)
    (told,) = found.diagnostics
    assert told.code == "IKU901"
    assert told.subject == "baru"
    assert problem in told.message
    assert "skala_b" in found.scales
    assert "skala_a" not in found.scales


def test_what_a_newer_contract_calls_is_not_asked(tmp_path: Path) -> None:
    """Not even the hooks that are known: half a plugin would give other figures in silence."""
    text = scale("a", f"IKU_CONTRACT = {CONTRACT + 1}") + "    raise RuntimeError\n"
    text += "@hookimpl\ndef iku_later():\n    raise RuntimeError\n"
    (told,) = Plugins([plugin(tmp_path, text)], discover=False).diagnostics
    assert "needs plugin contract" in told.message
    assert told.help.startswith("update iku-engine")


def test_plugins_are_listed_as_json_with_what_they_add_and_why_they_failed(
    tmp_path: Path,
) -> None:
    good = plugin(tmp_path, scale("a", "IKU_CONTRACT = 1"), "baik")
    bad = plugin(tmp_path, "import tidak_ada_modul_ini\n", "rusak")
    arguments = ["plugins", "--format", "json", "--plugin", str(bad), "--plugin", str(good)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    listed = json.loads(done.stdout)
    assert listed["contract"] == CONTRACT
    by_name = {one["name"]: one for one in listed["plugins"]}
    assert by_name["baik"] == {
        "name": "baik",
        "version": None,
        "contract": 1,
        "adds": [{"kind": "scale", "name": "skala_a"}],
        "failure": None,
    }
    assert by_name["rusak"]["failure"] == (
        "ModuleNotFoundError: No module named 'tidak_ada_modul_ini'"
    )
    own = {(one["kind"], one["name"]) for one in by_name["iku-engine"]["adds"]}
    assert {("source", "xlsx"), ("report", "iki"), ("achievement method", "ratio")} <= own


def test_the_built_ins_fail_in_nothing_and_add_no_function() -> None:
    # what an engine without plugins takes for granted, so that it need not ask them
    asked = load_plugins(BuiltIns(), discover=False)
    assert not asked.diagnostics
    assert not asked.library.functions
    assert Plugins(discover=False).functions == {}
    assert Plugins(discover=False).diagnostics == ()
    assert [kind.name for kind in Plugins(discover=False).kinds] == [
        kind.name for kind in load_plugins(BuiltInSources(), discover=False).kinds.values()
    ]
