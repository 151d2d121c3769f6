"""Hypothesis strategies: expression trees as the parser makes them, and figures to put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iku_engine.language.model import (
    Aggregate,
    At,
    Based,
    Binary,
    Call,
    Compare,
    If,
    Lag,
    Logic,
    Member,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Over,
    Percent,
    Text,
)
from iku_engine.periods import Period
from iku_engine.scales import Band, Scale, parse_range

Trees: TypeAlias = SearchStrategy[Node]

NAMES = ("a", "b", "c", "d")
LEAVES = 12

SCALE = Scale(
    "skala",
    tuple(
        Band(label, edges.low, edges.low_included, edges.high, edges.high_included, Fraction(score))
        for label, text, score in (
            ("Rendah", "x < 0", 0),
            ("Nol", "x = 0", 5),
            ("Cukup", "0 < x <= 1.5", 2),
            ("Baik", "3 <= x < 40", 7),
            ("Tinggi", "x > 40", 9),
        )
        for edges in (parse_range(text),)
    ),
)
"""A scale with two holes: from 1.5 up to 3, and at 40."""

PERIODS = tuple(Period.parse(text) for text in ("2020", "2020-Q3", "2021-Q1", "2020-05"))


def literals() -> SearchStrategy[Fraction]:
    """Figures that decimals write: 0, small whole ones, and a few with decimals."""
    decimals = st.sampled_from(["0.5", "0.25", "1.5", "2.75", "100", "0.001", "1234.5"])
    return st.integers(0, 12).map(Fraction) | decimals.map(Fraction)


def inputs(names: tuple[str, ...] = NAMES) -> Trees:
    """A variable, often with a lag of its own."""
    name = st.sampled_from(names).map(Name)
    lagged = st.builds(Lag, name, st.integers(1, 3), st.just(0))
    year_ago = st.builds(Lag, name, st.just(0), st.integers(1, 2))
    fixed = st.builds(At, name, st.sampled_from([Period.of(2019), Period.of(2020)]))
    return name | name | lagged | year_ago | fixed


def arithmetic(names: tuple[str, ...] = NAMES) -> Trees:
    """Trees of `+ - * /`, signs and whole powers: what every algebra knows."""
    return _grown(names, _plain)


def numeric(
    names: tuple[str, ...] = NAMES, *, reduced: bool = True, bands: bool = True, based: bool = True
) -> Trees:
    """Trees that yield a figure: everything of the language that runs over one series.

    `reduced` adds `ytd`, `bands` the scale above, `based` values measured against a base, which
    only expanding a named formula makes.
    """

    def grown(parts: Trees) -> Trees:
        shifted = st.builds(Lag, parts, st.integers(1, 2), st.just(0)) | st.builds(
            Lag, parts, st.just(0), st.just(1)
        )
        digits = st.integers(0, 3).map(lambda n: Number(Fraction(n)))
        rounded = _call("round", parts) | st.builds(
            lambda part, digit: Call("round", (part, digit)), parts, digits | digits.map(Negate)
        )
        extremes = st.builds(
            lambda name, found: Call(name, tuple(found)),
            st.sampled_from(["min", "max"]),
            st.lists(parts, min_size=2, max_size=3),
        )
        found = _plain(parts) | shifted | rounded | extremes | _call("abs", parts)
        found |= st.builds(If, conditions(parts, bands=bands), parts, parts)
        if reduced:
            found |= _call("ytd", parts)
        if bands:
            found |= _call("score", parts, Name(SCALE.name))
        if based:
            found |= st.builds(Based, parts, parts, st.booleans())
        return found

    return _grown(names, grown)


def conditions(parts: Trees, *, bands: bool = True) -> Trees:
    """Comparisons, and what `and`, `or`, `not` make of them."""
    operators = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    compared: Trees = st.builds(Compare, operators, parts, parts)
    if bands:
        labels = st.sampled_from(["Baik", "Nol"]).map(Text)
        rating = _call("rating", parts, Name(SCALE.name))
        compared |= st.builds(Compare, st.sampled_from(["=", "!="]), rating, labels)
    logic = st.sampled_from(["and", "or"])
    once = compared | st.builds(Not, compared)
    return once | once | st.builds(Logic, logic, once, once | st.builds(Logic, logic, once, once))


def written() -> Trees:
    """Any tree the grammar can read, also those that mean nothing."""
    return st.recursive(
        _leaves(NAMES)
        | st.text("aZ 1'`/%\\é", max_size=5).map(Text)
        | st.builds(Member, st.sampled_from(NAMES), st.sampled_from(NAMES))
        | literals().map(Percent),
        _written,
        max_leaves=20,
    ).filter(_is_readable)


def pools() -> SearchStrategy[Mapping[str, list[Fraction | None]]]:
    """Per variable a handful of figures, among them gaps, zeros, negatives and fractions."""
    figure = (
        st.integers(-3, 4).map(Fraction)
        | st.integers(-9, 60).map(Fraction)
        | st.fractions(-60, 60, max_denominator=40)
        | st.just(Fraction(0))
    )
    mostly = st.one_of(*[figure] * 8, st.none())
    return st.fixed_dictionaries({name: st.lists(mostly, min_size=5, max_size=5) for name in NAMES})


def figures_of(
    pools: Mapping[str, list[Fraction | None]],
) -> Callable[[str, Period], Fraction | None]:
    """A figure for every variable in every period of any frequency, from its pool."""

    def figure(name: str, period: Period) -> Fraction | None:
        return pools[name][(period.year * 12 + period.within_year) % len(pools[name])]

    return figure


def _grown(names: tuple[str, ...], grow: Callable[[Trees], Trees]) -> Trees:
    """Never a bare leaf. Deferred, because printed strategies of this depth fill pages."""

    def strategy() -> Trees:
        inner = st.recursive(_leaves(names), grow, max_leaves=LEAVES)
        return grow(grow(inner) | inner)

    return st.deferred(strategy)


def _leaves(names: tuple[str, ...]) -> Trees:
    return inputs(names) | inputs(names) | literals().map(Number)


def _plain(parts: Trees) -> Trees:
    operators = st.sampled_from(["+", "-", "*", "/", "/"])
    exponents = st.integers(0, 4).map(lambda n: Number(Fraction(n)))
    powers = st.builds(
        lambda base, exponent: Binary("^", base, exponent),
        parts,
        exponents | st.integers(1, 3).map(lambda n: Negate(Number(Fraction(n)))),
    )
    return st.builds(Binary, operators, parts, parts) | st.builds(Negate, parts) | powers


def _written(parts: Trees) -> Trees:
    logic = st.sampled_from(["and", "or"])
    operators = st.sampled_from(["+", "-", "*", "/", "^"])
    comparisons = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    names = st.sampled_from(["f", "growth_rate", "round"])
    aggregates = st.sampled_from(["count", "sum", "mean", "min", "max", "stdev", "stdev_pop"])
    named = st.dictionaries(st.sampled_from(["over", "per", "base"]), parts, max_size=2)
    periods = st.sampled_from([*PERIODS, Name("base")])
    return (
        st.builds(Binary, operators, parts, parts)
        | st.builds(Negate, parts)
        | st.builds(Not, parts)
        | st.builds(Logic, logic, parts, parts)
        | st.builds(Compare, comparisons, parts, parts)
        | st.builds(If, parts, parts, parts)
        | st.builds(Lag, parts, st.integers(1, 120), st.just(0))
        | st.builds(Lag, parts, st.just(0), st.integers(1, 120))
        | st.builds(At, parts, periods)
        | st.builds(Over, st.sampled_from(["total", "mean"]), parts, st.just(Name("d")))
        | st.builds(Aggregate, aggregates, parts, st.none() | parts)
        | st.builds(
            lambda name, found, extra: Call(name, tuple(found), tuple(extra.items())),
            names,
            st.lists(parts, max_size=3),
            named,
        )
    )


def _is_readable(tree: Node) -> bool:
    """Whether the grammar makes such a tree: a percent literal is refused as a factor."""
    from iku_engine.language.invariants import misplaced_percents

    return not any(misplaced_percents(tree))


def _call(name: str, parts: Trees, *further: Node) -> Trees:
    return parts.map(lambda part: Call(name, (part, *further)))
