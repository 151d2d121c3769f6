"""Codes, numbers, counts and money of a plan: what is found, and what sound plans do not give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.model import Document, Level, PlanNode
from iku_engine.catalog.nomenclature import agree, read_code
from iku_engine.catalog.plan_codes import check_codes
from tests.results.plans import HERE, catalog, money, node

PROGRAM, KEGIATAN, SUB = Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN


def found_in(*nodes: PlanNode, document: Document | None = None) -> list[tuple[str, str]]:
    found = check_codes(catalog(nodes, document=document))
    return [(one.code, one.subject) for one in found]


def branch(program: str, kegiatan: str, *subs: str) -> list[PlanNode]:
    """A program with one kegiatan and its sub kegiatan, by their codes."""
    return [
        node("p", PROGRAM, code=program),
        node("k", KEGIATAN, parent="p", code=kegiatan),
        *(node(f"s{n}", parent="k", code=code) for n, code in enumerate(subs, start=1)),
    ]


def test_a_sound_plan_gives_nothing() -> None:
    sound = branch("2.17.01", "2.17.01.2.05", "2.17.01.2.05.09", "2.17.01.2.05.11")
    assert found_in(*sound) == []


def test_later_lists_have_four_digits_for_a_sub_kegiatan() -> None:
    assert found_in(*branch("1.01.01", "1.01.01.2.01", "1.01.01.2.01.0001")) == []


def test_a_placeholder_stands_for_every_bidang() -> None:
    assert found_in(*branch("X.XX.01", "2.17.01.2.05", "2.17.01.2.05.09")) == []
    assert found_in(*branch("X.XX.01", "X.XX.01.2.05", "X.XX.01.2.05.09")) == []
    assert found_in(*branch("X.XX.01", "2.17.02.2.05")) == [("IKU132", "k")]


def test_codes_of_a_sasaran_are_the_agencys_own() -> None:
    assert found_in(node("s", Level.SASARAN, code="S-1"), node("p", PROGRAM, parent="s")) == []


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("2.17.1", "2.17.01"),
        ("2.17.01.", "2.17.01"),
        ("2-17-01", "2.17.01"),
        ("2,17,01", "2.17.01"),
        (" 2.17.01 ", "2.17.01"),
        ("2.17.01.2.5.9", "2.17.01.2.05.09"),
        ("2.17.001", ""),
        ("2.l7.01", ""),
        ("2.17.X", ""),
        ("5.2.02.05.001.00005", ""),
        ("1.2.3.4.5.6.7", ""),
        ("9" * 1000, ""),
        ("٢.١٧.٠١", ""),
        (".", ""),
    ],
)
def test_a_code_is_read_as_it_was_probably_meant(printed: str, meant: str) -> None:
    assert read_code(printed).text == meant


@given(st.text("0123456789.,-/ XxabÄ", max_size=70))
def test_any_text_is_read_or_not_read(printed: str) -> None:
    read = read_code(printed)
    assert not read.parts or read_code(read.text).is_well_formed
    assert agree(read.parts, read.parts)


def test_a_malformed_code_is_named_once_and_not_held_against_its_children() -> None:
    assert found_in(*branch("2.17.1", "2.17.01.2.05", "2.17.01.2.05.09")) == [("IKU130", "p")]


def test_codes_of_another_kind_are_named_once_altogether() -> None:
    old = [node(f"s{n}", code=f"1.15.1.15.01.16.0{n}.5") for n in range(1, 6)]
    assert found_in(*old) == [("IKU130", "s1")]
    assert found_in(*old[:2]) == [("IKU130", "s1"), ("IKU130", "s2")]


def test_a_code_of_another_level_is_named() -> None:
    assert found_in(node("p", PROGRAM, code="2.17.01.2.05")) == [("IKU131", "p")]
    assert found_in(node("k", KEGIATAN, code="2.17.01.2")) == [("IKU131", "k")]


def test_a_foreign_code_is_named() -> None:
    strange = branch("2.17.01", "2.17.01.2.05", "2.17.01.2.05.09", "3.30.01.2.05.10")
    assert found_in(*strange) == [("IKU132", "s2")]


def test_a_parent_that_none_of_its_children_agrees_with_is_the_one_named() -> None:
    strange = branch("2.17.01", "2.17.01.2.06", "2.17.01.2.05.09", "2.17.01.2.05.10")
    assert found_in(*strange) == [("IKU132", "k")]


def test_the_nearest_node_above_with_a_code_counts() -> None:
    strange = branch("2.17.01", "", "2.17.02.2.05.09", "2.17.01.2.05.09")
    assert found_in(*strange) == [("IKU132", "s1")]


def test_a_code_that_stands_twice_is_named() -> None:
    twice = branch("2.17.01", "2.17.01.2.05", "2.17.01.2.05.09", "2.17.01.2.5.9")
    assert found_in(*twice) == [("IKU130", "s2"), ("IKU133", "s2")]


def test_a_program_that_serves_two_sasaran_is_no_repetition() -> None:
    def twice(budget: int | None) -> list[tuple[str, str]]:
        return found_in(
            node("a", Level.SASARAN),
            PlanNode("p1", PROGRAM, "Program A", HERE, "a", "2.17.01", budget=money(5)),
            node("b", Level.SASARAN),
            PlanNode("p2", PROGRAM, "PROGRAM A", HERE, "b", "2.17.01", budget=money(budget)),
        )

    assert twice(None) == []
    assert twice(5) == [("IKU133", "p2")]


def numbered(*numbers: str) -> list[PlanNode]:
    """A program and the numbers of its kegiatan."""
    first, *rest = numbers
    kegiatan = [node(f"k{n}", KEGIATAN, parent="p", no=no) for n, no in enumerate(rest, start=1)]
    return [node("p", PROGRAM, no=first), *kegiatan]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "1.1", "1,2", "1.3."),
        ("7", "1", "2", "3"),
        ("I", "1.1", "1.2"),
        ("1", "a", "c", "d"),
        ("", "2.1", "", "2.2"),
        ("1", "1.01", "1.05"),
        ("4", "7", "8", "9"),
    ],
)
def test_sound_numbers_give_nothing(numbers: tuple[str, ...]) -> None:
    assert found_in(*numbered(*numbers)) == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (("7", "7.1", "7.2", "7.4"), [("IKU134", "k3")]),
        (("7", "7.1", "7.3", "7.2"), []),
        (("7", "7.1", "7.2", "7.2"), [("IKU138", "k3")]),
        (("7", "7.1", "8.2"), [("IKU135", "k2")]),
        (("7", "8.1", "8.2"), [("IKU135", "p")]),
        (("7", "8.1"), [("IKU135", "k1")]),
    ],
)
def test_numbers_that_do_not_follow_the_tree_are_named(
    numbers: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert found_in(*numbered(*numbers)) == found


def test_printed_counts_are_compared_with_the_tree() -> None:
    nodes = [node("p", PROGRAM), node("a", parent="p"), node("b", parent="p")]
    sound = Document(HERE, counts={PROGRAM: 1, SUB: 2})
    assert found_in(*nodes, document=sound) == []
    assert found_in(*nodes, document=Document(HERE, counts={PROGRAM: 2})) == [("IKU136", "")]


def test_own_money_of_a_parent_is_compared_with_the_sum_below() -> None:
    def plan(program: int, kegiatan: int, *subs: int | None) -> list[tuple[str, str]]:
        return found_in(
            node("p", PROGRAM, budget=money(program)),
            node("k", KEGIATAN, parent="p", budget=money(kegiatan)),
            *(node(f"s{n}", parent="k", budget=money(m)) for n, m in enumerate(subs)),
        )

    assert plan(300, 300, 100, 200) == []
    assert plan(300, 310, 100, 200) == [("IKU137", "k")]  # the kegiatan is misprinted
    assert plan(300, 300, 100, 210) == [("IKU137", "k")]  # a sub kegiatan is: named once, not twice
    assert plan(310, 300, 100, 200) == [("IKU137", "p")]
    assert plan(300, 300, 100, None) == []


def test_a_finding_that_a_node_accepts_is_left_out() -> None:
    accepting = node("p", PROGRAM, code="2.17.1", accepted={"IKU130": "begitu tercetak"})
    assert found_in(accepting) == []
    assert found_in(node("p", PROGRAM, code="2.17.1", accepted={"IKU131": "x"})) == [
        ("IKU130", "p")
    ]


def test_a_finding_says_what_is_meant() -> None:
    (found,) = check_codes(catalog(branch("2.17.1", "2.17.01.2.05")))
    assert found.message == "the code `2.17.1` is not of the form `U.BB.PP.J.KK.SS`"
    assert found.help == "it may be meant as `2.17.01`"
