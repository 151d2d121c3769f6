"""`difference(a, b)`: what the first figure has more than the second, in their unit."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

DIFFERENCE = Formula(
    name="difference",
    title="Difference",
    title_id="Selisih",
    meaning="The first figure less the second; `difference(x, x[t-1])` is the change in units.",
    parameters=(Parameter("a", "the figure"), Parameter("b", "what it is compared with")),
    body="a - b",
    unit="same",
    examples=(
        FormulaExample("difference(a, b)", {"a": "120", "b": "150"}, "-30"),
        FormulaExample("difference(x, x[t-1])", {"x": "12", "x[t-1]": ""}, "missing"),
    ),
)
