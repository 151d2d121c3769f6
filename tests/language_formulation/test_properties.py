"""Laws of the reader: it never raises, is bounded, and reads back what was printed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Scope
from iku_engine.analysis.compare import Verdict, compare_programs
from iku_engine.diagnostics import text_alone
from iku_engine.language.formulation import MAX_SENTENCE, Kind, read_formulation
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Binary, Lag, Name, Node, Percent
from iku_engine.language.to_text import to_text
from tests.language_formulation.labels import LABELS
from tests.laws import LAW

PRINTED = {
    "umkm": "Jumlah UMKM",
    "koperasi_aktif": "Koperasi aktif",
    "dilatih": "Pengurus koperasi yang mengikuti pelatihan",
    "pdrb": "PDRB sektor perdagangan (miliar)",
}
PIECES = (
    *("Jumlah", "UMKM", "koperasi", "aktif", "Realisasi", "Tahun", "n", "N", "T", "yang", "dan"),
    *("-", "1", "/", "x", "X", "100%", "100", "(", ")", "[", "]", "=", "1,5", "1.000", "%", ":"),
    *("\\frac{", "}", "{", "}{", "\\text{", "$", "\\%", "\\times", "<u>", "</u>", "&times;"),
    *("dibagi", "Data", "cukup jelas", "surat masuk", "2018", "ke", "_", "(miliar)", "persen"),
)


def leaves() -> SearchStrategy[Node]:
    names = st.sampled_from(sorted(PRINTED)).map(Name)
    lagged = st.builds(Lag, names, st.integers(1, 3), st.just(0))
    return names | lagged


def trees() -> SearchStrategy[Node]:
    """Sums, products and quotients of labels with lags, some of them in percent."""
    grown = st.recursive(
        leaves(),
        lambda inner: st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        max_leaves=7,
    )
    in_percent = st.builds(Binary, st.just("*"), grown, st.just(Percent(Fraction(100))))
    return grown | in_percent


def printed(tree: Node, signs: dict[str, str], label: Callable[[Name | Lag], str]) -> str:
    """A tree as a sentence, with brackets where the precedence asks for them."""
    match tree:
        case Name() | Lag():
            return label(tree)
        case Percent():
            return "100%"
        case Binary(operator="/", left=left, right=right) if "frac" in signs:
            above, below = (printed(side, signs, label) for side in (left, right))
            return rf"\frac{{{above}}}{{{below}}}"
        case Binary(operator=operator, left=left, right=right):
            first, second = (printed(side, signs, label) for side in (left, right))
            tight = operator in "*/"
            if tight and isinstance(left, Binary) and left.operator in "+-":
                first = f"({first})"
            if isinstance(right, Binary) and (tight or right.operator in "+-"):
                second = f"({second})"
            return f"{first} {signs[operator]} {second}"
    raise AssertionError(tree)


def with_year(leaf: Name | Lag) -> str:
    if isinstance(leaf, Lag):
        assert isinstance(leaf.operand, Name)
        return f"{PRINTED[leaf.operand.name]} Tahun n-{leaf.periods}"
    return f"{PRINTED[leaf.name]} Tahun n"


def shortened(leaf: Name | Lag) -> str:
    """Without a leading `Jumlah` and fillers, the period in capitals and with blanks."""
    words = with_year(leaf).replace("Jumlah ", "").replace(" yang", "").replace(" (miliar)", "")
    return words.replace("Tahun n", "T N").replace("-", " - ")


def in_latex(leaf: Name | Lag) -> str:
    name, _, period = with_year(leaf).partition(" Tahun ")
    return rf"\text{{{name} Tahun }} {period}"


SIGNS = {"+": "+", "-": "-", "*": "x", "/": "/"}
STYLES: dict[str, Callable[[Node], str]] = {
    "plain": lambda tree: printed(tree, SIGNS, with_year),
    "shortened": lambda tree: printed(tree, SIGNS | {"*": "*", "-": "–"}, shortened),
    "signs": lambda tree: printed(tree, SIGNS | {"*": "×", "/": ":"}, with_year),
    "words": lambda tree: printed(
        tree, {"+": "ditambah", "-": "dikurangi", "*": "dikali", "/": "dibagi"}, with_year
    ),
    "latex": lambda tree: (
        "$"
        + printed(tree, SIGNS | {"*": r"\times", "frac": ""}, in_latex).replace("%", r"\%")
        + "$"
    ),
    "html": lambda tree: (
        "<p>" + printed(tree, SIGNS | {"*": "&times;", "/": "&divide;"}, with_year) + "</p>"
    ),
}


def equal(first: Node, second: Node) -> bool:
    if first == second:
        return True
    programs = compile_tree(first, Scope()), compile_tree(second, Scope())
    return compare_programs(*programs).verdict is Verdict.EQUIVALENT


@pytest.mark.parametrize("style", STYLES)
@LAW
@given(tree=trees())
def test_a_printed_tree_is_among_its_readings(style: str, tree: Node) -> None:
    text = STYLES[style](tree)
    reading = read_formulation(text, PRINTED)
    assert reading.kind in (Kind.FORMULA, Kind.COUNT), (text, reading)
    assert not reading.malformed
    assert equal(reading.readings[0], tree) or any(equal(r, tree) for r in reading.readings)


@given(tree=trees())
def test_brackets_that_are_printed_leave_no_other_reading_first(tree: Node) -> None:
    reading = read_formulation(STYLES["plain"](tree), PRINTED)
    assert reading.readings[0] == tree


def sentences() -> SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(PIECES) | st.sampled_from(sorted(LABELS.values())))
    spaced = st.builds(lambda gap, parts: gap.join(parts), st.sampled_from(["", " "]), pieces)
    return st.text() | spaced


@given(text=sentences())
def test_no_text_raises_and_every_reading_is_a_formula(text: str) -> None:
    reading = read_formulation(text, LABELS)
    assert len(reading.readings) <= 8
    assert bool(reading.readings) or reading.kind is not Kind.FORMULA
    for tree in reading.readings:
        assert parse_formula(text_alone(to_text(tree))) == (tree, ())
    if reading.unknown is not None:
        assert text[reading.unknown.start : reading.unknown.end] == reading.unknown.word


@given(labels=st.dictionaries(st.sampled_from("abcdxnt"), st.text()), text=sentences())
def test_no_label_raises(labels: dict[str, str], text: str) -> None:
    read_formulation(text, labels)


@pytest.mark.parametrize(
    "text",
    [
        "(" * MAX_SENTENCE,
        "UMKM-" * 700 + "UMKM",
        "(UMKM-UMKM/UMKM)*" * 200 + "UMKM",
        "\\frac{" * 600,
        "{" * MAX_SENTENCE,
        "N " * 2_000,
        "1" * MAX_SENTENCE,
        "(" * 30 + "UMKM" + "-UMKM/UMKM)" * 30,
        "&" * MAX_SENTENCE,
        "x" * (MAX_SENTENCE + 1),
    ],
)
def test_hostile_texts_are_read_or_refused(text: str) -> None:
    reading = read_formulation(text, LABELS)
    assert reading.kind in (Kind.UNREADABLE, Kind.FORMULA)
    assert len(reading.readings) <= 8
