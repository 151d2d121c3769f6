"""Formulations against formulas: every sentence of the shipped documents, and small catalogs."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from iku_engine import Diagnostic, Engine
from iku_engine.analysis.compare import Verdict
from iku_engine.analysis.formulation import (
    Agreement,
    Formulations,
    Judgement,
    classify,
    compare_trees,
)
from iku_engine.analysis.formulation_findings import check_formulations
from iku_engine.analysis.patience import Patience
from iku_engine.codes import Severity
from iku_engine.diagnostics import text_alone
from iku_engine.language.formulation import read_formulation
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Node
from iku_engine.language.to_text import to_text
from tests.definitions.reading import plugins_of

DEFINITIONS = Path(__file__).parents[2] / "definitions"

# indicator, what its formulation is beside the formula, its readings (the formula's marked by `>`)
LAMPUNG_BARAT = """
koperasi_berkualitas              unreadable  sesuai
peningkatan_umkm                  equal       > (umkm - umkm[t-1]) / umkm * 100%
kadis_koperasi_berkualitas        unreadable  sesuai
kadis_peningkatan_umkm            ambiguous   > (umkm - umkm[t-1]) / umkm[t-1] * 100%
jumlah_bidang_urusan              count       > bidang_urusan
jumlah_langganan_surat_kabar      count       > layanan_surat_kabar
jumlah_fasilitas_tamu             count       > fasilitas_tamu
jumlah_bulan_rapat_koordinasi     count       > rapat_koordinasi
persentase_koperasi_aktif         equal       > koperasi_aktif / koperasi * 100%
persentase_penilaian_kesehatan    unreadable  perbankan
persentase_pengurus_dilatih       equal       > pengurus_dilatih / pengurus * 100%
pertumbuhan_koperasi              ambiguous   koperasi - koperasi[t-1] / koperasi[t-1] * 100%
                                              > (koperasi - koperasi[t-1]) / koperasi[t-1] * 100%
jumlah_kumkm_difasilitasi         count       > kumkm_difasilitasi
persentase_umkm_dikembangkan      equal       > umkm_dilatih / umkm * 100
laju_perubahan_harga              unreadable  Harga
peningkatan_produk_terfasilitasi  ambiguous   {p} - {p}[t-1] / {p}[t-1] * 100%
                                              > ({p} - {p}[t-1]) / {p}[t-1] * 100%
persentase_uttp_tertera_sah       equal       > uttp_tertera_sah / uttp * 100%
peningkatan_pemasaran_produk      ambiguous   > ({d} - {d}[t-1]) / {d}[t-1] * 100%
                                              ({d} - {d}[t-1]) / {d} * 100%
