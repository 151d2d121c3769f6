"""Each mistake of a definition: its code, its place, and what lives on beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine.catalog.from_yaml import load_catalog, parse_catalog
from iku_engine.codes import CODES

CASES = Path(__file__).parent.parent / "cases" / "catalog"

OWNED = "iku: 1\nowner: d\nowners: {d: {title: D}}\n"
INDICATOR = OWNED + "indicators:\n  a:\n    name: A\n    formula: umkm\n    unit: orang\n"


def found_in(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of every diagnostic."""
    return [
        (one.code, one.location.line, one.location.column)
        for one in parse_catalog(text)[1]
        if one.location is not None
    ]


def test_ten_mistakes_are_told_in_one_run() -> None:
    catalog, diagnostics = load_catalog(CASES / "ten_mistakes.yaml")
    places = [(d.code, d.location.line, d.location.column) for d in diagnostics if d.location]
    assert places == [
        ("IKU105", 3, 10),
        ("IKU103", 7, 48),
        ("IKU006", 9, 36),
        ("IKU101", 9, 39),
        ("IKU003", 10, 3),
        ("IKU106", 11, 3),
        ("IKU006", 13, 36),
        ("IKU102", 15, 3),
        ("IKU108", 18, 12),
        ("IKU006", 19, 21),
        ("IKU104", 19, 33),
        ("IKU113", 25, 15),
    ]
    assert all(one.location.text for one in diagnostics if one.location)
    assert catalog.variables["umkm"].unit == "%"
    assert catalog.formulas["beda"].body.text == "if(a > b, a, b)"
    assert list(catalog.indicators) == ["dua"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("IKU102", 1, 1)]),
        ("title: x\n", [("IKU102", 1, 1)]),
        ("- 1\n", [("IKU103", 1, 1)]),
        ("iku: 2\n", [("IKU103", 1, 6)]),
        ("iku: 1\nperiods: 2022..2018\n", [("IKU105", 2, 10)]),
        ("iku: 1\nindicatorz: {}\n", [("IKU101", 2, 1)]),
        ("iku: 1\nowners: [d]\n", [("IKU103", 2, 9)]),
        ("iku: 1\nowners: {d: D}\n", [("IKU103", 2, 13)]),
        ("iku: 1\nowners: {d: {title: D, parent: e}}\n", [("IKU108", 2, 32)]),
        ("iku: 1\nowners: {d e: {title: D}}\n", [("IKU106", 2, 10)]),
        ("iku: 1\n? [a]\n: b\n", [("IKU103", 2, 3)]),
        (INDICATOR + "    decimals: 13\n", [("IKU103", 9, 15)]),
        (INDICATOR + "    polarity: highr\n", [("IKU103", 9, 15)]),
        (INDICATOR + "    owner: e\n", [("IKU108", 9, 12)]),
        (INDICATOR + "    rating: {scale: s}\n", [("IKU108", 9, 21)]),
        (INDICATOR + "    targets: {2018: 1}\n", [("IKU113", 9, 5)]),
        (INDICATOR + "    targets: {18: 1}\n    polarity: higher\n", [("IKU105", 9, 15)]),
        (INDICATOR + "    examples: [{given: {umkm: x}, value: 1}]\n", [("IKU104", 9, 31)]),
        (INDICATOR + "    note: {a: b}\n", [("IKU103", 9, 11)]),
        (INDICATOR + "    name: B\n", [("IKU003", 9, 5)]),
        (INDICATOR + "variables:\n  a: {label: A, unit: orang}\n", [("IKU107", 10, 3)]),
        (INDICATOR.replace("owner: d\n", ""), [("IKU102", 4, 3)]),
    ],
)
def test_a_mistake_stands_where_it_was_made(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("unit: %", "IKU006"),
        ("unit: @orang", "IKU006"),
        ("unit: `orang`", "IKU006"),
        ("name: Jumlah: orang", "IKU006"),
        ("name: - orang", "IKU006"),
        ("name: * orang", "IKU006"),
        ("name: Jumlah #1 / b", "IKU007"),
        ("name: Jumlah # 1", "IKU007"),
        ("name: *orang", "IKU004"),
        ("name: &a orang", "IKU004"),
        ("name: !!str orang", "IKU004"),
        ('name: "a\\u202eb"', "IKU008"),
        ("name: a\u202eb", "IKU008"),
        ("name: a\x00b", "IKU008"),
        ("name: a\x85b", "IKU008"),
    ],
)
def test_what_yaml_would_spoil_is_told_and_the_rest_is_read(line: str, code: str) -> None:
    field = line.split(":", maxsplit=1)[0]
    lines = {"name": "name: A", "formula": "formula: b", "unit": "unit: orang", field: line}
    text = OWNED + "indicators:\n  a:\n" + "".join(f"    {one}\n" for one in lines.values())
    catalog, diagnostics = parse_catalog(text)
    assert [one.code for one in diagnostics] == [code]
    assert "a" in catalog.indicators


