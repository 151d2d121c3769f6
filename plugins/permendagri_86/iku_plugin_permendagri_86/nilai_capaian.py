"""The achievement methods of PermenPANRB 8/2021: an achievement in percent, then its value."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter
from iku_plugin_permendagri_86.nilai_iki import REFERENCE

_PARAMETERS = (
    Parameter("actual", "the computed value"),
    Parameter("target", "the promised value"),
)
_RATIO = "actual / target * 100%"


def _example(call: str, actual: str, target: str, value: str) -> FormulaExample:
    return FormulaExample(f"{call}(actual, target)", {"actual": actual, "target": target}, value)


HIGHER = Formula(
    name="nilai_capaian_iki",
    title="Value of an achievement, higher is better",
    title_id="Nilai capaian IKI, makin tinggi makin baik",
    meaning="The value (`nilai_iki`) of the actual in percent of the target.",
    parameters=_PARAMETERS,
    body=f"nilai_iki({_RATIO})",
    unit="%",
    examples=(
        _example("nilai_capaian_iki", "56", "50", "120"),
        _example("nilai_capaian_iki", "50", "50", "undefined"),
        _example("nilai_capaian_iki", "45", "50", "80"),
        _example("nilai_capaian_iki", "29.5", "50", "49"),
        _example("nilai_capaian_iki", "1", "0", "undefined"),
    ),
    reference=REFERENCE,
)

LOWER = Formula(
    name="nilai_capaian_iki_turun",
    title="Value of an achievement, lower is better",
    title_id="Nilai capaian IKI, makin rendah makin baik",
    meaning=(
        "The value (`nilai_iki`) of twice the target less the actual in percent of the target. "
        "An actual above twice the target gives less than 0: declare a `floor` where it may not."
    ),
    parameters=_PARAMETERS,
    body="nilai_iki((2 * target - actual) / target * 100%)",
    unit="%",
    examples=(
        _example("nilai_capaian_iki_turun", "5", "10", "120"),
        _example("nilai_capaian_iki_turun", "10", "10", "undefined"),
        _example("nilai_capaian_iki_turun", "12", "10", "70"),
        _example("nilai_capaian_iki_turun", "14", "10", "50"),
    ),
    reference=REFERENCE,
)

HIGHEST_POSSIBLE = Formula(
    name="nilai_capaian_iki_maksimum",
    title="Value of an achievement whose target is the highest possible figure",
    title_id="Nilai capaian IKI dengan target maksimum",
    meaning=(
        "120 where a target is met exactly that nobody can exceed (100 percent of the staff); "
        "otherwise the value (`nilai_iki`) of the actual in percent of the target."
    ),
    parameters=_PARAMETERS,
    body=f"if({_RATIO} = 100%, 120%, nilai_iki({_RATIO}))",
    unit="%",
    examples=(
        _example("nilai_capaian_iki_maksimum", "100", "100", "120"),
        _example("nilai_capaian_iki_maksimum", "90", "100", "80"),
        _example("nilai_capaian_iki_maksimum", "105", "100", "undefined"),
    ),
    reference=REFERENCE,
)

METHODS = (HIGHER, LOWER, HIGHEST_POSSIBLE)
