"""When a column of figures is told to read as well under the other number format."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine.catalog.from_yaml import load_catalog
from iku_engine.sources.from_files import read_data

CATALOG = """iku: 1
sources: {{s: {{title: S, file: x.csv, period: tahun, numbers: {numbers}, delimiter: ";"}}}}
variables: {{a: {{label: A, unit: orang, source: s, column: a}}}}
"""


@pytest.mark.parametrize(
    ("numbers", "figures", "hinted"),
    [
        ("en", ["831", "1.004", "1.025", "1.031"], True),  # thousands that were not declared
        ("en", ["1.004", "1.025", "1.031"], True),
        ("en", ["831", "1.004", "1.025", "1.5"], False),
        ("en", ["831", "1.004", "1.025"], False),  # too few to tell
        ("id", ["831", "1.004", "1.025", "1.031"], False),  # as a declared grouping looks
        ("id", ["1.004", "1.025", "1.031"], True),
        ("id", ["0,125", "0,375", "12", "0,250"], True),
        ("id", ["1.004,5", "1.025", "1.031"], False),
    ],
)
def test_a_column_is_ambiguous(
    numbers: str, figures: list[str], hinted: bool, tmp_path: Path
) -> None:
    (tmp_path / "iku.yaml").write_text(CATALOG.format(numbers=numbers), encoding="utf-8")
    rows = [f"{2000 + n};{figure}" for n, figure in enumerate(figures)]
    (tmp_path / "x.csv").write_text("\n".join(("tahun;a", *rows)) + "\n", encoding="utf-8")
    catalog, found = load_catalog(tmp_path)
    assert not found
    codes = [diagnostic.code for diagnostic in read_data(catalog).diagnostics]
    assert codes == ["IKU410"] * hinted
