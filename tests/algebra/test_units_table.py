"""Unit texts: spellings of one unit, scales, divisors, words of their own."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.algebra.measures import conversion, parse_unit, unit_text, unit_words
from iku_engine.algebra.model import Readable, Scope
from iku_engine.algebra.unit_table import STANDARD_UNITS, OwnUnit, with_own_units
from iku_engine.algebra.units import check_units
from iku_engine.diagnostics import text_alone
from iku_engine.language.model import Name

SAME = [
    ("orang", "Jiwa"),
    ("Kop", "koperasi"),
    ("Kop.", "KOPERASI"),
    ("Rp", "rupiah"),
    ("milyar rupiah", "Rp miliar"),
    ("dalam Milyar", "Rp M"),
    ("(juta)", "jutaan rupiah"),
    ("Rp.juta", "juta Rp"),
    ("dokument", "dokumen"),
    ("documents", "dokumen"),
    ("orang-orang", "orang"),
    ("m²", "meter persegi"),
    ("ha", "Hektare"),
    ("liter", "L"),
    ("Rp/kg", "rupiah per kilogram"),
    ("kg/kapita/tahun", "kg per orang per thn"),
    ("kasus per 100.000 penduduk", "kasus/100000 jiwa"),
    ("kasus per 100 ribu penduduk", "kasus per 100,000 orang"),
    ("%", "persen"),
    ("per mil", "‰"),
    ("unit usaha", "usaha"),
    ("Tera Ulang", "tera ulang"),
]

DIFFERENT = [
    ("UMKM", "koperasi"),
    ("UMKM", "KUMKM"),
    ("orang", "ASN"),
    ("Rp", "Rp juta"),
    ("kg", "ton"),
    ("ruko", "kali"),
    ("bulan", "hari"),
    ("%", "rasio"),
    ("5 kg", "kg"),
    ("Rp", "USD"),
    ("m", "miliar"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_unit_are_one(one: str, other: str) -> None:
    assert parse_unit(one).known
    assert parse_unit(one).same_as(parse_unit(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_units_stay_different(one: str, other: str) -> None:
    assert not parse_unit(one).same_as(parse_unit(other))


@pytest.mark.parametrize("unit", ["", " ", "Rp//kg", "Rp/", "kasus per 0 orang", None])
def test_a_text_that_is_no_unit_is_not_known(unit: str | None) -> None:
    assert not parse_unit(unit).known


@pytest.mark.parametrize("unit", ["Rp juta/ha", "Tera Ulang", "RUKO", "Kop.", "‰"])
def test_a_unit_is_shown_as_it_was_written(unit: str) -> None:
    assert unit_text(parse_unit(unit)) == unit


def test_nouns_of_a_unit_are_without_scales_and_figures() -> None:
    assert unit_words("dalam juta rupiah") == ("rupiah",)
    assert unit_words("kasus per 100.000 penduduk") == ("kasus", "penduduk")
    assert unit_words("%") == ("%",)
    assert unit_words("") == ()


@given(st.sampled_from(list(STANDARD_UNITS.words)), st.sampled_from(list(STANDARD_UNITS.words)))
def test_conversions_go_there_and_back(first: str, second: str) -> None:
    one, other = parse_unit(first), parse_unit(second)
    assert (one.scale / other.scale) * (other.scale / one.scale) == 1
    assert one.same_as(other) == other.same_as(one)
    assert one.fits(one.scale)


@given(st.sampled_from(["Rp", "ribu rupiah", "Rp juta", "miliar", "triliun rupiah"]))
def test_a_conversion_says_how_many_of_the_smaller_make_the_larger(unit: str) -> None:
    rupiah, larger = parse_unit("Rp"), parse_unit(unit)
    shown = conversion(larger, rupiah).partition(" = ")[2].split()[0]
    assert Fraction(shown.replace(",", "")) == larger.scale


@given(st.text(max_size=40))
def test_any_text_is_read_and_shown(text: str) -> None:
    measure = parse_unit(text)
    assert isinstance(unit_text(measure), str)
    assert measure.same_as(parse_unit(text.strip()))


def test_a_catalog_may_add_units_of_its_own() -> None:
    karung = OwnUnit(STANDARD_UNITS.words["kg"], Fraction(50))
    table = with_own_units({"Karung": karung}, STANDARD_UNITS)
    assert parse_unit("karung", table).scale == 50
    assert parse_unit("ribu karung", table).scale == 50_000
    assert "karung" not in STANDARD_UNITS.words
    scope = Scope({"beras": Readable("karung")})
    found = list(check_units(Name("beras"), "kg", scope, text_alone("beras"), table))
    assert [one.help for one in found] == ["1 karung = 50 kg: write `beras * 50`"]
