"""Laws of the formula language: what is printed is read back as the same tree."""

from __future__ import annotations

from hypothesis import given

from iku_engine.language.model import Node
from iku_engine.language.to_latex import to_latex
from iku_engine.language.to_text import to_text
from tests.laws import LAW
from tests.properties.reading import parsed
from tests.properties.trees import numeric, written


@LAW
@given(written())
def test_printed_trees_are_read_back_as_the_same_tree(tree: Node) -> None:
    assert parsed(to_text(tree)) == tree


@given(numeric(based=False))
def test_printed_formulas_are_read_back_as_the_same_tree(tree: Node) -> None:
    text = to_text(tree)
    assert parsed(text) == tree
    assert to_text(parsed(text)) == text


@given(written())
def test_every_tree_has_latex_with_balanced_braces(tree: Node) -> None:
    printed = to_latex(tree)
    bare = printed.replace(r"\{", "").replace(r"\}", "").replace("\\\\", "")
    assert bare.count("{") == bare.count("}")
    assert bare.count(r"\left") == bare.count(r"\right")