@pytest.mark.parametrize("comment", ["  # a remark", "\t# a remark", "  ## remark", "  #"])
def test_a_comment_set_apart_is_a_comment(comment: str) -> None:
    assert found_in(INDICATOR.replace("name: A", f"name: A{comment}")) == []


def test_a_percent_sign_that_stops_yaml_is_read_as_meant() -> None:
    text = "iku: 1\nvariables:\n  a: {label: A, unit: %}\n  b: {label: B, unit: `x`}\n"
    catalog, diagnostics = parse_catalog(text)
    assert [one.code for one in diagnostics] == ["IKU006", "IKU006"]
    assert (catalog.variables["a"].unit, catalog.variables["b"].unit) == ("%", "`x`")


@pytest.mark.parametrize(
    "body",
    [
        "if(a > b, a, b)",
        "a[t-1] / b[t-1]",
        "rate(a, b, per: 1000)",
        "if(a > b, rate(a, b, per: 10), b[t-1])",
    ],
)
def test_a_formula_split_inside_braces_is_told_once_and_put_together(body: str) -> None:
    text = f"iku: 1\nformulas:\n  f: {{parameters: [a, b], body: {body}, unit: orang}}\n"
    catalog, diagnostics = parse_catalog(text)
    assert {one.code for one in diagnostics} == {"IKU006"}
    assert catalog.formulas["f"].body.text == body
    assert catalog.formulas["f"].unit == "orang"


def test_a_decimal_comma_costs_its_own_figure_only() -> None:
    text = INDICATOR + "    polarity: higher\n    targets: {2018: 10,5, 2019: 11}\n"
    catalog, diagnostics = parse_catalog(text)
    assert [(one.code, one.help) for one in diagnostics] == [
        ("IKU006", "a figure in a definition is written with a point: `10.5`")
    ]
    targets = catalog.indicators["a"].targets
    assert targets is not None and [str(period) for period in targets.given] == ["2019"]


def test_a_decimal_comma_in_a_block_is_told_with_the_point() -> None:
    text = INDICATOR + "    polarity: higher\n    targets:\n      2018: 10,5\n"
    (diagnostic,) = parse_catalog(text)[1]
    assert diagnostic.code == "IKU104"
    assert "`10.5`" in diagnostic.help


@pytest.mark.parametrize(
    ("word", "near"),
    [("polarty", "polarity"), ("formla", "formula"), ("target", "targets")],
)
def test_an_unknown_key_names_the_nearest_field(word: str, near: str) -> None:
    (diagnostic,) = parse_catalog(INDICATOR + f"    {word}: x\n")[1]
    assert (diagnostic.code, diagnostic.help) == ("IKU101", f"did you mean `{near}`?")
    assert diagnostic.subject == "a"


def test_a_nested_unknown_key_names_the_field_of_its_own_form() -> None:
    text = INDICATOR + "    polarity: higher\n    targets: {rule: target, rond: 2}\n"
    (diagnostic,) = parse_catalog(text)[1]
    assert (diagnostic.code, diagnostic.help) == ("IKU101", "did you mean `round`?")


@pytest.mark.parametrize(
    "text",
    ["a: [1", 'a: "x', "a: {b: c", "a: 'x' + 'y'", "\ta: 1", "a:1\nb: 2", "a: }", "a: [x] / y"],
)
def test_text_that_is_not_yaml_is_one_located_mistake(text: str) -> None:
    codes = [one.code for one in parse_catalog("iku: 1\n" + text)[1]]
    assert "IKU002" in codes


def test_what_stands_before_a_break_is_still_read() -> None:
    text = (
        "iku: 1\nowners: {d: {title: D, parnt: e}}\nvariables:\n"
        '  a: {label: A, unit: orang}\n  b: {label: "B, unit: orang}\n'
    )
    catalog, diagnostics = parse_catalog(text)
    assert [one.code for one in diagnostics] == ["IKU101", "IKU002"]
    assert list(catalog.variables) == ["a"]


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.yaml").write_text("iku: 1\nvariables: {a: {label: A, unit: x, source: s}}\n")
    catalog, diagnostics = load_catalog(tmp_path)
    assert [one.code for one in diagnostics] == ["IKU001"]
    assert catalog.variables["a"].source == ""


