"""`decline_rate(x)`: how far the figure fell, in percent of what it was."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind

DECLINE_RATE = Formula(
    name="decline_rate",
    title="Rate of decline",
    title_id="Persentase penurunan",
    meaning=(
        "How much smaller the figure is than one period (or year) before, in percent of that "
        "earlier figure: a fall is positive. Used for complaints, losses and arrears."
    ),
    parameters=(
        Parameter("x", "the series that should fall"),
        Parameter(
            "over",
            "what it is compared with",
            ParameterKind.CHOICE,
            default="period",
            choices=("period", "year"),
        ),
    ),
    body={
        "period": "(x[t-1] - x) / x[t-1] * 100%",
        "year": "(x[y-1] - x) / x[y-1] * 100%",
    },
    unit="%",
    base={"period": "x[t-1]", "year": "x[y-1]"},
    examples=(
        FormulaExample("decline_rate(x)", {"x": "75", "x[t-1]": "100"}, "25"),
        FormulaExample("decline_rate(x)", {"x": "0", "x[t-1]": "0"}, "undefined", "no base"),
    ),
)
