"""Parents and totals are held against the sum of their parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine.catalog.model import Rollup
from iku_engine.quantities import NumberFormat
from iku_engine.sources.totals import families, is_summable
from tests.sources.building import Folder, codes, dimension, member, variable

INDUSTRI = dimension(
    "industri",
    member("A"),
    member("a1", "A"),
    member("a2", "A"),
    member("B"),
    member("PDRB", total=True),
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, dimensions=(INDUSTRI,))


def rows(**figures: str) -> str:
    lines = [f'2020,{name},"{figure}"' for name, figure in figures.items()]
    return "\n".join(["tahun,industri,a", *lines, ""])


def test_the_parts_of_a_total_are_the_members_at_the_top() -> None:
    assert families(INDUSTRI) == {"A": ("a1", "a2"), "PDRB": ("A", "B")}


def test_a_total_may_be_named_as_the_parent() -> None:
    named = dimension("d", member("T", total=True), member("x", "T"), member("y", "T"))
    assert families(named) == {"T": ("x", "y")}


def test_parts_that_sum_to_their_whole_say_nothing(folder: Folder) -> None:
    assert not folder.read(rows(A="3", a1="1", a2="2", B="4", PDRB="7")).diagnostics


def test_a_difference_beyond_the_printed_precision_is_a_warning_at_the_whole(
    folder: Folder,
) -> None:
    data = folder.read(rows(a1="1,0", a2="2,0", A="3,3", B="4", PDRB="7,3"))
    assert codes(data) == ["IKU408"]
    found = data.diagnostics[0]
    assert "`A` in 2020 is 3.3, but its 2 parts sum to 3.0" in found.message
    assert found.location is not None
    assert (found.location.line, found.subject) == (4, "a")


@pytest.mark.parametrize(("whole", "is_reported"), [("3,1", False), ("3,2", True)])
def test_rounding_of_whole_and_parts_is_allowed_for(
    folder: Folder, whole: str, *, is_reported: bool
) -> None:
    """Three figures of one decimal may differ by three times 0.05 in all."""
    data = folder.read(rows(a1="1,0", a2="2,0", A=whole))
    assert bool(data.diagnostics) is is_reported


def test_figures_written_by_a_float_program_may_differ_by_what_floats_lose(
    folder: Folder,
) -> None:
    content = rows(a1="1000000.00000001", a2="2000000.50000001", A="3000000.5000001")
    assert not folder.read(content, numbers=NumberFormat.EN).diagnostics


def test_a_missing_or_absent_part_is_no_difference(folder: Folder) -> None:
    assert not folder.read(rows(A="9", a1="1", a2="-", B="4", PDRB="-")).diagnostics
    assert not folder.read(rows(A="9", a1="1")).diagnostics


def test_what_does_not_add_up_is_not_compared(folder: Folder) -> None:
    content = rows(A="9", a1="1", a2="2")
    assert not folder.read(content, variable("a", unit="%")).diagnostics
    assert not folder.read(content, variable("a", rollup=Rollup.MEAN)).diagnostics
    assert folder.read(content, variable("a", unit="%", rollup=Rollup.SUM)).diagnostics


@pytest.mark.parametrize("unit", ["UMKM", "juta rupiah", "orang", "Rp", "ton", "unit", "US$"])
def test_counts_and_money_add_up(unit: str) -> None:
    assert is_summable(variable("a", unit=unit))


@pytest.mark.parametrize(
    "unit", ["%", "persen", "Indeks", "indeks (2010=100)", "Rasio", "Skor", "Nilai", "kg/ha", "",
             "per 1.000 penduduk", "rata-rata"],
)  # fmt: skip
def test_ratios_and_scores_do_not(unit: str) -> None:
    assert not is_summable(variable("a", unit=unit))


def test_other_dimensions_are_held_fixed(tmp_path: Path) -> None:
    folder = Folder(tmp_path, dimensions=(INDUSTRI, dimension("kota")))
    content = (
        "tahun,industri,kota,a\n"
        "2020,A,x,3\n2020,a1,x,1\n2020,a2,x,2\n"
        "2020,A,y,9\n2020,a1,y,1\n2020,a2,y,2\n"
    )
    data = folder.read(content)
    assert codes(data) == ["IKU408"]
    assert data.diagnostics[0].location is not None
    assert data.diagnostics[0].location.line == 5