def test_a_name_of_two_files_names_the_other_place(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("iku: 1\nvariables: {a: {label: A, unit: x}}\n")
    (tmp_path / "b.yaml").write_text("iku: 1\nformulas: {a: {parameters: [], body: 1}}\n")
    catalog, (diagnostic,) = load_catalog(tmp_path)
    assert diagnostic.code == "IKU107"
    assert f"{tmp_path / 'a.yaml'}:2:13" in diagnostic.help
    assert "a" in catalog.variables and "a" not in catalog.formulas


@pytest.mark.parametrize("name", ["missing.yaml", "empty"])
def test_a_path_without_definitions_is_a_mistake_not_a_traceback(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    catalog, diagnostics = load_catalog(tmp_path / name)
    assert [one.code for one in diagnostics] == ["IKU001"]
    assert not catalog.indicators


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("x >= 80 | 60 <= x < 79", ["IKU110"]),
        ("x >= 80 | x <= 80", ["IKU111"]),
        ("x >= 80 | x < 80", []),
        ("80 < x | x < 80", ["IKU110"]),
        ("x => 80", ["IKU109"]),
    ],
)
def test_the_bands_of_a_scale_leave_nothing_out(bands: str, expected: list[str]) -> None:
    rows = "".join(f"      - {{label: L, range: {band}}}\n" for band in bands.split(" | "))
    diagnostics = parse_catalog("iku: 1\nscales:\n  s:\n    bands:\n" + rows)[1]
    assert [one.code for one in diagnostics] == expected


@pytest.mark.parametrize(("edge", "expected"), [("90.01", []), ("90.02", ["IKU110"])])
def test_a_scale_of_displayed_figures_has_holes_only_between_those(
    edge: str, expected: list[str]
) -> None:
    text = (
        "iku: 1\nscales:\n  s:\n    on: displayed\n    bands:\n"
        f"      - {{label: L, range: x <= 90}}\n      - {{label: H, range: x >= {edge}}}\n"
    )
    assert [one.code for one in parse_catalog(text)[1]] == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("a: {parent: b}, b: {parent: a}", ["IKU114", "IKU114"]),
        ("a: {parent: a}", ["IKU114"]),
        ("a: {parent: b}, b: {parent: b}", ["IKU114"]),
        ("a: {total: true}, b: {total: true}", ["IKU114"]),
        ("a: {total: true, parent: b}, b: {}", ["IKU114"]),
        ("a: {parent: b}", ["IKU108"]),
        ("a: {parent: b}, b: {parent: c}, c: {total: true}", []),
    ],
)
def test_members_of_a_dimension_make_a_tree(members: str, expected: list[str]) -> None:
    text = f"iku: 1\ndimensions: {{k: {{members: {{{members}}}}}}}\n"
    catalog, diagnostics = parse_catalog(text)
    assert [one.code for one in diagnostics] == expected
    tree = catalog.dimensions["k"].members
    for member in tree.values():
        above, steps = member.parent, 0
        while above:
            above, steps = tree[above].parent, steps + 1
            assert steps <= len(tree)


def test_owners_do_not_stand_above_themselves() -> None:
    text = "iku: 1\nowners: {a: {title: A, parent: b}, b: {title: B, parent: a}}\n"
    catalog, diagnostics = parse_catalog(text)
    assert [one.code for one in diagnostics] == ["IKU115", "IKU115"]
    assert catalog.owners["a"].parent == catalog.owners["b"].parent == ""


def test_a_variable_says_where_its_source_holds_it() -> None:
    text = (
        "iku: 1\nsources:\n  wide: {file: a.csv, period: p, numbers: en}\n"
        "  long: {file: b.csv, period: p, numbers: en, value: v}\n"
        "variables:\n  a: {label: A, unit: x, source: wide}\n"
        "  b: {label: B, unit: x, source: long}\n"
        "  c: {label: C, unit: x, source: long, where: {k: c}}\n"
    )
    catalog, diagnostics = parse_catalog(text)
    assert [(one.code, one.subject) for one in diagnostics] == [("IKU102", "a"), ("IKU102", "b")]
    assert [one.source for one in catalog.variables.values()] == ["", "", "long"]


def test_a_source_with_a_mistake_is_not_read_by_half() -> None:
    text = (
        "iku: 1\nsources: {s: {file: a.csv, period: p, numbers: en, delimiter: ab}}\n"
        "variables: {a: {label: A, unit: x, source: s, column: a}}\n"
    )
    catalog, diagnostics = parse_catalog(text)
    assert [one.code for one in diagnostics] == ["IKU103"]
    assert not catalog.sources and catalog.variables["a"].source == ""


def test_a_wrong_default_is_told_once_and_nothing_stands_in_for_it() -> None:
    text = INDICATOR + "    targets: {2018: 1}\ndefaults: {polarity: up}\n"
    catalog, diagnostics = parse_catalog(text)
    assert [one.code for one in diagnostics] == ["IKU103"]
    assert catalog.indicators["a"].polarity is None


def test_messages_are_sentences_in_house_style() -> None:
    _, diagnostics = load_catalog(CASES / "ten_mistakes.yaml")
    for one in diagnostics:
        assert one.code in CODES
        assert one.message[0] == "`" or one.message[0].islower()
        assert not one.message.endswith(".")
