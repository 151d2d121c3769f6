"""`stabilise`: the nearer the actual is to the target, the better."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

STABILISE = Formula(
    name="stabilise",
    title="Nearer the target is better",
    title_id="Semakin dekat ke target semakin baik",
    meaning=(
        "100 where the actual is the target, and less by each percent of the target that it "
        "lies above or below. Below 0 from twice the target on. A target of 0 leaves it "
        "undefined."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target", "the promised value"),
    ),
    body="100% - abs((actual - target) / target) * 100%",
    unit="%",
    examples=(
        FormulaExample("stabilise(actual, target)", {"actual": "10", "target": "10"}, "100"),
        FormulaExample("stabilise(actual, target)", {"actual": "8", "target": "10"}, "80"),
        FormulaExample("stabilise(actual, target)", {"actual": "12", "target": "10"}, "80"),
        FormulaExample("stabilise(actual, target)", {"actual": "25", "target": "10"}, "-50"),
        FormulaExample("stabilise(actual, target)", {"actual": "5", "target": "0"}, "undefined"),
    ),
    reference=(
        "polarisasi stabilize, Kementerian Keuangan (KMK 467/2014, KMK 300/2022: read by "
        "title only)"
    ),
)
