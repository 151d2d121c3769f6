"""`nilai_capaian_iki`: the value that PermenPANRB 8/2021 gives an achievement, as far as read.

The bands below 100 and above 110 were read; how 100 to 110 is valued was not. There the value is
undefined: a plausible figure would be worse than none.
"""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

# `1 / 0` is how a formula says that it has no value: the bands above and below are known.
_ACHIEVEMENT = "(actual / target * 100)"
_BODY = (
    f"if({_ACHIEVEMENT} > 110, 120, "
    f"if({_ACHIEVEMENT} >= 100, 1 / 0, "
    f"if({_ACHIEVEMENT} >= 80, 70 + (89 - 70) / (99 - 80) * ({_ACHIEVEMENT} - 80), "
    f"if({_ACHIEVEMENT} >= 60, 50 + (69 - 50) / (79 - 60) * ({_ACHIEVEMENT} - 60), "
    f"{_ACHIEVEMENT} / 59 * 49))))"
)

NILAI_CAPAIAN = Formula(
    name="nilai_capaian_iki",
    title="Value of an individual achievement",
    title_id="Nilai capaian indikator kinerja individu",
    meaning=(
        "More than 110 percent of the target is valued 120; 80 up to 100 runs from 70, 60 up to "
        "80 from 50, and below 60 it is the percentage times 49/59. From 100 to 110 percent the "
        "regulation's table was not read, and the value is undefined."
    ),
    parameters=(
        Parameter("actual", "the computed value"),
        Parameter("target", "the promised value"),
    ),
    body=_BODY,
    unit="%",
    examples=(
        FormulaExample(
            "nilai_capaian_iki(actual, target)", {"actual": "56", "target": "50"}, "120"
        ),
        FormulaExample("nilai_capaian_iki(actual, target)", {"actual": "45", "target": "50"}, "80"),
        FormulaExample("nilai_capaian_iki(actual, target)", {"actual": "35", "target": "50"}, "60"),
        FormulaExample(
            "nilai_capaian_iki(actual, target)", {"actual": "29.5", "target": "50"}, "49"
        ),
        FormulaExample(
            "nilai_capaian_iki(actual, target)",
            {"actual": "50", "target": "50"},
            "undefined",
            "the band from 100 to 110 percent was not read",
        ),
    ),
    reference="PermenPANRB 8/2021, lampiran, nilai capaian indikator kinerja individu",
)
