"""`reported(x)`: a figure taken as it was reported, computed from nothing else."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

REPORTED = Formula(
    name="reported",
    title="Reported value",
    title_id="Nilai yang dilaporkan",
    meaning="The figure as its source reports it; decrees write `cukup jelas` or `Data BPS`.",
    parameters=(Parameter("x", "the reported series"),),
    body="x",
    unit="same",
    examples=(
        FormulaExample("reported(x)", {"x": "806.05"}, "806.05"),
        FormulaExample("reported(x)", {"x": ""}, "missing", "nothing was reported"),
    ),
)
