"""Formulas of plugins that fail in every way they can; the engine goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine.engine import Engine
from iku_engine.evaluation.model import Status
from tests.properties.catalogs import definitions

HEAD = """
from fractions import Fraction
from iku_engine.formulas.model import Formula, Function, Parameter, Refused
from iku_engine.hooks import hookimpl
from iku_engine.language.model import Binary, Call, Name

X = Parameter("x", "an input")

def formula(name, body, variadic=False, parameters=(X,)):
    return Formula(name, name, name, name, parameters, body, "", (), variadic=variadic)

def function(name, compute):
    return Function(name, name, name, name, (X,), compute)

def explode(*arguments):
    raise RuntimeError("no")
"""

DATA = {"a": {"2020": 8}}


def engine_with(tmp_path: Path, body: str, indicators: dict[str, object]) -> Engine:
    plugin = tmp_path / "plugin_jahat.py"
    plugin.write_text(HEAD + body, encoding="utf-8")
    plain = {"tetangga": "a + 1"}
    return Engine.from_text(
        definitions({**indicators, **plain}, ("a",)),  # type: ignore[dict-item]
        plugins=[plugin],
        discover=False,
    )


FORMULAS = """
@hookimpl
def iku_formulas():
    return [
        formula("baik", lambda x: Call("difference", (x[0], Call("share", (x[0], x[0])))), True),
        formula("meledak", explode, True),
        formula("bukan_pohon", lambda xs: 5, True),
        formula("tanpa_akhir", lambda xs: Call("tanpa_akhir", (xs[0],)), True),
        formula("rusak", "x +"),
        formula("tak_dikenal", "nowhere(x)"),
        formula("berputar", "berputar(x)"),
        formula("periode", "x[base]"),
    ]
"""


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("meledak(a)", "IKU903"),
        ("bukan_pohon(a)", "IKU903"),
        ("tanpa_akhir(a)", "IKU302"),
        ("rusak(a)", "IKU201"),
        ("tak_dikenal(a)", "IKU207"),
        ("berputar(a)", "IKU302"),
        ("periode(a)", "IKU211"),
    ],
)
def test_a_broken_formula_of_a_plugin_breaks_its_callers_only(
    call: str, code: str, tmp_path: Path
) -> None:
    engine = engine_with(tmp_path, FORMULAS, {"hasil": call})
    assert [one.code for one in engine.diagnostics] == [code]
    assert engine.diagnostics[0].location is not None
    results = engine.compute("2020", data=DATA)
    assert results.get("hasil", "2020").status is Status.ERROR
    assert results.get("tetangga", "2020").exact == 9


def test_a_builder_may_call_other_formulas(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, FORMULAS, {"hasil": "baik(a)"})
    assert engine.diagnostics == ()
    assert engine.compute("2020", data=DATA).get("hasil", "2020").exact == 8 - 100


FUNCTIONS = """
@hookimpl
def iku_functions():
    return [
        function("dua_kali", lambda x: 2 * x),
        function("menolak", lambda x: Refused("not_even")),
        function("meledak", explode),
        function("pecahan", lambda x: 0.5),
        function("kosong", lambda x: None),
        function("raksasa", lambda x: Fraction(1 << 30_000)),
    ]
"""


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("dua_kali", Status.OK, ""),
        ("menolak", Status.UNDEFINED, "not_even:menolak@2020"),
        ("meledak", Status.UNDEFINED, "raised:meledak@2020"),
        ("pecahan", Status.UNDEFINED, "raised:pecahan@2020"),
        ("kosong", Status.UNDEFINED, "raised:kosong@2020"),
        ("raksasa", Status.TOO_LARGE, "too_large:raksasa@2020"),
    ],
)
def test_an_opaque_function_gives_an_exact_number_or_a_reason(
    name: str, status: Status, reason: str, tmp_path: Path
) -> None:
    engine = engine_with(tmp_path, FUNCTIONS, {"hasil": f"{name}(a) + 1"})
    assert engine.diagnostics == ()
    results, findings = engine.compute_with_findings("2020", data=DATA)
    result = results.get("hasil", "2020")
    assert (result.status, ";".join(map(str, result.reasons))) == (status, reason)
    assert [one.code for one in findings] == ["IKU903"] * reason.startswith("raised")
    assert results.get("tetangga", "2020").exact == 9


METHODS = """
BOTH = (Parameter("actual", ""), Parameter("target", ""))

def method(name, body):
    return formula(name, body, parameters=BOTH)

@hookimpl
def iku_functions():
    return [function("dua_kali", lambda x: 2 * x)]

@hookimpl
def iku_achievement_methods():
    return [
        method("lewat_rumus", "share(actual, target)"),
        method("lewat_fungsi", "dua_kali(actual) / target"),
        method("batas", "if(actual / (target - 4) > 1, 1, 0)"),
        method("rusak", "actual +"),
        method("luar", "actual / nowhere"),
        method("pangkat", "actual^target"),
        method("varian", {"x": "actual"}),
    ]
"""


def _with_method(name: str) -> dict[str, object]:
    return {
        "hasil": {
            "formula": "a",
            "polarity": "higher",
            "achievement": name,
            "targets": {"2020": "4"},
        }
    }


@pytest.mark.parametrize(("name", "value"), [("lewat_rumus", 200), ("lewat_fungsi", 4)])
def test_an_achievement_method_may_call_formulas_and_functions(
    name: str, value: int, tmp_path: Path
) -> None:
    engine = engine_with(tmp_path, METHODS, _with_method(name))
    assert engine.diagnostics == ()
    assert engine.compute("2020", data=DATA).get("hasil", "2020").achievement == value


def test_reasons_of_a_method_name_no_period_of_their_own(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, METHODS, _with_method("batas"))
    result = engine.compute("2020", data=DATA).get("hasil", "2020")
    assert [str(reason) for reason in result.achievement_reasons] == ["zero:target - 4"]
    missing = engine.compute("2020", data={}).get("hasil", "2020")
    assert [str(reason) for reason in missing.achievement_reasons] == ["missing:a@2020"]


@pytest.mark.parametrize("name", ["rusak", "luar", "pangkat", "varian"])
def test_a_broken_achievement_method_leaves_the_actual(name: str, tmp_path: Path) -> None:
    engine = engine_with(tmp_path, METHODS, _with_method(name))
    assert [one.code for one in engine.diagnostics] == ["IKU901"]
    assert f"`{name}`" in engine.diagnostics[0].message
    result = engine.compute("2020", data=DATA).get("hasil", "2020")
    assert result.exact == 8
    assert result.target == 4
    assert result.achievement_status is Status.UNDEFINED
