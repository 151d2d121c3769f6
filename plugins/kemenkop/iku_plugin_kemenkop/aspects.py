"""The seven aspects of Perdep 06 and their total: sums of the scores below them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from iku_engine.formulas.model import Formula, FormulaExample, Parameter
from iku_plugin_kemenkop.data import Row, regulations, rows
from iku_plugin_kemenkop.management import PARTS
from iku_plugin_kemenkop.ratios import RATIOS, Ratio, call, parameters_of

PERDEP06 = "perdep06_2016"
"""The regulation id of this module."""

MANAGEMENT = "manajemen"
"""The aspect that no ratio has, but a questionnaire."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect: the items it reads, the most it can score, its formula."""

    id: str
    name: str
    name_en: str
    items: tuple[str, ...]
    weight: Fraction
    score: Formula


def ratios_of(aspect: str) -> tuple[Ratio, ...]:
    """The ratios of an aspect; management has none."""
    return tuple(one for one in RATIOS if one.regulation == PERDEP06 and one.aspect == aspect)


def _aspect(row: Row) -> Aspect:
    regulation = regulations()[PERDEP06]
    ratios = ratios_of(row["aspect"])
    scores = [(ratio.score.name, ratio.items) for ratio in ratios]
    if row["aspect"] == MANAGEMENT:
        scores = [(part.score.name, (part.item,)) for part in PARTS]
    given = tuple(dict.fromkeys(item for _, used in scores for item in used))
    score = Formula(
        name=f"{regulation.prefix}_aspek_{row['aspect']}",
        title=f"Score of the aspect: {row['name_en'].lower()}",
        title_id=f"Skor aspek {row['name'].lower()}",
        meaning=(
            f"The sum of the scores {', '.join(f'`{name}`' for name, _ in scores)}: at most "
            f"{row['weight']}. If one of them is missing or undefined, so is the aspect."
        ),
        parameters=parameters_of(given),
        body=" + ".join(call(name, used) for name, used in scores),
        unit="",
        examples=(),
        reference=f"{regulation.source}; weight from: {row['source']}",
    )
    return Aspect(row["aspect"], row["name"], row["name_en"], given, Fraction(row["weight"]), score)


ASPECTS: tuple[Aspect, ...] = tuple(map(_aspect, rows("aspects")))
"""The aspects in the order of the regulation; their weights make 100."""

_NAMES = tuple(aspect.id for aspect in ASPECTS)
_FULL = {aspect.id: str(aspect.weight) for aspect in ASPECTS}
_TOTAL = f"{regulations()[PERDEP06].prefix}_total"

TOTAL = Formula(
    name=_TOTAL,
    title="Health score",
    title_id="Skor kesehatan koperasi",
    meaning=(
        "The sum of the scores of the seven aspects: at most 100. Its rating is in the scale "
        "`perdep06_predikat`."
    ),
    parameters=tuple(
        Parameter(aspect.id, f"score of {aspect.name.lower()}, at most {aspect.weight}")
        for aspect in ASPECTS
    ),
    body=" + ".join(_NAMES),
    unit="",
    examples=(
        FormulaExample(call(_TOTAL, _NAMES), _FULL, "100"),
        FormulaExample(call(_TOTAL, _NAMES), {**_FULL, "jatidiri": ""}, "missing"),
    ),
    reference=regulations()[PERDEP06].source,
)
