"""Small catalogs on disk and a way to run the command on them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from iku_engine.cli import main

CATALOG = """\
iku: 1
owner: dinas
periods: 2019..2020
defaults: {polarity: higher}
owners:
  dinas: {title: Dinas}
sources:
  umkm: {title: Rekap, file: data/umkm.csv, period: tahun, dimensions: [kecamatan], numbers: id}
dimensions:
  kecamatan: {label: Kecamatan}
variables:
  umkm: {label: Jumlah UMKM, unit: UMKM, source: umkm, column: jumlah}
indicators:
  jumlah:
    name: Jumlah UMKM
    formula: umkm
    unit: UMKM
    decimals: 0
    targets: {2019: 20, 2020: 30}
  pertumbuhan:
    name: Pertumbuhan UMKM
    formula: growth_rate(umkm)
    unit: "%"
"""
DATA = """\
tahun,kecamatan,jumlah
2019,Sukau,10
2019,Balik Bukit,14
2020,Sukau,12
2020,Balik Bukit,18
"""
BROKEN = (
    CATALOG
    + """\
  rusak:
    name: Rusak
    formula: umkmm / 2
    unit: UMKM
"""
)


def catalog(folder: Path, text: str = CATALOG, data: str = DATA) -> Path:
    """A catalog in a folder of its own."""
    (folder / "data").mkdir(parents=True)
    (folder / "iku.yaml").write_text(text, encoding="utf-8")
    (folder / "data" / "umkm.csv").write_text(data, encoding="utf-8")
    return folder


def iku(*arguments: str | Path, columns: int = 100) -> Result:
    """Run the command in this process."""
    environment = {"COLUMNS": str(columns)}
    return CliRunner().invoke(main, [str(each) for each in arguments], env=environment)
