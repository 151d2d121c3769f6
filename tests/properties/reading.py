"""Programs run on figures by name, and their reasons brought to a form that can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import OverMembers, OverRecords, Readable, Scope
from iku_engine.diagnostics import text_alone
from iku_engine.evaluation.model import Outcome, missing
from iku_engine.evaluation.model import Reason as EngineReason
from iku_engine.evaluation.steps import evaluate
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Node
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.testing.stepwise import Cause, Figures, cause
from tests.properties.trees import NAMES, SCALE

SCOPE = Scope({name: Readable() for name in NAMES}, scales={SCALE.name: SCALE})


class World:
    """Figures by name and period, and nothing else."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        figure = self._figures(name, period)
        if figure is None:
            return missing(EngineReason("missing", name, period))
        return Outcome(figure)

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        raise AssertionError("these trees have no dimensions")

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        raise AssertionError("these trees have no records")

    @property
    def opaque(self) -> Callable[[str, Sequence[Fraction]], Fraction | str]:
        raise AssertionError("these trees call no functions")


def compiled_outcome(tree: Node, figures: Figures, period: Period) -> Outcome:
    """What the compiled program of a tree yields."""
    return evaluate(compile_tree(tree, SCOPE), World(figures), period, ())


def parsed(text: str) -> Node:
    """The tree of a text that must be readable."""
    tree, diagnostics = parse_formula(text_alone(text))
    assert tree is not None, (text, diagnostics)
    return tree


def causes_of(reasons: Iterable[EngineReason]) -> set[Cause]:
    """Reasons of the engine with the lags of their texts applied to their periods."""
    found = set()
    for reason in reasons:
        assert reason.period is not None
        found.add(cause(reason.kind, parsed(reason.subject), reason.period))
    return found


def noted(notes: Iterable[str]) -> set[Cause]:
    """Quality notes such as `negative_base:x@2019` in the same form."""
    found = set()
    for note in notes:
        kind, _, rest = note.partition(":")
        subject, _, period = rest.rpartition("@")
        found.add(cause(kind, parsed(subject), Period.parse(period)))
    return found


def fixed(figures: Mapping[tuple[str, Period], Fraction | None]) -> Figures:
    """Figures from a table; what it does not hold is missing."""
    return lambda name, period: figures.get((name, period))
