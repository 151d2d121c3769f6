"""What is measured: owners, units, sources, dimensions, variables and records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.catalog.model.choices import Consolidation, FieldKind, Reduce, Rollup, Unknown
from iku_engine.diagnostics import LocatedText, Location
from iku_engine.quantities import NumberFormat


@dataclass(frozen=True, slots=True)
class Owner:
    """An agency or position that answers for indicators, never a person.

    `duty` is its task (tugas), `functions` what belongs to it (fungsi), as the document words them.
    """

    id: str
    title: str
    location: Location
    parent: str = ""
    duty: str = ""
    functions: tuple[str, ...] = ()


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
    """Data where they live, a file or a service, and how they are read.

    `dimensions` maps a dimension to its column. A long source names the column that holds the
    variable (`variable`) and the one that holds its figure (`value`); in a wide source every
    variable names its own column. `vintage` is the column with the date on which a figure was
    published: of several figures for one point the latest wins.

    `kind` names the reader; without it the suffix of `file` does. `header` are the first and the
    last row of the header, None where it is the first row with anything in it. `encoding` and
    `delimiter` are found out where they are empty. A source that lives in a database names a
    `connection` by its alias and a `table`, or a `query`; its `file`, like that of a plugin's
    service, is empty. `options` are for the readers of plugins. `reduce` says whether its
    records are reduced where they live.
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
    delimiter: str = ""
    comment: str = ""
    missing: tuple[str, ...] = ("-", "--", "n/a", "n.a.")
    vintage: str = ""
    kind: str = ""
    sheet: str = ""
    header: tuple[int, int] | None = None
    encoding: str = ""
    connection: str = ""
    table: str = ""
    query: LocatedText | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    reduce: Reduce = Reduce.AUTO


@dataclass(frozen=True, slots=True)
class Variable:
    """A measured series: which cells of which source hold it, in which unit.

    Without a source it is an input that is still to be collected. `where` pairs a column with
    the text that picks this variable's rows. `consolidation` makes a figure of a longer period
    from those of the shorter ones. `grades` names a scale whose labels the cells hold (`WTP`,
    `BB`): the figure is then the score of the band so labelled.
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
    consolidation: Consolidation | None = None
    grades: str = ""


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
