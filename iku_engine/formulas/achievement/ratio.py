"""`ratio`: the actual in percent of the target, for indicators where more is better."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

RATIO = Formula(
    name="ratio",
    title="Actual over target",
    title_id="Realisasi terhadap target",
    meaning="The actual in percent of the target. A target of 0 leaves it undefined.",
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target", "the promised value"),
    ),
    body="actual / target * 100%",
    unit="%",
    examples=(
        FormulaExample("ratio(actual, target)", {"actual": "9", "target": "12"}, "75"),
        FormulaExample("ratio(actual, target)", {"actual": "9", "target": "0"}, "undefined"),
    ),
    reference="PermenPANRB 53/2014; capaian = realisasi / target x 100",
)
