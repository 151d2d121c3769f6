"""`linear`: for indicators where less is better, as far below 200 as the actual is above 0."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

LINEAR = Formula(
    name="linear",
    title="Linear, lower is better",
    title_id="Linear untuk indikator yang menurun",
    meaning=(
        "Twice the target less the actual, in percent of the target: 100 where the target is "
        "met exactly, more below it, less above it. A target of 0 leaves it undefined."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target", "the promised value"),
    ),
    body="(2 * target - actual) / target * 100%",
    unit="%",
    examples=(
        FormulaExample("linear(actual, target)", {"actual": "5", "target": "10"}, "150"),
        FormulaExample("linear(actual, target)", {"actual": "25", "target": "10"}, "-50"),
        FormulaExample("linear(actual, target)", {"actual": "0", "target": "0"}, "undefined"),
    ),
    reference="PermenPANRB 8/2021, lampiran; LKjIP Kabupaten Maluku Tengah 2021",
)
