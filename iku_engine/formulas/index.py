"""`index(x, base: 2018)`: the level of a series where the base period is 100."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind

INDEX = Formula(
    name="index",
    title="Index",
    title_id="Indeks (periode dasar = 100)",
    meaning="The figure relative to one fixed base period, which is 100.",
    parameters=(
        Parameter("x", "the series"),
        Parameter("base", "the period that is 100", ParameterKind.PERIOD),
    ),
    body="x / x[base] * 100",
    unit="indeks",
    base="x[base]",
    examples=(
        FormulaExample("index(x, base: 2018)", {"x": "150", "x[2018]": "120"}, "125"),
        FormulaExample("index(x, base: 2018)", {"x": "150", "x[2018]": "0"}, "undefined"),
    ),
)
