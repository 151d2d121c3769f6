"""The words a definition may choose from."""

from __future__ import annotations

from enum import StrEnum


class Polarity(StrEnum):
    """Which direction of an indicator is the better one."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Consolidation(StrEnum):
    """How the figures of periods make the figure of a longer one (konsolidasi periode)."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"


class Phasing(StrEnum):
    """What a target of a period inside the year promises.

    `per_period`: for that period alone. `cumulative`: from the start of the year up to its end.
    """

    PER_PERIOD = "per_period"
    CUMULATIVE = "cumulative"


class Rollup(StrEnum):
    """How the figures of places make the figure of a larger place."""

    SUM = "sum"
    MEAN = "mean"
    NONE = "none"


class RatedFigure(StrEnum):
    """Which figure of an indicator its rating scale looks at."""

    ACTUAL = "actual"
    ACHIEVEMENT = "achievement"


class Reduce(StrEnum):
    """Whether records are reduced where they live: in databases, in CSV files too, or nowhere."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Unknown(StrEnum):
    """What a record does to an aggregate whose condition or figure is unknown for it."""

    REFUSE = "refuse"
    EXCLUDE = "exclude"


class PathKind(StrEnum):
    """How targets run between two figures: equal steps, or equal growth."""

    LINEAR = "linear"
    COMPOUND = "compound"


class Level(StrEnum):
    """The level of a plan node, from the objective down."""

    SASARAN = "sasaran"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"


class Measure(StrEnum):
    """What is summed up from plan nodes to their parent."""

    BUDGET = "budget"
    OUTPUT = "output"


class SummaryMethod(StrEnum):
    """How the figures of children make the figure of their parent."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"


class SummaryWeight(StrEnum):
    """What a child weighs: the `weight` it declares, or its budget target."""

    DECLARED = "weight"
    BUDGET = "budget"


class EmptyChild(StrEnum):
    """What a child without a figure does to the figure of its parent."""

    LEAVE_OUT = "leave_out"
    ZERO = "zero"
    MISSING = "missing"


class CountedLines(StrEnum):
    """Which indicator lines of a node make its output: all that count, or the first one."""

    ALL = "all"
    FIRST = "first"


class FieldKind(StrEnum):
    """What a field of a record holds."""

    NUMBER = "number"
    TEXT = "text"
