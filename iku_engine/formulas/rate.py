"""`rate(part, population, per: n)`: how many among every 100, 1,000 or 100,000."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind

RATE = Formula(
    name="rate",
    title="Rate per n",
    title_id="Angka per n penduduk",
    meaning="How many of the part there are among every `per` of the population.",
    parameters=(
        Parameter("part", "what is counted"),
        Parameter("population", "among whom"),
        Parameter("per", "100, 1000, 100000, ...", ParameterKind.NUMBER, default="100"),
    ),
    body="part / population * per",
    unit="",
    base="population",
    examples=(
        FormulaExample("rate(a, b, per: 100000)", {"a": "3", "b": "200000"}, "1.5"),
        FormulaExample("rate(a, b)", {"a": "1", "b": "8"}, "12.5"),
        FormulaExample("rate(a, b, per: 1000)", {"a": "1", "b": "0"}, "undefined"),
    ),
)
