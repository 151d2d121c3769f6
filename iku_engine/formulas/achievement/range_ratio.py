"""`range_ratio`: a range as the target where more is better."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

RANGE_RATIO = Formula(
    name="range_ratio",
    title="A range, higher is better",
    title_id="Rentang untuk indikator yang naik",
    meaning=(
        "100 from the lower to the upper bound, both included. Outside, the actual in percent "
        "of the nearer bound: less than 100 below the range, more above it. A bound of 0 that "
        "is measured against leaves it undefined. For a target of one figure it is `ratio`."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target_low", "the lower end of the promised range"),
        Parameter("target_high", "the upper end of the promised range"),
    ),
    body=(
        "if(actual < target_low, actual / target_low * 100%, "
        "if(actual > target_high, actual / target_high * 100%, 100%))"
    ),
    unit="%",
    examples=(
        FormulaExample(
            "range_ratio(actual, target_low, target_high)",
            {"actual": "7.5", "target_low": "7", "target_high": "8"},
            "100",
        ),
        FormulaExample(
            "range_ratio(actual, target_low, target_high)",
            {"actual": "5.6", "target_low": "7", "target_high": "8"},
            "80",
        ),
        FormulaExample(
            "range_ratio(actual, target_low, target_high)",
            {"actual": "10", "target_low": "7", "target_high": "8"},
            "125",
        ),
        FormulaExample(
            "range_ratio(actual, target_low, target_high)",
            {"actual": "1", "target_low": "0", "target_high": "0"},
            "undefined",
        ),
    ),
    reference="PermenPANRB 8/2021, lampiran: target berupa rentang, batas terdekat sebagai target",
)
