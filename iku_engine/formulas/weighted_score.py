"""`weighted_score(x, weight, ...)`: figures times their weights as printed, summed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from iku_engine.formulas.model import Formula, FormulaExample, Parameter
from iku_engine.language.model import Binary, Node


def sum_of(nodes: Sequence[Node]) -> Node:
    """The tree of a sum of one or more trees."""
    return reduce(lambda left, right: Binary("+", left, right), nodes)


def weighted_sum(arguments: Sequence[Node]) -> Node:
    """The tree of figures times weights, summed; they stand in pairs."""
    pairs = zip(arguments[::2], arguments[1::2], strict=True)
    return sum_of([Binary("*", figure, weight) for figure, weight in pairs])


PAIR = (Parameter("x", "a figure"), Parameter("weight", "its weight"))

WEIGHTED_SCORE = Formula(
    name="weighted_score",
    title="Weighted score",
    title_id="Skor tertimbang",
    meaning=(
        "The sum of figures times their weights as printed. Nothing is divided: nine weights of "
        "0.111 make 0.999, as the regulation that prints them has it."
    ),
    parameters=PAIR,
    body=weighted_sum,
    unit="",
    variadic=True,
    examples=(
        FormulaExample("weighted_score(a, 0.3, b, 0.7)", {"a": "80", "b": "60"}, "66"),
        FormulaExample("weighted_score(a, 0.3, b, 0.7)", {"a": "80", "b": ""}, "missing"),
    ),
)
