"""Grades that a regulation prints as letters or opinions, with the score of each.

The scores say which grade is better and by how many steps; an achievement is the ratio of two
of them. They are data of public e-SAKIP applications, not of the regulations, which print none:
a catalog that counts otherwise declares a scale of its own.
"""

from __future__ import annotations

from fractions import Fraction

from iku_engine.scales import Band, Scale


def _steps(*labels: str) -> tuple[Band, ...]:
    """One band a grade, from the lowest, scored 1, 2, 3 and holding its score alone."""
    scores = (Fraction(number) for number in range(1, len(labels) + 1))
    return tuple(
        Band(label, score, True, score, True, score)
        for label, score in zip(labels, scores, strict=True)
    )


OPINI_BPK = Scale(
    name="opini_bpk",
    title="Opini BPK atas laporan keuangan",
    bands=_steps("TMP", "TW", "WDP", "WTP"),
    reference="scores as in public e-SAKIP applications (satuan skala), of no regulation",
)
"""The auditors' opinion: disclaimer, adverse, qualified, unqualified."""

NILAI_SAKIP = Scale(
    name="nilai_sakip",
    title="Predikat akuntabilitas kinerja (SAKIP)",
    bands=_steps("D", "C", "CC", "B", "BB", "A", "AA"),
    reference=(
        "PermenPANRB 88/2021 names the seven grades; scores as in public e-SAKIP applications"
    ),
)
"""The grade of an evaluation of performance accountability."""

GRADES: tuple[Scale, ...] = (OPINI_BPK, NILAI_SAKIP)
