"""What holds for every row: sound rows are never found, units and names change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.model import Catalog, Indicator, Phasing, Targets
from iku_engine.checks.from_catalog import checked_catalog
from iku_engine.diagnostics import Diagnostic
from iku_engine.periods import Period
from iku_engine.quantities import Rounding, rounded
from tests.checks.building import catalog, found_in, indicator, months, quarters, years

FIGURES = st.fractions(0, 100_000, max_denominator=100).map(lambda value: rounded(value, 2))
PERIODS = st.integers(1, 12).flatmap(
    lambda count: st.sampled_from([years(count), quarters(count), months(count)])
)
ROUNDINGS = st.sampled_from(list(Rounding))
UNITS = st.sampled_from(["dokumen", "%", "", "miliar rupiah", "orang"])


def alone(values: Sequence[Fraction], periods: Sequence[Period], unit: str) -> list[Diagnostic]:
    held = replace(indicator("i", values, periods, unit=unit, name="Nilai"), decimals=2)
    return [
        one
        for phasing in (None, Phasing.CUMULATIVE)
        for one in found_in(catalog([replace(held, phasing=phasing)]))
    ]


@given(value=FIGURES, periods=PERIODS, unit=UNITS)
def test_a_constant_row_is_sound(value: Fraction, periods: tuple[Period, ...], unit: str) -> None:
    assert not alone([value] * len(periods), periods, unit)


@given(
    start=FIGURES,
    step=FIGURES,
    sign=st.sampled_from([1, -1]),
    periods=PERIODS,
    digits=st.integers(0, 3),
    rounding=ROUNDINGS,
)
def test_a_line_is_sound_however_it_is_rounded(
    start: Fraction,
    step: Fraction,
    sign: int,
    periods: tuple[Period, ...],
    digits: int,
    rounding: Rounding,
) -> None:
    exact = [start + sign * step / 7 * place for place in range(len(periods))]
    assert not alone([rounded(value, digits, rounding) for value in exact], periods, "dokumen")


@given(
    start=st.fractions(1, 100_000, max_denominator=100),
    permille=st.integers(-500, 1000),
    periods=PERIODS,
    digits=st.integers(0, 3),
    rounding=ROUNDINGS,
    carried=st.booleans(),
)
def test_growth_is_sound_however_it_is_rounded(
    start: Fraction,
    permille: int,
    periods: tuple[Period, ...],
    digits: int,
    rounding: Rounding,
    carried: bool,
) -> None:
    factor = 1 + Fraction(permille, 1000)
    values = [rounded(start, digits, rounding)]
    exact = start
    for _ in periods[1:]:
        exact = (values[-1] if carried else exact) * factor
        values.append(rounded(exact, digits, rounding))
    assert not alone(values, periods, "dokumen")


ANY_FIGURE = st.one_of(
    st.integers(0, 40).map(Fraction),
    st.sampled_from(["806.05", "37.96", "870.03", "887.43", "905.17", "2", "656081.37"]).map(
        Fraction
    ),
)
ROWS = st.lists(st.lists(ANY_FIGURE, min_size=1, max_size=7), min_size=1, max_size=4)


def as_catalog(rows: list[list[Fraction]], name: str = "i", times: Fraction | int = 1) -> Catalog:
    return catalog(
        indicator(f"{name}{place}", [value * times for value in row], unit="ton")
        for place, row in enumerate(rows)
    )


def outline(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    return [(one.code, one.subject[-1:], one.location.line if one.location else 0) for one in found]


@given(rows=ROWS, power=st.integers(-3, 6))
def test_other_units_of_measurement_change_nothing_but_the_figures(
    rows: list[list[Fraction]], power: int
) -> None:
    scaled = as_catalog(rows, times=Fraction(10) ** power)
    assert outline(found_in(scaled)) == outline(found_in(as_catalog(rows)))


@given(rows=ROWS, factor=st.integers(2, 1000))
def test_rows_are_judged_by_proportion(rows: list[list[Fraction]], factor: int) -> None:
    """What slip of the pen explains a figure depends on its digits; where it stands does not."""
    codes = {"IKU602", "IKU603"}
    scaled = [one for one in found_in(as_catalog(rows, times=factor)) if one.code in codes]
    as_is = [one for one in found_in(as_catalog(rows)) if one.code in codes]
    assert outline(scaled) == outline(as_is)


@given(rows=ROWS)
def test_other_ids_change_nothing(rows: list[list[Fraction]]) -> None:
    named = [as_catalog(rows, name) for name in ("i", "sebuah_nama_lain_")]
    names = [one.name for one in named[0].indicators.values()]
    renamed = [
        replace(one, name=name)
        for one, name in zip(named[1].indicators.values(), names, strict=True)
    ]
    assert outline(found_in(catalog(renamed))) == outline(found_in(named[0]))


@given(rows=ROWS)
def test_the_order_of_periods_in_the_file_changes_nothing(rows: list[list[Fraction]]) -> None:
    def backwards(one: Indicator) -> Indicator:
        assert one.targets is not None
        given = dict(reversed(list(one.targets.given.items())))
        return replace(one, targets=replace(one.targets, given=given))

    held = as_catalog(rows)
    turned = catalog(map(backwards, held.indicators.values()))
    assert found_in(turned) == found_in(held)


@given(rows=ROWS)
def test_an_accepted_finding_is_not_reported_and_not_missed(rows: list[list[Fraction]]) -> None:
    held = as_catalog(rows)
    found = found_in(held)
    reasons: dict[str, dict[str, str]] = {}
    for one in found:
        reasons.setdefault(one.subject, {})[one.code] = "tercetak demikian"
    accepting = [replace(one, accepted=reasons.get(one.id, {})) for one in held.indicators.values()]
    assert not found_in(catalog(accepting))


def test_targets_without_a_figure_make_no_row() -> None:
    bare = replace(indicator("i", [1, 2]), targets=Targets({}, indicator("i", [1]).location))
    assert not checked_catalog(catalog([bare])).rows
