"""Every example of every built-in formula and achievement method gives its value."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Readable, Scope
from iku_engine.diagnostics import text_alone
from iku_engine.evaluation.examples import example_outcome
from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.achievement import METHODS
from iku_engine.formulas.expand import Expander
from iku_engine.formulas.model import Formula, FormulaExample, Library
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Aggregate, Name, Over, walk
from iku_engine.quantities import to_decimal_text

FORMULAS = (*BUILT_IN, *METHODS)
LIBRARY = Library({formula.name: formula for formula in FORMULAS})


def examples() -> Iterator[tuple[Formula, FormulaExample]]:
    for formula in FORMULAS:
        for example in formula.examples:
            yield formula, example


@pytest.mark.parametrize(
    ("formula", "example"),
    [pytest.param(*pair, id=f"{pair[0].name}: {pair[1].call}") for pair in examples()],
)
def test_the_example_holds(formula: Formula, example: FormulaExample) -> None:
    text = text_alone(example.call)
    tree, diagnostics = parse_formula(text)
    assert tree is not None, diagnostics
    expanded, diagnostics = Expander(LIBRARY, {}).expand(tree, text)
    assert expanded is not None, diagnostics
    names = [node.name for node in walk(expanded) if isinstance(node, Name)]
    program = compile_tree(expanded, Scope(dict.fromkeys(names, Readable())))
    given = {name: Fraction(one) if one else None for name, one in example.given.items()}
    outcome = example_outcome(program, given, LIBRARY)
    if example.value in ("missing", "undefined"):
        assert outcome.status.value == example.value
    elif outcome.quality.approximate:
        decimals = len(example.value.partition(".")[2])
        assert to_decimal_text(outcome.number, decimals) == example.value
    else:
        assert outcome.value == Fraction(example.value)


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_a_formula_documents_itself(formula: Formula) -> None:
    assert formula.title
    assert formula.title_id
    assert formula.meaning
    assert all(parameter.meaning for parameter in formula.parameters)
    values = [example.value for example in formula.examples]
    if not reduces(formula):
        assert any(value not in ("missing", "undefined") for value in values)
        assert any(value in ("missing", "undefined") for value in values)


def reduces(formula: Formula) -> bool:
    """Whether it runs over members or records, which an example cannot name."""
    if not isinstance(formula.body, str):
        return False
    tree, _ = parse_formula(text_alone(formula.body))
    assert tree is not None
    return any(isinstance(node, Over | Aggregate) for node in walk(tree))


def test_names_are_unique() -> None:
    assert len(LIBRARY.formulas) == len(FORMULAS)
