"""What is asked of an indicator: to be at a goal, by moving one input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from iku_engine.algebra.measures import parse_unit
from iku_engine.algebra.unit_table import MONEY
from iku_engine.algebra.univariate import Ratio
from iku_engine.analysis.cells import InputCell, recomputed
from iku_engine.analysis.pieces import Pieces, Stairs, Value, by_levels, combined, everywhere
from iku_engine.catalog.model import Polarity
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.sources.totals import is_summable_unit


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator at a period and place, the input that moves, and the goal."""

    run: ExactEvaluation
    indicator: str
    period: Period
    place: Place
    cell: InputCell
    goal: Fraction

    @property
    def polarity(self) -> Polarity | None:
        return self.run.binding.indicators[self.indicator].declared.polarity

    @property
    def is_count(self) -> bool:
        """Whether the unknown is counted in whole units, by its unit."""
        unit = self.run.binding.variables[self.cell.variable].declared.unit
        is_money = any(part.dimension == MONEY for part, _ in parse_unit(unit).parts)
        return is_summable_unit(unit) and not is_money

    def tried(self, figure: Fraction) -> Outcome:
        """The indicator computed with a figure in the place of the unknown."""
        figures = {self.cell: figure}
        return recomputed(self.run, figures, self.indicator, self.period, self.place)

    def met(self, pieces: Pieces) -> Pieces:
        """Where the value is the goal: truth values, failures kept."""
        return compared_with(pieces, self.goal, lambda figure: figure == self.goal)

    def reached(self, pieces: Pieces) -> Pieces | None:
        """Where the value is at the goal or better; None without a polarity."""
        if self.polarity is None:
            return None
        if self.polarity is Polarity.HIGHER:
            return compared_with(pieces, self.goal, lambda figure: figure >= self.goal)
        return compared_with(pieces, self.goal, lambda figure: figure <= self.goal)


def compared_with(pieces: Pieces, level: Fraction, holds: Callable[[Fraction], bool]) -> Pieces:
    """Where something holds of the value that changes at one level only."""

    def answer(value: Value) -> Pieces:
        if isinstance(value, Ratio | Stairs):
            return by_levels(value, [level], lambda figure: Outcome(holds(figure)))
        return everywhere(value)

    return combined([pieces], lambda values: answer(values[0]))


def is_true(value: Value) -> bool:
    """Whether something is known to hold."""
    return isinstance(value, Outcome) and value.ok and value.value is True


def is_false(value: Value) -> bool:
    """Whether something is known not to hold."""
    return isinstance(value, Outcome) and value.ok and value.value is False
