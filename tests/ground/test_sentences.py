"""Sentences of the analyses: English as text, both languages on demand."""

from __future__ import annotations

import string
from fractions import Fraction

import pytest

from iku_engine.sentences import figure_said, said, sentence, sentence_keys


def test_a_sentence_is_its_english_text_and_says_itself_in_indonesian() -> None:
    goal = Fraction(2469, 2)
    told = sentence("stays_above", indicator="x", goal=goal, cell="a@2020")
    assert told == "`x` stays above 1234.5 whatever `a@2020` is"
    assert said(told, "en") == told
    assert said(told, "id") == "`x` selalu di atas 1.234,5, berapa pun `a@2020`"
    assert said("any other text", "id") == "any other text"


def test_a_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    inner = sentence("rounded_twice")
    told = sentence("not_solved_for", ranges="x", reason=inner)
    assert (
        said(told, "id") == "tidak diselesaikan untuk x: yang dicari dibulatkan lebih dari sekali"
    )


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        (Fraction(1, 3), "1/3", "1/3"),
        (Fraction(-1, 4), "-0.25", "-0,25"),
        (Fraction(1234567), "1234567", "1.234.567"),
        (Fraction(0), "0", "0"),
    ],
)
def test_figures_are_exact(value: Fraction, english: str, indonesian: str) -> None:
    assert figure_said(value, "en") == english
    assert figure_said(value, "id") == indonesian


@pytest.mark.parametrize("key", sentence_keys())
def test_both_languages_name_the_same_parts(key: str) -> None:
    made = sentence(key, **dict.fromkeys(_names(key), "?"))
    assert said(made, "id")
    assert said(made, "id") != made or key in {"where", "read_both"}


def _names(key: str) -> list[str]:
    from iku_engine.sentences import _table

    rows = _table()[key]
    english, indonesian = (
        {name for _, name, _, _ in string.Formatter().parse(rows[language]) if name}
        for language in ("en", "id")
    )
    assert english == indonesian
    return sorted(english)


def test_words_of_a_part_are_changed_in_all_that_a_sentence_holds() -> None:
    inner = sentence("line_no_value", reasons="zero:a")
    told = sentence("not_solved_for", ranges="x", reason=inner).with_words("reasons", str.upper)
    assert told == (
        "not solved for x: the indicator has no value whatever the unknowns are (ZERO:A)"
    )