""".format(p="produk_terfasilitasi", d="produk_dipasarkan")

MALFORMED = {
    "kadis_peningkatan_umkm": "the fraction was printed in one line",
    "peningkatan_pemasaran_produk": "the divisor is missing",
}


@cache
def shipped(name: str) -> Engine:
    return Engine.open(DEFINITIONS / name, plugins=plugins_of(name), discover=False)


def judged(engine: Engine) -> dict[str, Judgement]:
    formulations = Formulations(engine.catalog, engine.binding)
    return {bound.declared.id: judgement for bound, judgement in formulations.judgements()}


def rows(judgements: dict[str, Judgement]) -> list[str]:
    """Judgements as lines of the table; those that are only reported are left out."""
    lines = []
    for name, judgement in judgements.items():
        reading = judgement.reading
        shown = [
            ("> " if i in judgement.equal else "") + to_text(tree)
            for i, tree in enumerate(reading.readings)
        ]
        if reading.unknown:
            shown = [reading.unknown.word]
        if judgement.agreement is not Agreement.REPORTED:
            first = f"{name:33} {judgement.agreement:11} "
            lines += [
                (first if i == 0 else " " * len(first)) + text for i, text in enumerate(shown)
            ]
    return lines


def test_every_formulation_of_lampung_barat_is_classified() -> None:
    judgements = judged(shipped("lampung_barat"))
    assert Counter(judgement.agreement.value for judgement in judgements.values()) == {
        "reported": 52,
        "equal": 5,
        "count": 5,
        "ambiguous": 4,
        "unreadable": 4,
    }
    assert rows(judgements) == LAMPUNG_BARAT.strip("\n").splitlines()


def test_malformed_formulations_of_lampung_barat_say_what_is_lost() -> None:
    judgements = judged(shipped("lampung_barat"))
    found = {name: j.reading.note for name, j in judgements.items() if j.reading.malformed}
    assert found == MALFORMED


def test_reported_formulations_of_lampung_barat_are_those_without_a_calculation() -> None:
    engine = shipped("lampung_barat")
    for name, judgement in judged(engine).items():
        formulation = engine.catalog.indicators[name].formulation.casefold()
        simple = formulation.startswith("data ") or "cukup jelas" in formulation
        assert simple == (judgement.agreement is Agreement.REPORTED), name


def test_findings_in_lampung_barat_are_warnings_at_the_sentence() -> None:
    found = findings(shipped("lampung_barat"))
    assert [(one.code, one.subject) for one in found] == [
        ("IKU503", "kadis_peningkatan_umkm"),
        ("IKU503", "pertumbuhan_koperasi"),
        ("IKU503", "peningkatan_produk_terfasilitasi"),
        ("IKU503", "peningkatan_pemasaran_produk"),
        ("IKU504", "kadis_peningkatan_umkm"),
    ]
    assert all(one.location and one.location.line and one.help for one in found)


def test_one_name_with_two_formulas_is_found_by_algebra() -> None:
    (found,) = (one for one in findings(shipped("lampung_barat")) if one.code == "IKU504")
    assert "`peningkatan_umkm`" in found.message
    assert "01_iku.yaml:" in found.message
    assert found.location is not None
    assert found.location.file.endswith("02_kepala_dinas.yaml")
    assert found.help == (
        "with `umkm` = 10 and `umkm[t-1]` = 5, `peningkatan_umkm` gives 50 "
        "and `kadis_peningkatan_umkm` 100"
    )


def test_formulations_of_kepulauan_tanimbar() -> None:
    judgements = judged(shipped("kepulauan_tanimbar"))
    assert {name: judgement.agreement.value for name, judgement in judgements.items()} == {
        "adhk": "equal",
        "pertumbuhan": "equal",
        "kontribusi": "unreadable",
        "indeks_harga_implisit": "equal",
        "laju_indeks_implisit": "equal",
    }


CATALOG = """
iku: 1
owner: dinas
owners: {{dinas: {{title: Dinas contoh}}}}
variables:
  umkm: {{label: Jumlah UMKM, unit: UMKM}}
  koperasi: {{label: Jumlah koperasi, unit: koperasi}}
  aktif: {{label: Koperasi aktif, unit: koperasi}}
  pengurus: {{label: Pengurus koperasi desa, unit: orang}}
