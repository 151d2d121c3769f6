"""`rata_rata_capaian(capaian, ...)`: the footer of an evaluation form, before its grade."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

from iku_engine.formulas.model import Formula, FormulaExample, Parameter
from iku_engine.language.model import Binary, Node, Number


def _mean(achievements: Sequence[Node]) -> Node:
    total = reduce(lambda left, right: Binary("+", left, right), achievements)
    return Binary("/", total, Number(Fraction(len(achievements))))


MEAN_ACHIEVEMENT = Formula(
    name="rata_rata_capaian",
    title="Mean achievement",
    title_id="Rata-rata capaian kinerja",
    meaning=(
        "The mean of the achievements of a form, each counted once; missing where one of them "
        "is, so that none is left out in silence."
    ),
    parameters=(Parameter("capaian", "an achievement, in percent"),),
    body=_mean,
    unit="same",
    variadic=True,
    examples=(
        FormulaExample("rata_rata_capaian(a, b)", {"a": "62.5", "b": "80"}, "71.25"),
        FormulaExample("rata_rata_capaian(a)", {"a": "62.5"}, "62.5"),
        FormulaExample("rata_rata_capaian(a, b, c)", {"a": "60", "b": "", "c": "90"}, "missing"),
    ),
    reference="Permendagri 86/2017, formulir evaluasi; footer FROM MEMORY, not read",
)
