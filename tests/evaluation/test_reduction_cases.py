"""Records reduced where they live: known figures, what is declined and why, what is never read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from iku_engine.engine import Engine
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.how import How
from iku_engine.evaluation.model import Outcome, Status
from iku_engine.places import WHOLE
from iku_engine.sources import from_files
from tests.properties.record_tables import PERIODS, Recorded, Runs, runs_of
from tests.sources.databases.building import KINDS, Store, store

TYPICAL = (
    'count(k where t = "Sehat")',
    'count(k where t != "Macet" and a >= 0)',
    'count(k where p = "Sehat")',
    "count(k)",
    "sum(k.a)",
    'sum(k.a where t = "Sehat" or b > 2)',
    "sum(k.x where b != 0)",
    "mean(k.b where x >= 40)",
    "mean(k.x where b > 0)",
    "min(k.y)",
    "max(k.y where not (t = u))",
    "stdev(k.a)",
    "stdev_pop(k.y where a > 0)",
    "gini(k.a where a >= 0)",
)
COLUMNS = {
    "key": "nik", "a": "pinjaman", "b": "modal", "c": "laba", "t": "predikat", "u": "jenis",
    "period": "tahun", "kecamatan": "kec;amatan",
}  # fmt: skip
ROW = {"period": 2020, "kecamatan": "Liwa", "t": "Sehat", "u": "KSP", "a": 5, "b": 2, "c": 1}


def recorded(*rows: Mapping[str, object], **changed: object) -> Recorded:
    """A table of rows that differ from `ROW` as told; keys count from `K0`."""
    types = {"key": "text", "period": "integer", "kecamatan": "text", "t": "text", "u": "text"}
    types |= dict.fromkeys("abc", "bigint")
    whole = Recorded(
        COLUMNS,
        types,
        [{"key": f"K{number}", **ROW, **row} for number, row in enumerate(rows)],
        {"x": "a / b * 100", "y": "if(a > b, score(a, skala) * b, round(c / 2))"},
        TYPICAL,
        "refuse",
        "koperasi",
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


@pytest.fixture(params=KINDS)
def held(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return store(request.param, tmp_path, request)


def made(held: Store, table: Recorded) -> Runs:
    table.put(held)
    runs = runs_of(table, held)
    assert len(runs.steps) == len(table.aggregates)
    for reduced, reference in runs.outcomes():
        assert reduced == reference
    return runs


def hows(runs: Runs) -> list[How]:
    return [runs.reduced.records.how(step) for step in runs.steps]


def first(runs: Runs, number: int = 0) -> Outcome:
    """What the first aggregate (or another one) comes to in 2020."""
    return runs.reduced.over_records(runs.steps[number], PERIODS[0], WHOLE)


MIXED = (
    {"a": 4, "b": 8},
    {"a": -3, "b": 4, "t": "Macet"},
    {"a": 3, "b": -4, "kecamatan": "Balik Bukit"},
    {"a": 0, "b": 5, "t": "Cukup", "period": 2021},
    {"a": 7, "b": 2, "u": "Sehat"},
)


def test_what_is_typically_asked_is_reduced_on_every_database(held: Store) -> None:
    runs = made(held, recorded(*MIXED))
    assert [(how.engine, how.cause) for how in hows(runs)] == [
        ({"parquet": "duckdb", "postgresql": "postgres"}.get(held.kind, held.kind), "")
    ] * len(TYPICAL)


def test_figures_of_a_small_table_are_those_worked_out_by_hand(held: Store) -> None:
    asked = ("sum(k.x)", "min(k.x)", "mean(k.a where x < 0)", "count(k where a / b < -0.5)")
    runs = made(held, recorded(*MIXED, aggregates=asked))
    assert [first(runs, number).value for number in range(4)] == [
        Fraction(50 - 75 - 75 + 350),
        Fraction(-75),
        Fraction(0),
        Fraction(2),
    ]


def test_the_sign_of_a_divisor_turns_a_comparison(held: Store) -> None:
    signs = [(1, 2), (1, -2), (-1, 2), (-1, -2), (0, -2), (3, -2)]
    rows = [{"a": a, "b": b} for a, b in signs]
    asked = tuple(f"count(k where a / b {sign} 0.5)" for sign in ("<", "<=", "=", ">=", ">"))
    runs = made(held, recorded(*rows, aggregates=(*asked, "max(k.x)", "min(k.x)", "sum(k.x)")))
    found = [first(runs, number).value for number in range(8)]
    assert found == [4, 6, 2, 2, 0, 50, -150, -150]


def test_unknown_records_are_named_in_the_order_of_the_reference(held: Store) -> None:
    places = ("Liwa", "Ambon") * 7
    rows: list[Mapping[str, object]] = [{"t": None, "kecamatan": place} for place in places]
    runs = made(held, recorded(*rows, {}))
    outcome = first(runs)
    assert outcome.status is Status.MISSING
    named = [str(reason) for reason in outcome.reasons]
    assert named[:3] == [f"missing:k[K{key}].t@2020" for key in ("1", "11", "13")]
    assert named[-1] == "more_records:4"
    assert len(named) == 11
    assert all(how.engine for how in hows(runs))


def test_unknown_records_may_be_left_out(held: Store) -> None:
    rows: list[Mapping[str, object]] = [{"b": 0}, {"b": None}, {}, {"a": 0}]
    runs = made(held, recorded(*rows, unknown="exclude", aggregates=("sum(k.x)",)))
    assert first(runs).value == 250
    assert first(runs).quality.notes == ("partial 2/4",)


def test_rows_of_which_none_matches(held: Store) -> None:
    asked = ('count(k where t = "x")', 'sum(k.a where t = "x")', 'mean(k.a where t = "x")')
    runs = made(held, recorded({}, {}, aggregates=asked))
    assert [first(runs, number).value for number in range(3)] == [0, 0, None]
    assert str(first(runs, 2).reasons[0]) == "no_match:k@2020"


@pytest.mark.parametrize(
    ("formula", "cause"),
    [
        ("sum(k.a where sqrt(b) > 1)", "root"),
        ("sum(k.a where ln(b) > 1)", "root"),
        ("sum(k.a where a ^ 9 * b ^ 9 * a ^ 9 * b ^ 9 > 1)", "too_large"),
    ],
)
def test_what_sql_cannot_say_exactly_is_read_row_by_row(
    tmp_path: Path, formula: str, cause: str
) -> None:
    held = Store("duckdb", tmp_path)
    runs = made(held, recorded({"a": 30}, {"b": 9}, aggregates=(formula, "sum(k.a)")))
    assert [how.cause for how in hows(runs)] == [cause, ""]


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        ([{"key": "K1"}, {"key": " K1"}], "twice"),
        ([{"key": ""}], "no_key"),
        ([{"key": None}], "no_key"),
        ([{"t": "'=1+1"}], "odd_text"),
        ([{"kecamatan": "Jumlah"}, {}], "odd_rows"),
        ([{"kecamatan": "Liwa"}, {"kecamatan": "Liwa "}], "two_names"),
        ([{"kecamatan": None}], "odd_rows"),
    ],
)
def test_rows_that_the_reader_refuses_are_left_to_it(
    held: Store, rows: list[Mapping[str, object]], cause: str
) -> None:
    runs = made(held, recorded(*rows))
    assert {how.cause for how in hows(runs)} == {cause}
    assert runs.reduced.data.diagnostics == runs.reference.data.diagnostics


def test_binary_numbers_are_never_reduced(held: Store) -> None:
    table = recorded({"c": 0.1}, {"c": 2.5})
    runs = made(held, replace(table, types=table.types | {"c": "double"}))
    assert {how.cause for how in hows(runs)} == {"float_column"}


def test_nan_is_what_the_reader_says_it_is(tmp_path: Path) -> None:
    table = recorded({"c": float("nan")}, {"c": 2.5})
    runs = made(Store("duckdb", tmp_path), replace(table, types=table.types | {"c": "double"}))
    assert [found.code for found in runs.reduced.data.diagnostics] == ["IKU404"]


@pytest.mark.service
def test_a_numeric_of_postgresql_may_be_no_number(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    held = store("postgresql", tmp_path, request)
    table = recorded({"c": Decimal("NaN")}, {"c": Decimal("2.5")})
    for kind in ("numeric", "numeric(12, 2)"):
        assert held.server is not None
        held.server.emptied()
        runs = made(held, replace(table, types=table.types | {"c": kind}))
        assert {how.cause for how in hows(runs)} <= {"odd_figures", "odd_answer"}
        assert runs.reduced.data.diagnostics


@pytest.mark.service
def test_a_numeric_of_postgresql_may_have_any_decimals(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    held = store("postgresql", tmp_path, request)
    rows = [{"c": Decimal(text)} for text in ("1.5", "0.000000000001", "-7", "123456789.25")]
    table = recorded(*rows, aggregates=("sum(k.c)", "stdev(k.c)", "count(k where c > 1.4)"))
    runs = made(held, replace(table, types=table.types | {"c": "numeric"}))
    assert {how.engine for how in hows(runs)} == {"postgres"}
    assert first(runs).value == Fraction("123456783.750000000001")


@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
def test_texts_that_look_like_numbers_are_read_as_the_source_declares(
    kind: str, tmp_path: Path
) -> None:
    texts = ("1.234,5", " 2 ", "-", "0,125", "+7", None, "12,5", "N/A")
    table = recorded(*({"c": text} for text in texts), unknown="exclude", aggregates=("sum(k.c)",))
    runs = made(Store(kind, tmp_path), replace(table, types=table.types | {"c": "text"}))
    assert hows(runs)[0].engine == "duckdb"
    assert first(runs).value == Fraction("1256.125")


@pytest.mark.parametrize(
    ("texts", "cause"),
    [
        (("12", "5*"), "odd_figures"),
        (("12", "abc"), "odd_figures"),
        (("12", "1.5"), "odd_figures"),
        (("1.234", "5.678", "9.000"), "two_ways"),
        (("9" * 40,), "too_many_digits"),
    ],
)
def test_texts_that_are_no_plain_numbers_are_left_to_the_reader(
    texts: tuple[str, ...], cause: str, tmp_path: Path
) -> None:
    table = recorded(*({"c": text} for text in texts))
    runs = made(Store("duckdb", tmp_path), replace(table, types=table.types | {"c": "text"}))
    assert {how.cause for how in hows(runs)} == {cause}
    assert runs.reduced.data.diagnostics == runs.reference.data.diagnostics


def test_bytes_that_are_no_text_are_left_to_the_reader(tmp_path: Path) -> None:
    held = Store("sqlite", tmp_path)
    table = recorded({}, {"t": "größe"})
    table.put(held)
    assert {how.cause for how in hows(runs_of(table, held))} == {""}
    with closing(sqlite3.connect(held.file)) as connection:
        connection.execute("UPDATE koperasi SET predikat = CAST(x'6772f6df65' AS TEXT)")
        connection.commit()
    runs = runs_of(table, held)
    assert {how.cause for how in hows(runs)} == {"odd_text"}
    assert all(reduced == reference for reduced, reference in runs.outcomes())


def test_whole_numbers_stay_exact_where_sqlite_would_go_on_in_floats(tmp_path: Path) -> None:
    huge = 2**61
    asked = ("sum(k.a)", "max(k.a)", "count(k where a * 2 > b)", "count(k where a * 8 > b)")
    runs = made(Store("sqlite", tmp_path), recorded({"a": huge}, {"a": 1}, aggregates=asked))
    assert first(runs).value == huge + 1
    assert [how.cause for how in hows(runs)] == ["", "", "", "too_large"]


def test_a_reduction_reads_no_row(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    table = recorded(*MIXED)
    table.put(held)

    def refuse(*_: object) -> None:
        raise AssertionError("rows are read")

    engine = table.engine()
    before = runs_of(table, held, engine)
    monkeypatch.setattr(from_files, "table_of", refuse)
    run = ExactEvaluation(engine.binding, before.reduced.data)
    names = list(engine.binding.indicators)
    run.prepare({name: [(PERIODS[0], WHOLE)] for name in names})
    assert run.actual(names[3], PERIODS[0], WHOLE).value == 4


def test_data_that_change_while_they_are_read_are_not_reduced(tmp_path: Path) -> None:
    held = Store("sqlite", tmp_path)
    table = recorded({}, {})
    table.put(held)
    runs = runs_of(table, held)
    with closing(sqlite3.connect(held.file)) as connection:
        connection.execute("UPDATE koperasi SET pinjaman = 9223372036854775807")
        connection.commit()
    assert runs.reduced.records.how(runs.steps[4]).cause == "changed"
    assert first(runs, 4).value == 2 * (2**63 - 1)


def test_a_database_that_is_gone_leaves_its_reason(tmp_path: Path) -> None:
    held = Store("sqlite", tmp_path)
    table = recorded({}, {})
    table.put(held)
    runs = runs_of(table, held)
    held.file.unlink()
    assert {how.cause for how in hows(runs)} == {"refused"}
    assert str(first(runs, 4).reasons[0]) == "no_records:k@2020"
    assert [found.code for found in runs.reduced.findings] == ["IKU401"]


def test_a_long_chain_of_computed_fields_is_planned_in_no_time(tmp_path: Path) -> None:
    fields = {"x": "if(a > b, a - b, b - a)"}
    fields |= {f"x{n}": f"if(x{n - 1 or ''} > {n}, x{n - 1 or ''} - {n}, {n})" for n in range(1, 9)}
    fields = {name: text.replace("x0", "x") for name, text in fields.items()} | {"y": "x8"}
    runs = made(
        Store("duckdb", tmp_path),
        recorded({"a": 90, "b": 7}, fields=fields, aggregates=("sum(k.y)",)),
    )
    assert hows(runs)[0].engine == "duckdb"
    assert first(runs).value == 90 - 7 - sum(range(1, 9))


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_column_that_compares_without_case_is_compared_sign_by_sign(
    kind: str, tmp_path: Path
) -> None:
    rows = [
        {"t": "sehat", "kecamatan": "liwa", "a": 1},
        {"t": "SEHAT", "kecamatan": "LIWA", "a": 2},
        {"t": "Sehat", "kecamatan": "Liwa", "a": 4},
    ]
    table = recorded(
        *rows, aggregates=('sum(k.a where t = "Sehat")', 'count(k where t != "SEHAT")')
    )
    types = table.types | dict.fromkeys(("t", "kecamatan", "key"), "text COLLATE NOCASE")
    runs = made(Store(kind, tmp_path), replace(table, types=types))
    assert all(how.engine == kind for how in hows(runs))
    assert first(runs).value == 4
    assert first(runs, 1).value == 2


def test_names_are_data_and_never_statements(held: Store) -> None:
    wild = 'a"; drop table koperasi; --'
    columns = COLUMNS | {"a": wild, "t": "select", "b": "kolom'", "u": "größe ", "c": "x--y"}
    rows = ({"t": wild}, {"t": "a'; drop table koperasi; --", "kecamatan": wild})
    asked = ('count(k where t = "a\'; drop table koperasi; --")', "sum(k.a)")
    runs = made(held, recorded(*rows, columns=columns, table=wild, aggregates=asked))
    assert [first(runs, number).value for number in (0, 1)] == [1, 10]
    assert all(how.engine for how in hows(runs))


CATALOG = """
iku: 1
owner: dinas
periods: 2020
owners: {dinas: {title: Dinas}}
sources: {neraca: {title: Neraca, file: data.duckdb, table: k, period: tahun, numbers: id}}
records:
  koperasi: {label: Koperasi, source: neraca, key: id, fields: {pinjaman: {unit: rupiah}}}
