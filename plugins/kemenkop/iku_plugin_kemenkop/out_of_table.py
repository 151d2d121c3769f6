"""No value, with the reason: for what a table does not hold, and for a figure of the wrong sign."""

from __future__ import annotations

from fractions import Fraction

from iku_engine.formulas.model import FormulaExample, Function, Parameter, Refused

OUTSIDE = "outside_the_table"
"""The reason why there is no value."""


NEGATIVE = "negative_amount"
"""The reason of an amount below 0 that cannot be: loans, expenses, savings."""


def _refused(_figure: Fraction) -> Refused:
    return Refused(OUTSIDE)


def _negative(_figure: Fraction) -> Refused:
    return Refused(NEGATIVE)


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

NEGATIVE_AMOUNT = Function(
    name="koperasi_angka_negatif",
    title="No value: an amount below 0",
    title_id="Tanpa nilai: angka negatif",
    meaning=(
        f"No value, for the reason `{NEGATIVE}`: an amount that cannot be below 0, such as an "
        "expense that a ledger exports with a minus sign."
    ),
    parameters=(Parameter("x", "the lowest of the amounts"),),
    compute=_negative,
    examples=(FormulaExample("koperasi_angka_negatif(x)", {"x": "-13"}, "undefined"),),
)

FUNCTIONS = (OUT_OF_TABLE, NEGATIVE_AMOUNT)
