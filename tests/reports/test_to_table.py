"""The table of the decree: what stands where, at every width."""

# ruff: noqa: E501 - tables are as wide as terminals

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.evaluation.model import Reason, Status
from iku_engine.quantities import NumberFormat, to_decimal_text, to_grouped_text
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_table import to_table
from tests.reports.building import PINJAMAN, UMKM, missing, result, results, year

NAMES = Names(
    series={"umkm": "Jumlah UMKM"},
    dimensions={"kecamatan": "Kecamatan"},
    members={("kecamatan", "01"): "Balik Bukit", ("kecamatan", "02"): "Sukau"},
    owners={"dinas": "Dinas Koperasi"},
)
TWO_YEARS = results(
    result(UMKM, 2019, None, target=10, reasons=[missing("umkm", 2018)]),
    result(UMKM, 2020, Fraction(37, 3), target=10, quality=["provisional"]),
    result(PINJAMAN, 2019, 1234567890, target=1000000000),
    result(PINJAMAN, 2020, 1500000000, target=1100000000, quality=["very_provisional"]),
)
WIDE = """\
No  Sasaran                   Indikator                 Satuan           2019                                       2020
                                                                       Target      Realisasi  Capaian (%)         Target        Realisasi  Capaian (%)
--  ------------------------  ------------------------  ------  -------------  -------------  -----------  -------------  ---------------  -----------
1   Meningkatnya UMKM yang    Persentase Peningkatan    %               10,00          - [1]            -          10,00           12,33*       123,33
    berdaya saing             Kemitraan UMKM

2   Meningkatnya pembiayaan   Total Pinjaman            rupiah  1.000.000.000  1.234.567.890       123,46  1.100.000.000  1.500.000.000**       136,36

Keterangan:
  *   angka sementara
  **  angka sangat sementara
  [1] belum ada data: Jumlah UMKM 2018
"""
STACKED = """\
No  Objective       Indicator       Unit    Year         Target           Actual  Achievement (%)  Remarks
--  --------------  --------------  ------  ----  -------------  ---------------  ---------------  -----------
1   Meningkatnya    Persentase      %       2019          10.00                -                -  missing [1]
    UMKM yang       Peningkatan             2020          10.00           12.33*           123.33
    berdaya saing   Kemitraan UMKM

2   Meningkatnya    Total Pinjaman  rupiah  2019  1,000,000,000    1,234,567,890           123.46
    pembiayaan                              2020  1,100,000,000  1,500,000,000**           136.36

Notes:
  *   provisional figure
  **  very provisional figure
  [1] missing: Jumlah UMKM 2018
"""
NARROW = """\
No  Sasaran /         Satuan  Tahun         Target        Realisasi  Capaian (%)
    Indikator
--  ----------------  ------  -----  -------------  ---------------  -----------
1   Meningkatnya      %       2019           10,00            - [1]            -
    UMKM yang                 2020           10,00           12,33*       123,33
    berdaya saing:
    Persentase
    Peningkatan
    Kemitraan UMKM

2   Meningkatnya      rupiah  2019   1.000.000.000    1.234.567.890       123,46
    pembiayaan:               2020   1.100.000.000  1.500.000.000**       136,36
    Total Pinjaman

Keterangan:
  *   angka sementara
  **  angka sangat sementara
  [1] belum ada data: Jumlah UMKM 2018
"""


def test_years_stand_side_by_side_where_they_fit() -> None:
    assert to_table(TWO_YEARS, NAMES, width=150) == WIDE


def test_years_are_stacked_where_the_terminal_is_narrow() -> None:
    assert to_table(TWO_YEARS, NAMES, width=110, language=Language.EN) == STACKED


def test_objectives_stand_above_their_indicators_where_it_is_narrower_still() -> None:
    assert to_table(TWO_YEARS, NAMES, width=80) == NARROW


def test_one_block_a_member_under_the_name_of_its_indicator() -> None:
    rows = [
        result(UMKM, when, value, place={"kecamatan": member})
        for member, value in (("01", 5), ("02", -7))
        for when in (2019, 2020)
    ]
    assert to_table(results(*rows, dimensions=["kecamatan"]), NAMES) == (
        """\
1. Persentase Peningkatan Kemitraan UMKM (%)

Kecamatan            2019       2020
                Realisasi  Realisasi
--------------  ---------  ---------
01 Balik Bukit       5,00       5,00
02 Sukau            -7,00      -7,00
"""
    )


