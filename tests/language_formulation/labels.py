"""Labels that the tests of this folder share."""

from __future__ import annotations

from iku_engine.language.formulation import Kind, Reading, read_formulation
from iku_engine.language.to_text import to_text

LABELS = {
    "umkm": "Jumlah UMKM",
    "koperasi": "Jumlah koperasi",
    "koperasi_aktif": "Koperasi aktif",
    "pengurus": "Jumlah pengurus koperasi",
    "pengurus_dilatih": "Pengurus koperasi yang mengikuti pelatihan",
    "produk": "Produk UMKM yang dipasarkan",
    "uttp": "Jumlah alat ukur UTTP yang ada",
    "uttp_sah": "Alat ukur UTTP yang tertera sah",
    "pdrb": "PDRB sektor perdagangan (miliar)",
    "adhk": "PDRB atas dasar harga konstan 2010",
    "surat": "Surat masuk/ surat keluar",
    "dokumen_rka": "Dokumen RKA-SKPD",
    "harga_rata": "Harga rata-rata beras",
}
SHORT = {"R": "Realisasi", "T": "Target"}


def texts(text: str, labels: dict[str, str] | None = None) -> list[str]:
    """The readings of a sentence as canonical text."""
    return [to_text(tree) for tree in read(text, labels).readings]


def read(text: str, labels: dict[str, str] | None = None) -> Reading:
    return read_formulation(text, LABELS if labels is None else labels)


def only(text: str, labels: dict[str, str] | None = None) -> str:
    """The one reading of a sentence that is neither ambiguous nor malformed."""
    reading = read(text, labels)
    assert reading.kind in (Kind.FORMULA, Kind.COUNT), reading
    assert not reading.malformed, reading.note
    assert reading.unknown is None
    (tree,) = reading.readings
    return to_text(tree)
