"""`implicit_growth(current, constant)`: the rate of the implicit price index."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind

IMPLICIT_GROWTH = Formula(
    name="implicit_growth",
    title="Rate of the implicit price index",
    title_id="Laju pertumbuhan indeks harga implisit",
    meaning=(
        "How much the implicit index, output at current prices in percent of output at constant "
        "prices, grew over the period before (`over: period`) or over the same period of the year "
        "before (`over: year`)."
    ),
    parameters=(
        Parameter("current", "at current prices (adhb)"),
        Parameter("constant", "at constant prices (adhk)"),
        Parameter(
            "over",
            "what it is compared with",
            ParameterKind.CHOICE,
            default="period",
            choices=("period", "year"),
        ),
    ),
    body={
        "period": "growth_rate(implicit_index(current, constant))",
        "year": "growth_rate(implicit_index(current, constant), over: year)",
    },
    unit="%",
    examples=(
        FormulaExample(
            "implicit_growth(a, b)",
            {"a": "132", "b": "120", "a[t-1]": "100", "b[t-1]": "100"},
            "10",
        ),
        FormulaExample(
            "implicit_growth(a, b, over: year)",
            {"a": "90", "b": "100", "a[y-1]": "120", "b[y-1]": "100"},
            "-25",
        ),
        FormulaExample(
            "implicit_growth(a, b)", {"a": "1", "b": "1", "a[t-1]": "0", "b[t-1]": "0"}, "undefined"
        ),
    ),
    reference="Badan Pusat Statistik (BPS), laju indeks implisit PDRB",
)
