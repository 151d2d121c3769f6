"""Two formulas a ratio: its value in percent, and its score by the regulation's table."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from re import findall

from iku_engine.formulas.model import Formula, FormulaExample, Parameter
from iku_plugin_kemenkop.data import Row, items, regulations, rows


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio of a regulation: what is divided by what, and the most it can score.

    `value` and `score` are its formulas, `scale` names the table that scores it. `aspect` is
    empty where the regulation's aspect was not read.
    """

    regulation: str
    aspect: str
    id: str
    name: str
    name_en: str
    items: tuple[str, ...]
    highest: Fraction
    scale: str
    value: Formula
    score: Formula


def parameters_of(names: tuple[str, ...]) -> tuple[Parameter, ...]:
    """Items as parameters of a formula."""
    return tuple(
        Parameter(name, f"{items()[name]['name_en']} ({items()[name]['name']})") for name in names
    )


def call(name: str, arguments: tuple[str, ...]) -> str:
    """How a formula is called with items of the same names."""
    return f"{name}({', '.join(arguments)})"


def _examples(row: Row, name: str, given: tuple[str, ...], value: str) -> list[FormulaExample]:
    written = call(name, given)
    figures = dict(zip(given, row["example"].split(), strict=True))
    wholes = dict.fromkeys(findall(r"[a-z_]{2,}", row["whole"]), "0")
    below = dict.fromkeys(wholes, "-1")
    return [
        FormulaExample(written, figures, value),
        FormulaExample(written, {**figures, **wholes}, "undefined", "nothing to divide by"),
        FormulaExample(written, {**figures, **below}, "undefined", "a whole below 0"),
        FormulaExample(written, {**figures, given[0]: ""}, "missing"),
    ]


def _body(row: Row, given: tuple[str, ...]) -> str:
    """The ratio where every amount can be: a wrong sign in one of several would be hidden."""
    share = f"share({row['part']}, {row['whole']}, negative_base: undefined)"
    amounts = [item for item in given if items()[item]["below_zero"] == "no"]
    if not amounts:
        return share
    lowest = f"min({', '.join(amounts)})" if len(amounts) > 1 else amounts[0]
    return f"if({lowest} >= 0, {share}, koperasi_angka_negatif({lowest}))"


def _ratio(row: Row) -> Ratio:
    regulation = regulations()[row["regulation"]]
    prefix, source = regulation.prefix, regulation.source
    given = tuple(dict.fromkeys(findall(r"[a-z_]{2,}", f"{row['part']} {row['whole']}")))
    value_name = f"{prefix}_rasio_{row['ratio']}"
    score_name = f"{prefix}_skor_{row['ratio']}"
    scale = f"{prefix}_{row['ratio']}"
    value = Formula(
        name=value_name,
        title=row["name_en"],
        title_id=row["name"],
        meaning=(
            f"{row['part']} in percent of {row['whole']}; undefined where that is 0 or less, "
            "because a negative whole would turn the table around, and where an amount is below "
            "0 that cannot be."
        ),
        parameters=parameters_of(given),
        body=_body(row, given),
        unit="%",
        examples=tuple(_examples(row, value_name, given, row["value"])),
        reference=f"{source}; formula: {row['source']}",
    )
    score = Formula(
        name=score_name,
        title=f"Score: {row['name_en']}",
        title_id=f"Skor {row['name']}",
        meaning=f"The score of the ratio in the scale `{scale}`, at most {row['highest']}.",
        parameters=parameters_of(given),
        body=f"score({call(value_name, given)}, {scale})",
        unit="",
        examples=(),
        reference=source,
    )
    return Ratio(
        row["regulation"], row["aspect"], row["ratio"], row["name"], row["name_en"],
        given,
        Fraction(row["highest"]), scale, value, score,
    )  # fmt: skip


RATIOS: tuple[Ratio, ...] = tuple(map(_ratio, rows("ratios")))
"""All ratios, in the order of their regulations."""
