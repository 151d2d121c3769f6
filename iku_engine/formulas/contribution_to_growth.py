"""`contribution_to_growth(part, whole)`: the points of the whole's growth that a part brought."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

CONTRIBUTION_TO_GROWTH = Formula(
    name="contribution_to_growth",
    title="Contribution to growth",
    title_id="Sumber pertumbuhan",
    meaning=(
        "The change of a part in percent of the whole one period before; the contributions of "
        "all parts add up to the growth of the whole."
    ),
    parameters=(Parameter("part", "one part"), Parameter("whole", "the sum of all parts")),
    body="(part - part[t-1]) / whole[t-1] * 100%",
    unit="%",
    base="whole[t-1]",
    examples=(
        FormulaExample(
            "contribution_to_growth(a, b)", {"a": "30", "a[t-1]": "20", "b[t-1]": "200"}, "5"
        ),
        FormulaExample(
            "contribution_to_growth(a, b)", {"a": "3", "a[t-1]": "2", "b[t-1]": "0"}, "undefined"
        ),
    ),
    reference="Badan Pusat Statistik (BPS), sumber pertumbuhan PDRB",
)
