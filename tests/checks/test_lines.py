"""What is found in one indicator or node by itself: words, units, things left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iku_engine.catalog.model import Indicator
from iku_engine.checks.missing_owner import MISSING_OWNER
from iku_engine.checks.missing_source import MISSING_SOURCE
from iku_engine.checks.missing_target import MISSING_TARGET
from iku_engine.checks.missing_unit import MISSING_UNIT
from iku_engine.checks.repeats_its_objective import REPEATS_ITS_OBJECTIVE
from iku_engine.checks.unit_and_name import UNIT_AND_NAME
from tests.checks.building import catalog, found_in, indicator, node, quarters, years


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Persentase koperasi aktif", "koperasi"),
        ("Prosentase izin terkendali", "dokumen"),
        ("% ketersediaan barang pokok", "jenis"),
        ("Jumlah koperasi yang dibina", "%"),
        ("Jumlah langganan surat kabar", "bulan"),
        ("Jumlah rumah tangga miskin sasaran", "laporan"),
        ("Jumlah tamu yang difasilitasi", "laporan"),
        ("Jumlah pengelola pasar yang dibina", "dokumen"),
    ],
)
def test_a_unit_against_the_name_is_found(name: str, unit: str) -> None:
    held = indicator("i", [1, 2], name=name, unit=unit)
    assert [one.code for one in found_in(catalog([held]), UNIT_AND_NAME)] == ["IKU606"]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Persentase koperasi aktif", "%"),
        ("Persentase koperasi aktif", "persen"),
        ("Persentase koperasi aktif", ""),
        ("Persentase stabilisasi dan jumlah ketersediaan", "%"),
        ("Rasio pertumbuhan skala usaha mikro", "%"),
        ("Pertumbuhan nilai produksi", "%"),
        ("Jumlah bulan pelayanan", "bulan"),
        ("Jumlah laporan keuangan akhir", "dokumen"),
        ("Jumlah dokumen pegawai", "laporan"),
        ("Jumlah data pegawai yang dipotong", "laporan"),
        ("Jumlah ASN yang mengikuti diklat", "orang"),
        ("Jumlah SDM", "orang/bulan"),
        ("Jumlah persentase capaian", "%"),
        ("Bulan", "bulan"),
        ("Jumlah penyediaan makanan", "karung"),
    ],
)
def test_other_words_of_a_name_are_not_judged(name: str, unit: str) -> None:
    held = indicator("i", [1, 2], name=name, unit=unit)
    assert not found_in(catalog([held]), UNIT_AND_NAME)


def several(count: int = 4) -> list[Indicator]:
    return [
        replace(indicator(f"i{place}", [5, 6]), data_source="Laporan kegiatan")
        for place in range(count)
    ]


def test_what_most_lines_have_is_missed_in_the_others() -> None:
    odd = replace(indicator("odd", [5, 6], unit=""), data_source="-")
    found = found_in(catalog([*several(), odd]), MISSING_UNIT, MISSING_SOURCE)
    assert [(one.code, one.subject) for one in found] == [("IKU607", "odd"), ("IKU608", "odd")]


@pytest.mark.parametrize("count", [0, 2])
def test_what_a_document_does_not_have_is_not_asked_for(count: int) -> None:
    odd = [replace(indicator(f"odd{place}", unit="")) for place in range(count + 1)]
    rules = (MISSING_UNIT, MISSING_SOURCE, MISSING_TARGET)
    assert not found_in(catalog([*several(count), *odd]), *rules)


@pytest.mark.parametrize("name", ["Indeks kepuasan", "Nilai SAKIP", "Rasio kewirausahaan"])
def test_an_index_needs_no_unit(name: str) -> None:
    odd = indicator("odd", [5, 6], unit="", name=name)
    assert not found_in(catalog([*several(), odd]), MISSING_UNIT)


def test_an_indicator_without_target_is_told_once() -> None:
    odd = indicator("odd", unit="")
    found = found_in(catalog([*several(), odd]), MISSING_UNIT, MISSING_TARGET)
    assert [one.message for one in found] == ["`odd` has no target"]


def test_years_left_out_are_named() -> None:
    odd = indicator("odd", [5, 6], [years(4)[0], years(4)[2]])
    full = [indicator(f"i{place}", [5, 6, 7, 8]) for place in range(4)]
    held = replace(catalog([*full, odd]), periods=years(4))
    (found,) = found_in(held, MISSING_TARGET)
    assert found.message == "`odd` has no target for 2019, 2021"


def test_blank_quarters_are_a_plan() -> None:
    odd = indicator("odd", [5], [quarters(4)[2]])
    full = [indicator(f"i{place}", [5, 6, 7, 8], quarters(4)) for place in range(4)]
    held = replace(catalog([*full, odd]), periods=quarters(4))
    assert not found_in(held, MISSING_TARGET)


def test_a_node_without_owner_is_found_among_those_of_its_level() -> None:
    plan = [node(f"p{place}", owner="kabid") for place in range(4)]
    assert not found_in(catalog([], plan), MISSING_OWNER)
    (found,) = found_in(catalog([], [*plan, node("p5")]), MISSING_OWNER)
    assert found.subject == "p5"
    assert not found_in(catalog([], [node(f"p{place}") for place in range(4)]), MISSING_OWNER)


@pytest.mark.parametrize(
    ("objective", "name", "is_found"),
    [
        ("Meningkatnya koperasi sehat", "Meningkatnya  Koperasi sehat.", True),
        ("Meningkatnya koperasi sehat", "Jumlah koperasi sehat", False),
        ("Tersedianya laporan arsip", "Jumlah laporan arsip", False),
        ("", "Jumlah laporan arsip", False),
    ],
)
def test_a_name_that_is_the_objective_is_found(objective: str, name: str, is_found: bool) -> None:
    held = replace(indicator("i", [1, 2], name=name), objective=objective)
    assert bool(found_in(catalog([held]), REPEATS_ITS_OBJECTIVE)) is is_found
