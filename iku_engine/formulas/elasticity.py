"""`elasticity(y, x)`: by how many percent y changes where x changes by one."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

ELASTICITY = Formula(
    name="elasticity",
    title="Elasticity",
    title_id="Elastisitas",
    meaning=(
        "The growth of the first series over one period divided by the growth of the second: "
        "jobs against output, say."
    ),
    parameters=(Parameter("y", "what responds"), Parameter("x", "what it responds to")),
    body="((y - y[t-1]) / y[t-1]) / ((x - x[t-1]) / x[t-1])",
    unit="",
    examples=(
        FormulaExample(
            "elasticity(y, x)", {"y": "102", "y[t-1]": "100", "x": "105", "x[t-1]": "100"}, "0.4"
        ),
        FormulaExample(
            "elasticity(y, x)",
            {"y": "102", "y[t-1]": "100", "x": "5", "x[t-1]": "5"},
            "undefined",
            "x did not change",
        ),
    ),
    reference="BPS and Kemnaker, elastisitas kesempatan kerja",
)
