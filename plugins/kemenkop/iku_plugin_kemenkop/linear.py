"""The linear scoring of Permen 14/2009 and 20/2008, as far as its rules were read: two ratios.

The rules say what each whole percent adds or takes away; a fraction of a percent counts in
proportion. The score is the value in percent of the ratio's weight.
"""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample
from iku_plugin_kemenkop.data import regulations
from iku_plugin_kemenkop.ratios import call, parameters_of

_SOURCE = regulations()["permen14_2009"].source
_WEIGHT = "5"
_PROBLEM = ("kurang_lancar", "diragukan", "macet", "pinjaman_diberikan")
_PROVISION = ("cadangan_risiko", "pinjaman_bermasalah")
_PROBLEM_RATIO = call("perdep06_rasio_pinjaman_bermasalah", _PROBLEM)
_PROVISION_RATIO = call("perdep06_rasio_cadangan_risiko", _PROVISION)


def _value(ratio: str, inside: str, value: str) -> str:
    """A value where the ratio can be; a mistake of sign has none."""
    return f"if({inside}, {value}, koperasi_tanpa_nilai({ratio}))"


PROBLEM_VALUE = Formula(
    name="permen14_nilai_pinjaman_bermasalah",
    title="Value of problem loans, linear",
    title_id="Nilai rasio pinjaman bermasalah (penskoran linear)",
    meaning=(
        "100 less 2 for each percent of weighted problem loans in all loans, and not below 0. "
        "Outside 0 to 100 percent there is no value."
    ),
    parameters=parameters_of(_PROBLEM),
    body=_value(
        _PROBLEM_RATIO,
        f"{_PROBLEM_RATIO} >= 0% and {_PROBLEM_RATIO} <= 100%",
        f"max(100% - 2 * {_PROBLEM_RATIO}, 0%)",
    ),
    unit="%",
    examples=(
        FormulaExample(
            call("permen14_nilai_pinjaman_bermasalah", _PROBLEM),
            {"kurang_lancar": "4", "diragukan": "4", "macet": "5", "pinjaman_diberikan": "100"},
            "80",
            "10 percent",
        ),
        FormulaExample(
            call("permen14_nilai_pinjaman_bermasalah", _PROBLEM),
            {"kurang_lancar": "0", "diragukan": "0", "macet": "60", "pinjaman_diberikan": "100"},
            "0",
        ),
        FormulaExample(
            call("permen14_nilai_pinjaman_bermasalah", _PROBLEM),
            {"kurang_lancar": "0", "diragukan": "0", "macet": "-1", "pinjaman_diberikan": "100"},
            "undefined",
        ),
    ),
    reference=_SOURCE,
)

PROVISION_VALUE = Formula(
    name="permen14_nilai_cadangan_risiko",
    title="Value of the provision for risk, linear",
    title_id="Nilai rasio cadangan risiko (penskoran linear)",
    meaning=(
        "1 for each percent of the provision in problem loans, and not more than 100. Below 0 "
        "there is no value."
    ),
    parameters=parameters_of(_PROVISION),
    body=_value(_PROVISION_RATIO, f"{_PROVISION_RATIO} >= 0%", f"min({_PROVISION_RATIO}, 100%)"),
    unit="%",
    examples=(
        FormulaExample(
            call("permen14_nilai_cadangan_risiko", _PROVISION),
            {"cadangan_risiko": "55", "pinjaman_bermasalah": "100"},
            "55",
        ),
        FormulaExample(
            call("permen14_nilai_cadangan_risiko", _PROVISION),
            {"cadangan_risiko": "120", "pinjaman_bermasalah": "100"},
            "100",
        ),
        FormulaExample(
            call("permen14_nilai_cadangan_risiko", _PROVISION),
            {"cadangan_risiko": "0", "pinjaman_bermasalah": "0"},
            "undefined",
        ),
    ),
    reference=_SOURCE,
)


def _score(value: Formula, what: str, example: FormulaExample) -> Formula:
    given = tuple(parameter.name for parameter in value.parameters)
    name = value.name.replace("_nilai_", "_skor_")
    return Formula(
        name=name,
        title=f"Score: {what}, linear",
        title_id=value.title_id.replace("Nilai", "Skor", 1),
        meaning=f"`{value.name}` in percent of its weight, {_WEIGHT}.",
        parameters=value.parameters,
        body=f"{call(value.name, given)} / 100% * {_WEIGHT}",
        unit="",
        examples=(example,),
        reference=_SOURCE,
    )


LINEAR: tuple[Formula, ...] = (
    PROBLEM_VALUE,
    PROVISION_VALUE,
    _score(
        PROBLEM_VALUE,
        "problem loans",
        FormulaExample(
            call("permen14_skor_pinjaman_bermasalah", _PROBLEM),
            {"kurang_lancar": "4", "diragukan": "4", "macet": "5", "pinjaman_diberikan": "100"},
            "4",
        ),
    ),
    _score(
        PROVISION_VALUE,
        "provision for risk",
        FormulaExample(
            call("permen14_skor_cadangan_risiko", _PROVISION),
            {"cadangan_risiko": "55", "pinjaman_bermasalah": "100"},
            "2.75",
        ),
    ),
)
"""Values from 0 to 100 and scores from 0 to 5."""
