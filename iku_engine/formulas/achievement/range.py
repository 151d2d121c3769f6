"""`range`: 100 inside the promised range, less the further outside."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

RANGE = Formula(
    name="range",
    title="Inside a range, less on both sides of it",
    title_id="Rentang, turun di kedua sisinya",
    meaning=(
        "100 from the lower to the upper bound, both included. Outside, the nearer bound is the "
        "target: below the range the actual in percent of the lower bound, above it twice the "
        "upper bound less the actual, in percent of the upper bound. A bound of 0 that is "
        "measured against leaves it undefined. A target of one figure is a range of that figure "
        "alone."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target_low", "the lower end of the promised range"),
        Parameter("target_high", "the upper end of the promised range"),
    ),
    body=(
        "if(actual < target_low, actual / target_low * 100%, "
        "if(actual > target_high, (2 * target_high - actual) / target_high * 100%, 100%))"
    ),
    unit="%",
    examples=(
        FormulaExample(
            "range(actual, target_low, target_high)",
            {"actual": "7.5", "target_low": "7", "target_high": "8"},
            "100",
        ),
        FormulaExample(
            "range(actual, target_low, target_high)",
            {"actual": "8", "target_low": "7", "target_high": "8"},
            "100",
        ),
        FormulaExample(
            "range(actual, target_low, target_high)",
            {"actual": "5.6", "target_low": "7", "target_high": "8"},
            "80",
        ),
        FormulaExample(
            "range(actual, target_low, target_high)",
            {"actual": "10", "target_low": "7", "target_high": "8"},
            "75",
        ),
        FormulaExample(
            "range(actual, target_low, target_high)",
            {"actual": "1", "target_low": "0", "target_high": "0"},
            "undefined",
        ),
    ),
    reference="PermenPANRB 8/2021, lampiran: target berupa rentang, batas terdekat sebagai target",
)
