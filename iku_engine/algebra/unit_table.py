"""The table of units: words of one meaning, and how many of its base a larger unit is.

A word that the table does not know is a base unit of its own. The table folds spellings (`Rp` and
`rupiah`, `Kop` and `koperasi`, `milyar` and `miliar`); different nouns of one dimension (`UMKM`,
`koperasi`) stay different units. A catalog's own units are added with `with_own_units`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

Dimensions: TypeAlias = tuple[tuple[str, int], ...]
"""Base units with their powers, sorted; empty for a ratio."""

MONEY = "money"
PERCENT = "%"
BARE_RATIO = "rasio"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `factor` of its base units (a ton is 1000 kg, a percent 1/100 of nothing).

    `name` is the same for all spellings; `spelling` is the one the definition writes; `dimension`
    says in a word what is measured, and is empty for a word that the table does not know.
    """

    name: str
    bases: Dimensions
    factor: Fraction = Fraction(1)
    dimension: str = field(default="", compare=False)
    spelling: str = field(default="", compare=False)

    @property
    def shown(self) -> str:
        return self.spelling or self.name


@dataclass(frozen=True, slots=True, eq=False)
class UnitTable:
    """Units by their folded words."""

    words: Mapping[str, Unit]

    def find(self, phrase: str) -> Unit | None:
        """The unit of a word or phrase in any case, also doubled or with an English plural."""
        word = folded(phrase)
        half, _, other = word.partition("-")
        if half == other:
            word = half
        unit = self.words.get(word)
        return unit or (self.words.get(word[:-1]) if word.endswith("s") else None)


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit that a catalog declares for itself: so many of another one (a `karung` is 50 kg)."""

    of: Unit
    factor: Fraction = Fraction(1)


def folded(phrase: str) -> str:
    """Without case, spaces and full stops at the end: `m²` is `m2`, `Kop.` is `kop`."""
    return "".join(unicodedata.normalize("NFKC", phrase).casefold().split()).rstrip(".")


def with_own_units(own: Mapping[str, OwnUnit], table: UnitTable | None = None) -> UnitTable:
    """The table with the units of a catalog; a word of its own wins over the table's."""
    words = dict((table or STANDARD_UNITS).words)
    for word, declared in own.items():
        base = declared.of
        factor = base.factor * declared.factor
        words[folded(word)] = Unit(folded(word), base.bases, factor, base.dimension)
    return UnitTable(MappingProxyType(words))


SCALES: Mapping[str, int] = MappingProxyType(
    {
        word: 10**power
        for power, words in (
            (3, "ribu ribuan rb thousand"),
            (6, "juta jutaan jt million"),
            (9, "miliar miliaran milyar milyaran milliar milyard billion"),
            (12, "triliun triliunan trilyun trilliun trillion"),
        )
        for word in words.split()
    }
)
"""Words that multiply the unit beside them, and rupiah where there is none (`dalam Milyar`)."""

MONEY_SCALES: Mapping[str, int] = MappingProxyType({"m": 10**9, "t": 10**12})
"""Letters that do so beside money alone: `Rp M` is miliar, and `m` elsewhere a metre."""

_COUNTED = {
    "people": (
        "orang = org = jiwa = penduduk = kapita, ASN, PNS, PPPK, peserta, PKL, pegawai, petugas, "
        "pedagang, siswa, pengurus, anggota, wisatawan, pekerja, KK, keluarga = rumahtangga"
    ),
    "businesses": (
        "UMKM, UKM, IKM, KUMKM, koperasi = kop, usaha = unitusaha, perusahaan, BUMD, BUMDes, "
        "industri, wirausaha"
    ),
    "goods": (
        "unit, buah = bh = pcs, barang, produk, jenis, ekor, paket, set, lembar = lbr, batang, "
        "alat, komoditas = komoditi, kendaraan, komponen, sertifikat"
    ),
    "documents": (
        "dokumen = dokument = document = dok, laporan = report, berkas, surat, eksemplar = eks, "
        "buku, data, peraturan, perda"
    ),
    "places": (
        "desa, kelurahan, kecamatan, kabupaten, lokasi, titik, gedung, ruang, kawasan, bidang, "
        "pasar, kios, toko, ruko"
    ),
    "events": "kali, kegiatan, kasus, kejadian, layanan, pertemuan, angkatan",
}
"""Counted things by dimension: commas between different nouns, `=` between spellings of one."""

