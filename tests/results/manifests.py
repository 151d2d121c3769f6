"""A small catalog on disk, changed in one way or another between two runs."""

from __future__ import annotations

from pathlib import Path

from iku_engine import Engine
from iku_engine.reports.to_manifest import to_manifest
from iku_engine.results.causes import CauseKind
from iku_engine.results.from_manifest import read_manifest
from iku_engine.results.manifest import Manifest
from iku_engine.results.verification import Verification

DEFINITIONS = """\
iku: 1
owner: dinas
periods: 2019..2021
defaults: {polarity: higher}
owners:
  dinas: {title: Dinas}
sources:
  umkm: {title: Rekap, file: data/umkm.csv, period: tahun, dimensions: [kecamatan], numbers: id,
         vintage: terbit}
dimensions:
  kecamatan: {label: Kecamatan}
variables:
  umkm: {label: Jumlah UMKM, unit: UMKM, source: umkm, column: jumlah}
  aktif: {label: UMKM aktif, unit: UMKM, source: umkm, column: aktif}
formulas:
  bagian: {parameters: [x, y], body: x / y * 100%}
indicators:
  jumlah:
    name: Jumlah UMKM
    formula: umkm
    unit: UMKM
    decimals: 0
    targets: {2019: 20, 2020: 30, 2021: 40}
  pertumbuhan:
    name: Pertumbuhan UMKM
    formula: growth_rate(umkm)
    unit: "%"
  keaktifan:
    name: Persentase UMKM aktif
    formula: bagian(aktif, umkm)
    unit: "%"
    targets: {start: {2019: 50}, rule: "target[t-1] + 1"}
  selisih:
    name: Selisih keaktifan
    formula: keaktifan - keaktifan[t-1]
    unit: "%"
"""
DATA = """\
tahun,kecamatan,jumlah,aktif,terbit
2019,Sukau,10,6,2020-01-15
2019,Balik Bukit,14,7,2020-01-15
2020,Sukau,12,6,2021-01-15
2020,Balik Bukit,18,9,2021-01-15
2021,Sukau,15,8,2022-01-15
2021,Balik Bukit,20,12,2022-01-15
"""


def catalog(folder: Path, definitions: str = DEFINITIONS, data: str = DATA) -> Path:
    """The catalog in a folder, its files written anew."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "iku.yaml").write_text(definitions, encoding="utf-8")
    (folder / "data" / "umkm.csv").write_text(data, encoding="utf-8")
    return folder


def opened(folder: Path, as_of: str | None = None, plugins: tuple[Path, ...] = ()) -> Engine:
    return Engine.open(folder, plugins=plugins, as_of=as_of, discover=False)


def kept(folder: Path, *, by: tuple[str, ...] = (), plugins: tuple[Path, ...] = ()) -> Manifest:
    """The manifest of all results, written and read back."""
    found = opened(folder, plugins=plugins).manifest(by=by)
    assert read_manifest(to_manifest(found)) == found
    return found


def changed(verification: Verification) -> dict[str, set[str]]:
    """The results that differ, each with its causes as short texts."""
    return {
        f"{change.result.indicator} {change.result.period}": {
            _short(cause.kind, cause.subject, cause.detail) for cause in change.causes
        }
        for change in verification.changes
    }


def inputs(verification: Verification) -> set[str]:
    return {_short(cause.kind, cause.subject) for cause in verification.inputs}


def _short(kind: CauseKind, subject: str, detail: str = "") -> str:
    shown = detail if kind is CauseKind.DEFINITION else ""
    return " ".join(part for part in (kind.value, subject, shown) if part)
