"""`share(part, whole)`: a part in percent of its whole."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

SHARE = Formula(
    name="share",
    title="Share",
    title_id="Persentase terhadap keseluruhan",
    meaning="The part in percent of the whole, both in the same unit and period.",
    parameters=(Parameter("part", "what is counted"), Parameter("whole", "what it is part of")),
    body="part / whole * 100%",
    unit="%",
    base="whole",
    examples=(
        FormulaExample("share(a, b)", {"a": "11", "b": "40"}, "27.5"),
        FormulaExample("share(a, b)", {"a": "0", "b": "40"}, "0"),
        FormulaExample("share(a, b)", {"a": "0", "b": "0"}, "undefined", "a share of nothing"),
    ),
    reference="Badan Pusat Statistik (BPS), distribusi persentase PDRB",
)
