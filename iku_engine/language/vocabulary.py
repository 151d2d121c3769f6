"""The words of the language: what cannot name a variable, and what each function takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

AGGREGATES = frozenset({"count", "sum", "mean", "min", "max", "stdev", "stdev_pop", "gini"})
"""Functions over records."""

OVER_DIMENSION = frozenset({"total", "mean"})
"""Functions over the members of a dimension."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language itself: what its arguments are and what it does.

    `literal` gives the positions of arguments that must be literal figures, `scale` of those
    that name a rating scale.
    """

    name: str
    signature: str
    meaning: str
    meaning_id: str
    least: int
    most: int
    literal: frozenset[int] = frozenset()
    scale: frozenset[int] = frozenset()


_MANY = 64

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.name: function
        for function in (
            Function("abs", "abs(x)", "size without sign", "nilai mutlak", 1, 1),
            Function("min", "min(a, b, ...)", "the smallest", "yang terkecil", 2, _MANY),
            Function("max", "max(a, b, ...)", "the largest", "yang terbesar", 2, _MANY),
            Function("sqrt", "sqrt(x)", "square root", "akar kuadrat", 1, 1),
            Function("root", "root(x, n)", "n-th root", "akar ke-n", 2, 2, frozenset({1})),
            Function("ln", "ln(x)", "natural logarithm", "logaritma natural", 1, 1),
            Function("log10", "log10(x)", "logarithm to base 10", "logaritma basis 10", 1, 1),
            Function("exp", "exp(x)", "e to the power x", "e pangkat x", 1, 1),
            Function(
                "round", "round(x, digits)",
                "rounded, halves away from zero, where a regulation says so",
                "dibulatkan, setengah menjauhi nol, bila diatur", 1, 2, frozenset({1}),
            ),
            Function(
                "score", "score(x, scale)", "score of the band that holds x",
                "skor dari rentang yang memuat x", 2, 2, scale=frozenset({1}),
            ),
            Function(
                "rating", "rating(x, scale)", "label of the band that holds x",
                "predikat dari rentang yang memuat x", 2, 2, scale=frozenset({1}),
            ),
            Function(
                "ytd", "ytd(x)", "sum from the first period of the year to this one",
                "jumlah sejak awal tahun sampai periode ini", 1, 1,
            ),
            Function(
                "annual", "annual(x)", "value of the year that holds the period",
                "nilai tahun yang memuat periode ini", 1, 1,
            ),
        )
    }
)  # fmt: skip

RESERVED = frozenset({"and", "or", "not", "if", "over", "where", "total", *AGGREGATES, *FUNCTIONS})
"""Words that no variable, indicator, record set, formula or parameter may have as its id."""
