"""Scales of units: rupiah and millions of it, kilograms and tons, percentages, rates per n."""

from __future__ import annotations

import pytest

from tests.properties.catalogs import codes_of, engine_of

UNITS = {
    "kas": "Rp",
    "pinjaman": "Rp juta",
    "pagu": "milyar rupiah",
    "pdrb": "dalam Milyar",
    "beras": "kg",
    "gabah": "Ton",
    "harga": "Rp/kg",
    "sawah": "ha",
    "luas": "km2",
    "panjang": "m",
    "persen": "%",
    "warga": "jiwa",
    "orang": "Orang",
    "kasus": "kasus",
    "umkm": "UMKM",
    "koperasi": "koperasi",
    "kop": "Kop.",
    "mutu": "indeks",
    "layanan": "bulan",
}

GOOD = [
    ("warga + orang", "penduduk"),
    ("koperasi + kop", "koperasi"),
    ("kas", "RUPIAH"),
    ("pinjaman", "juta rupiah"),
    ("pinjaman", "Rp. Juta"),
    ("pdrb + pagu", "Rp M"),
    ("kas / 1000000", "Rp juta"),
    ("kas / 10^6", "Rp juta"),
    ("(kas + kas[t-1]) / 2 / 1000000", "Rp juta"),
    ("0.1 * kas / 1000000", "Rp juta"),
    ("kas / 1000000 + pinjaman", "Rp juta"),
    ("pinjaman + pagu * 1000", "juta rupiah"),
    ("max(beras / 1000, gabah)", "ton"),
    ("if(beras / 1000 > gabah, 1, 2)", "indeks"),
    ("0.4 * kas + 0.6 * kas[t-1]", "Rp"),
    ("harga * gabah * 1000", "Rp"),
    ("panjang * panjang / 10000", "ha"),
    ("gabah / beras * 1000", "rasio"),
    ("luas * 100 + sawah", "hektar"),
    ("persen * umkm / 100", "UMKM"),
    ("koperasi / koperasi[t-1] * 100 - persen", "%"),
    ("(0.4 * koperasi / kop + 0.6 * koperasi / kop) * 100", "%"),
    ("rate(kasus, warga, per: 100000)", "kasus per 100.000 penduduk"),
    ("rate(kasus, warga, per: 100000)", "per 100.000 penduduk"),
    ("rate(warga, orang, per: 1000)", "per 1.000"),
    ("layanan / 12", "tahun"),
    ("share(koperasi, kop)", "Persen"),
    ("share(koperasi, kop) * 10", "‰"),
    ("0 * kas + kas", "Rp"),
    ("implicit_index(pagu, pdrb)", "indeks"),
    ("implicit_index(gabah * 1000, beras)", "indeks"),
    ("implicit_index(pinjaman, kas / 1000000)", "indeks"),
]

BAD = [
    (
        "pinjaman + pagu",
        "Rp juta",
        "IKU205",
        "1 milyar rupiah = 1,000 Rp juta: write `pagu * 1000`",
    ),
    ("beras + gabah", "kg", "IKU205", "1 Ton = 1,000 kg: write `gabah * 1000`"),
    ("if(sawah > luas, 1, 2)", "", "IKU205", "1 km2 = 100 ha: write `luas * 100`"),
    ("umkm / umkm[t-1] + persen", "%", "IKU205", "1 = 100 %: write `umkm / umkm[t-1] * 100%`"),
    ("umkm + koperasi", "", "IKU205", "are both businesses: add them under one unit"),
    ("kas + warga", "Rp", "IKU205", ""),
    ("kas", "Rp juta", "IKU216", "1 Rp juta = 1,000,000 Rp: write `kas / 1000000`"),
    ("pagu", "Rp juta", "IKU216", "write `pagu * 1000`"),
    ("kas / 1000", "Rp juta", "IKU216", "write `kas / 1000 / 1000`"),
    ("kas + kas[t-1]", "Rp juta", "IKU216", "write `(kas + kas[t-1]) / 1000000`"),
    ("kas / 1000000", "Rp", "IKU216", "write the unit `juta rupiah`"),
    ("harga * gabah", "Rp", "IKU216", "write `harga * gabah * 1000`"),
    ("share(beras, gabah)", "%", "IKU216", "write `share(beras, gabah) / 1000`"),
    ("implicit_index(pagu, kas)", "indeks", "IKU216", "* 1000000000`"),
    ("implicit_index(gabah, beras)", "indeks", "IKU216", "* 1000`"),
    ("rate(kasus, warga, per: 1000)", "per 100.000 penduduk", "IKU216", "* 100`"),
    ("rate(kasus, warga, per: 100000)", "kasus per 1000 orang", "IKU216", "/ 100`"),
    ("persen * umkm", "UMKM", "IKU204", "write `persen * umkm / 100`"),
    ("mutu", "%", "IKU204", ""),
    ("(koperasi / kop + kop / koperasi) / 2", "%", "IKU203", "* 100%`"),
]


@pytest.mark.parametrize(("formula", "unit"), GOOD)
def test_a_scale_that_fits_is_not_mentioned(formula: str, unit: str) -> None:
    engine = engine_of({"hasil": {"formula": formula, "unit": unit}}, UNITS)
    assert codes_of(engine) == [], engine.diagnostics[0].message


@pytest.mark.parametrize(("formula", "unit", "code", "help_"), BAD)
def test_another_scale_is_reported_with_its_conversion(
    formula: str, unit: str, code: str, help_: str
) -> None:
    engine = engine_of({"hasil": {"formula": formula, "unit": unit}}, UNITS)
    assert codes_of(engine) == [code], [one.message for one in engine.diagnostics]
    found = engine.diagnostics[0]
    assert help_ in found.help
    assert found.location is not None


@pytest.mark.parametrize(("formula", "unit", "code", "help_"), BAD)
def test_a_formula_in_the_help_fits(formula: str, unit: str, code: str, help_: str) -> None:
    """`write ...` is followed to the letter where it rewrites the whole formula."""
    for _ in range(3):
        engine = engine_of({"hasil": {"formula": formula, "unit": unit}}, UNITS)
        if not engine.diagnostics:
            return
        found = engine.diagnostics[0]
        if found.code == "IKU205" or "write `" not in found.help:
            return
        formula = found.help.split("write `")[1].split("`")[0]
    assert engine.diagnostics == ()


def test_units_are_shown_as_the_definition_writes_them() -> None:
    engine = engine_of({"hasil": {"formula": "harga * warga", "unit": "RP"}}, UNITS)
    message = "the unit is `RP` but the formula yields `jiwa·Rp/kg`"
    assert [one.message for one in engine.diagnostics] == [message]


def test_large_powers_and_figures_end() -> None:
    nine = "9" * 200
    engine = engine_of(
        {
            "hasil": {"formula": "((kas^64)^64)^64", "unit": "Rp"},
            "besar": {"formula": f"umkm / koperasi * {nine} * {nine}", "unit": "%"},
        },
        UNITS,
    )
    assert all(len(one.message) < 200 for one in engine.diagnostics)
