"""Formula text to tree: how it binds, what it means, and what is refused with a place and help."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iku_engine.diagnostics import Diagnostic, text_alone
from iku_engine.language.bounds import MAX_CHARACTERS, MAX_DEPTH, MAX_DIGITS, MAX_LAG, MAX_NAME
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import At, Binary, Lag, Name, Negate, Node, Number, Percent
from iku_engine.language.to_latex import to_latex
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period


def tree_of(text: str) -> Node:
    tree, diagnostics = parse_formula(text_alone(text))
    assert tree is not None, diagnostics
    return tree


def refusal_of(text: str) -> Diagnostic:
    tree, diagnostics = parse_formula(text_alone(text))
    assert tree is None
    assert diagnostics
    assert diagnostics[0].location is not None
    return diagnostics[0]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a+b*c", "a + b * c"),
        ("(a+b)*c", "(a + b) * c"),
        ("a-(b-c)", "a - (b - c)"),
        ("a/b/c", "a / b / c"),
        ("a/(b/c)", "a / (b / c)"),
        ("-2^2", "-2^2"),
        ("(-2)^2", "(-2)^2"),
        ("a^-2", "a^-2"),
        ("a^b^c", "a^b^c"),
        ("(a^b)^c", "(a^b)^c"),
        ("- - a", "--a"),
        ("+a", "a"),
        ("a × b ÷ c", "a * b / c"),
        ("a \N{MINUS SIGN} b", "a - b"),
        ("a <> b", "a != b"),
        ("not a = b and c < d or e > f", "not a = b and c < d or e > f"),
        ("not (a = b or c = d)", "not (a = b or c = d)"),
        ("a = 1 or b = 1 and c = 1", "a = 1 or b = 1 and c = 1"),
        ("(a = 1 or b = 1) and c = 1", "(a = 1 or b = 1) and c = 1"),
        ("(a+b)[t-1]", "(a + b)[t-1]"),
        ("a[t - 1][y-1]", "a[t-1][y-1]"),
        ("a[t]", "a"),
        ("a[2018]", "a[2018]"),
        ("a[2018-Q1] + a[2018-03]", "a[2018-Q1] + a[2018-03]"),
        ("f(a, per: 100000)", "f(a, per: 100000)"),
        ("total(a over d)", "total(a over d)"),
        ("mean(a / b over d)", "mean(a / b over d)"),
        ('count(k where s = "x y" and not z)', 'count(k where s = "x y" and not z)'),
        ("sum(k.f)", "sum(k.f)"),
        ("a\n  + b", "a + b"),
        ("0.50 + 007", "0.5 + 7"),
        ("if(a>0,a,-a)", "if(a > 0, a, -a)"),
    ],
)
def test_a_formula_has_one_canonical_text(text: str, canonical: str) -> None:
    assert to_text(tree_of(text)) == canonical
    assert to_text(tree_of(canonical)) == canonical


def test_a_sign_binds_less_than_a_power() -> None:
    two = Number(Fraction(2))
    assert tree_of("-2^2") == Negate(Binary("^", two, two))
    assert tree_of("2^-2") == Binary("^", two, Negate(two))


def test_words_of_the_language_are_whole_words() -> None:
    """`x > 1 andy` is not `x > 1 and y`, and `orang` is a name like any other."""
    assert tree_of("order + android + notes + iffy + overall + wherever") is not None
    assert refusal_of("if(a > 1 andb > 2, 1, 0)").code == "IKU201"
    assert refusal_of("total(a overd)").code == "IKU201"


def test_a_percent_literal_is_itself_never_a_hundredth() -> None:
    assert tree_of("a + 5%") == Binary("+", Name("a"), Percent(Fraction(5)))
    assert tree_of("a / b * 100%") is not None
    assert tree_of("-100% * a") is not None


def test_a_lag_counts_periods_or_years_and_a_year_fixes_it() -> None:
    assert tree_of("a[t-2]") == Lag(Name("a"), 2, 0)
    assert tree_of("a[y-2]") == Lag(Name("a"), 0, 2)
    assert tree_of("a[2018]") == At(Name("a"), Period.of(2018))


@pytest.mark.parametrize(
    ("text", "code", "column", "length"),
    [
        ("", "IKU201", 1, 1),
        ("   ", "IKU201", 1, 1),
        ("a +", "IKU201", 3, 1),
        ("a b", "IKU201", 3, 1),
        ("(a", "IKU201", 2, 1),
        ("a)", "IKU201", 2, 1),
        ("1,5", "IKU201", 2, 1),
        ("a ? b", "IKU201", 3, 1),
        ("å + 1", "IKU201", 1, 1),
        (".2 * a", "IKU210", 1, 2),
        ("a + 2.", "IKU210", 5, 2),
        ("2E1", "IKU210", 1, 3),
        ("a ** 2", "IKU210", 3, 2),
        ("a == b", "IKU210", 3, 2),
        ("a && b", "IKU210", 3, 2),
        ("a || b", "IKU210", 3, 2),
        ("!a", "IKU210", 1, 1),
        ("s = 'x'", "IKU210", 5, 3),
        ("2a", "IKU210", 1, 2),
        ("a < b < c", "IKU210", 1, 9),
        ("a * 102%", "IKU209", 5, 4),
        ("50% / a", "IKU209", 1, 3),
        ("100%^2", "IKU209", 1, 4),
        ("a[t+1]", "IKU210", 3, 3),
        ("a[t-0]", "IKU202", 3, 3),
        (f"a[t-{MAX_LAG + 1}]", "IKU202", 3, 5),
        ("a[t-1.5]", "IKU202", 3, 5),
        ("a[n-1]", "IKU201", 3, 3),
        ("a[999]", "IKU201", 3, 3),
        ("1 + and", "IKU201", 5, 3),
        ("total", "IKU201", 1, 5),
        ("f(x: 1, 2)", "IKU208", 1, 1),
        ("f(x: 1, x: 2)", "IKU208", 1, 1),
        ("sum(a over d)", "IKU201", 1, 3),
        ("f(a where b)", "IKU201", 1, 1),
        ("9" * (MAX_DIGITS + 1), "IKU202", 1, MAX_DIGITS + 1),
        ("n" * (MAX_NAME + 1), "IKU202", 1, MAX_NAME + 1),
        ('s = "' + "x" * 201 + '"', "IKU202", 5, 203),
        ("a +\u202e b", "IKU008", 4, 1),
        ("a\x00", "IKU008", 2, 1),
    ],
)
def test_what_is_refused_is_refused_where_it_stands(
    text: str, code: str, column: int, length: int
) -> None:
    found = refusal_of(text)
    assert found.location is not None
    place = (found.code, found.location.column, found.location.length)
    assert place == (code, column, length), found.message


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("1,5 * a", "`1.5`"),
        ("a ** 2", "`x^2`"),
        ("a * 102%", "`1.02`"),
        ("a == b", "`=`"),
        ("a < b < c", "`a < b and b < c`"),
        (".2", "`0.2`"),
        ("a[n-1]", "`x[t-1]`"),
    ],
)
def test_a_refusal_says_what_to_write(text: str, help_: str) -> None:
    assert help_ in refusal_of(text).help


def test_a_mistake_in_the_second_line_is_located_there() -> None:
    found = refusal_of("a +\n  b + ?")
    assert found.location is not None
    assert (found.location.line, found.location.column) == (2, 7)


@pytest.mark.parametrize("text", ["a" * 64, "9" * MAX_DIGITS, f"a[t-{MAX_LAG}]"])
def test_a_text_at_the_bound_is_read(text: str) -> None:
    assert tree_of(text) is not None


def test_depth_and_length_have_bounds() -> None:
    assert tree_of("-" * (MAX_DEPTH - 1) + "a") is not None
    assert refusal_of("-" * MAX_DEPTH + "a").code == "IKU202"
    assert refusal_of("a+" * (MAX_CHARACTERS // 2) + "a").code == "IKU202"
    assert tree_of("(" * 4_000 + "a" + ")" * 4_000) == Name("a")


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a / b", r"\frac{\text{a}}{\text{b}}"),
        ("a_1 * 100%", r"\text{a\_1} \times 100\%"),
        ("(a + b)^2", r"\left(\text{a} + \text{b}\right)^{2}"),
        ("sqrt(a)", r"\sqrt{\text{a}}"),
        ("a[t-1]", r"\text{a}_{t-1}"),
        ("abs(a)", r"\left|\text{a}\right|"),
    ],
)
def test_latex_shows_the_tree(text: str, latex: str) -> None:
    assert to_latex(tree_of(text)) == latex


def test_labels_in_latex_are_escaped() -> None:
    label = r"50% of $x_1 & \input{/etc/passwd} {#~^}"
    printed = to_latex(Name("a"), {"a": label})
    assert r"\input" not in printed
    for sign in "%$_&#{}":
        assert printed[6:-1].count(sign) == printed[6:-1].count(f"\\{sign}") or sign in "{}"
