"""`absorption_gap(achievement, spent, budget)`: how far results run ahead of the money spent."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

ABSORPTION_GAP = Formula(
    name="absorption_gap",
    title="Achievement less budget absorption",
    title_id="Selisih capaian dan serapan anggaran",
    meaning=(
        "The achievement in percent less the share of the budget that was spent: above 0 the "
        "results run ahead of the money."
    ),
    parameters=(
        Parameter("achievement", "the achievement, in percent"),
        Parameter("spent", "the money spent"),
        Parameter("budget", "the money that was planned"),
    ),
    body="achievement - spent / budget * 100%",
    unit="%",
    base="budget",
    examples=(
        FormulaExample("absorption_gap(a, s, b)", {"a": "99.92", "s": "80", "b": "100"}, "19.92"),
        FormulaExample(
            "absorption_gap(a, s, b)", {"a": "100", "s": "0", "b": "0"}, "undefined", "no budget"
        ),
    ),
)
