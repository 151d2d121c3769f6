"""Plugins as files, and the catalogs that try them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

FIGURES = {2021: "40", 2022: "50"}
READS = """
iku: 1
owner: dinas
periods: 2021..2022
owners: {dinas: {title: Dinas}}
sources:
  berkas: {title: Berkas, file: a.csv, period: tahun, numbers: en}
  layanan: {title: Layanan, kind: layanan, period: tahun, numbers: en}
variables:
  a: {label: A, unit: orang, source: berkas, column: a}
  b: {label: B, unit: orang, source: layanan, column: b}
indicators:
  dari_berkas: {name: Dari berkas, formula: a, unit: orang}
  dari_layanan: {name: Dari layanan, formula: b, unit: orang}
"""
READER = """
from fractions import Fraction
from iku_engine.diagnostics import Location
from iku_engine.hooks import hookimpl
from iku_engine.sources.model import Origin, TableKey
from iku_engine.sources.protocol import Kind, Row

IKU_CONTRACT = 1

class Answer:
    name = path = "layanan"
    sha256 = "ab" * 32
    header = ("tahun", "b")
    remarks = ()

    def rows(self):
        yield Row(1, (Fraction(2021), Fraction(7)))
        yield Row(2, (Fraction(2022), Fraction(15, 2)))

    def origin(self, row, column):
        return Origin(self.name, self.sha256, row, self.header[column], TableKey("data", f"k{row}"))

    def location(self, row, column=None):
        return Location(self.path, row, (column or 0) + 1, spot=f"key k{row}")

def read(source, permitted):
    return Answer()

@hookimpl
def iku_sources():
    return [Kind("layanan", read, (".svc",))]
"""


def plugin(folder: Path, text: str, name: str = "p") -> Path:
    """A plugin in one file."""
    path = folder / f"{name}.py"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def catalog(folder: Path, text: str = READS) -> Path:
    """A catalog beside its CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "iku.yaml").write_text(dedent(text), encoding="utf-8")
    rows = "".join(f"{year},{figure}\n" for year, figure in FIGURES.items())
    (folder / "a.csv").write_text(f"tahun,a\n{rows}", encoding="utf-8")
    return folder
