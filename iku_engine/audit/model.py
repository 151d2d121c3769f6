"""What an audit finds: each printed cell beside the recomputed figure, with a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from iku_engine.diagnostics import Location
from iku_engine.evaluation.model import Reason
from iku_engine.periods import Period


class Column(StrEnum):
    """What a printed figure says of its place.

    Plan nodes have the first five, indicators the last three.
    """

    BUDGET = "budget"
    SPENT = "spent"
    ABSORPTION = "absorption"
    OUTPUT = "output"
    AVERAGE = "average"
    TARGET = "target"
    ACTUAL = "actual"
    ACHIEVEMENT = "achievement"


NODE_COLUMNS = (Column.BUDGET, Column.SPENT, Column.ABSORPTION, Column.OUTPUT, Column.AVERAGE)
INDICATOR_COLUMNS = (Column.TARGET, Column.ACTUAL, Column.ACHIEVEMENT)


class Verdict(StrEnum):
    """What became of one cell.

    `not_printed` is a cell the document leaves blank or fills with `-` although there is a
    figure; `not_computed` one whose figure the definitions and data do not give.
    """

    REPRODUCED = "reproduced"
    NOT_PRINTED = "not_printed"
    NOT_REPRODUCED = "not_reproduced"
    NOT_COMPUTED = "not_computed"


class Cause(StrEnum):
    """What may explain a printed figure, the simplest first: the order is the rank."""

    TRUNCATED = "truncated"
    ROUNDED_UP = "rounded_up"
    ROUNDED_PARTS = "rounded_parts"
    PRINTED_PARTS = "printed_parts"
    PREVIOUS_PRINTED = "previous_printed"
    PRINTED_MULTIPLE = "printed_multiple"
    CAPPED = "capped"
    CHILD_LEFT_OUT = "child_left_out"
    CHILD_COUNTED = "child_counted"
    NODE_LEFT_OUT = "node_left_out"
    LINE_LEFT_OUT = "line_left_out"
    LINE_COUNTED = "line_counted"
    OTHER_AVERAGE = "other_average"
    OTHER_METHOD = "other_method"
    OTHER_DIVISOR = "other_divisor"
    CHILDREN_LEFT_OUT = "children_left_out"
    COPIED = "copied"
    DECIMAL_MARK = "decimal_mark"
    DIGITS_SWAPPED = "digits_swapped"
    DIGIT_LOST = "digit_lost"
    DIGIT_ADDED = "digit_added"
    DIGIT_CHANGED = "digit_changed"

    @property
    def rank(self) -> int:
        """The place in the order of what is the simplest to believe."""
        return list(Cause).index(self)


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One figure as a document prints it; None where it prints none.

    `place` is a plan node, an indicator or `total`; `decimals` is the precision of the print,
    `origin` what the transcription says of where it stands.
    """

    place: str
    column: Column
    period: Period
    text: str
    value: Fraction | None
    decimals: int
    location: Location
    origin: str = ""

    @property
    def key(self) -> tuple[str, Column, Period]:
        """What tells cells apart."""
        return self.place, self.column, self.period


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The figure that definitions and data give for a cell, or the reasons why there is none."""

    value: Fraction | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A change of rule under which the engine prints what the document prints.

    `subjects` names what the cause speaks of (the child left out, the divisor), `figure` is the
    figure under the changed rule, unrounded. An explanation is offered, never asserted.
    """

    cause: Cause
    subjects: tuple[str, ...]
    figure: Fraction
    and_truncated: bool = False

    @property
    def rank(self) -> tuple[int, int, tuple[str, ...]]:
        """Fewer changes and simpler causes come first."""
        return self.cause.rank + 10 * self.and_truncated, len(self.subjects), self.subjects


@dataclass(frozen=True, slots=True)
class AuditedCell:
    """A printed cell with its verdict and, where it is not reproduced, what may explain it."""

    printed: PrintedCell
    recomputed: Recomputed
    verdict: Verdict
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """All printed cells of a document, in their order."""

    cells: tuple[AuditedCell, ...]

    def __iter__(self) -> Iterator[AuditedCell]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many cells came to which verdict."""
        found = dict.fromkeys(Verdict, 0)
        for cell in self.cells:
            found[cell.verdict] += 1
        return found

    @property
    def is_reproduced(self) -> bool:
        """Whether no printed figure contradicts the recomputed one."""
        return not any(cell.verdict is Verdict.NOT_REPRODUCED for cell in self.cells)