@pytest.mark.parametrize("width", [20, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("language", list(Language))
def test_a_figure_is_never_cut(width: int, language: Language) -> None:
    table = to_table(TWO_YEARS, NAMES, width=width, language=language)
    for row in TWO_YEARS:
        if row.display:
            assert to_grouped_text(row.display, language.numbers) in table


@given(
    st.fractions(min_value=-(10**30), max_value=10**30),
    st.integers(0, 12),
    st.integers(10, 200),
    st.sampled_from(list(NumberFormat)),
)
def test_figures_are_printed_as_given(
    value: Fraction, decimals: int, width: int, numbers: NumberFormat
) -> None:
    indicator = replace(UMKM, decimals=decimals)
    table = to_table(results(result(indicator, 2020, value)), NAMES, width=width, numbers=numbers)
    assert to_grouped_text(to_decimal_text(value, decimals), numbers) in table.split()


def test_figures_that_look_like_other_numbers_stay_text() -> None:
    indicator = replace(UMKM, decimals=4, no="1e5", unit="2.10")
    lines = to_table(results(result(indicator, 2020, "2.1")), NAMES).splitlines()
    assert lines[3].split()[0] == "1e5"
    assert "2.10" in lines[3].split()
    assert "2,1000" in lines[3].split()


@pytest.mark.parametrize("width", range(70, 131, 10))
def test_lines_stay_within_the_width_where_figures_allow_it(width: int) -> None:
    rows = [
        result(UMKM, when, 10 * when, target=9, reasons=[missing("umkm", when)])
        for when in range(2018, 2023)
    ]
    table = to_table(results(*rows), NAMES, width=width)
    assert max(map(len, table.splitlines())) <= width


def test_numbers_of_the_language_may_be_replaced() -> None:
    table = to_table(TWO_YEARS, NAMES, width=150, numbers=NumberFormat.EN)
    assert "1,234,567,890" in table
    assert "Realisasi" in table


def test_owners_have_a_table_each_where_there_are_several() -> None:
    camat = replace(PINJAMAN, owner="camat")
    names = Names(owners={"dinas": "Dinas Koperasi", "camat": "Camat Sukau"})
    table = to_table(results(result(UMKM, 2020), result(camat, 2020)), names)
    assert table.index("Dinas Koperasi\n") < table.index("Kemitraan") < table.index("Camat Sukau\n")
    assert "Dinas Koperasi" not in to_table(results(result(UMKM, 2020)), NAMES)


def test_a_column_that_is_empty_throughout_is_left_out() -> None:
    table = to_table(results(result(replace(UMKM, objective="", no=""), 2020)), NAMES)
    header = table.splitlines()[0]
    assert "Sasaran" not in header
    assert "No" not in header.split()
    assert "Target" not in table
    assert "Capaian" not in table


def test_an_objective_is_printed_once_for_its_indicators() -> None:
    second = replace(UMKM, id="lain", no="2", name="Lain")
    table = to_table(results(result(UMKM, 2020), result(second, 2020)), NAMES, width=200)
    assert table.count("Meningkatnya UMKM yang berdaya saing") == 1


def test_a_rating_has_a_column() -> None:
    table = to_table(results(result(UMKM, 2020, 85, rating="Sehat"), result(UMKM, 2021, 3)), NAMES)
    assert "Predikat" in table
    assert "Sehat" in table


def test_a_failing_target_is_named_at_the_achievement() -> None:
    row = replace(
        result(UMKM, 2020, 5),
        achievement_status=Status.MISSING,
        achievement_reasons=(Reason("missing", "target", year(2019)),),
    )
    table = to_table(results(row), NAMES)
    assert "- [1]" in table
    assert "[1] belum ada data: target 2019" in table


def test_a_dash_stands_where_nothing_is_known() -> None:
    table = to_table(results(result(UMKM, 2020, None, status=Status.UNDEFINED)), NAMES)
    assert table.splitlines()[-1].rstrip().endswith("-")


def test_the_same_cause_has_one_footnote() -> None:
    rows = [result(UMKM, when, None, reasons=[missing("umkm", 2017)]) for when in (2018, 2019)]
    table = to_table(results(*rows), NAMES, width=200)
    assert table.count("Jumlah UMKM 2017") == 1
    assert table.count("- [1]") == 2


def test_no_results_are_said_so() -> None:
    assert to_table(results(), NAMES) == "Tidak ada hasil.\n"


def test_footnotes_are_numbered_as_they_come() -> None:
    rows = [result(UMKM, when, None, reasons=[missing(f"x{when}", when)]) for when in (2018, 2019)]
    table = to_table(results(*rows), NAMES)
    positions = [table.index(f"[{number}] belum") for number in (1, 2)]
    assert all(first < second for first, second in pairwise(positions))
