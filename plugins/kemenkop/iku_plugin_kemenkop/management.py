"""The questionnaire on management of Perdep 06: points for each answer yes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from iku_engine.formulas.model import Formula, FormulaExample
from iku_plugin_kemenkop.data import Row, regulations, rows
from iku_plugin_kemenkop.ratios import parameters_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the questionnaire: points for an answer, how many questions it has."""

    id: str
    name: str
    name_en: str
    item: str
    per_answer: Fraction
    questions: int
    score: Formula

    @property
    def highest(self) -> Fraction:
        """The points of a part answered yes throughout."""
        return self.per_answer * self.questions


def counted(answers: str, questions: str, value: str) -> str:
    """A formula that has a value only where the answers are whole and not more than asked."""
    return (
        f"if(round({answers}, 0) = {answers} and {answers} >= 0 and {answers} <= {questions}, "
        f"{value}, koperasi_tanpa_nilai({answers}))"
    )


def _part(row: Row) -> Part:
    regulation = regulations()[row["regulation"]]
    item, questions = f"ya_{row['part']}", row["questions"]
    name = f"{regulation.prefix}_skor_manajemen_{row['part']}"
    per_answer = Fraction(row["per_answer"])
    every = per_answer * int(questions)
    written = f"{name}({item})"
    score = Formula(
        name=name,
        title=f"Score: {row['name_en'].lower()}",
        title_id=f"Skor {row['name']}",
        meaning=(
            f"{row['per_answer']} for each answer yes of {questions} questions. Half an answer, "
            f"or more than {questions}, has no score."
        ),
        parameters=parameters_of((item,)),
        body=counted(item, questions, f"{row['per_answer']} * {item}"),
        unit="",
        examples=(
            FormulaExample(written, {item: questions}, str(every)),
            FormulaExample(written, {item: "0"}, "0"),
            FormulaExample(written, {item: str(int(questions) + 1)}, "undefined"),
            FormulaExample(written, {item: "1.5"}, "undefined"),
            FormulaExample(written, {item: ""}, "missing"),
        ),
        reference=f"{regulation.reference}; {row['source']}",
    )
    return Part(row["part"], row["name"], row["name_en"], item, per_answer, int(questions), score)


PARTS: tuple[Part, ...] = tuple(map(_part, rows("management")))
"""The parts in the order of the questionnaire."""
