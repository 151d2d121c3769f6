"""Random formulas over a few variables: as text, and computed a second way by these tests."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from hypothesis import strategies as st

from iku_engine import Engine, Period
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.sources.model import Data, Key, Observation, Origin

NOW = Period.of(2021)
Tree: TypeAlias = str | int | tuple[str, "Tree", "Tree"]

_HEAD = """
iku: 1
owner: dinas
owners: {dinas: {title: Dinas contoh}}
scales:
  mutu:
    bands:
      - {label: Kurang, range: "x < 2", score: -3}
      - {label: Cukup, range: "2 <= x < 5", score: 4}
      - {label: Baik, range: "x >= 6", score: 10}
variables:
  a: {label: Bagian, unit: UNIT}
  b: {label: Keseluruhan, unit: UNIT}
  c: {label: Lain, unit: UNIT}
indicators:
"""


def engine_of(counted: bool = False, /, **formulas: str) -> Engine:
    """A catalog of indicators with these formulas, higher being better.

    Its variables are counts, or else indices that may be below 0.
    """
    head = _HEAD.replace("UNIT", "orang" if counted else "indeks")
    lines = [
        f'  {name}: {{name: {name}, formula: "{text}", unit: poin, polarity: higher}}'
        for name, text in formulas.items()
    ]
    return Engine.from_text(head + "\n".join(lines), discover=False)


def run_of(engine: Engine, figures: Mapping[str, Fraction | int | None]) -> ExactEvaluation:
    """A run over figures by name, `a` or `a@2020`."""
    observations: dict[Key, Observation] = {}
    for name, value in figures.items():
        variable, _, period = name.partition("@")
        key: Key = (variable, Period.parse(period) if period else NOW, ())
        if value is not None:
            observations[key] = Observation(*key, Fraction(value), Origin("memory", "", 1, name))
    return ExactEvaluation(engine.binding, Data(observations))


def figures() -> st.SearchStrategy[Fraction]:
    return st.fractions(-20, 20, max_denominator=4)


def plain_trees() -> st.SearchStrategy[Tree]:
    """Arithmetic only."""
    leaves = st.sampled_from(["a", "b", "c"]) | st.integers(1, 9)
    return st.recursive(
        leaves,
        lambda inner: st.tuples(st.sampled_from("+-*/"), inner, inner),
        max_leaves=6,
    )


def branching_texts() -> st.SearchStrategy[str]:
    """Formulas with branches, extremes, bands and rounding inside."""
    plain = plain_trees().map(text_of)
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.tuples(inner, inner, inner, inner).map(
                lambda t: f"if({t[0]} > {t[1]} or not {t[2]} <= 3, {t[2]}, {t[3]})"
            ),
            st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
                lambda t: f"{t[0]}({t[1]}, {t[2]})"
            ),
            inner.map(lambda t: f"abs({t})"),
            inner.map(lambda t: f"round({t}, 1)"),
            inner.map(lambda t: f"score({t}, mutu)"),
            st.tuples(st.sampled_from("+-*/"), inner, inner).map(
                lambda t: f"({t[1]} {t[0]} {t[2]})"
            ),
        ),
        max_leaves=3,
    )


def text_of(tree: Tree) -> str:
    if isinstance(tree, tuple):
        return f"({text_of(tree[1])} {tree[0]} {text_of(tree[2])})"
    return str(tree)


class Dual:
    """A figure with its derivative, by the rules of calculus and nothing else."""

    def __init__(self, value: Fraction, slope: Fraction) -> None:
        self.value, self.slope = value, slope


def derived(tree: Tree, figures: Mapping[str, Fraction], by: str) -> Dual:
    """The value and its derivative in one variable; `ZeroDivisionError` outside the domain."""
    if isinstance(tree, str):
        return Dual(figures[tree], Fraction(tree == by))
    if isinstance(tree, int):
        return Dual(Fraction(tree), Fraction(0))
    left, right = derived(tree[1], figures, by), derived(tree[2], figures, by)
    match tree[0]:
        case "+":
            return Dual(left.value + right.value, left.slope + right.slope)
        case "-":
            return Dual(left.value - right.value, left.slope - right.slope)
        case "*":
            return Dual(
                left.value * right.value, left.slope * right.value + left.value * right.slope
            )
    rise = left.slope * right.value - left.value * right.slope
    return Dual(left.value / right.value, rise / right.value**2)
