"""`saving`: how much less than the target, in percent of it."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

SAVING = Formula(
    name="saving",
    title="Share of the target that was not used",
    title_id="Bagian target yang tidak terpakai",
    meaning=(
        "How far the actual stays below the target, in percent of the target. Meeting the "
        "target exactly gives 0, so it is comparable with no other method: an average over "
        "indicators must not mix it with them. A target of 0 leaves it undefined."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target", "the promised value"),
    ),
    body="(target - actual) / target * 100%",
    unit="%",
    examples=(
        FormulaExample("saving(actual, target)", {"actual": "5", "target": "10"}, "50"),
        FormulaExample("saving(actual, target)", {"actual": "10", "target": "10"}, "0"),
        FormulaExample("saving(actual, target)", {"actual": "12", "target": "10"}, "-20"),
        FormulaExample("saving(actual, target)", {"actual": "0", "target": "0"}, "undefined"),
    ),
    reference=(
        "capaian = (target akhir - akumulasi realisasi) / target akhir x 100, yearly in "
        "public evaluation applications"
    ),
)
