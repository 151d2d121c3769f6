"""What is written is read back: the same observations from every kind of database."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iku_engine.diagnostics import has_errors
from iku_engine.places import place_of
from iku_engine.quantities import NumberFormat, to_decimal_text, to_grouped_text
from iku_engine.sources.model import Data
from tests.postgresql_server import Server
from tests.sources.building import variable
from tests.sources.databases.building import Store

SOME = min(50, settings.default.max_examples // 4) if settings.default else 10
"""Making a database takes its time."""

NAMES = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=8
)
FIGURES = st.one_of(st.none(), st.integers(-(10**9), 10**9).map(lambda n: Fraction(n, 1000)))
Rows = dict[tuple[int, str], tuple[Fraction | None, Fraction | None]]
TABLES = st.dictionaries(
    st.tuples(st.integers(1990, 2030), NAMES.map(lambda name: f"Kota {name}")),
    st.tuples(FIGURES, FIGURES),
    max_size=8,
)
FORMS = st.sampled_from(["numeric(20, 3)", "double", "text"])
HEADS = st.lists(
    NAMES.filter(lambda name: name.casefold() not in {"tahun", "kota"}),
    min_size=2,
    max_size=2,
    unique_by=lambda name: name.casefold(),
)


def written_as(form: str, value: Fraction | None) -> object:
    if value is None:
        return None
    text = to_decimal_text(value, 3)
    if form == "text":
        return to_grouped_text(text, NumberFormat.ID)
    return float(text) if form == "double" else Decimal(text)


def expected(rows: Rows) -> dict[object, Fraction | None]:
    return {
        (name, int(year), place_of({"kota": kota})): value
        for (year, kota), values in rows.items()
        for name, value in zip("ab", values, strict=True)
    }


def by_year(data: Data) -> dict[object, Fraction | None]:
    assert not has_errors(data.diagnostics), data.diagnostics
    return {
        (name, period.year, place): found.value
        for (name, period, place), found in data.observations.items()
    }


def filled(held: Store, table: str, heads: Sequence[str], forms: Sequence[str], rows: Rows) -> None:
    columns = {"tahun": "integer", "kota": "text", **dict(zip(heads, forms, strict=True))}
    lines = [(year, kota, *map(written_as, forms, values)) for (year, kota), values in rows.items()]
    held.put(table, columns, *lines)


def check_read_back(
    held: Store, table: str, heads: Sequence[str], forms: Sequence[str], rows: Rows
) -> None:
    filled(held, table, heads, forms, rows)
    wanted = [variable(name, head) for name, head in zip("ab", heads, strict=True)]
    where = None if held.kind == "parquet" else table
    assert by_year(held.read(*wanted, table=where, places=["kota"])) == expected(rows)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "parquet"])
@settings(max_examples=SOME)
@given(table=NAMES, heads=HEADS, forms=st.tuples(FORMS, FORMS), rows=TABLES)
def test_a_file_is_read_back(
    kind: str, table: str, heads: list[str], forms: tuple[str, str], rows: Rows
) -> None:
    if kind == "sqlite" and table.casefold().startswith("sqlite_"):
        return
    with tempfile.TemporaryDirectory() as folder:
        check_read_back(Store(kind, Path(folder)), table, heads, forms, rows)


@pytest.mark.service
@settings(max_examples=SOME)
@given(table=NAMES, heads=HEADS, forms=st.tuples(FORMS, FORMS), rows=TABLES)
def test_a_server_is_read_back(
    postgresql_server: Server,
    table: str,
    heads: list[str],
    forms: tuple[str, str],
    rows: Rows,
) -> None:
    postgresql_server.emptied()
    with tempfile.TemporaryDirectory() as folder:
        held = Store("postgresql", Path(folder), postgresql_server)
        check_read_back(held, table, heads, forms, rows)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
@settings(max_examples=SOME)
@given(rows=TABLES, order=st.randoms(use_true_random=False))
def test_the_order_of_storage_changes_nothing(kind: str, rows: Rows, order: object) -> None:
    found = []
    items = list(rows.items())
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            held = Store(kind, Path(folder))
            filled(held, "rekap", ["a", "b"], ["double", "text"], dict(items))
            data = held.read(variable("a"), variable("b"), places=["kota"])
            found.append({key: one.origin for key, one in data.observations.items()})
        order.shuffle(items)  # type: ignore[attr-defined]
    assert found[0] == found[1]


ANY = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=6),
    st.binary(max_size=4),
)


@settings(max_examples=SOME)
@given(st.lists(st.tuples(ANY, ANY, ANY), max_size=6))
def test_no_content_of_a_database_raises(rows: list[tuple[object, ...]]) -> None:
    """SQLite holds anything in any column."""
    with tempfile.TemporaryDirectory() as folder:
        held = Store("sqlite", Path(folder))
        held.put("rekap", {"tahun": "integer", "kota": "text", "a": "numeric"}, *rows)
        data = held.read(places=["kota"])
    for found in data.diagnostics:
        (found.message + found.help).encode("utf-8", "surrogatepass")


@settings(max_examples=SOME)
@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_binary_numbers_are_the_same_number_again(single: float, double: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        held = Store("duckdb", Path(folder))
        held.put("rekap", {"tahun": "integer", "a": "float", "b": "double"}, (2022, single, double))
        data = held.read(variable("a"), variable("b"))
    found = {one.variable: one.value for one in data.observations.values()}
    a, b = found["a"], found["b"]
    assert a is not None and b is not None
    assert float(b) == double
    assert b == Fraction(repr(double))
    import struct

    assert struct.pack("f", float(a)) == struct.pack("f", single) or single == 0
