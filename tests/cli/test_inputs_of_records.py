"""Records that are lacking are named, and have a sheet of their own to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iku_engine import Engine
from iku_engine.cli import main

DEFINITIONS = """
iku: 1
owner: dinas
periods: 2021..2022
owners: {dinas: {title: Dinas contoh}}
sources:
  s: {title: Neraca, file: neraca.csv, period: tahun, dimensions: {kec: kecamatan}, numbers: id}
dimensions: {kec: {label: Kecamatan}}
records:
  koperasi:
    label: Koperasi contoh
    source: s
    key: nomor
    fields:
      aset: {label: Aset, unit: rupiah, column: total_aset}
      modal: {label: Modal, unit: rupiah}
      rasio: {label: Rasio, unit: "%", formula: "share(modal, aset)"}
indicators:
  modal: {name: Jumlah modal, formula: "sum(koperasi.modal)", unit: rupiah}
"""
DATA = """nomor,tahun,kecamatan,total_aset,modal
K2,2021,Barat,100,50
K1,2021,Utara,200,60
K1,2020,Utara,1,1
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    (tmp_path / "iku.yaml").write_text(DEFINITIONS, "utf-8")
    (tmp_path / "neraca.csv").write_text(DATA, "utf-8")
    return tmp_path


def iku(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["inputs", *arguments])


def test_lacking_records_are_named(catalog: Path) -> None:
    done = iku(str(catalog))
    assert done.exit_code == 0
    assert "there are no records of `koperasi` (Koperasi contoh) in 2022" in done.stderr
    assert "in 2021" not in done.stderr
    assert "no input is lacking" not in done.stderr


def test_the_sheet_has_the_records_known_last_and_the_columns_of_their_source(
    catalog: Path,
) -> None:
    sheet = iku(str(catalog), "--periods", "2022..2023", "--records", "koperasi").stdout
    assert sheet == (
        "nomor,tahun,kecamatan,total_aset,modal\n"
        "K1,2022,Utara,,\nK2,2022,Barat,,\nK1,2023,Utara,,\nK2,2023,Barat,,\n"
    )
    empty = iku(str(catalog), "--periods", "2019", "--records", "koperasi").stdout
    assert empty == "nomor,tahun,kecamatan,total_aset,modal\n,2019,,,\n"


def test_the_sheet_is_a_source_once_it_is_filled_in(catalog: Path) -> None:
    sheet = iku(str(catalog), "--records", "koperasi").stdout.replace(",,", ",300,70")
    with (catalog / "neraca.csv").open("a", encoding="utf-8") as data:
        data.write(sheet.partition("\n")[2])
    engine = Engine.open(catalog, discover=False)
    assert engine.compute("2022").get("modal", "2022").exact == 140
    assert engine.needed_records("2022") == ()


def test_a_record_set_that_does_not_exist_and_one_that_lacks_nothing(catalog: Path) -> None:
    wrong = iku(str(catalog), "--records", "koperas")
    assert wrong.exit_code == 2
    assert "did you mean `koperasi`?" in wrong.stderr
    done = iku(str(catalog), "--periods", "2021", "--records", "koperasi")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no input is lacking" in done.stderr
