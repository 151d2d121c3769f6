"""`range_linear`: a range as the target where less is better."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

RANGE_LINEAR = Formula(
    name="range_linear",
    title="A range, lower is better",
    title_id="Rentang untuk indikator yang menurun",
    meaning=(
        "100 from the lower to the upper bound, both included. Outside, twice the nearer bound "
        "less the actual, in percent of that bound: more than 100 below the range, less above "
        "it. A bound of 0 that is measured against leaves it undefined. For a target of one "
        "figure it is `linear`."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target_low", "the lower end of the promised range"),
        Parameter("target_high", "the upper end of the promised range"),
    ),
    body=(
        "if(actual < target_low, (2 * target_low - actual) / target_low * 100%, "
        "if(actual > target_high, (2 * target_high - actual) / target_high * 100%, 100%))"
    ),
    unit="%",
    examples=(
        FormulaExample(
            "range_linear(actual, target_low, target_high)",
            {"actual": "7.5", "target_low": "7", "target_high": "8"},
            "100",
        ),
        FormulaExample(
            "range_linear(actual, target_low, target_high)",
            {"actual": "5.6", "target_low": "7", "target_high": "8"},
            "120",
        ),
        FormulaExample(
            "range_linear(actual, target_low, target_high)",
            {"actual": "10", "target_low": "7", "target_high": "8"},
            "75",
        ),
        FormulaExample(
            "range_linear(actual, target_low, target_high)",
            {"actual": "1", "target_low": "0", "target_high": "0"},
            "undefined",
        ),
    ),
    reference="PermenPANRB 8/2021, lampiran: target berupa rentang, kondisi khusus",
)
