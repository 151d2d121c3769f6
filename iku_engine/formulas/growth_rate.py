"""`growth_rate(x)`: the change over the period or year before, in percent of it."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind

GROWTH_RATE = Formula(
    name="growth_rate",
    title="Growth rate",
    title_id="Laju pertumbuhan",
    meaning=(
        "How much larger the figure is than one period before (`over: period`) or than in the "
        "same period of the year before (`over: year`), in percent of that earlier figure. The "
        "earlier period is the calendar's, never the row before."
    ),
    parameters=(
        Parameter("x", "the series that grows"),
        Parameter(
            "over",
            "what it is compared with",
            ParameterKind.CHOICE,
            default="period",
            choices=("period", "year"),
        ),
    ),
    body={
        "period": "(x - x[t-1]) / x[t-1] * 100%",
        "year": "(x - x[y-1]) / x[y-1] * 100%",
    },
    unit="%",
    base={"period": "x[t-1]", "year": "x[y-1]"},
    examples=(
        FormulaExample("growth_rate(x)", {"x": "110", "x[t-1]": "100"}, "10"),
        FormulaExample("growth_rate(x, over: year)", {"x": "90", "x[y-1]": "120"}, "-25"),
        FormulaExample("growth_rate(x)", {"x": "5", "x[t-1]": "0"}, "undefined", "no base"),
        FormulaExample(
            "growth_rate(x)", {"x": "5", "x[t-1]": "-5"}, "-200", "marked `negative_base`"
        ),
        FormulaExample(
            "growth_rate(x, negative_base: undefined)", {"x": "5", "x[t-1]": "-5"}, "undefined"
        ),
        FormulaExample("growth_rate(x)", {"x": "5", "x[t-1]": ""}, "missing"),
    ),
    reference="Badan Pusat Statistik (BPS), laju pertumbuhan PDRB",
)
