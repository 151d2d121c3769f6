"""`nilai_iki(capaian)`: the value that PermenPANRB 8/2021 gives an achievement, as far as read.

The bands below 100 and above 110 were read; how 100 to 110 is valued was not. There the value is
undefined, with a reason of its own: a plausible figure would be worse than none.
"""

from __future__ import annotations

from fractions import Fraction

from iku_engine.formulas.model import Formula, FormulaExample, Function, Parameter, Refused

REFERENCE = (
    "PermenPANRB 8/2021, lampiran, nilai capaian indikator kinerja individu; the band from 100 to "
    "110 percent was not read"
)
_CAPAIAN = Parameter("capaian", "the achievement, in percent")
_CALL = "nilai_iki(c)"


def _not_read(_capaian: Fraction) -> Refused:
    return Refused("band_not_read")


VALUE_NOT_READ = Function(
    name="nilai_iki_belum_dibaca",
    title="Value that was not read in the regulation",
    title_id="Nilai yang belum dibaca dalam peraturan",
    meaning="No value, for the reason `band_not_read`: the part of the table for it was not read.",
    parameters=(_CAPAIAN,),
    compute=_not_read,
    unit="%",
    examples=(FormulaExample("nilai_iki_belum_dibaca(c)", {"c": "105"}, "undefined"),),
    reference=REFERENCE,
)

VALUE = Formula(
    name="nilai_iki",
    title="Value of an individual achievement",
    title_id="Nilai capaian indikator kinerja individu",
    meaning=(
        "More than 110 percent is valued 120; 80 to 99 runs from 70 to 89, 60 to 79 from 50 to "
        "69, and below 60 it is the percentage times 49/59. The table prints whole percentages: "
        "between them (79.5, 99.5) the line of the lower band goes on. From 100 to 110 percent "
        "the value is undefined, because that part of the table was not read."
    ),
    parameters=(_CAPAIAN,),
    body=(
        "if(capaian > 110%, 120%, "
        "if(capaian >= 100%, nilai_iki_belum_dibaca(capaian), "
        "if(capaian >= 80%, 70% + (89 - 70) / (99 - 80) * (capaian - 80%), "
        "if(capaian >= 60%, 50% + (69 - 50) / (79 - 60) * (capaian - 60%), "
        "capaian / 59 * 49))))"
    ),
    unit="%",
    examples=(
        FormulaExample(_CALL, {"c": "110.01"}, "120"),
        FormulaExample(_CALL, {"c": "110"}, "undefined"),
        FormulaExample(_CALL, {"c": "100"}, "undefined", "the band was not read"),
        FormulaExample(_CALL, {"c": "99"}, "89"),
        FormulaExample(_CALL, {"c": "80"}, "70"),
        FormulaExample(_CALL, {"c": "79"}, "69"),
        FormulaExample(_CALL, {"c": "60"}, "50"),
        FormulaExample(_CALL, {"c": "59"}, "49"),
        FormulaExample(_CALL, {"c": "0"}, "0"),
    ),
    reference=REFERENCE,
)
