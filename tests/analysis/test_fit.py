"""Rows of printed targets and the simple rules behind them, on real rows and drawn ones."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from iku_engine.analysis.fit import Fit, RuleKind, fit_catalog, fits_of
from iku_engine.analysis.fit_intervals import candidates, shortest_in
from iku_engine.engine import Engine
from iku_engine.periods import Period
from iku_engine.quantities import Rounding, rounded


def row(first: str, *cells: str) -> dict[Period, Fraction]:
    start = Period.parse(first)
    return {start.shifted(n): Fraction(cell) for n, cell in enumerate(cells)}


def holding(first: str, *cells: str) -> list[Fit]:
    return [fit for fit in fits_of(row(first, *cells)) if fit.holds]


def broken(fit: Fit) -> dict[str, tuple[float, float]]:
    return {str(one.period): (float(one.printed), float(one.expected)) for one in fit.breaks}


def test_two_percent_truncated_and_a_cell_that_lost_digits() -> None:
    """PDRB Sektor Perdagangan, Kabupaten Lampung Barat, 2018 to 2022."""
    (fit,) = holding("2018", "806.05", "37.96", "870.03", "887.43", "905.17")
    assert (fit.kind, fit.rule, fit.mode) == (RuleKind.GROWTH, "target[t-1] * 1.02", Rounding.DOWN)
    assert broken(fit) == {"2019": (37.96, 822.17), "2020": (870.03, 838.61)}
    assert fit.text == (
        '{start: {2018: 806.05, 2020: 870.03}, rule: "target[t-1] * 1.02", '
        "round: {decimals: 2, mode: down}}"
    )


def test_one_percent_rounded_breaks_in_its_first_step() -> None:
    """Nilai ekspor, Kabupaten Lampung Barat: a hundredth too much, and right again after it."""
    best, other = holding("2018", "656081.37", "662642.19", "669268.61", "675961.30")
    assert (best.rule, best.mode) == ("target[t-1] * 1.01", Rounding.HALF_UP)
    assert broken(best) == {"2019": (662642.19, 662642.18)}
    assert (other.rule, other.mode) == ("target[t-1] * 1.01", Rounding.UP)
    assert broken(other) == {"2020": (669268.61, 669268.62)}


def test_a_row_of_which_no_rule_gives_two_cells_has_a_nearest_one() -> None:
    """PDRB Sektor Industri: 2 percent gives one of four steps."""
    cells = ("320.55", "364.09", "351.35", "358.37", "365.57")
    assert holding("2018", *cells) == []
    (found,) = fit_catalog(catalog_of({"2018": cells}).catalog)
    assert found.fits == ()
    assert found.nearest is not None
    assert found.nearest.rule == "target[t-1] * 1.02"
    assert broken(found.nearest)["2022"] == (365.57, 365.53)


def test_monthly_phasing_is_a_mix_of_truncated_and_rounded_twelfths() -> None:
    """Persentase koperasi aktif, Kabupaten Buleleng, March to December 2021."""
    fits = holding(
        "2021-03",
        *("19.37", "25.83", "32.29", "38.74", "45.21"),
        *("51.67", "58.11", "64.58", "71.04", "77.5"),
    )
    shares = {fit.mode: sorted(broken(fit)) for fit in fits if fit.kind is RuleKind.SHARE}
    assert shares == {
        Rounding.HALF_UP: ["2021-03", "2021-06", "2021-09"],
        Rounding.DOWN: ["2021-06", "2021-07", "2021-08", "2021-09"],
    }
    assert fits[0].text == "{annual: {2021: 77.5}, over: month, round: {decimals: 2}}"


def test_a_rule_goes_on_behind_the_cell_that_breaks_it() -> None:
    (fit,) = holding("2018", "100", "37.96", "104.04", "106.12", "108.24")
    assert broken(fit) == {"2019": (37.96, 102.0)}
    assert [str(period) for period, _ in fit.start] == ["2018"]


def test_a_level_and_a_count_of_months_are_the_simplest_rules() -> None:
    assert holding("2018", "10", "10", "10", "10", "12")[0].rule == "target[t-1]"
    assert holding("2021-01", *map(str, range(1, 13)))[0].rule == "target[t-1] + 1"


def test_few_whole_figures_fit_no_growth_by_accident() -> None:
    assert holding("2018", "11", "17", "22", "23", "25") == []


def catalog_of(rows: dict[str, tuple[str, ...]]) -> Engine:
    targets = {
        str(period): str(figure) if figure.denominator == 1 else str(float(figure))
        for first, cells in rows.items()
        for period, figure in row(first, *cells).items()
    }
    return Engine.from_text(
        {
            "iku": "1",
            "owner": "dinas",
            "owners": {"dinas": {"title": "Dinas"}},
            "variables": {"a": {"label": "a", "unit": ""}},
            "indicators": {
                "hasil": {
                    "name": "Hasil",
                    "formula": "a",
                    "unit": "",
                    "polarity": "higher",
                    "targets": targets,
                }
            },
        },
        discover=False,
    )


def test_years_and_months_are_rows_of_their_own() -> None:
    engine = catalog_of({"2018": ("1", "2", "3"), "2021-01": ("5", "5", "5")})
    found = list(fit_catalog(engine.catalog))
    assert [one.fits[0].rule for one in found] == ["target[t-1] + 1", "target[t-1]"]


modes = st.sampled_from(list(Rounding))
percents = st.integers(-300, 300).map(lambda tenths: Fraction(tenths, 1000))


@given(st.integers(100_000, 10**9), percents, modes, st.integers(4, 12))
def test_the_growth_that_made_a_row_is_found(
    start: int, percent: Fraction, mode: Rounding, length: int
) -> None:
    value = Fraction(start, 100)
    cells = [value]
    while len(cells) < length:
        value = rounded(value * (1 + percent), 2, mode)
        cells.append(value)
    best = fits_of({Period.of(2000 + n): cell for n, cell in enumerate(cells)})[0]
    assert best.breaks == ()
    again = [cells[0]]
    factor = Fraction(best.rule.split(" * ")[1]) if " * " in best.rule else Fraction(1)
    step = Fraction(best.rule.split("] ")[1].replace(" ", "")) if best.kind is RuleKind.STEP else 0
    while len(again) < length:
        again.append(rounded(again[-1] * factor + step, best.decimals, best.mode))
    assert again == cells


@given(
    st.integers(-(10**6), 10**6),
    st.integers(-(10**4), 10**4),
    st.integers(3, 12),
    st.integers(0, 11),
)
def test_a_constant_step_is_found_with_the_cell_that_breaks_it(
    start: int, step: int, length: int, place: int
) -> None:
    cells = [Fraction(start + step * n, 100) for n in range(length)]
    whole = {Period.of(2000 + n): cell for n, cell in enumerate(cells)}
    assert fits_of(whole)[0].breaks == ()
    if 0 < place < length - 3:
        spoiled = {**whole, Period.of(2000 + place): cells[place] + 1}
        assert len(fits_of(spoiled)[0].breaks) <= 1


@given(st.integers(1, 10**6), modes, st.integers(0, 3))
def test_twelfths_of_a_year_are_found(annual: int, mode: Rounding, decimals: int) -> None:
    whole = Fraction(annual, 10**decimals)
    cells = {
        Period.of(2024, month=month): rounded(whole * Fraction(month, 12), decimals, mode)
        for month in range(1, 13)
    }
    cells[Period.of(2024, month=12)] = whole
    assert any(fit.kind is RuleKind.SHARE and not fit.breaks for fit in fits_of(cells))


bounds = st.tuples(st.integers(-500, 500), st.integers(0, 60)).map(
    lambda drawn: (Fraction(drawn[0], 77), Fraction(drawn[0] + drawn[1], 77))
)


@given(st.lists(bounds, min_size=1, max_size=8))
def test_the_first_candidate_lies_in_the_most_intervals_that_any_short_decimal_does(
    intervals: list[tuple[Fraction, Fraction]],
) -> None:
    def held(figure: Fraction) -> int:
        return sum(low <= figure <= high for low, high in intervals)

    found = candidates(intervals, 2)
    every = (Fraction(number, 100) for number in range(-700, 800))
    most = max(map(held, every))
    assert not found if most == 0 else max(map(held, found)) == most


@given(bounds)
def test_the_shortest_decimal_of_an_interval_is_inside_it(bound: tuple[Fraction, Fraction]) -> None:
    low, high = bound
    found = shortest_in(low, high, 6)
    assert all(low <= figure <= high for figure in found)
    assert found or high - low < Fraction(1, 10**6)
