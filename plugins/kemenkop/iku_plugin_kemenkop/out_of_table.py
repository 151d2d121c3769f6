"""`koperasi_tanpa_nilai(x)`: no value, for what a regulation's table does not hold."""

from __future__ import annotations

from fractions import Fraction

from iku_engine.formulas.model import FormulaExample, Function, Parameter, Refused

OUTSIDE = "outside_the_table"
"""The reason why there is no value."""


def _refused(_figure: Fraction) -> Refused:
    return Refused(OUTSIDE)


OUT_OF_TABLE = Function(
    name="koperasi_tanpa_nilai",
    title="No value: outside the table",
    title_id="Tanpa nilai: di luar tabel",
    meaning=(
        f"No value, for the reason `{OUTSIDE}`: half an answer, more answers than "
        "questions, or a ratio that cannot be."
    ),
    parameters=(Parameter("x", "the figure that the table does not hold"),),
    compute=_refused,
    examples=(FormulaExample("koperasi_tanpa_nilai(x)", {"x": "13"}, "undefined"),),
)
