"""`skm_index(u1, ..., u9)`: the mean of nine elements, converted to 25 up to 100."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind
from iku_engine.language.model import Binary, Node, Number

ELEMENTS = (
    "persyaratan", "sistem, mekanisme dan prosedur", "waktu penyelesaian", "biaya atau tarif",
    "produk spesifikasi jenis pelayanan", "kompetensi pelaksana", "perilaku pelaksana",
    "sarana dan prasarana", "penanganan pengaduan, saran dan masukan",
)  # fmt: skip
"""The elements (unsur) U1 to U9 as a published survey orders them.

Forms differ in the order of the last two; the index is the same in any order.
"""

_NAMES = tuple(f"u{number}" for number in range(1, len(ELEMENTS) + 1))
_PARAMETERS = tuple(
    Parameter(name, f"mean score of element {name.upper()}, {element}: 1 to 4")
    for name, element in zip(_NAMES, ELEMENTS, strict=True)
)
_SUM = " + ".join(_NAMES)
_CALL = ", ".join(_NAMES)
_REFERENCE = "PermenPAN-RB 14/2017"


def _all(score: str) -> dict[str, str]:
    return dict.fromkeys(_NAMES, score)


SKM_INDEX = Formula(
    name="skm_index",
    title="Satisfaction survey index",
    title_id="Nilai survei kepuasan masyarakat (IKM)",
    meaning=(
        "The mean of the nine elements times 25, so that scores of 1 to 4 become 25 to 100. "
        "With `weights: exact` each element weighs one ninth; with `weights: printed` it weighs "
        "the 0.111 that forms print, which makes 99.90 of four everywhere."
    ),
    parameters=(
        *_PARAMETERS,
        Parameter(
            "weights",
            "what each element weighs",
            ParameterKind.CHOICE,
            default="exact",
            choices=("exact", "printed"),
        ),
    ),
    body={
        "exact": f"({_SUM}) / {len(ELEMENTS)} * 25",
        "printed": f"({_SUM}) * 0.111 * 25",
    },
    unit="",
    examples=(
        FormulaExample(f"skm_index({_CALL})", _all("4"), "100"),
        FormulaExample(f"skm_index({_CALL}, weights: printed)", _all("4"), "99.9"),
        FormulaExample(f"skm_index({_CALL})", {**_all("3"), "u9": "1.5"}, "70.833333333333"),
        FormulaExample(f"skm_index({_CALL})", {**_all("3"), "u5": ""}, "missing"),
    ),
    reference=_REFERENCE,
)


def _mean_converted(elements: Sequence[Node]) -> Node:
    total = reduce(lambda left, right: Binary("+", left, right), elements)
    mean = Binary("/", total, Number(Fraction(len(elements))))
    return Binary("*", mean, Number(Fraction(25)))


SKM_INDEX_OF = Formula(
    name="skm_index_of",
    title="Satisfaction survey index of any number of elements",
    title_id="Nilai survei kepuasan masyarakat dari sejumlah unsur",
    meaning=(
        "The mean of the given elements times 25, for a survey that does not ask for the nine of "
        "2017. All elements weigh the same, exactly."
    ),
    parameters=(Parameter("u", "mean score of an element: 1 to 4"),),
    body=_mean_converted,
    unit="",
    variadic=True,
    examples=(
        FormulaExample("skm_index_of(a, b)", {"a": "4", "b": "2.5"}, "81.25"),
        FormulaExample("skm_index_of(a, b, c)", {"a": "1", "b": "1", "c": "1"}, "25"),
        FormulaExample("skm_index_of(a, b)", {"a": "4", "b": ""}, "missing"),
    ),
)

SKM_LOWEST = Formula(
    name="skm_lowest",
    title="Lowest element of a satisfaction survey",
    title_id="Nilai unsur terendah",
    meaning="The lowest mean score of the nine elements, from 1 to 4: what to mend first.",
    parameters=_PARAMETERS,
    body=f"min({_CALL})",
    unit="same",
    examples=(FormulaExample(f"skm_lowest({_CALL})", {**_all("3"), "u4": "2.25"}, "2.25"),),
    reference=_REFERENCE,
)

SKM_CONVERTED = Formula(
    name="skm_converted",
    title="Score of a satisfaction survey, converted",
    title_id="Nilai interval konversi",
    meaning=(
        "A mean score of 1 to 4 times 25, which makes it 25 to 100: what the grades are printed "
        "for. So a single element is graded by the same scale as the index."
    ),
    parameters=(Parameter("nilai", "a mean score: 1 to 4"),),
    body="nilai * 25",
    unit="",
    examples=(
        FormulaExample("skm_converted(a)", {"a": "1"}, "25"),
        FormulaExample("skm_converted(a)", {"a": "3.064"}, "76.6"),
        FormulaExample("skm_converted(a)", {"a": "4"}, "100"),
        FormulaExample("skm_converted(a)", {"a": ""}, "missing"),
    ),
    reference=_REFERENCE,
)
