"""An explanation ends in the cell, row or key that a figure came from, in either language."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.tools.workbooks import workbook_of
from iku_engine import Engine
from iku_engine.reports.explanation_mapping import explanation_mapping
from iku_engine.reports.explanation_markdown import explanation_markdown
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_explanation import Extras, Writer, to_explanation
from iku_engine.sources.model import Origin, SheetCell, TableKey

CATALOG = """iku: 1
owner: dinas
owners: {dinas: {title: Dinas contoh}}
sources: {rekap: {file: rekap.xlsx, period: tahun, numbers: id}}
variables: {umkm: {label: Jumlah UMKM, unit: UMKM, source: rekap, column: jumlah}}
indicators:
  banyak: {name: Jumlah UMKM, formulation: Jumlah UMKM, formula: umkm, unit: UMKM, polarity: higher}
"""


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "rekap.xlsx").write_bytes(workbook_of("== Data 2022\nno,tahun,jumlah\n1,2022,5\n"))
    return Engine.open(tmp_path, discover=False)


def test_a_figure_of_a_workbook_ends_in_its_cell(engine: Engine) -> None:
    explained = engine.explain("banyak", "2022")
    names = Names({})
    text = to_explanation(explained, names, language=Language.ID)
    assert "rekap.xlsx, lembar Data 2022, sel C2, kolom jumlah: 5" in text
    text = to_explanation(explained, names, language=Language.EN)
    assert "rekap.xlsx, sheet Data 2022, cell C2, column jumlah: 5" in text
    assert "sheet Data 2022, cell C2" in explanation_markdown(
        explained, names, language=Language.EN
    )
    assert "'sheet': 'Data 2022', 'cell': 'C2'" in str(explanation_mapping(explained))


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        (Origin("a.csv", "", 7, "x"), "baris 7"),
        (Origin("a.xlsx", "", 7, "x", SheetCell("D", "B7")), "lembar D, sel B7"),
        (Origin("gudang", "", 7, "x", TableKey("koperasi", "id 5")), "tabel koperasi, kunci id 5"),
        (Origin("https://layanan", "", 7, "x", TableKey("", "31;0;2022")), "kunci 31;0;2022"),
        (Origin("gudang", "", 7, "x", TableKey("koperasi", "")), "tabel koperasi, baris 7"),
        (Origin("gudang", "", 7, "x", TableKey("", "")), "baris 7"),
    ],
)
def test_a_place_is_said_in_the_words_of_its_kind(
    engine: Engine, origin: Origin, shown: str
) -> None:
    writer = Writer(Names({}), Language.ID, Language.ID.numbers, Extras())
    assert writer.place(origin) == shown