indicators:
  pinjaman: {name: Pinjaman, formula: sum(koperasi.pinjaman where pinjaman > 1), unit: rupiah}
  akar: {name: Akar, formula: sum(koperasi.pinjaman where sqrt(pinjaman) > 1), unit: rupiah}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with duckdb.connect(str(tmp_path / "data.duckdb")) as connection:
        connection.execute("CREATE TABLE k (id text, tahun integer, pinjaman decimal(9, 1))")
        connection.execute("INSERT INTO k VALUES ('A', 2020, 1.5), ('B', 2020, 2), ('C', 2020, 0)")
    (tmp_path / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    yield tmp_path


def test_an_explanation_says_where_records_were_reduced(folder: Path) -> None:
    engine = Engine.open(folder, discover=False)
    each = engine.explain("pinjaman", "2020").inputs[0]
    assert each.value == Fraction("3.5")
    assert each.how is not None
    assert (each.how.engine, len(each.how.statements)) == ("duckdb", 1)
    assert '"pinjaman"' in each.how.statements[0]
    assert [record.key for record in each.records] == ["A", "B", "C"]
    other = engine.explain("akar", "2020").inputs[0].how
    assert other == How(cause="root")


def test_a_source_may_refuse_to_be_reduced(folder: Path) -> None:
    definitions = folder / "iku.yaml"
    text = CATALOG.replace("numbers: id", "numbers: id, reduce: never")
    definitions.write_text(text, encoding="utf-8")
    how = Engine.open(folder, discover=False).explain("pinjaman", "2020").inputs[0].how
    assert how == How(cause="never")


def test_without_the_extra_records_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iku_engine.sources.surveys.find_spec", lambda _: None)
    each = Engine.open(folder, discover=False).explain("pinjaman", "2020").inputs[0]
    assert (each.value, each.how) == (Fraction("3.5"), How(cause="no_extra"))


def test_a_manifest_holds_every_row_that_was_reduced(folder: Path) -> None:
    definitions = folder / "iku.yaml"
    reduced = Engine.open(folder, discover=False).manifest()
    assert Engine.open(folder, discover=False).verify(reduced).is_reproduced
    text = CATALOG.replace("numbers: id", "numbers: id, reduce: never")
    definitions.write_text(text, encoding="utf-8")
    read = Engine.open(folder, discover=False).manifest()
    assert (read.results, read.sources) == (reduced.results, reduced.sources)