indicators:
{indicators}
"""


def catalog(**indicators: tuple[str, str]) -> Engine:
    """A catalog with these indicators: formulation and formula by id."""
    lines = [
        f'  {name}: {{name: "{name}", formulation: "{formulation}", '
        f'formula: "{formula}", unit: "%"}}'
        for name, (formulation, formula) in indicators.items()
    ]
    return Engine.from_text(CATALOG.format(indicators="\n".join(lines)), discover=False)


def findings(engine: Engine) -> list[Diagnostic]:
    return list(check_formulations(engine.catalog, engine.binding))


def finding(formulation: str, formula: str) -> Diagnostic:
    """The only finding of a catalog with one indicator."""
    (found,) = findings(catalog(contoh=(formulation, formula)))
    return found


@pytest.mark.parametrize(
    ("formulation", "formula"),
    [
        ("Koperasi aktif / koperasi x 100%", "share(aktif, koperasi)"),
        ("100% x koperasi aktif / koperasi", "aktif / koperasi * 100%"),
        ("(UMKM n - UMKM n-1) / UMKM n-1 x 100%", "(umkm / umkm[t-1] - 1) * 100%"),
        ("(UMKM tahun n / UMKM tahun n-1 - 1) x 100%", "growth_rate(umkm, over: year)"),
        ("Cukup jelas", "reported(umkm)"),
        ("Data BPS", "umkm"),
        ("Jumlah koperasi aktif", "aktif"),
        ("Jumlah pasar", "umkm"),
        ("Pasar yang baik menurut penilaian", "reported(umkm)"),
    ],
)
def test_what_agrees_is_silent(formulation: str, formula: str) -> None:
    assert findings(catalog(contoh=(formulation, formula))) == []


def test_a_formulation_that_says_something_else_has_a_sample() -> None:
    found = finding("Koperasi aktif / UMKM x 100%", "share(aktif, koperasi)")
    assert (found.code, found.severity, found.subject) == ("IKU502", Severity.WARNING, "contoh")
    assert "it reads `aktif / umkm * 100%`" in found.message
    assert found.help == (
        "with `aktif` = 10 and `koperasi` = 5 and `umkm` = 2, the formula gives 200 "
        "and the formulation 500"
    )


def test_a_shortened_label_behind_a_difference_is_named() -> None:
    found = finding("Pengurus desa / UMKM", "umkm / pengurus * 100%")
    assert found.code == "IKU502"
    assert found.help.endswith("; `Pengurus desa` was taken for `Pengurus koperasi desa`")


def test_a_growth_over_months_is_not_the_growth_over_the_year() -> None:
    found = finding("(UMKM bulan n / UMKM bulan n-1 - 1) x 100%", "growth_rate(umkm, over: year)")
    assert found.code == "IKU502"


def test_a_count_of_another_label_is_different() -> None:
    assert finding("Jumlah koperasi aktif", "reported(koperasi)").code == "IKU502"


def test_an_unreadable_word_is_located_in_its_line() -> None:
    found = finding("Koperasi aktiv / koperasi x 100%", "share(aktif, koperasi)")
    assert (found.code, found.severity) == ("IKU501", Severity.HINT)
    assert found.message == "the formulation cannot be read at `aktiv`"
    assert found.help == "the nearest label is `Koperasi aktif` (`aktif`)"
    where = found.location
    assert where is not None
    assert where.text[where.column - 1 : where.column - 1 + where.length] == "aktiv"


def test_a_calculation_behind_clear_enough_is_a_hint() -> None:
    assert finding("Cukup jelas", "share(aktif, koperasi)").code == "IKU501"


def test_an_ambiguous_formulation_says_which_reading_is_the_formula() -> None:
    found = finding("UMKM n - UMKM n-1 / UMKM n-1 x 100%", "growth_rate(umkm)")
    assert (found.code, found.severity) == ("IKU503", Severity.WARNING)
    assert found.message == (
        "the formulation has 2 readings: the formula is `(umkm - umkm[t-1]) / umkm[t-1] * 100%`, "
        "not `umkm - umkm[t-1] / umkm[t-1] * 100%`"
    )


def test_indicators_are_compared_through_each_other() -> None:
    engine = catalog(
        rasio=("Koperasi aktif / koperasi x 100%", "aktif / koperasi * 100%"),
        selisih=("koperasi aktif / koperasi x 100% - rasio n-1", "rasio - rasio[t-1]"),
    )
    assert findings(engine) == []


def test_indicators_of_one_name_and_equal_formulas_are_silent() -> None:
    engine = catalog(
        Tumbuh=("cukup jelas", "reported(umkm)"),
        tumbuh=("cukup jelas", "reported(koperasi)"),
    )
    assert findings(engine) == []


def test_indicators_of_one_name_are_compared_in_meaning() -> None:
    engine = catalog(
        Tumbuh=("UMKM / UMKM n-1", "umkm / umkm[t-1] * 100% - 100%"),
        tumbuh=("(UMKM n - UMKM n-1) / UMKM n-1 x 100%", "growth_rate(umkm)"),
        TUMBUH=("(UMKM n - UMKM n-1) / UMKM n x 100%", "(umkm - umkm[t-1]) / umkm * 100%"),
    )
    assert [(one.code, one.subject) for one in findings(engine)] == [
        ("IKU502", "Tumbuh"),
        ("IKU504", "TUMBUH"),
    ]


def tree(text: str) -> Node:
    found, diagnostics = parse_formula(text_alone(text))
    assert found is not None, diagnostics
    return found


@pytest.mark.parametrize("text", ["1+(1-R/T)", "(T-(R-T))/T", "(2*T-R)/T"])
def test_three_ways_to_print_the_achievement_where_less_is_better(text: str) -> None:
    labels = {"R": "Realisasi", "T": "Target"}
    judgement = classify(tree("2 - R / T"), read_formulation(text, labels))
    assert judgement.agreement is Agreement.EQUAL
    other = classify(tree("T / R"), read_formulation(text, labels))
    assert other.agreement is Agreement.DIFFERENT
    assert other.comparison is not None
    assert other.comparison.sample is not None


def test_formulas_that_multiply_out_without_end_are_equal_only_where_that_is_sure() -> None:
    product = tree(" * ".join(["(a + b + c + d + e + f)"] * 12))
    turned = tree(" * ".join(["(f + e + d + c + b + a)"] * 12))
    assert compare_trees(product, turned, patience=Patience(0)).verdict is Verdict.UNDECIDED
    shown = compare_trees(product, tree("a"))
    assert shown.verdict is Verdict.DIFFERENT
    assert shown.sample is not None
    reading = read_formulation("a / b", {"a": "Aset", "b": "Biaya"})
    assert classify(product, reading).agreement is Agreement.DIFFERENT
    judgement = classify(product, reading, patience=Patience(0))
    assert judgement.agreement is Agreement.UNDECIDED


def test_records_cannot_be_compared_with_a_sentence() -> None:
    judgements = judged(shipped("koperasi_sehat"))
    assert {judgement.agreement.value for judgement in judgements.values()} == {
        "count",
        "unreadable",
    }
