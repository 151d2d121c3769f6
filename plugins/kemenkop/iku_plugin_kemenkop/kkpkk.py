"""The KKPKK worksheet of 2021 beyond its ratios: checklists and aspects.

A ratio or checklist is valued 1 to 4, 1 the best (the label of its band), and scored 5 less the
value (the band's score). Of the weights that make a total only one was read in print, of the
edges that rate it none: there is no total and no rating.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

from iku_engine.formulas.model import Formula, FormulaExample, Parameter
from iku_engine.language.model import Binary, Node, Number
from iku_plugin_kemenkop.data import regulations
from iku_plugin_kemenkop.management import counted
from iku_plugin_kemenkop.ratios import call

KKPKK = "juknis15_2021"
"""The regulation id of this module."""

_SOURCE = regulations()[KKPKK].source
_ANSWERS = (
    Parameter("ya", "how many questions are answered yes"),
    Parameter("pertanyaan", "how many questions the indicator has"),
)
_GIVEN = ("ya", "pertanyaan")
_CHECKED = call("kkpkk_rasio_daftar_periksa", _GIVEN)

CHECKLIST = Formula(
    name="kkpkk_rasio_daftar_periksa",
    title="Checklist: answers yes",
    title_id="Rasio daftar periksa",
    meaning=(
        "The answers yes in percent of the questions. Half an answer, or more answers than "
        "questions, has no value."
    ),
    parameters=_ANSWERS,
    body=counted("ya", "pertanyaan", "share(ya, pertanyaan, negative_base: undefined)"),
    unit="%",
    examples=(
        FormulaExample(_CHECKED, {"ya": "3", "pertanyaan": "4"}, "75"),
        FormulaExample(
            _CHECKED, {"ya": "5", "pertanyaan": "4"}, "undefined"
        ),
        FormulaExample(
            _CHECKED, {"ya": "0", "pertanyaan": "0"}, "undefined"
        ),
    ),
    reference=_SOURCE,
)  # fmt: skip

CHECKLIST_SCORE = Formula(
    name="kkpkk_skor_daftar_periksa",
    title="Score: checklist",
    title_id="Skor daftar periksa",
    meaning="The score of a checklist in the scale `kkpkk_daftar_periksa`, 1 to 4, 4 the best.",
    parameters=_ANSWERS,
    body=f"score({call(CHECKLIST.name, _GIVEN)}, kkpkk_daftar_periksa)",
    unit="",
    examples=(),
    reference=_SOURCE,
)


def _aspect(scores: Sequence[Node]) -> Node:
    """Scores summed, in percent of four for each."""
    total = reduce(lambda left, right: Binary("+", left, right), scores)
    most = Binary("*", Number(Fraction(4)), Number(Fraction(len(scores))))
    return Binary("*", Binary("/", total, most), Number(Fraction(100)))


ASPECT = Formula(
    name="kkpkk_aspek",
    title="Score of an aspect",
    title_id="Skor aspek",
    meaning=(
        "The scores (1 to 4) of the indicators of an aspect, summed, in percent of four for each "
        "of them. It takes as many scores as the aspect has indicators."
    ),
    parameters=(Parameter("skor", "score of an indicator, 1 to 4"),),
    body=_aspect,
    unit="",
    variadic=True,
    examples=(
        FormulaExample("kkpkk_aspek(a, b)", {"a": "4", "b": "3"}, "87.5"),
        FormulaExample("kkpkk_aspek(a, b)", {"a": "4", "b": ""}, "missing"),
    ),
    reference=_SOURCE,
)

FORMULAS: tuple[Formula, ...] = (CHECKLIST, CHECKLIST_SCORE, ASPECT)
