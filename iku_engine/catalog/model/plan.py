"""What indicators hang in: the tree of plan nodes, its summaries, the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.catalog.model.choices import (
    CountedLines,
    EmptyChild,
    Level,
    Measure,
    SummaryMethod,
    SummaryWeight,
)
from iku_engine.diagnostics import LocatedText, Location
from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat


@dataclass(frozen=True, slots=True)
class PlanNode:
    """One node of the plan (rencana aksi): a sasaran, program, kegiatan or sub kegiatan.

    `code` is the nomenclature's (`2.17.01.2.05.09`), `no` the number as printed. `budget` and
    `spent` are the money promised and spent per period; they belong to nodes without children, a
    parent's are summed. A node that is not `counted` is left out of its parent's output.
    """

    id: str
    level: Level
    name: str
    location: Location
    parent: str = ""
    code: str = ""
    no: str = ""
    owner: str = ""
    budget: Mapping[Period, Fraction] = field(default_factory=dict)
    spent: Mapping[Period, Fraction] = field(default_factory=dict)
    counted: bool = True
    weight: Fraction | None = None
    obstacles: str = ""
    follow_up: str = ""
    note: str = ""
    accepted: Mapping[str, str] = field(default_factory=dict)
    locations: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """How one measure of plan nodes is summed up to their parent; unrounded all the way up."""

    measure: Measure
    method: SummaryMethod
    location: Location
    weight: SummaryWeight = SummaryWeight.DECLARED
    empty: EmptyChild = EmptyChild.MISSING
    lines: CountedLines = CountedLines.ALL


@dataclass(frozen=True, slots=True)
class Document:
    """The document a catalog transcribes: its form, its header block and its printed counts.

    `header` pairs a label with its text, `counts` a level with the number of nodes the document
    says it has. `printed` is a CSV with printed figures, for `iku audit`, its figures written in
    `numbers`. `obstacles` and `follow_up` are the narrative at its end.
    """

    location: Location
    title: str = ""
    form: str = ""
    header: tuple[tuple[str, str], ...] = ()
    counts: Mapping[Level, int] = field(default_factory=dict)
    printed: LocatedText | None = None
    folder: str = ""
    numbers: NumberFormat = NumberFormat.ID
    obstacles: str = ""
    follow_up: str = ""
