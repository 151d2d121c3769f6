"""The arithmetic of plan summaries, by laws and by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine.catalog.model import CountedLines, EmptyChild, SummaryMethod, SummaryWeight
from iku_engine.evaluation.model import Status
from iku_engine.quantities import Rounding
from iku_engine.results.plan import TOTAL, PlanFigure
from iku_engine.results.plan_rules import (
    Branch,
    SummaryRule,
    SummaryTree,
    SummedOver,
    figure_at,
    summed_up,
)
from tests.laws import LAW
from tests.results.plans import YEAR, leaf, tree

MEAN = SummaryRule()
SUM = SummaryRule(SummaryMethod.SUM)
WEIGHTED = SummaryRule(SummaryMethod.WEIGHTED_MEAN)

figures = st.fractions(min_value=-200, max_value=200, max_denominator=60)
weights = st.integers(min_value=1, max_value=9).map(Fraction)


@st.composite
def branches(draw: st.DrawFn, cells: st.SearchStrategy[Fraction | None]) -> list[Branch]:
    """A tree of up to three levels; nodes without children have one to three lines."""
    made: list[Branch] = []
    for program in range(draw(st.integers(1, 3))):
        kegiatan = draw(st.integers(0, 3))
        made.append(
            drawn(draw, cells, f"p{program}", "") if not kegiatan else bare(draw, f"p{program}", "")
        )
        for number in range(kegiatan):
            id_ = f"p{program}k{number}"
            below = draw(st.integers(0, 2))
            above = f"p{program}"
            made.append(drawn(draw, cells, id_, above) if not below else bare(draw, id_, above))
            made += [drawn(draw, cells, f"{id_}s{place}", id_) for place in range(below)]
    return made


def drawn(
    draw: st.DrawFn, cells: st.SearchStrategy[Fraction | None], id_: str, parent: str
) -> Branch:
    values = draw(st.lists(cells, min_size=1, max_size=3))
    return leaf(id_, *values, parent=parent, weight=draw(weights), budget=draw(weights))


def bare(draw: st.DrawFn, id_: str, parent: str) -> Branch:
    return Branch(id_, parent, weight=draw(weights), budget=draw(weights))


complete = branches(figures)
with_gaps = branches(st.none() | figures)
rules = st.builds(
    SummaryRule,
    st.sampled_from(SummaryMethod),
    st.sampled_from(SummaryWeight),
    st.sampled_from(EmptyChild),
    st.sampled_from([CountedLines.ALL]),
    st.sampled_from(SummedOver),
)


def values(found: dict[str, PlanFigure]) -> dict[str, Fraction | None]:
    return {place: figure.value for place, figure in found.items()}


@LAW
@given(with_gaps, rules, st.randoms(use_true_random=False))
def test_a_summary_does_not_depend_on_the_order_of_children(
    nodes: list[Branch], rule: SummaryRule, random: object
) -> None:
    shuffled = nodes.copy()
    shuffle: Callable[[list[Branch]], None] = random.shuffle  # type: ignore[attr-defined]
    shuffle(shuffled)
    one, other = summed_up(tree(*nodes), rule), summed_up(tree(*shuffled), rule)
    assert values(one) == values(other)
    assert {k: (f.status, f.behind, f.of) for k, f in one.items()} == {
        k: (f.status, f.behind, f.of) for k, f in other.items()
    }


@LAW
@given(complete)
def test_a_sum_is_the_sum_of_the_leaves(nodes: list[Branch]) -> None:
    built = tree(*nodes)
    found = summed_up(built, SUM)
    for place in (*built.branches, TOTAL):
        below = [id_ for id_ in built.branches if built.is_leaf(id_) and under(built, id_, place)]
        assert found[place].value == sum(found[id_].value or 0 for id_ in below)


def under(built: SummaryTree, id_: str, place: str) -> bool:
    while id_ != place and id_ in built.branches:
        id_ = built.branches[id_].parent or TOTAL
    return id_ == place


@given(complete, weights)
def test_equal_weights_weigh_nothing(nodes: list[Branch], weight: Fraction) -> None:
    built = tree(*(replace(one, weight=weight) for one in nodes))
    assert values(summed_up(built, WEIGHTED)) == values(summed_up(built, MEAN))


@given(complete, st.sampled_from([MEAN, WEIGHTED]))
def test_a_mean_lies_between_the_least_and_the_largest_child(
    nodes: list[Branch], rule: SummaryRule
) -> None:
    built = tree(*nodes)
    found = summed_up(built, rule)
    for place in (*built.branches, TOTAL):
        below = [found[child.id].value for child in built.below(place)]
        known = [value for value in below if value is not None]
        own = found[place].value
        if known and own is not None:
            assert min(known) <= own <= max(known)


@given(complete, rules)
def test_without_gaps_what_an_empty_child_does_is_of_no_account(
    nodes: list[Branch], rule: SummaryRule
) -> None:
    built = tree(*nodes)
    found = [summed_up(built, replace(rule, empty=empty)) for empty in EmptyChild]
    assert found[0] == found[1] == found[2]


@given(with_gaps)
def test_leaving_out_what_is_empty_never_misses_a_figure_that_there_is(
    nodes: list[Branch],
) -> None:
    built = tree(*nodes)
    strict = summed_up(built, MEAN)
    lenient = summed_up(built, replace(MEAN, empty=EmptyChild.LEAVE_OUT))
    for place, figure in strict.items():
        if figure.value is not None:
            assert lenient[place].value is not None
        assert figure.of == lenient[place].of >= lenient[place].behind


@given(complete, st.integers(0, 3))
def test_a_node_left_out_is_as_if_it_were_not_there(nodes: list[Branch], chosen: int) -> None:
    gone = nodes[chosen % len(nodes)].id
    left = [one for one in nodes if not one.id.startswith(gone)]
    siblings = {one.parent for one in left}
    assume(all(one.lines or one.id in siblings for one in left))
    found = summed_up(tree(*nodes), replace(MEAN, left_out=frozenset({gone})))
    other = summed_up(tree(*left), MEAN) if left else {}
    assert {place: found[place].value for place in other} == values(other)


def program() -> SummaryTree:
    """Two kegiatan, one with two sub kegiatan (98.8675 and 100), the other at 50."""
    one = Fraction(1)
    return tree(
        Branch("p"),
        Branch("k1", "p", weight=Fraction(3), budget=Fraction(900)),
        leaf("s1", Fraction("97.735"), 100, parent="k1", weight=one, budget=450 * one),
        leaf("s2", 100, parent="k1", weight=one, budget=450 * one),
        leaf("k2", 50, parent="p", weight=Fraction(1), budget=Fraction(100)),
    )


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        (MEAN, "74.716875"),
        (SUM, "248.8675"),
        (WEIGHTED, "87.0753125"),
        (replace(WEIGHTED, weight=SummaryWeight.BUDGET), "94.490375"),
        (replace(MEAN, lines=CountedLines.FIRST), "74.43375"),
        (replace(MEAN, left_out=frozenset({"k2"})), "99.43375"),
        (replace(MEAN, left_out=frozenset({"s1_2"})), "74.43375"),
        (replace(MEAN, over=SummedOver.LINES), "86.93375"),
        (replace(MEAN, round_to=0), "75"),
        (replace(MEAN, round_to=0, rounding=Rounding.DOWN), "74.5"),
    ],
)
def test_one_program_by_each_rule(rule: SummaryRule, figure: str) -> None:
    assert summed_up(program(), rule)["p"].value == Fraction(figure)


def test_over_leaves_a_large_kegiatan_has_more_say() -> None:
    found = summed_up(program(), replace(MEAN, over=SummedOver.LEAVES))
    assert found["p"].value == (Fraction("98.8675") + 100 + 50) / 3


def test_rounding_touches_what_a_figure_is_made_of_and_not_the_figure() -> None:
    rule = replace(MEAN, round_to=1)
    assert summed_up(program(), rule)["s1"].value == (Fraction("97.7") + 100) / 2


def test_a_line_or_node_that_does_not_count_can_be_counted_after_all() -> None:
    nodes = tree(Branch("p"), leaf("a", 100, parent="p"), leaf("b", 50, parent="p", counted=False))
    assert summed_up(nodes, MEAN)["p"].value == 100
    assert summed_up(nodes, replace(MEAN, counted=frozenset({"b"})))["p"].value == 75


def test_printed_figures_may_stand_in_for_computed_ones() -> None:
    found = summed_up(program(), MEAN, {"k1": Fraction("99.43")})
    assert found["p"].value == Fraction("74.715")
    assert figure_at("p", program(), MEAN, found) == found["p"]


@pytest.mark.parametrize(
    ("empty", "figure"),
    [(EmptyChild.MISSING, None), (EmptyChild.LEAVE_OUT, 80), (EmptyChild.ZERO, 40)],
)
def test_an_empty_child_does_what_is_declared(empty: EmptyChild, figure: int | None) -> None:
    nodes = tree(Branch("p"), leaf("a", 80, parent="p"), leaf("b", None, parent="p"))
    found = summed_up(nodes, replace(MEAN, empty=empty))
    assert found["p"].value == figure
    assert (found["p"].behind, found["p"].of) == (1, 2)


def test_a_parent_names_the_child_that_has_no_figure() -> None:
    nodes = tree(Branch("p"), leaf("a", 80, parent="p"), leaf("b", None, parent="p"))
    found = summed_up(nodes, MEAN)["p"]
    assert found.status is Status.MISSING
    assert [str(reason) for reason in found.reasons] == ["no_output:b@2023"]


def test_nodes_without_lines_and_without_counted_children_say_so() -> None:
    nodes = tree(Branch("p"), leaf("a", 80, parent="p", counted=False), Branch("q"))
    found = summed_up(nodes, MEAN)
    assert [str(reason) for reason in found["p"].reasons] == ["no_children:p@2023"]
    assert [str(reason) for reason in found["q"].reasons] == ["no_lines:q@2023"]


def test_a_weight_that_is_not_declared_is_named() -> None:
    nodes = tree(Branch("p"), leaf("a", 80, parent="p"), leaf("b", 60, parent="p"))
    found = summed_up(nodes, WEIGHTED)["p"]
    assert (found.value, found.status) == (None, Status.MISSING)
    assert [str(reason) for reason in found.reasons] == ["no_weight:a", "no_weight:b"]


def test_weights_that_sum_to_0_leave_the_mean_undefined() -> None:
    nodes = tree(Branch("p"), leaf("a", 80, parent="p", weight=Fraction(0)))
    found = summed_up(nodes, WEIGHTED)["p"]
    assert found.status is Status.UNDEFINED
    assert [str(reason) for reason in found.reasons] == ["zero:weight@2023"]


def test_a_tree_is_in_the_order_of_the_document() -> None:
    nodes = SummaryTree.of(
        "output",
        YEAR,
        [Branch("p"), Branch("q"), Branch("a", "p"), Branch("b", "q"), Branch("c", "a")],
    )
    assert list(nodes.branches) == ["p", "a", "c", "q", "b"]
    assert [nodes.depth(id_) for id_ in nodes.branches] == [0, 1, 2, 0, 1]


def test_a_chain_of_thousands_of_nodes_is_no_harm() -> None:
    chain = [Branch("n0"), *(Branch(f"n{n}", f"n{n - 1}") for n in range(1, 5000))]
    found = summed_up(tree(*chain, leaf("end", 7, parent="n4999")), MEAN)
    assert found[TOTAL].value == 7