# dimension, spellings, how many of the base, the base
_MEASURED: tuple[tuple[str, str, str, Mapping[str, int]], ...] = (
    (MONEY, "rupiah = rp = idr", "1", {"rupiah": 1}),
    ("dollars", "usd = us$ = dolar = dollar", "1", {"usd": 1}),
    ("mass", "kg = kilogram = kilo", "1", {"kg": 1}),
    ("mass", "gram = g = gr", "1/1000", {"kg": 1}),
    ("mass", "ons", "1/10", {"kg": 1}),
    ("mass", "kuintal = kwintal = kw = ku", "100", {"kg": 1}),
    ("mass", "ton = tonne", "1000", {"kg": 1}),
    ("length", "m = meter = metre", "1", {"m": 1}),
    ("length", "mm = milimeter", "1/1000", {"m": 1}),
    ("length", "cm = sentimeter = centimeter", "1/100", {"m": 1}),
    ("length", "km = kilometer", "1000", {"m": 1}),
    ("area", "m2 = meterpersegi = mpersegi", "1", {"m": 2}),
    ("area", "cm2", "1/10000", {"m": 2}),
    ("area", "are", "100", {"m": 2}),
    ("area", "ha = hektar = hektare = hectare", "10000", {"m": 2}),
    ("area", "km2 = kilometerpersegi = kmpersegi", "1000000", {"m": 2}),
    ("volume", "m3 = meterkubik = kubik", "1", {"m": 3}),
    ("volume", "liter = l = ltr = litre", "1/1000", {"m": 3}),
    ("volume", "ml = mililiter", "1/1000000", {"m": 3}),
    ("volume", "kl = kiloliter", "1", {"m": 3}),
    ("energy", "kwh", "1", {"kwh": 1}),
    ("energy", "mwh", "1000", {"kwh": 1}),
    ("energy", "gwh", "1000000", {"kwh": 1}),
    # Months and days are no fixed number of each other.
    ("months", "bulan = bln = month", "1", {"bulan": 1}),
    ("months", "triwulan = quarter", "3", {"bulan": 1}),
    ("months", "semester", "6", {"bulan": 1}),
    ("months", "tahun = thn = year", "12", {"bulan": 1}),
    ("time", "hari = day", "1", {"hari": 1}),
    ("time", "minggu = week", "7", {"hari": 1}),
    ("time", "jam = hour", "1/24", {"hari": 1}),
    ("time", "menit = minute", "1/1440", {"hari": 1}),
    ("time", "detik = second", "1/86400", {"hari": 1}),
    ("goods", "lusin = dozen", "12", {"buah": 1}),
    ("goods", "kodi", "20", {"buah": 1}),
    ("goods", "rim", "500", {"lembar": 1}),
    ("ratio", "% = persen = persentase = percent = prosen = persenpoin = poinpersen", "1/100", {}),
    ("ratio", "‰ = permil = permill = promil", "1/1000", {}),
    ("ratio", "rasio = ratio", "1", {}),
    ("ratio", "indeks = index = indek", "1", {}),
    ("ratio", "skor = score", "1", {}),
    ("ratio", "poin = point", "1", {}),
    ("ratio", "nilai", "1", {}),
    ("ratio", "angka", "1", {}),
    ("ratio", "koefisien", "1", {}),
)


def _standard() -> Iterator[tuple[str, Unit]]:
    for dimension, nouns in _COUNTED.items():
        for noun in nouns.split(","):
            yield from _spelt(noun, dimension, Fraction(1), None)
    for dimension, spellings, factor, bases in _MEASURED:
        yield from _spelt(spellings, dimension, Fraction(factor), bases)


def _spelt(
    spellings: str, dimension: str, factor: Fraction, bases: Mapping[str, int] | None
) -> Iterator[tuple[str, Unit]]:
    words = [folded(word) for word in spellings.split("=")]
    of = {words[0]: 1} if bases is None else bases
    unit = Unit(words[0], tuple(sorted(of.items())), factor, dimension)
    for word in words:
        yield word, unit


STANDARD_UNITS = UnitTable(MappingProxyType(dict(_standard())))
"""The units that need no declaration."""
