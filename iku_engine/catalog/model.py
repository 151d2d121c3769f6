"""The catalog: what an agency declared, validated, every part with its location in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from iku_engine.diagnostics import LocatedText, Location
from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat
from iku_engine.scales import Scale


class Polarity(StrEnum):
    """Which direction of an indicator is the better one."""

    HIGHER = "higher"
    LOWER = "lower"


class Rollup(StrEnum):
    """How the figures of places make the figure of a larger place."""

    SUM = "sum"
    MEAN = "mean"
    NONE = "none"


class RatedFigure(StrEnum):
    """Which figure of an indicator its rating scale looks at."""

    ACTUAL = "actual"
    ACHIEVEMENT = "achievement"


class Unknown(StrEnum):
    """What a record does to an aggregate whose condition or figure is unknown for it."""

    REFUSE = "refuse"
    EXCLUDE = "exclude"


class FieldKind(StrEnum):
    """What a field of a record holds."""

    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Owner:
    """An agency or position that answers for indicators."""

    id: str
    title: str
    location: Location
    parent: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredUnit:
    """A unit of the agency's own: so many of another one (a `karung` is 50 kg)."""

    id: str
    of: str
    factor: Fraction
    location: Location


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a dimension; `parent` is another member's id, `total` marks the whole."""

    id: str
    label: str
    location: Location
    parent: str = ""
    level: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to split figures (kecamatan, industry), with its members where they are declared.

    A dimension without members takes them from the data, as a flat list.
    """

    id: str
    label: str
    location: Location
    members: Mapping[str, Member] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A data file and how to read it.

    `dimensions` maps a dimension to its column. A long source names the column that holds the
    variable (`variable`) and the one that holds its figure (`value`); in a wide source every
    variable names its own column.
    """

    id: str
    title: str
    location: Location
    file: LocatedText
    folder: str
    period: str
    numbers: NumberFormat
    dimensions: Mapping[str, str] = field(default_factory=dict)
    variable: str = ""
    value: str = ""
    delimiter: str = ","
    comment: str = ""
    missing: tuple[str, ...] = ("-", "--", "n/a", "n.a.")


@dataclass(frozen=True, slots=True)
class Variable:
    """A measured series: which cells of which source hold it, in which unit.

    Without a source it is an input that is still to be collected. `where` pairs a column with
    the text that picks this variable's rows.
    """

    id: str
    label: str
    unit: str
    location: Location
    source: str = ""
    column: str = ""
    where: tuple[tuple[str, str], ...] = ()
    rollup: Rollup | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field of a record: read from a column, or computed by a formula over other fields."""

    id: str
    label: str
    unit: str
    location: Location
    kind: FieldKind = FieldKind.NUMBER
    column: str = ""
    formula: LocatedText | None = None


@dataclass(frozen=True, slots=True)
class RecordSet:
    """Micro data: one row of a source is one record (one cooperative in one year)."""

    id: str
    label: str
    location: Location
    source: str
    key: str
    fields: Mapping[str, RecordField]
    unknown: Unknown = Unknown.REFUSE


@dataclass(frozen=True, slots=True)
class Example:
    """Inputs and the value they must give: `given` pairs an input as written with its figure.

    `value` is a figure, or the word `missing` or `undefined`; `decimals` is how many decimals
    the expected figure was written with, the precision it is compared at.
    """

    given: tuple[tuple[str, Fraction | None], ...]
    value: Fraction | str
    decimals: int
    location: Location


@dataclass(frozen=True, slots=True)
class NamedFormula:
    """A formula named in a catalog, without Python."""

    id: str
    parameters: tuple[str, ...]
    body: LocatedText
    location: Location
    title: str = ""
    unit: str | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredScale:
    """A rating scale declared in a catalog, with where each band stands."""

    scale: Scale
    location: Location
    bands: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """Promised values: given per period, and continued by a rule where there is one.

    `given` holds printed figures (and a rule's start); `round_to` is the number of decimals a
    figure of the rule is rounded to, because the rounded figure is the promise.
    """

    given: Mapping[Period, Fraction]
    location: Location
    rule: LocatedText | None = None
    round_to: int | None = None
    locations: Mapping[Period, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatingRule:
    """Which scale rates an indicator, and on which of its figures."""

    scale: str
    of: RatedFigure
    location: Location


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured: the decree's words, the formula that means the same, and the promise.

    `formulation` is the decree's own sentence, kept as printed. `achievement` is the id of the
    achievement method, empty where none was declared and none is the default of the polarity.
    """

    id: str
    name: str
    unit: str
    owner: str
    formula: LocatedText
    location: Location
    no: str = ""
    objective: str = ""
    formulation: str = ""
    data_source: str = ""
    note: str = ""
    polarity: Polarity | None = None
    decimals: int = 2
    targets: Targets | None = None
    achievement: str = ""
    rating: RatingRule | None = None
    examples: tuple[Example, ...] = ()
    locations: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All definitions of one run. Mappings keep the order of the files and of their text.

    `folder` is the folder data files must lie in; empty for definitions held in memory.
    """

    folder: str
    periods: tuple[Period, ...] = ()
    owners: Mapping[str, Owner] = field(default_factory=dict)
    units: Mapping[str, DeclaredUnit] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    records: Mapping[str, RecordSet] = field(default_factory=dict)
    formulas: Mapping[str, NamedFormula] = field(default_factory=dict)
    scales: Mapping[str, DeclaredScale] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
