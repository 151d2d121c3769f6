"""`average_growth(x, n)`: the steady growth over n periods that leads to the same level."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind
from iku_engine.language.model import Binary, Lag, Node, Number, Percent

_MOST_PERIODS = 60


def _average_growth(arguments: Sequence[Node]) -> Node:
    x, count = arguments
    periods = count.value if isinstance(count, Number) else Fraction(0)
    if periods.denominator != 1 or not 1 <= periods <= _MOST_PERIODS:
        raise ValueError(f"`n` is a whole number of periods from 1 to {_MOST_PERIODS}")
    ratio = Binary("/", x, Lag(x, int(periods), 0))
    steady = Binary("^", ratio, Number(1 / periods)) if periods > 1 else ratio
    change = Binary("-", steady, Number(Fraction(1)))
    return Binary("*", change, Percent(Fraction(100)))


AVERAGE_GROWTH = Formula(
    name="average_growth",
    title="Average growth (compound)",
    title_id="Rata-rata laju pertumbuhan (majemuk)",
    meaning=(
        "The growth rate that, applied in each of n periods, leads from the level n periods "
        "before to the one now. It is exact where the root is rational, else to 50 digits."
    ),
    parameters=(
        Parameter("x", "the series that grows"),
        Parameter("n", "how many periods, 1 to 60", ParameterKind.NUMBER),
    ),
    body=_average_growth,
    unit="%",
    examples=(
        FormulaExample("average_growth(x, 2)", {"x": "121", "x[t-2]": "100"}, "10"),
        FormulaExample("average_growth(x, 3)", {"x": "200", "x[t-3]": "100"}, "25.9921"),
        FormulaExample("average_growth(x, 2)", {"x": "5", "x[t-2]": "0"}, "undefined"),
    ),
    reference="Badan Pusat Statistik (BPS), rata-rata laju pertumbuhan per tahun (geometrik)",
)
