"""IKU606: a unit that does not fit the first word of the name.

Three contradictions only, each plain in the words: a `Persentase` in a unit that is no ratio; a
`Jumlah` in percent; a `Jumlah` of things measured in months or days, or of people measured in
documents, where the name speaks of neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.algebra.unit_table import PERCENT
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.words import unit_of, words_of
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic, quoted

_TIMES = {*words_of("bulan waktu hari tahun lama periode jam minggu triwulan semester frekuensi")}
_PAPERS = {*words_of("dokumen laporan berkas data surat jurnal rekomendasi")}
_PEOPLE = {
    *words_of("asn pns pegawai orang tamu peserta pengelola petugas pengurus anggota penduduk"),
    *words_of("keluarga pedagang pelaku"),
}
_HOUSEHOLDS = ("rumah", "tangga")


def _contradiction(name: str, unit: str) -> str:
    """What the name measures that the unit does not; empty where both may fit."""
    words = words_of(name)
    first = words[0] if words else ""
    measured = unit_of(unit)
    known = bool(measured.dimension)
    if first == "persentase":
        return "a percentage" if known and measured.dimension != "ratio" else ""
    if first != "jumlah" or "persentase" in words:
        return ""
    if measured.name == PERCENT:
        return "a number of things"
    spoken = set(words)
    if measured.dimension in ("months", "time"):
        return "" if spoken & _TIMES else "a number of things"
    if measured.dimension == "documents" and not spoken & _PAPERS:
        counted = words[1:3]
        if counted == _HOUSEHOLDS or (counted and counted[0] in _PEOPLE):
            return "a number of people"
    return ""


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for indicator in checked.catalog.indicators.values():
        said = _contradiction(indicator.name, indicator.unit)
        if said:
            where = indicator.locations.get("unit", indicator.location)
            message = (
                f"the name of `{indicator.id}` speaks of {said}, "
                f"its unit is {quoted(indicator.unit)}"
            )
            help_ = "correct the name or the unit"
            yield Diagnostic("IKU606", message, where, help_, indicator.id)


UNIT_AND_NAME = Rule(
    code="IKU606",
    name="unit_and_name",
    title="the unit does not fit the name",
    title_id="satuan tidak sesuai dengan nama indikator",
    find=_find,
    severity=Severity.HINT,
)
