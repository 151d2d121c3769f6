"""`inverse_ratio`: the target in percent of the actual, for indicators where less is better."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

INVERSE_RATIO = Formula(
    name="inverse_ratio",
    title="Target over actual, lower is better",
    title_id="Target terhadap realisasi untuk indikator yang menurun",
    meaning=(
        "The target in percent of the actual: 100 where the target is met exactly, and twice as "
        "much for half the actual. An actual of 0 leaves it undefined; declare `zero_actual` to "
        "say what it is worth. It agrees with `linear` at 100 only."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target", "the promised value"),
    ),
    body="target / actual * 100%",
    unit="%",
    examples=(
        FormulaExample("inverse_ratio(actual, target)", {"actual": "5", "target": "10"}, "200"),
        FormulaExample("inverse_ratio(actual, target)", {"actual": "20", "target": "10"}, "50"),
        FormulaExample("inverse_ratio(actual, target)", {"actual": "5", "target": "0"}, "0"),
        FormulaExample(
            "inverse_ratio(actual, target)", {"actual": "0", "target": "10"}, "undefined"
        ),
    ),
    reference=(
        "capaian = target / realisasi x 100, in public e-SAKIP applications for indicators "
        "that should fall"
    ),
)
