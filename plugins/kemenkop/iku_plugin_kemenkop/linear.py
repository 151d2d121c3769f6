"""The linear scoring of Permen 14/2009 and 20/2008, as far as its rules were read: two ratios.

The rules in `data/linear.csv` say what each whole percent adds or takes away; a fraction of a
percent counts in proportion. The score is the value in percent of the ratio's weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from iku_engine.formulas.model import Formula, FormulaExample
from iku_plugin_kemenkop.data import Row, regulations, rows
from iku_plugin_kemenkop.ratios import call, parameters_of


@dataclass(frozen=True, slots=True)
class LinearRule:
    """One ratio of the older scoring: its value from 0 to 100, its score from 0 to its weight."""

    id: str
    items: tuple[str, ...]
    weight: Fraction
    value: Formula
    score: Formula


def _in_words(row: Row) -> str:
    slope = Fraction(row["per_percent"])
    start = f"{row['start']}, " if row["start"] != "0" else ""
    turn = "less" if slope < 0 else "plus" if start else ""
    outside = f"Outside 0 to {row['defined_to']} percent" if row["defined_to"] else "Below 0"
    return (
        f"{start}{turn} {abs(slope)} for each percent of `{row['ratio']}`".strip()
        + f", not below {row['least']} and not above {row['most']}. {outside} there is no value."
    )


def _body(row: Row, ratio: str) -> str:
    """The value where the ratio can be; a mistake of sign has none."""
    inside = f"{ratio} >= 0%"
    if row["defined_to"]:
        inside += f" and {ratio} <= {row['defined_to']}%"
    sign, slope = ("-", row["per_percent"][1:]) if row["per_percent"][0] == "-" else (
        "+", row["per_percent"]
    )  # fmt: skip
    line = f"{row['start']}% {sign} {slope} * {ratio}"
    value = f"max(min({line}, {row['most']}%), {row['least']}%)"
    return f"if({inside}, {value}, koperasi_tanpa_nilai({ratio}))"


def _rule(row: Row) -> LinearRule:
    regulation = regulations()[row["regulation"]]
    given = tuple(row["items"].split())
    figures = dict(zip(given, row["example"].split(), strict=True))
    reference = f"{regulation.source}; rule: {row['source']}"
    value_name = f"{regulation.prefix}_nilai_{row['rule']}"
    score_name = f"{regulation.prefix}_skor_{row['rule']}"
    value, score = call(value_name, given), call(score_name, given)
    nothing = {**figures, given[-1]: "0"}
    return LinearRule(
        row["rule"],
        given,
        Fraction(row["weight"]),
        Formula(
            name=value_name,
            title=f"Value of {row['name_en']}, linear",
            title_id=f"Nilai rasio {row['name']} (penskoran linear)",
            meaning=_in_words(row),
            parameters=parameters_of(given),
            body=_body(row, call(row["ratio"], given)),
            unit="%",
            examples=(
                FormulaExample(value, figures, row["value"]),
                FormulaExample(value, nothing, "undefined", "nothing to divide by"),
                FormulaExample(value, {**figures, given[0]: "-500"}, "undefined", "below 0"),
                FormulaExample(value, {**figures, given[0]: ""}, "missing"),
            ),
            reference=reference,
        ),
        Formula(
            name=score_name,
            title=f"Score: {row['name_en']}, linear",
            title_id=f"Skor rasio {row['name']} (penskoran linear)",
            meaning=f"`{value_name}` in percent of its weight, {row['weight']}.",
            parameters=parameters_of(given),
            body=f"{value} / 100% * {row['weight']}",
            unit="",
            examples=(FormulaExample(score, figures, row["score"]),),
            reference=reference,
        ),
    )


LINEAR: tuple[LinearRule, ...] = tuple(map(_rule, rows("linear")))
"""The rules that were read."""
