"""Results: one figure of one indicator in one period at one place, with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.binding.versions import held_text
from iku_engine.catalog.model import FormulaVersion, Indicator
from iku_engine.evaluation.model import Reason, Status
from iku_engine.periods import Period
from iku_engine.places import Place, place_of
from iku_engine.quantities import to_decimal_text, to_exact_text
from iku_engine.results.to_arrow import arrow_stream


@dataclass(frozen=True, slots=True)
class Result:
    """What one indicator came to in one period at one place.

    `exact` and the other figures are unrounded; `display` rounds as the indicator declares.
    `reasons` belong to the actual, `achievement_reasons` to the achievement, `rating_reasons` to
    the rating; `method` names the rule the achievement was computed by. `version` is the formula
    in force in the period. A promised range has `target_low` and `target_high` and no `target`;
    for a point all three are the same. `target_basis` says how the promise came to be (`given`,
    `rule`, `path`, `spread`) or which later decree made it, `target_label` the grade it was
    printed as. `reached` is what the achievement was measured on where that is not the actual:
    what was reached since the start of the year, where targets are cumulative.
    """

    indicator: Indicator
    period: Period
    place: Place
    status: Status
    exact: Fraction | None
    reasons: tuple[Reason, ...]
    target: Fraction | None
    achievement: Fraction | None
    achievement_status: Status
    achievement_reasons: tuple[Reason, ...]
    method: str
    rating: str
    quality: tuple[str, ...]
    rating_reasons: tuple[Reason, ...] = ()
    version: FormulaVersion | None = None
    target_low: Fraction | None = None
    target_high: Fraction | None = None
    target_basis: str = ""
    target_label: str = ""
    reached: Fraction | None = None

    @property
    def unit(self) -> str:
        """The unit of the formula in force; of the last formula where none is."""
        return self.version.unit if self.version else self.indicator.unit

    @property
    def formula_id(self) -> str:
        """The indicator, and the periods of its formula where it has several: `aktif 2021..`."""
        held = held_text(self.version) if self.version else ""
        return f"{self.indicator.id} {held}" if held else self.indicator.id

    @property
    def display(self) -> str:
        """The actual rounded to the declared decimals, a decimal point; empty without one."""
        return figure_text(self.exact, self.indicator.decimals)


@dataclass(frozen=True, slots=True)
class Results:
    """All results of one run, in the order of the catalog, then of periods, then of places."""

    rows: tuple[Result, ...]
    periods: tuple[Period, ...]
    dimensions: tuple[str, ...] = ()
    _found: Mapping[tuple[str, Period, Place], Result] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(
        cls, rows: tuple[Result, ...], periods: tuple[Period, ...], dimensions: tuple[str, ...]
    ) -> Results:
        found = {(row.indicator.id, row.period, row.place): row for row in rows}
        return cls(rows, periods, dimensions, found)

    def get(self, indicator: str, period: Period | str, /, **place: str) -> Result:
        """The result of an indicator in a period, at the whole or at the members named.

        Raises `KeyError` where nothing was computed for it.
        """
        when = period if isinstance(period, Period) else Period.parse(period)
        return self._found[indicator, when, place_of(place)]

    def __iter__(self) -> Iterator[Result]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def as_rows(self) -> list[dict[str, str]]:
        """One mapping a result, all values text: what CSV, JSON and Arrow carry."""
        return [row_of(result, self.dimensions) for result in self.rows]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Results as an Arrow stream of text columns, for pandas, polars and DuckDB.

        Needs the extra `arrow`; raises `UsageError` without it.
        """
        return arrow_stream(self.columns(), self.as_rows(), requested_schema)

    def columns(self) -> tuple[str, ...]:
        """The names of the columns of `as_rows`, dimensions among them."""
        return column_names(self.dimensions)


def column_names(dimensions: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of results as rows, the dimensions behind the period."""
    return (
        "indicator", "owner", "period", *dimensions, "unit", "actual", "target", "achievement",
        "rating", "status", "reason", "achievement_status", "quality", "exact",
        "achievement_exact",
    )  # fmt: skip


ACHIEVEMENT_DECIMALS = 2


def row_of(result: Result, dimensions: tuple[str, ...]) -> dict[str, str]:
    """One result as text: figures rounded for display beside their exact values."""
    indicator = result.indicator
    members = dict(result.place)
    reasons = dict.fromkeys((*result.reasons, *result.achievement_reasons, *result.rating_reasons))
    return {
        "indicator": indicator.id,
        "owner": indicator.owner,
        "period": str(result.period),
        **{dimension: members.get(dimension, "") for dimension in dimensions},
        "unit": result.unit,
        "actual": result.display,
        "target": target_text(result),
        "achievement": figure_text(result.achievement, ACHIEVEMENT_DECIMALS),
        "rating": result.rating,
        "status": result.status.value,
        "reason": ";".join(str(reason) for reason in reasons),
        "achievement_status": result.achievement_status.value,
        "quality": ";".join(result.quality),
        "exact": "" if result.exact is None else exact_text(result.exact, result.quality),
        "achievement_exact": ""
        if result.achievement is None
        else exact_text(result.achievement, _achievement_quality(result)),
    }


def _achievement_quality(result: Result) -> tuple[str, ...]:
    """The achievement of an exact actual is known to 50 digits where its target is."""
    if "approximate:achievement" in result.quality:
        return (*result.quality, "approximate")
    return result.quality


def figure_text(value: Fraction | None, decimals: int) -> str:
    """A figure rounded for display; empty where there is none."""
    return "" if value is None else to_decimal_text(value, decimals)


def target_text(result: Result) -> str:
    """The target as promised: never with fewer decimals than the promise has; `7..8` a range."""
    if result.target is None:
        return ends_text(result.target_low, result.target_high)
    return promised_text(result.target, result.indicator.decimals)


def promised_text(value: Fraction, decimals: int) -> str:
    """A promised figure with the declared decimals, and more where it has more."""
    return to_decimal_text(value, max(decimals, _decimals(value)))


def ends_text(low: Fraction | None, high: Fraction | None) -> str:
    """A promised range as a definition writes it, `7..8`; empty where there is none."""
    if low is None or high is None:
        return ""
    shown = max(_decimals(low), _decimals(high))
    return f"{to_decimal_text(low, shown)}..{to_decimal_text(high, shown)}"


def exact_text(value: Fraction, quality: tuple[str, ...]) -> str:
    """`n` or `n/d`; a value that is only known to 50 digits is written as those digits."""
    if "approximate" not in quality:
        return to_exact_text(value)
    return significant_text(value)


def significant_text(value: Fraction, digits: int = 50) -> str:
    """A value to a number of significant digits, without trailing zeros."""
    if not value:
        return "0"
    size = abs(value)
    before = len(to_exact_text(Fraction(size.numerator // size.denominator))) if size >= 1 else 0
    leading = 0
    while not before and size * 10 ** (leading + 1) < 1:
        leading += 1
    text = to_decimal_text(value, max(0, digits - before + leading))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(value: Fraction) -> int:
    """How many decimals write the value exactly, up to 10."""
    for decimals in range(10):
        if (value * 10**decimals).denominator == 1:
            return decimals
    return 10
