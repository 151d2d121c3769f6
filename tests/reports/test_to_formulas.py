"""The list of formulas and their pages say how each is called and what it stands for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.achievement import METHODS
from iku_engine.formulas.model import Function, Library, Parameter
from iku_engine.language.vocabulary import AGGREGATES, FUNCTIONS
from iku_engine.reports.formulas_markdown import formulas_markdown
from iku_engine.reports.labels import Language
from iku_engine.reports.to_formulas import formula_list, formula_names, formula_page

MEDIAN = Function(
    "median3", "Median of three", "", "The middle one.", (Parameter("a", "one <of> three"),),
    lambda *figures: Fraction(sorted(figures)[1]), origin="plugin 1.0",
)  # fmt: skip
LIBRARY = Library({formula.name: formula for formula in BUILT_IN}, {MEDIAN.name: MEDIAN})
BY_NAME = {method.name: method for method in METHODS}


@pytest.mark.parametrize("language", list(Language))
def test_everything_is_listed(language: Language) -> None:
    listed = formula_list(LIBRARY, BY_NAME, language)
    for name in (*LIBRARY.names(), *BY_NAME, *FUNCTIONS, *AGGREGATES):
        assert f"  {name}(" in listed


@pytest.mark.parametrize("name", formula_names(LIBRARY, BY_NAME))
@pytest.mark.parametrize("language", list(Language))
def test_every_name_has_a_page(name: str, language: Language) -> None:
    assert formula_page(name, LIBRARY, BY_NAME, language).startswith(f"{name}(")


def test_a_page_has_arguments_formula_and_examples() -> None:
    page = formula_page("growth_rate", LIBRARY, BY_NAME, Language.EN)
    assert page.startswith("growth_rate(x, over: period|year)\n")
    assert "  Formula    period: (x - x[t-1]) / x[t-1] * 100%\n" in page
    assert "growth_rate(x) = 10 given x = 110, x[t-1] = 100\n" in page


def test_a_function_is_shown_as_opaque() -> None:
    page = formula_page("median3", LIBRARY, BY_NAME, Language.EN)
    assert "opaque: figures in, a figure out" in page
    assert "plugin 1.0" in page


def test_an_unknown_name_has_no_page() -> None:
    with pytest.raises(KeyError):
        formula_page("shre", LIBRARY, BY_NAME, Language.EN)


def test_markdown_has_a_heading_a_formula_and_no_tags() -> None:
    document = formulas_markdown(LIBRARY, BY_NAME)
    for formula in BUILT_IN:
        assert f"\n### `{formula.name}(" in document
    assert "one &lt;of> three" in document
    assert document.endswith("\n")
    assert "\n\n\n" not in document
