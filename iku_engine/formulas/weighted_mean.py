"""`weighted_mean(x, weight, ...)`: the mean of figures, each counted as its weight says."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.formulas.model import Formula, FormulaExample
from iku_engine.formulas.weighted_score import PAIR, sum_of, weighted_sum
from iku_engine.language.model import Binary, Node


def _weighted_mean(arguments: Sequence[Node]) -> Node:
    return Binary("/", weighted_sum(arguments), sum_of(arguments[1::2]))


WEIGHTED_MEAN = Formula(
    name="weighted_mean",
    title="Weighted mean",
    title_id="Rata-rata tertimbang",
    meaning=(
        "The mean of figures, each as often as its weight says; the weights are divided by their "
        "sum, so they need not add up to 1."
    ),
    parameters=PAIR,
    body=_weighted_mean,
    unit="same",
    variadic=True,
    examples=(
        FormulaExample("weighted_mean(a, 3, b, 1)", {"a": "80", "b": "60"}, "75"),
        FormulaExample(
            "weighted_mean(a, v, b, w)",
            {"a": "1", "v": "0", "b": "2", "w": "0"},
            "undefined",
            "weights without a sum",
        ),
    ),
)
