"""What is computed: indicators, named formulas and scales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.catalog.model.choices import Consolidation, Phasing, Polarity, RatedFigure
from iku_engine.catalog.model.targets import Revision, Targets
from iku_engine.diagnostics import LocatedText, Location
from iku_engine.periods import Period
from iku_engine.scales import Scale


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
class FormulaVersion:
    """The formula and unit that hold from `first` to `last`; None leaves that end open."""

    first: Period | None
    last: Period | None
    formula: LocatedText
    unit: str


@dataclass(frozen=True, slots=True)
class Policies:
    """What an achievement method is told to do at its edges, with the regulation that says so.

    `zero_target` and `zero_actual` are the achievement in percent where the target (the actual)
    is 0; None leaves it to the formula of the method. `floor` and `cap` bound the achievement.
    """

    location: Location
    zero_target: Fraction | None = None
    zero_actual: Fraction | None = None
    floor: Fraction | None = None
    cap: Fraction | None = None
    reference: str = ""


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
    `versions` are the formulas of an indicator whose definition changed, earliest first; `formula`
    and `unit` are then those of the last. `revisions` are in order of their dates. `node` is the
    plan node it belongs to, `counted` whether it counts towards the output of that node.
    `accepted` maps the code of a check to the reason why its finding stands here.
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
    versions: tuple[FormulaVersion, ...] = ()
    revisions: tuple[Revision, ...] = ()
    consolidation: Consolidation | None = None
    phasing: Phasing | None = None
    policies: Policies | None = None
    grades: str = ""
    node: str = ""
    counted: bool = True
    accepted: Mapping[str, str] = field(default_factory=dict)
