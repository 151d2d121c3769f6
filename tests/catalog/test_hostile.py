"""No text, however made, raises; `benchmarks/hostile.py` shows how long each takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.from_yaml import load_catalog, parse_catalog
from iku_engine.catalog.located import MAX_DEPTH, MAX_NODES, read_tree
from iku_engine.catalog.mistakes import MOST_MISTAKES, Mistakes

MEGABYTE = 1_000_000

HOSTILE = {
    "brackets": "[" * 100_000,
    "brackets in a field": "iku: 1\ntitle: " + "[" * 100_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * (MEGABYTE // 2),
    "questions": "? " * 100_000,
    "indentation": "\n".join(" " * depth + "a:" for depth in range(1_400)),
    "plus signs": "+" * MEGABYTE,
    "quotes": '"' * MEGABYTE,
    "bangs": "!" * MEGABYTE,
    "percent signs": "a: " + "%" * MEGABYTE,
    "percent lines": "unit: %\n" * (MEGABYTE // 8),
    "tabs": "\t" * MEGABYTE,
    "nulls": "\0" * MEGABYTE,
    "direction marks": "\u202ea\n" * (MEGABYTE // 5),
    "surrogates": "\ud800" * MEGABYTE,
    "doubling aliases": "iku: 1\na0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 20_000)),
    "items": "-\n" * (MEGABYTE // 2),
    "bare keys": "{" + "a," * (MEGABYTE // 2) + "}",
    "split values": "a: {b: 1" + ",2" * (MEGABYTE // 2) + "}",
    "open call": "a: {b: f(" + "a," * (MEGABYTE // 2) + "}",
    "unknown sections": "iku: 1\n" + "".join(f"k{n}: v\n" for n in range(80_000)),
    "repeated keys": "iku: 1\nindicators:\n" + " k: v\n" * 150_000,
    "wrong targets": "iku: 1\nindicators:\n k:\n  targets:\n"
    + "".join(f"   k{n}: v\n" for n in range(80_000)),
    "bands": "iku: 1\nscales:\n k:\n  bands:\n"
    + "".join(f"   - {{label: a, range: {n} < x < {n}.5}}\n" for n in range(15_000)),
    "a long name": 'iku: 1\nindicators: {i: {name: "' + "x" * MEGABYTE + '", formula: a, unit: u}}',
    "periods": "iku: 1\nperiods: " + "2018," * (MEGABYTE // 5),
    "huge figure": "iku: 1\nscales: {s: {bands: [{label: a, range: x > 1e10000000}]}}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_a_diagnostic(name: str) -> None:
    _, diagnostics = parse_catalog(HOSTILE[name])
    assert 1 <= len(diagnostics) <= MOST_MISTAKES + 10
    assert all(one.location is not None for one in diagnostics)


def test_the_bounds_are_told() -> None:
    for text in (
        "x" * 4_000_001,
        "[" * (MAX_DEPTH + 1),
        "[" + "a," * (MAX_NODES + 1) + "]",
        "iku: 1\n" + "".join(f"k{n}: v\n" for n in range(MOST_MISTAKES + 1)),
    ):
        assert "IKU005" in {one.code for one in parse_catalog(text)[1]}


def test_depth_within_the_bound_is_read() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    mistakes = Mistakes("a.yaml")
    assert read_tree(text, "a.yaml", mistakes).complete
    assert not mistakes.found


def test_a_thousand_indicators_are_read() -> None:
    text = "iku: 1\nowner: d\nowners: {d: {title: D}}\nindicators:\n" + "".join(
        f"  i{n}:\n    name: Indicator {n}\n    formula: growth_rate(a)\n    unit: '%'\n"
        "    polarity: higher\n    targets: {2018: 10, 2019: 10, 2020: 10, 2021: 10}\n"
        for n in range(1_000)
    )
    catalog, diagnostics = parse_catalog(text)
    assert diagnostics == () and len(catalog.indicators) == 1_000


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_no_text_raises(text: str) -> None:
    parse_catalog(text)
    parse_catalog("iku: 1\nindicators:\n  a: {" + text)


@given(data=st.binary(max_size=300))
def test_no_bytes_raise(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "a.yaml"
    file.write_bytes(data)
    load_catalog(file)


RICH = (Path(__file__).parent.parent / "cases" / "catalog" / "rich.yaml").read_text("utf-8")
JUNK = [*"{}[]:,%@`*&!|>#-?\"'\\\n\t\r \0~", "\n  ", "- ", "<<: ", "!!int ", "&a ", "*a", "\u202e"]


@given(st.data())
def test_no_damage_to_a_definition_raises(data: st.DataObject) -> None:
    text = RICH
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.sampled_from([0, 1, 5, 40]))
        text = text[:place] + data.draw(st.sampled_from(["", *JUNK])) + text[place + cut :]
    catalog, diagnostics = parse_catalog(text)
    assert all(one.location is not None for one in diagnostics)
    assert {one.source for one in catalog.variables.values()} <= {"", *catalog.sources}
    assert {one.owner for one in catalog.indicators.values()} <= {"", *catalog.owners}
    assert {one.source for one in catalog.records.values()} <= set(catalog.sources)


@given(st.data())
def test_the_order_of_definitions_changes_nothing_but_order(data: st.DataObject) -> None:
    head, *rest = RICH.split("\n\n")
    shuffled = "\n\n".join([head, *data.draw(st.permutations(rest))])
    before, after = parse_catalog(RICH)[0], parse_catalog(shuffled)[0]
    assert parse_catalog(shuffled)[1] == ()
    for section in ("owners", "sources", "dimensions", "variables", "records", "indicators"):
        assert getattr(before, section).keys() == getattr(after, section).keys()
    assert before.variables["umkm"].source == after.variables["umkm"].source
    assert before.periods == after.periods


@given(parts=st.permutations(RICH.split("\n\n")[1:]))
def test_the_order_of_files_changes_nothing_but_order(
    parts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("files")
    head = RICH.split("\n\n", maxsplit=1)[0]
    for number, part in enumerate(parts):
        (folder / f"{number}.yaml").write_text(f"{head}\n\n{part}", encoding="utf-8")
    catalog, diagnostics = load_catalog(folder)
    assert diagnostics == ()
    assert set(catalog.indicators) == {"persentase_aktif", "jumlah"}
    assert catalog.indicators["jumlah"].owner == "dinas"
