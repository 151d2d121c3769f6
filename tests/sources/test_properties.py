"""Laws of reading: the order of rows changes nothing, and nothing raises."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.model import FieldKind
from iku_engine.sources.from_memory import data_from_memory
from iku_engine.sources.model import Data
from tests.sources.building import (
    Folder,
    catalog,
    codes,
    dimension,
    figures,
    member,
    record_set,
    variable,
)

KELAS = dimension("kelas", member("K"), member("L"), member("all", total=True))
RECORDS = record_set("kota", a=FieldKind.NUMBER, b=FieldKind.TEXT)

CELLS = st.sampled_from(["1", "2,5", "1.234", "12.34", "-", "", "x", "7*", "9%"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2020", "2021*", "2022-Q1", "TW"]),
        st.sampled_from(["A", "B", "C", "D"]),
        st.sampled_from(["K", "L", "all", "M"]),
        CELLS,
        CELLS,
    ),
    unique_by=lambda row: (row[0], row[1], row[2]),
    max_size=12,
)


def read(rows: Sequence[tuple[str, ...]]) -> Data:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(Path(path), dimensions=(dimension("kota"), KELAS), records=(RECORDS,))
        content = "\n".join(["tahun,kota,kelas,a,b", *lines, ""])
        return folder.read(content, variable("a"), variable("b"))


def records(data: Data) -> list[tuple[object, ...]]:
    return [
        (one.key, one.period, one.place, *(cell.value for cell in one.cells.values()))
        for one in data.records["koperasi"]
    ]


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, ...]], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    first, second = read(rows), read(shuffled)
    assert figures(first) == figures(second)
    assert records(first) == records(second)
    assert sorted(codes(first)) == sorted(codes(second))
    assert {name: set(found) for name, found in first.members.items()} == {
        name: set(found) for name, found in second.members.items()
    }


PIECES = st.sampled_from(
    [
        b"tahun",
        b"a",
        b",",
        b"\n",
        b"\r",
        b'"',
        b"2020",
        b"1.234",
        b"\x00",
        b"\xff",
        b"#",
        b"'=",
        b" ",
    ]
)


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=60).map(b"".join)))
def test_no_bytes_raise(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(Path(path), records=(record_set("a", a=FieldKind.NUMBER),))
        for start in (b"", b"tahun,a\n2020,5\n"):
            data = folder.read(start + content, comment="#")
            assert isinstance(data, Data)
            for found in data.diagnostics:
                found.message.encode()


ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.binary(max_size=3), st.decimals(), st.fractions(), st.dates(), st.complex_numbers(),
    st.sampled_from(["a", "b", "koperasi", "2020", "K", "period", "variable", "value", "kelas"]),
)  # fmt: skip
KEYS = st.one_of(
    st.sampled_from(
        ["a", "koperasi", "period", "variable", "value", "mark", "kelas", "kota", "key"]
    ),
    st.integers(2000, 2030),
    st.text(max_size=3),
    st.none(),
)
OBJECTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5), st.tuples(inner)
    ),
    max_leaves=20,
)


@given(OBJECTS)
def test_nothing_handed_over_raises(rows: object) -> None:
    made = catalog(
        "", None, variable("a"), variable("b"),
        dimensions=(dimension("kota"), KELAS), records=(RECORDS,),
    )  # fmt: skip
    data = data_from_memory(made, rows)
    for found in data.diagnostics:
        (found.message + found.help).encode()
    for members in data.members.values():
        "".join(members).encode()


@given(st.lists(st.sampled_from(["a", "b"]), max_size=4), st.integers(0, 10**6))
def test_files_and_memory_agree(names: list[str], figure: int) -> None:
    with tempfile.TemporaryDirectory() as path:
        rows = [(str(2000 + at), name, str(figure)) for at, name in enumerate(names)]
        lines = "".join(f"{year},{name},{value}\n" for year, name, value in rows)
        read_back = Folder(Path(path)).read(
            "tahun,nama,nilai\n" + lines, variable("a", "nilai"), variable("b", "nilai"),
            variable="nama", value="nilai",
        )  # fmt: skip
    made = catalog("", None, variable("a"), variable("b"))
    handed = data_from_memory(
        made, [{"variable": name, "period": year, "value": value} for year, name, value in rows]
    )
    assert figures(read_back) == figures(handed)
