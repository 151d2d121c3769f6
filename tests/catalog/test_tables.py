"""Definitions as a table: the same catalog as in YAML, and every mistake at its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.files import digest_of
from iku_engine.catalog.from_yaml import catalog_from_mapping, load_catalog, parse_catalog
from iku_engine.catalog.mistakes import MOST_MISTAKES
from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostic, LocatedText, Location
from iku_engine.periods import Period

FILE = "iku.indicators.csv"
HEAD = "# iku: 1\n# periods: 2018..2020\n# polarity: higher\n"
MORE = "iku: 1\nowners: {dinas: {title: D}}\nvariables: {a: {label: A, unit: orang}}\n"


def bare(value: object) -> object:
    """A record without its places, comparable with the same one from another file."""
    if isinstance(value, Location):
        return None
    if isinstance(value, LocatedText):
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        kept = [one.name for one in fields(value) if one.name != "locations"]
        return (type(value).__name__, {name: bare(getattr(value, name)) for name in kept})
    if isinstance(value, Mapping):
        return {key: bare(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    return value


def table_text(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def read(table: str, file: str = FILE) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    return parse_catalog(table, file)


def codes(table: str, file: str = FILE) -> list[str]:
    """What is wrong besides names that other files would declare."""
    return [one.code for one in read(table, file)[1] if one.code != "IKU108"]


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="'"),
    min_size=1,
    max_size=12,
).filter(lambda text: text != "-")
ids = st.from_regex(r"[a-z][a-z0-9]{2,8}_", fullmatch=True)
figures = st.decimals(-(10**6), 10**6, places=3, allow_nan=False).map(lambda d: format(d, "f"))
years = st.integers(2000, 2030).map(str)
targets = st.dictionaries(years, figures | st.just("-"), min_size=1, max_size=4) | st.builds(
    lambda start, rule: {"start": dict([start]), "rule": rule, "round": "2"},
    st.tuples(years, figures),
    st.sampled_from(["target[t-1] * 1.02", "if(a, b, c)"]),
)


@st.composite
def indicators(draw: st.DrawFn) -> dict[str, object]:
    found: dict[str, object] = {
        "name": draw(words),
        "formula": draw(
            st.sampled_from(["a / b", "share(a, b)", "-a", 'count(r where s = "x, y")'])
        ),
        "unit": draw(words | st.just("")),
        "owner": "dinas",
        "polarity": draw(st.sampled_from(["higher", "lower"])),
        "achievement": "linear",
        "targets": draw(targets),
    }
    for name in ("no", "objective", "formulation", "data_source", "note"):
        if draw(st.booleans()):
            found[name] = draw(words)
    if draw(st.booleans()):
        found["decimals"] = str(draw(st.integers(0, 12)))
    if draw(st.booleans()):
        found["rating"] = {"scale": "akip", "of": draw(st.sampled_from(["actual", "achievement"]))}
    return found


def cells_of(id_: str, indicator: Mapping[str, object]) -> dict[str, str]:
    """The row of an indicator: a column for every value."""
    cells = {"id": id_}

    def take(name: str, value: object) -> None:
        if isinstance(value, Mapping):
            for key, item in value.items():
                take(f"{name} {key}", item)
        elif name == "unit" and value == "":
            cells[name] = "-"
        else:
            text = str(value)
            cells[name] = f"'{text}" if text[0] in "=+-@" and text != "-" else text

    for name, value in indicator.items():
        take(name, value)
    return cells


@given(
    st.dictionaries(ids, indicators(), min_size=1, max_size=4),
    st.sampled_from([",", ";", "\t"]),
    st.randoms(use_true_random=False),
)
def test_a_table_is_the_same_catalog_as_yaml(
    found: dict[str, dict[str, object]], delimiter: str, random: object
) -> None:
    rows = [cells_of(id_, one) for id_, one in found.items()]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    getattr(random, "shuffle")(columns)  # noqa: B009
    text = table_text([columns, *([row.get(c, "") for c in columns] for row in rows)], delimiter)
    expected, _ = catalog_from_mapping({"iku": 1, "indicators": found})
    catalog, diagnostics = read(text)
    assert {one.code for one in diagnostics} <= {"IKU108"}, diagnostics
    assert bare(catalog.indicators) == bare(expected.indicators)


@given(st.text(max_size=200) | st.text('id,name;"\n\r\t#: targe2018-', max_size=200))
def test_no_text_raises(text: str) -> None:
    for file in (FILE, "iku.variables.csv", "iku.owners.csv"):
        read(text, file)
        read("# numbers: id\nid,name,formula,unit,targets,rating,where\n" + text, file)


@given(st.text('",;\n x', max_size=40))
def test_cells_are_those_of_the_ordinary_reader(text: str) -> None:
    cell = text.strip()
    table = table_text([["id", "title"], ["dinas", text]])
    catalog, diagnostics = read(table, "iku.owners.csv")
    if cell:
        assert not diagnostics
        assert catalog.owners["dinas"].title == cell


@given(st.permutations(range(4)))
def test_the_order_of_rows_changes_only_the_order(order: Sequence[int]) -> None:
    rows = [[f"i{n}", f"Name {n}", "a", "orang", str(n)] for n in range(4)]
    header = ["id", "name", "formula", "unit", "target 2018"]
    first, _ = read(HEAD + table_text([header, *rows]))
    second, _ = read(HEAD + table_text([header, *(rows[n] for n in order)]))
    assert bare(first.indicators) == bare(second.indicators)
    assert list(second.indicators) == [f"i{n}" for n in order]


def test_a_folder_of_tables_and_yaml_is_one_catalog(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "iku: 1\nsources: {isian: {file: d.csv, period: t, numbers: id}}\n"
    )
    (tmp_path / "b.owners.csv").write_text("id,title,parent\ndinas,Dinas,\nbid,Bidang,dinas\n")
    (tmp_path / "c.variables.csv").write_text(
        "# source: isian\nid,label,unit,column,rollup,where kolom satu,where\n"
        "a,A,orang,ka,mean,x y,kolom dua: z: 1\n"
    )
    (tmp_path / "d.Indicators.CSV").write_bytes(
        b"\xef\xbb\xbf# owner: dinas;;;;\r\nid;name;formula;unit\r\nb;B;a * 2;-\r\n;;;\r\n"
    )
    (tmp_path / "data.csv").write_text("id,anything\n")
    catalog, diagnostics = load_catalog(tmp_path)
    assert not diagnostics
    assert catalog.owners["bid"].parent == "dinas"
    assert catalog.variables["a"].source == "isian"
    assert catalog.variables["a"].where == (("kolom satu", "x y"), ("kolom dua", "z: 1"))
    assert catalog.indicators["b"].owner == "dinas" and catalog.indicators["b"].unit == ""
    before = digest_of(tmp_path)
    with (tmp_path / "b.owners.csv").open("a") as stream:
        stream.write("lain,Lain,\n")
    assert digest_of(tmp_path) != before


def test_a_cell_knows_its_place_in_the_file() -> None:
    table = HEAD + 'id,name,formula,unit,targets\na,"N, 1"," share(a, b)",%,2018: 1; 2019: x\n'
    catalog, diagnostics = read(table)
    formula = catalog.indicators["a"].formula
    line = table.splitlines()[4]
    assert (formula.location.line, formula.location.column) == (5, line.index("share") + 1)
    assert formula.at(6, 7).column == line.index("a, b") + 1
    wrong = next(one for one in diagnostics if one.code == "IKU104").location
    assert wrong is not None and (wrong.line, wrong.column) == (5, line.index("x") + 1)
    targets = catalog.indicators["a"].targets
    assert targets is not None and targets.given == {Period.of(2018): Fraction(1)}


@pytest.mark.parametrize(
    ("numbers", "text", "value"),
    [
        ("", "1234.5", Fraction(2469, 2)),
        ("# numbers: id\n", "1.234,5", Fraction(2469, 2)),
        ("# numbers: en\n", "1,234.5", Fraction(2469, 2)),
        ("# numbers: id\n", "-", None),
        ("# numbers: id\n", "12.34", "IKU104"),
        ("", "10,5", "IKU104"),
        ("", "1.234,5", "IKU104"),
        ("", "sepuluh", "IKU104"),
    ],
)
def test_figures_are_read_in_the_declared_format(
    numbers: str, text: str, value: Fraction | str | None
) -> None:
    table = f'{HEAD}{numbers}id,name,formula,unit,owner,target 2018\na,A,x,u,d,"{text}"\n'
    catalog, diagnostics = read(table)
    targets = catalog.indicators["a"].targets
    assert (targets.given.get(Period.of(2018)) if targets else None) == (
        None if isinstance(value, str) else value
    )
    wrong = [one for one in diagnostics if one.code != "IKU108"]
    assert [one.code for one in wrong] == ([value] if isinstance(value, str) else [])
    assert all("numbers: id" in one.help or "`grades`" in one.help for one in wrong)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", ["IKU102"]),
        ("# owner: d\n", ["IKU102"]),
        ("name,formula\nA,b\n", ["IKU102"]),
        ("id,nama,formula,unit,owner\na,A,b,u,d\n", ["IKU101", "IKU102"]),
        ("id,name,formula,unit,owner,tahun\na,A,b,u,d,2018\n", ["IKU101"]),
        ("id,name,formula,unit,owner,target 2O18\na,A,b,u,d,1\n", ["IKU105"]),
        ("id,name,formula,unit,owner,rating skala\na,A,b,u,d,s\n", ["IKU101"]),
        ("id,name,formula,unit,owner,name\na,A,b,u,d,B\n", ["IKU003"]),
        ("id,name,formula,unit,owner\na,A,b,u,d\na,B,b,u,d\n", ["IKU107"]),
        ("id,name,formula,unit,owner\n,A,b,u,d\n", ["IKU102"]),
        ("id,name,formula,unit,owner\na b,A,b,u,d\n", ["IKU106"]),
        ("id,name,formula,unit,owner\na,A,b,,d\n", ["IKU102"]),
        ("id,name,formula,unit,owner\na,A,if(a, b, c),u,d\n", ["IKU002"]),
        ("id,name,formula,unit,owner,\na,A,b,u,d,catatan\n", ["IKU101"]),
        ("id,name,formula,unit,owner,\na,A,b,u,d,\n", []),
        ('id,name,formula,unit,owner\na,"A,b,u,d\nb,B,b,u,d\n', ["IKU002"]),
        ('id,name,formula,unit,owner\na,"A" b,b,u,d\nb,B,b,u,d\n', ["IKU002"]),
        ("id,name,formula,unit,owner,targets\na,A,b,u,d,10\n", ["IKU103"]),
        ("id,name,formula,unit,owner,targets\na,A,b,u,d,2018: 1; 2018: 2\n", ["IKU003", "IKU113"]),
        ("id,name,formula,unit,owner,targets,targets start 2018\na,A,b,u,d,start: 1,2\n",
         ["IKU003", "IKU102", "IKU103"]),
        ("id,name,formula,unit,owner\na,A,\u202eb,u,d\n", ["IKU008"]),
        ("# iku: 2\nid,name,formula,unit,owner\na,A,b,u,d\n", ["IKU103"]),
        ("# Owner: d\nid,name,formula,unit\na,A,b,u\n", ["IKU101", "IKU102"]),
        ("# numbers: de\nid,name,formula,unit,owner\na,A,b,u,d\n", ["IKU103"]),
        ("## Catatan: apa saja\n# apa saja\nid,name,formula,unit,owner\na,A,b,u,d\n", []),
        ('"# periods: 2018,2020",,,,\nid,name,formula,unit,owner\na,A,b,u,d\n', []),
        ("id,name,formula,unit,owner,examples\na,A,b,u,d,x\n", ["IKU103"]),
        ("id,name,formula,unit,owner,polarity\na,A,b,u,d,naik\n", ["IKU103"]),
    ],
)  # fmt: skip
def test_mistakes_of_a_planner(table: str, expected: list[str]) -> None:
    assert sorted(codes(table)) == sorted(expected)


def test_a_broken_row_leaves_the_others() -> None:
    table = 'id,name,formula,unit,owner\na,"A,b,u,d\nb,B,b,u,d\n'
    catalog, (wrong,) = read(table)
    assert wrong.location is not None and (wrong.location.line, wrong.location.column) == (2, 3)
    assert list(catalog.indicators) == ["b"]


def test_the_help_of_a_heading_names_the_nearest_one() -> None:
    (wrong,) = (one for one in read("id,Formula\n")[1] if one.code == "IKU101")
    assert wrong.help == "did you mean `formula`?"


def test_a_table_whose_name_says_nothing_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "iku.csv").write_text("id,name\n")
    (wrong,) = load_catalog(tmp_path / "iku.csv")[1]
    assert wrong.code == "IKU001" and "iku.indicators.csv" in wrong.help


@pytest.mark.parametrize(
    "text",
    ['"' * 1_000_001, "," * 1_000_000, 'id\n"a\n' * 100_000, "id\n" + '"a"b\n' * 100_000,
     "id\n" + "a\n" * 150_000, "#\n" * 300_000, "id,targets\na," + "2018:1;" * 100_000,
     "id\n" + '"""x\n' * 100_001, "id," + "x," * 499, "\r" * 500_000],
    ids=range(10),
)  # fmt: skip
def test_hostile_tables_are_diagnostics(text: str) -> None:
    found = read(text)[1]
    assert 1 <= len(found) <= MOST_MISTAKES + 10
    assert all(one.location is not None for one in found)


@pytest.mark.slow
def test_fifty_thousand_definitions_are_read() -> None:
    rows = "".join(
        f'i{n},{n},Persentase {n},"share(a, b)",%,dinas,higher,10,11,12,13,14\n'
        for n in range(50_000)
    )
    years = ",".join(f"target {year}" for year in range(2018, 2023))
    catalog, diagnostics = read(f"id,no,name,formula,unit,owner,polarity,{years}\n{rows}")
    assert len(catalog.indicators) == 50_000
    assert {one.code for one in diagnostics} == {"IKU108"}
