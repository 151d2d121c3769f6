"""What one definition file declares, before files are brought together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from iku_engine.catalog.forms import HeaderForm
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.model import (
    Consolidation,
    DeclaredScale,
    DeclaredUnit,
    Dimension,
    Document,
    Indicator,
    NamedFormula,
    Owner,
    PlanNode,
    RecordSet,
    Source,
    Summary,
    Variable,
)
from iku_engine.diagnostics import Location
from iku_engine.periods import Period

Declaration: TypeAlias = (
    Owner
    | DeclaredUnit
    | Source
    | Dimension
    | Variable
    | RecordSet
    | NamedFormula
    | DeclaredScale
    | PlanNode
    | Summary
    | Document
    | Indicator
)


@dataclass(frozen=True, slots=True)
class Declared:
    """An identifier of a section with its record, None where the definition cannot be used."""

    section: str
    id: str
    key: Location
    record: Declaration | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in one section that must be declared in another (or the same) one."""

    section: str
    name: str
    location: Location
    subject: str


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file declares; `complete` is false where it could not be read to its end."""

    declared: tuple[Declared, ...]
    references: tuple[Reference, ...]
    periods: tuple[Period, ...]
    complete: bool


@dataclass(slots=True)
class FileContext:
    """What holds for every definition of a file while it is read."""

    folder: str
    mistakes: Mistakes
    header: HeaderForm | None = None
    faulty: frozenset[str] = frozenset()  # fields of the header that were wrong
    references: list[Reference] = field(default_factory=list)

    @property
    def owner(self) -> str:
        return (self.header.owner if self.header else None) or ""

    @property
    def default_source(self) -> str:
        defaults = self.header.defaults if self.header else None
        return (defaults.source if defaults else None) or ""

    @property
    def default_consolidation(self) -> Consolidation | None:
        defaults = self.header.defaults if self.header else None
        return defaults.consolidation if defaults else None
