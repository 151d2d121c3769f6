"""What is found between rows: copies, shifts, doubles, parts beyond their whole, shares."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iku_engine.catalog.model import Level
from iku_engine.checks.beyond_its_parent import BEYOND_ITS_PARENT
from iku_engine.checks.copied_targets import COPIED_TARGETS
from iku_engine.checks.different_targets import DIFFERENT_TARGETS
from iku_engine.checks.from_catalog import checked_catalog
from iku_engine.checks.shares import SHARES
from iku_engine.checks.shifted_row import SHIFTED_ROW
from tests.checks.building import catalog, found_in, indicator, months, node, printed, years

OWNERS = {"dinas": "", "kadis": "dinas", "kasi": "kadis", "lain": ""}


def test_two_rows_that_turn_into_the_same_figures_are_found() -> None:
    rows = [indicator("a", [14, 6, 9, 12, 15]), indicator("b", [13, 6, 9, 12, 15])]
    found = found_in(catalog(rows), COPIED_TARGETS)
    assert [one.subject for one in found] == ["a", "b"]
    assert found[0].message.endswith("from 2019 on they are those of `b`")


def test_rows_of_one_rule_are_no_copies() -> None:
    rows = [indicator(f"i{place}", range(1, 13), months(12)) for place in range(4)]
    assert not found_in(catalog(rows))


def test_one_indicator_printed_for_two_positions_is_no_copy() -> None:
    rows = [
        indicator("a", [14, 6, 9, 12, 15], name="Jumlah dokumen"),
        indicator("b", [14, 6, 9, 12, 15], name="Jumlah dokumen", owner="kadis"),
    ]
    assert not found_in(catalog(rows, owners=OWNERS), COPIED_TARGETS)


def test_targets_printed_in_the_unit_of_another_indicator_are_found() -> None:
    rows = [indicator("a", [1, 4, 6, 8]), indicator("b", [9, 9, 9, 9], unit="%", name="Nilai")]
    shown = ["1 dokumen", "4%", "6%", "8%"]
    cells = {("a", year): text for year, text in zip(years(4), shown, strict=True)}
    checked = replace(checked_catalog(catalog(rows)), printed=printed(cells))
    assert [one.code for one in found_in(checked)] == ["IKU604"]


def test_a_unit_that_changes_while_the_figures_stand_is_no_copy() -> None:
    rows = [indicator("a", [1, 1, 1, 1], unit="produk"), indicator("b", [5, 5, 5, 5], unit="kali")]
    shown = ["1 produk", "1 kali", "1 kali", "1 kali"]
    cells = {("a", year): text for year, text in zip(years(4), shown, strict=True)}
    checked = replace(checked_catalog(catalog(rows)), printed=printed(cells))
    (found,) = found_in(checked)
    assert found.code == "IKU605"
    assert found.message == "the target of 2019 is printed in `kali`, others of the row in `produk`"


@pytest.mark.parametrize("shown", ["11 Kop", "11 koperasi", "11", "11 Koperasi"])
def test_spellings_of_one_unit_do_not_change_it(shown: str) -> None:
    rows = [indicator("a", [11, 11], unit="koperasi")]
    cells = {("a", years(2)[0]): "11 koperasi", ("a", years(2)[1]): shown}
    checked = replace(checked_catalog(catalog(rows)), printed=printed(cells))
    assert not found_in(checked)


def test_figures_that_can_be_read_either_way_have_no_decimal_mark() -> None:
    rows = [indicator("a", [1234, 1235], unit="%", name="Nilai")]
    cells = {("a", years(2)[0]): "1.234", ("a", years(2)[1]): "53,5"}
    checked = replace(checked_catalog(catalog(rows)), printed=printed(cells))
    assert not found_in(checked)


def test_a_row_moved_by_a_period_is_found() -> None:
    rows = [indicator("a", [70, 85, 120, 170, 180]), indicator("b", [60, 70, 85, 120, 170])]
    (found,) = found_in(catalog(rows), SHIFTED_ROW)
    assert found.message == "the targets of `b` are those of `a` above it, one period later"


def test_a_line_moved_by_a_period_is_a_line() -> None:
    rows = [indicator("a", [10, 20, 30, 40, 50, 60]), indicator("b", [20, 30, 40, 50, 60, 70])]
    assert not found_in(catalog(rows))


def test_one_name_with_two_targets_is_found_along_one_line_of_owners_only() -> None:
    name = "Persentase UMKM menjadi wirausaha"
    first = indicator("a", ["9.68"], unit="%", name=name)
    for owner, expected in [("kasi", ["IKU612"]), ("lain", []), ("dinas", ["IKU612"])]:
        second = indicator("b", [50], unit="%", name=name.replace("Per", "Pro"), owner=owner)
        found = found_in(catalog([first, second], owners=OWNERS), DIFFERENT_TARGETS)
        assert [one.code for one in found] == expected


def test_counts_of_one_name_may_be_parts() -> None:
    name = "Jumlah koperasi yang dibina"
    whole = indicator("a", [40], unit="koperasi", name=name, owner="kadis")
    for target, expected in [(25, []), (40, []), (50, ["IKU613"])]:
        part = indicator("b", [target], unit="koperasi", name=name, owner="kasi")
        found = found_in(catalog([whole, part], owners=OWNERS))
        assert [one.code for one in found] == expected


def test_lines_of_a_plan_are_compared_within_their_branch() -> None:
    plan = [
        node("p1"),
        node("k1", Level.KEGIATAN, "p1"),
        node("k2", Level.KEGIATAN, "p1"),
        node("s1", Level.SUB_KEGIATAN, "k1"),
    ]
    lines = [
        indicator("a", [12], name="Jumlah orang", unit="orang", node="k1"),
        indicator("b", [72], name="Jumlah orang", unit="orang", node="k2"),
        indicator("c", [24], name="Jumlah orang", unit="orang", node="s1"),
    ]
    found = found_in(catalog(lines, plan), BEYOND_ITS_PARENT, DIFFERENT_TARGETS)
    assert [(one.code, one.subject) for one in found] == [("IKU613", "c")]


def test_generic_lines_of_other_nodes_are_not_compared() -> None:
    plan = [node(f"s{place}", Level.SUB_KEGIATAN) for place in range(3)]
    lines = [
        indicator(f"i{place}", [12 * place + 12], name="Bulan", unit="bulan", node=f"s{place}")
        for place in range(3)
    ]
    assert not found_in(catalog(lines, plan))


@pytest.mark.parametrize(
    ("one", "other", "formula", "expected"),
    [
        (85, 25, "share({}, a + b)", ["IKU615"]),
        (85, 15, "share({}, a + b)", []),
        (33, 66, "share({}, a + b)", []),
        (85, 25, "{} / (a + b) * 100%", ["IKU615"]),
        (85, 25, "share({}, a + b + c)", []),
        (85, 25, "share({}, total)", []),
        (85, 25, "growth_rate({})", []),
    ],
)
def test_shares_of_one_whole_sum_to_100(
    one: int, other: int, formula: str, expected: list[str]
) -> None:
    rows = [
        indicator(id_, [value], unit="%", name=f"Bagian {id_}", formula=formula.format(id_))
        for id_, value in (("a", one), ("b", other))
    ]
    assert [found.code for found in found_in(catalog(rows), SHARES)] == expected
