"""What is written is read back: the same observations from every kind of file."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from iku_engine.catalog.encodings import ENCODINGS
from iku_engine.diagnostics import has_errors
from iku_engine.places import place_of
from iku_engine.quantities import NumberFormat, to_decimal_text, to_grouped_text
from iku_engine.sources import from_xlsx
from iku_engine.sources.model import Data
from iku_engine.sources.xlsx.child import answer
from tests.sources.building import Folder, Options, dimension, variable

NAMES = st.text(
    st.characters(codec="cp1252", min_codepoint=33, exclude_characters="\x7f\xa0\xad'*"),
    min_size=1,
    max_size=12,
).filter(lambda name: name.strip() == name and not name.startswith(("=", "+", "-", "@")))
FIGURES = st.one_of(st.none(), st.integers(-(10**9), 10**9).map(lambda n: Fraction(n, 1000)))
TABLES = st.dictionaries(
    st.tuples(st.integers(1990, 2030), NAMES.map(lambda name: f"Kota {name}")),
    st.tuples(FIGURES, FIGURES),
    max_size=8,
)
Rows = dict[tuple[int, str], tuple[Fraction | None, Fraction | None]]


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


def read(content: bytes, file: str, **options: object) -> Data:
    with tempfile.TemporaryDirectory() as path:
        (Path(path) / file).write_bytes(content)
        folder = Folder(Path(path), dimensions=(dimension("kota"),))
        return folder.read_file(file, variable("a"), variable("b"), **options)  # type: ignore[arg-type]


@given(
    TABLES,
    st.sampled_from(["", *ENCODINGS]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(list(NumberFormat)),
    st.booleans(),
)
def test_a_text_file_is_read_back(
    rows: Rows, encoding: str, delimiter: str, numbers: NumberFormat, declared: bool
) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["tahun", "kota", "a", "b"])
    for (year, kota), values in rows.items():
        cells = [
            "-" if one is None else to_grouped_text(to_decimal_text(one, 3), numbers)
            for one in values
        ]
        writer.writerow([year, kota, *cells])
    try:
        content = made.getvalue().encode(ENCODINGS.get(encoding, "utf-8"))
    except UnicodeEncodeError:
        return
    options: Options = {"numbers": numbers, "encoding": encoding}
    if declared:
        options["delimiter"] = delimiter
    assert by_year(read(content, "x.csv", **options)) == expected(rows)


def in_this_process(content: bytes, sheet: str) -> bytes:
    """The answer of the child without the cost of starting one each time."""
    return b"\n".join(json.dumps(line).encode() for line in answer(content, sheet))


def written(rows: Sequence[Sequence[object]], above: int, left: int) -> bytes:
    book = Workbook()
    sheet = book.create_sheet("Data", 0)
    for at, row in enumerate(rows, start=1 + above):
        for column, value in enumerate(row, start=1 + left):
            sheet.cell(at, column, value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@given(TABLES, st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_a_workbook_is_read_back(rows: Rows, above: int, left: int, as_text: bool) -> None:
    """Figures of three decimals, as numbers of the sheet or as text in the declared format."""

    def cell(value: Fraction | None) -> object:
        if value is None:
            return None
        text = to_decimal_text(value, 3)
        return to_grouped_text(text, NumberFormat.ID) if as_text else float(text)

    table: list[list[object]] = [
        ["tahun", "kota", "a", "b"],
        *([year, kota, *map(cell, values)] for (year, kota), values in rows.items()),
    ]
    with mock.patch.object(from_xlsx, "answered", in_this_process):
        data = read(written(table, above, left), "x.xlsx", sheet="Data")
    assert by_year(data) == expected(rows)


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=6)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.dates(),
    st.datetimes(), st.times(), st.timedeltas(), st.just("=1+1"), st.just("Jumlah"),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.lists(st.integers(1, 6), max_size=8))
def test_no_sheet_raises(rows: list[list[object]], merges: list[int]) -> None:
    book = Workbook()
    sheet = book.create_sheet("Data", 0)
    table: list[list[object]] = [["tahun", "kota", "a", "b"], *rows]
    for at, row in enumerate(table, start=1):
        for column, value in enumerate(row, start=1):
            with suppress(ValueError):  # a cell cannot hold it
                sheet.cell(at, column, value)
    for first, last in pairwise(merges):
        sheet.merge_cells(
            start_row=first,
            end_row=max(first, last),
            start_column=first,
            end_column=max(first, last),
        )
    made = io.BytesIO()
    try:
        book.save(made)
    except (ValueError, OverflowError):
        return  # a workbook cannot hold it
    with mock.patch.object(from_xlsx, "answered", in_this_process):
        data = read(made.getvalue(), "x.xlsx")
    for found in data.diagnostics:
        (found.message + found.help).encode("utf-8", "surrogatepass")
