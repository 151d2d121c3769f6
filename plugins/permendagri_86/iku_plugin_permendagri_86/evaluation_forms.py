"""The computed columns of the evaluation forms of RPJMD, Renstra and Renja (formulir E.58 to E.81).

The columns are from memory, not from the regulation's own print; an agency replaces a formula by
one of its own where its form says otherwise.
"""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

_REFERENCE = "Permendagri 86/2017, formulir evaluasi E.58 to E.81; columns FROM MEMORY, not read"

RENJA_REALISATION = Formula(
    name="realisasi_renja",
    title="What a year's plan achieved in its four quarters",
    title_id="Realisasi Renja: jumlah triwulan I sampai IV",
    meaning="The sum of what was achieved in each quarter; missing where a quarter is.",
    parameters=tuple(
        Parameter(f"tw{number}", f"what was achieved in quarter {number}") for number in range(1, 5)
    ),
    body="tw1 + tw2 + tw3 + tw4",
    unit="same",
    examples=(
        FormulaExample(
            "realisasi_renja(a, b, c, d)", {"a": "5", "b": "7", "c": "0", "d": "8"}, "20"
        ),
        FormulaExample(
            "realisasi_renja(a, b, c, d)",
            {"a": "5", "b": "7", "c": "", "d": "8"},
            "missing",
        ),
    ),
    reference=_REFERENCE,
)

RENSTRA_REALISATION = Formula(
    name="realisasi_renstra",
    title="What a medium-term plan achieved so far",
    title_id="Realisasi Renstra sampai dengan tahun ini",
    meaning="What was achieved up to the year before, and this year.",
    parameters=(
        Parameter("sampai_tahun_lalu", "achieved up to the year before"),
        Parameter("tahun_ini", "achieved this year"),
    ),
    body="sampai_tahun_lalu + tahun_ini",
    unit="same",
    examples=(FormulaExample("realisasi_renstra(a, b)", {"a": "30", "b": "20"}, "50"),),
    reference=_REFERENCE,
)

RENSTRA_ACHIEVEMENT = Formula(
    name="capaian_renstra",
    title="How far a medium-term plan has come",
    title_id="Tingkat capaian kinerja Renstra",
    meaning="What was achieved so far in percent of the target at the end of the plan.",
    parameters=(
        Parameter("sampai_tahun_lalu", "achieved up to the year before"),
        Parameter("tahun_ini", "achieved this year"),
        Parameter("target_akhir", "the target at the end of the plan"),
    ),
    body="(sampai_tahun_lalu + tahun_ini) / target_akhir * 100%",
    unit="%",
    base="target_akhir",
    examples=(
        FormulaExample("capaian_renstra(a, b, t)", {"a": "30", "b": "20", "t": "80"}, "62.5"),
        FormulaExample("capaian_renstra(a, b, t)", {"a": "30", "b": "20", "t": "0"}, "undefined"),
    ),
    reference=_REFERENCE,
)

FORMULAS = (RENJA_REALISATION, RENSTRA_REALISATION, RENSTRA_ACHIEVEMENT)
