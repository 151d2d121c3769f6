"""Unit words within one letter of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine import Diagnostic, Engine
from iku_engine.analysis.unit_words import similar_units
from tests.properties.catalogs import engine_of

DEFINITIONS = Path(__file__).parents[2] / "definitions"


def found_in(*units: str) -> list[Diagnostic]:
    variables = {f"v{number}": unit for number, unit in enumerate(units)}
    return list(similar_units(engine_of({"hasil": "1"}, variables).catalog))


@pytest.mark.parametrize(
    ("units", "slip", "other"),
    [
        (("unit", "uni"), "uni", "unit"),
        (("uni", "unit"), "uni", "unit"),
        (("uni", "uni", "unit"), "uni", "unit"),
        (("Bibit", "bibit", "bibits"), "bibits", "Bibit"),
        (("bibit", "bibti"), "bibti", "bibit"),
        (("Rp/karung", "Rp/karung", "kartung"), "kartung", "karung"),
        (("dokunen", "juta rupiah", "dokumen", "dokumen"), "dokunen", "dokumen"),
        (("kasus per 1.000 penduduk", "pendudk"), "pendudk", "penduduk"),
    ],
)
def test_a_word_one_letter_off_is_named_with_the_other(
    units: tuple[str, ...], slip: str, other: str
) -> None:
    (found,) = found_in(*units)
    assert found.code == "IKU505"
    assert f"`{slip}` is one letter away from `{other}`" in found.message
    assert found.location is not None


@pytest.mark.parametrize(
    "units",
    [
        ("UMKM", "KUMKM", "UKM", "IKM"),
        ("Kop", "koperasi"),
        ("orang", "Orang", "ORANG"),
        ("dokument", "dokumen"),
        ("bibit", "bibit", "bibil", "bibil"),
        ("m2", "m3", "km2", "km3"),
        ("kelas 1", "kelas 2"),
        ("%", "‰"),
        ("", ""),
        ("ruko", "toko"),
        ("Rp juta", "Rp miliar"),
    ],
)
def test_words_of_one_meaning_and_known_words_are_no_slip(units: tuple[str, ...]) -> None:
    assert found_in(*units) == []


def test_the_word_itself_is_marked_in_its_line() -> None:
    text = """\
iku: 1
owner: dinas
owners: {dinas: {title: Dinas}}
variables:
  alat: {label: Alat, unit: unit}
  uni_kerja: {label: uni kerja, unit: uni}
indicators:
  jumlah: {name: Jumlah, formula: alat, unit: unit}
"""
    (found,) = similar_units(Engine.from_text(text, discover=False).catalog)
    where = found.location
    assert where is not None
    assert (where.line, where.column, where.length) == (6, 39, 3)
    assert "of `alat`" in found.message
    assert ":5)" in found.message
    assert found.subject == "uni_kerja"


@pytest.mark.parametrize("folder", sorted(path.name for path in DEFINITIONS.iterdir()))
def test_shipped_catalogs_have_no_slip(folder: str) -> None:
    assert list(similar_units(Engine.open(DEFINITIONS / folder, discover=False).catalog)) == []


def test_many_words_are_compared_in_time() -> None:
    assert len(found_in(*(f"{a}{b}xyz{a}" for a in "abcdefghij" for b in "klmnopqrst"))) <= 100
