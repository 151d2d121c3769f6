"""Units: what a formula yields against what is declared, and what may stand in one sum."""

from __future__ import annotations

import pytest

from tests.properties.catalogs import codes_of, engine_of

UNITS = {
    "umkm": "UMKM",
    "koperasi": "koperasi",
    "aktif": "koperasi",
    "rupiah": "Rp",
    "kas": "rp",
    "berat": "kg",
    "harga": "Rp/kg",
    "penduduk": "orang",
    "persen": "%",
    "sasaran": "%",
    "mutu": "indeks",
    "apa_saja": "",
}

GOOD = [
    ("aktif / koperasi * 100%", "%"),
    ("100% * aktif / koperasi", "%"),
    ("aktif / koperasi * 100", "%"),
    ("share(aktif, koperasi)", "%"),
    ("growth_rate(umkm)", "%"),
    ("persen - sasaran", "%"),
    ("persen + 5%", "%"),
    ("persen", "%"),
    ("abs(persen)", "%"),
    ("if(persen > 5%, persen, sasaran)", "%"),
    ("if(persen > 5, persen, 0)", "%"),
    ("mean(persen over d)", "%"),
    ("aktif + koperasi", "koperasi"),
    ("aktif - 3", "koperasi"),
    ("rupiah + kas", "rp"),
    ("harga * berat", "Rp"),
    ("rupiah / berat", "Rp/kg"),
    ("umkm / koperasi", "UMKM/koperasi"),
    ("aktif / koperasi", "rasio"),
    ("implicit_index(rupiah, kas)", "indeks"),
    ("rate(umkm, penduduk, per: 1000)", "UMKM/orang"),
    ("apa_saja / koperasi", "%"),
    ("apa_saja + rupiah", "orang"),
    ("ytd(umkm)", "UMKM"),
    ("ytd(persen - persen[t-1])", "%"),
    ("ytd(aktif / koperasi - (aktif / koperasi)[t-1])", "rasio"),
    ("ytd(aktif) / ytd(koperasi) * 100%", "%"),
    ("sqrt(rupiah)", "orang"),
    ("mutu * 2", "indeks"),
    ("12", "%"),
    ("(aktif / koperasi * 100%) / (aktif / koperasi * 100%) * 100%", "%"),
]

BAD = [
    ("aktif / koperasi", "%", "IKU203"),
    ("(aktif - koperasi) / koperasi", "%", "IKU203"),
    ("if(aktif > 3, aktif / koperasi, 1)", "%", "IKU203"),
    ("share(aktif, koperasi)", "koperasi", "IKU204"),
    ("persen", "orang", "IKU204"),
    ("umkm", "%", "IKU204"),
    ("umkm / koperasi", "%", "IKU204"),
    ("aktif / koperasi * 1000", "%", "IKU204"),
    ("share(aktif, koperasi) * 100%", "%", "IKU204"),
    ("umkm + koperasi", "UMKM", "IKU205"),
    ("persen + umkm", "%", "IKU205"),
    ("if(umkm > rupiah, 1, 2)", "orang", "IKU205"),
    ("max(umkm, rupiah)", "UMKM", "IKU205"),
    ("if(umkm > 1, umkm, rupiah)", "UMKM", "IKU205"),
    ("aktif / koperasi + persen", "%", "IKU205"),
    ("ytd(aktif / koperasi)", "rasio", "IKU212"),
    ("ytd(share(aktif, koperasi))", "%", "IKU212"),
    ("ytd(persen)", "%", "IKU212"),
    ("ytd(persen - persen[t-2])", "%", "IKU212"),
    ("ytd(persen - persen[y-1])", "%", "IKU212"),
    ("ytd(persen[t-1] - persen)", "%", "IKU212"),
    ("ytd(aktif / koperasi - umkm / umkm[t-1])", "rasio", "IKU212"),
    ("umkm", "orang", "IKU214"),
    ("share(umkm, koperasi)", "%", "IKU214"),
    ("harga * berat", "kg", "IKU214"),
    ("rupiah / berat", "Rp", "IKU214"),
]


@pytest.mark.parametrize(("formula", "unit"), GOOD)
def test_a_unit_that_fits_is_not_mentioned(formula: str, unit: str) -> None:
    engine = engine_of(
        {"hasil": {"formula": formula, "unit": unit}}, UNITS, dimensions={"d": {"label": "D"}}
    )
    assert codes_of(engine) == [], engine.diagnostics[0].message


@pytest.mark.parametrize(("formula", "unit", "code"), BAD)
def test_a_unit_that_does_not_fit_is_reported_once(formula: str, unit: str, code: str) -> None:
    engine = engine_of({"hasil": {"formula": formula, "unit": unit}}, UNITS)
    assert set(codes_of(engine)) == {code}, [one.message for one in engine.diagnostics]
    assert all(one.location is not None for one in engine.diagnostics)


@pytest.mark.parametrize(
    ("formula", "help_"),
    [
        ("aktif / koperasi", "`aktif / koperasi * 100%`"),
        ("(aktif - koperasi) / koperasi", "* 100%`"),
    ],
)
def test_a_bare_ratio_is_told_how_to_become_a_percentage(formula: str, help_: str) -> None:
    engine = engine_of({"hasil": {"formula": formula, "unit": "%"}}, UNITS)
    assert help_ in engine.diagnostics[0].help


def test_the_help_for_a_bare_ratio_is_a_formula_that_fits() -> None:
    formula = "aktif / koperasi"
    for _ in range(2):
        engine = engine_of({"hasil": {"formula": formula, "unit": "%"}}, UNITS)
        if engine.diagnostics:
            formula = engine.diagnostics[0].help.split("`")[1]
    assert engine.diagnostics == ()


def test_units_of_other_indicators_count() -> None:
    engine = engine_of(
        {
            "tumbuh": {"formula": "growth_rate(umkm)", "unit": "%"},
            "salah": {"formula": "tumbuh + umkm", "unit": "%"},
        },
        UNITS,
    )
    assert codes_of(engine) == ["IKU205"]
