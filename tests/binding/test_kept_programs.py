"""A program that was written as data and read back is the same program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Program
from iku_engine.binding.encoding import from_data, to_data
from iku_engine.evaluation.steps import evaluate
from iku_engine.language.model import Node
from iku_engine.periods import Period
from tests.laws import LAW
from tests.properties.reading import SCOPE, World
from tests.properties.trees import PERIODS, figures_of, numeric, pools


@LAW
@given(numeric(), pools(), st.sampled_from(PERIODS))
def test_a_kept_program_gives_the_same_outcome(
    tree: Node, pool: Mapping[str, list[Fraction | None]], period: Period
) -> None:
    program = compile_tree(tree, SCOPE)
    kept = from_data(json.loads(json.dumps(to_data(program))))
    assert isinstance(kept, Program)
    assert kept == program
    world = World(figures_of(pool))
    assert evaluate(kept, world, period, ()) == evaluate(program, world, period, ())


@given(numeric())
def test_a_kept_tree_is_the_same_tree(tree: Node) -> None:
    assert from_data(json.loads(json.dumps(to_data(tree)))) == tree
