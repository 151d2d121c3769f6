"""`share_of_change(part, whole)`: how much of the whole's change a part accounts for."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

SHARE_OF_CHANGE = Formula(
    name="share_of_change",
    title="Share of the change",
    title_id="Andil terhadap perubahan",
    meaning="The change of a part over one period in percent of the change of the whole.",
    parameters=(Parameter("part", "one part"), Parameter("whole", "the sum of all parts")),
    body="(part - part[t-1]) / (whole - whole[t-1]) * 100%",
    unit="%",
    examples=(
        FormulaExample(
            "share_of_change(a, b)",
            {"a": "30", "a[t-1]": "20", "b": "240", "b[t-1]": "200"},
            "25",
        ),
        FormulaExample(
            "share_of_change(a, b)",
            {"a": "30", "a[t-1]": "20", "b": "200", "b[t-1]": "200"},
            "undefined",
            "the whole did not change",
        ),
    ),
)
