"""Order by need: everything behind what it needs, circles named, the rest left whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iku_engine.ordering import order_by_need

names = st.sampled_from("abcdefgh")
needs = st.dictionaries(names, st.lists(names, max_size=3), max_size=8)


def reaches(wanted: dict[str, list[str]], start: str) -> set[str]:
    """Everything a thing needs, directly or not."""
    found: set[str] = set()
    waiting = list(wanted[start])
    while waiting:
        name = waiting.pop()
        if name in wanted and name not in found:
            found.add(name)
            waiting += wanted[name]
    return found


@given(needs)
def test_everything_comes_behind_what_it_needs(wanted: dict[str, list[str]]) -> None:
    found = order_by_need(wanted)
    for position, name in enumerate(found.order):
        for need in wanted[name]:
            assert need not in wanted or need in found.order[:position]


@given(needs)
def test_circles_and_what_needs_them_have_no_place(wanted: dict[str, list[str]]) -> None:
    found = order_by_need(wanted)
    within = {name for circle in found.circles for name in circle}
    everything = [*found.order, *within, *found.blocked]
    assert sorted(everything) == sorted(wanted)
    in_circle = {name for name in wanted if name in reaches(wanted, name)}
    stuck = {name for name in wanted if in_circle & (reaches(wanted, name) | {name})}
    assert set(found.order) == set(wanted) - stuck
    assert within <= in_circle
    for circle in found.circles:
        for name, needed in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert needed in wanted[name]


def test_a_long_chain_is_ordered_without_recursion() -> None:
    wanted = {f"n{i}": [f"n{i - 1}"] for i in range(1, 20_000)}
    assert order_by_need(wanted).order == tuple(f"n{i}" for i in range(1, 20_000))
    closed = {**wanted, "n0": ["n19999"]}
    assert len(order_by_need(closed).circles[0]) == 20_000
