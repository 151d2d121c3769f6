"""Text meant to hang, crash or run something: each gives a located diagnostic or a plain value."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from iku_engine.diagnostics import has_errors
from iku_engine.evaluation.model import Status
from tests.properties.catalogs import codes_of, engine_of, sound

HOSTILE = {
    "chained powers": "9^9^9",
    "python powers": "9**9**9",
    "an exponent of ten digits": "a^1000000000",
    "a scientific figure": "1e10000000",
    "100,000 brackets": "(" * 100_000 + "a" + ")" * 100_000,
    "a million signs": "+" * 1_000_000,
    "a million digits": "9" * 1_000_000,
    "10,000 signs before a name": "-" * 9_990 + "a",
    "nested calls": "abs(" * 2_000 + "a" + ")" * 2_000,
    "nested unknown calls": "f(" * 3_000 + ")" * 3_000,
    "nested conditions": "if(a > 1, " * 900 + "1" + ", 2)" * 900,
    "nested not": "not " * 2_400 + "a > 1",
    "a chain of comparisons": "a<" * 4_000 + "a",
    "many lags": "a" + "[t-1]" * 1_900,
    "many arguments": "max(" + "a," * 4_000 + "a)",
    "quotes": '"' * 9_999,
    "an attribute": "a.__class__.__mro__",
    "an import": '__import__("os").system("touch {marker}")',
    "a call of eval": "eval(\"open('{marker}', 'w')\")",
    "a call of open": 'open("{marker}", "w")',
    "a lambda": "(lambda: 1)()",
    "an f-string": 'f"{a}"',
    "a comprehension": "[x for x in a]",
    "a walrus": "(a := 1)",
    "a control character": "a + \x00b",
    "an escape sequence": "a + \x1b[31mb",
    "a right-to-left mark": "a + \u200fb",
    "a direction override": "a + \u202eb",
    "a zero-width joiner": "a\u200db",
    "letters that look like others": "\u0430 + 1",
    "digits of another script": "a + \u0663",
    "a call of sympy": "Symbol(a)",
    "a factorial": "factorial(a)",
    "template text": "{{a}} ${{a}} {0.__class__}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_formulas_are_located_diagnostics(name: str, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    text = HOSTILE[name].replace("{marker}", str(marker))
    engine = engine_of({"jahat": text, "tetangga": "a + 1"})
    found = [one for one in engine.diagnostics if one.code != "IKU101"]
    assert has_errors(found)
    assert all(one.location is not None for one in found)
    assert all(len(one.message) < 300 for one in found)
    results = engine.compute("2020", data={"a": {"2020": 1}, "b": {"2020": 2}})
    assert results.get("tetangga", "2020").exact == 2
    assert [row.status for row in results if row.indicator.id == "jahat"] in ([Status.ERROR], [])
    assert not marker.exists()


HARMLESS = {
    "powers of powers": "((a^64)^64)^64",
    "negative powers": "((((a^-64)^-64)^-64)^-64)^-64",
    "powers of figures": "((((" + "9" * 60 + "^64)^64)^64)^64)^64 + a",
    "powers of figures and names": "(((((3 * a)^64)^64)^64)^64)^64",
    "powers of figures compared": "if(((7^64)^64)^64 > 1, a, b)",
    "a product of powers of figures": "*".join(["9" * 60 + "^64"] * 20) + " * a",
    "a power of a sum": "(1 + a + b + c)^64",
    "powers of sums over powers of sums": "((1+a+b)^8 * (1+a*b)^8)^8 / ((a-b)^9 + 1)^9",
    "the root of a huge power": "root(a^64, 64)",
    "the exponential of an exponential": "exp(exp(exp(a)))",
    "4,000 brackets": "(" * 4_000 + "a" + ")" * 4_000,
    "140 divisions": "a/" * 140 + "b",
    "140 ratios": "+".join(["a/b"] * 140),
    "140 conditions": "if(a > 1, " * 140 + "1" + ", 2)" * 140,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_expensive_formulas_have_a_value_or_are_too_large(name: str) -> None:
    engine = sound(engine_of({"jahat": HARMLESS[name]}))
    data = {name: {"2020": "123456789012345678.25"} for name in "abc"}
    result = engine.compute("2020", data=data).rows[0]
    assert result.status in (Status.OK, Status.TOO_LARGE)


def test_five_chained_powers_are_too_large() -> None:
    chain = {f"p{n}": "a^64" if n == 0 else f"p{n - 1}^64" for n in range(5)}
    engine = sound(engine_of(chain))
    results = engine.compute("2020", data={"a": {"2020": 12345}})
    assert results.get("p0", "2020").exact == 12345**64
    for name in list(chain)[2:]:
        assert results.get(name, "2020").status is Status.TOO_LARGE
    assert all(row["exact"] == "" for row in results.as_rows()[2:])


def test_chained_powers_of_one_are_one() -> None:
    chain = {f"p{n}": "a^64" if n == 0 else f"p{n - 1}^64" for n in range(5)}
    results = sound(engine_of(chain)).compute("2020", data={"a": {"2020": 1}})
    assert results.get("p4", "2020").exact == 1


def test_powers_of_powers_are_cut_and_one_stays_one() -> None:
    engine = sound(engine_of({"hasil": "((((a^64)^64)^64)^64)^64"}))
    assert engine.compute("2020", data={"a": {"2020": 1}}).rows[0].exact == 1
    assert engine.compute("2020", data={"a": {"2020": -1}}).rows[0].exact == 1
    assert engine.compute("2020", data={"a": {"2020": 0}}).rows[0].exact == 0


FOREIGN = [
    *("S", "N", "E", "I", "Q", "O", "C", "oo", "pi", "beta", "gamma", "zeta", "Symbol", "sin"),
    *("lambda", "print", "eval", "exec", "open", "self", "None", "True", "False", "class", "def"),
    *("import", "return", "yield", "async", "x0", "x1", "t", "y", "T", "int", "float", "iku"),
    *("sqrt2", "Or", "And", "Not", "__import__", "__class__", "__builtins__", "_"),
]


@pytest.mark.parametrize("name", FOREIGN)
def test_names_of_sympy_and_python_work_or_are_refused_by_name(name: str) -> None:
    engine = engine_of({"hasil": f"({name} + {name}[t-1]) / {name}"}, (name,))
    if name.startswith("_"):
        assert "IKU106" in codes_of(engine)
        assert any(f"`{name}`" in found.message for found in engine.diagnostics)
        return
    data = {name: {"2019": 3, "2020": 6}}
    assert sound(engine).compute("2020", data=data).rows[0].exact * 2 == 3  # type: ignore[operator]


@pytest.mark.parametrize("name", ["sum", "total", "if", "and", "where", "round", "score", "mean"])
def test_words_of_the_language_are_refused_as_names(name: str) -> None:
    engine = engine_of({"hasil": "a"}, ("a", name))
    assert codes_of(engine) == ["IKU106"]
    assert f"`{name}`" in engine.diagnostics[0].message


def test_reading_hostile_text_sets_no_limit_of_the_interpreter() -> None:
    before = sys.getrecursionlimit(), sys.get_int_max_str_digits()
    engine_of(dict.fromkeys(("i", "j"), HOSTILE["nested calls"]))
    assert (sys.getrecursionlimit(), sys.get_int_max_str_digits()) == before
