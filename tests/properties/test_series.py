"""Laws of series: growth chains back, gaps stay gaps, lags and `ytd` follow the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine.evaluation.model import Status
from iku_engine.periods import Frequency, Period
from iku_engine.testing.calendar_steps import before, from_start_of_year, make
from tests.properties.catalogs import engine_of, reasons_of, sound

positive = st.fractions(min_value=Fraction(1, 1000), max_value=10**12, max_denominator=1000)
figures = st.fractions(-(10**6), 10**6, max_denominator=100)


@given(st.lists(positive, min_size=2, max_size=6))
def test_chaining_growth_gives_the_last_level_back(levels: list[Fraction]) -> None:
    engine = sound(engine_of({"tumbuh": "growth_rate(a)"}))
    data = {"a": {str(2010 + year): level for year, level in enumerate(levels)}}
    results = engine.compute(f"2011..{2009 + len(levels)}", data=data)
    level = levels[0]
    for result in results:
        assert result.exact is not None
        level *= 1 + result.exact / 100
    assert level == levels[-1]


@given(st.lists(positive, min_size=5, max_size=5), st.integers(1, 3))
def test_a_missing_year_is_missing_for_the_growth_of_two_years(
    levels: list[Fraction], gap: int
) -> None:
    """Neither year is compared with a year further back, and no other year is touched."""
    levelled = {str(2018 + year): level for year, level in enumerate(levels) if year != gap}
    engine = sound(engine_of({"tumbuh": "growth_rate(a)", "tetangga": "a"}))
    results = engine.compute("2019..2022", data={"a": levelled})
    for year in range(2019, 2023):
        result = results.get("tumbuh", str(year))
        if year - 2018 in (gap, gap + 1):
            assert result.status is Status.MISSING
            assert reasons_of(result) == {f"missing:a@{2018 + gap}"}
        else:
            now, then = levelled[str(year)], levelled[str(year - 1)]
            assert result.exact == (now - then) / then * 100
        assert (results.get("tetangga", str(year)).status is Status.OK) == (str(year) in levelled)


@given(st.lists(figures, min_size=4, max_size=4), st.integers(0, 2))
def test_a_zero_base_touches_the_year_after_it_only(levels: list[Fraction], zero: int) -> None:
    assume(all(levels))
    levels[zero] = Fraction(0)
    data = {"a": {str(2018 + year): level for year, level in enumerate(levels)}}
    results = sound(engine_of({"tumbuh": "growth_rate(a)"})).compute("2019..2021", data=data)
    for year in range(2019, 2022):
        result = results.get("tumbuh", str(year))
        if year == 2018 + zero + 1:
            assert result.status is Status.UNDEFINED
            assert reasons_of(result) == {f"zero:a@{2018 + zero}"}
        else:
            assert result.status is Status.OK


@st.composite
def series(
    draw: st.DrawFn,
) -> tuple[Period, dict[Period, Fraction]]:
    """A period of any frequency, and figures in some of the periods around and before it."""
    frequency = draw(st.sampled_from(list(Frequency)))
    within = draw(st.integers(1, int(frequency)))
    now = make(frequency, draw(st.integers(2019, 2021)), within)
    steps = draw(st.sets(st.integers(0, 30), max_size=31))
    found: dict[Period, Fraction] = {}
    for step in range(31):
        if step not in steps:
            found[before(now, step)] = Fraction(draw(st.integers(-50, 50)))
    return now, found


@given(series(), st.integers(1, 26), st.integers(1, 2))
def test_lags_and_year_to_date_agree_with_a_dictionary(
    drawn: tuple[Period, Mapping[Period, Fraction]], periods: int, years: int
) -> None:
    now, found = drawn
    asked = {
        "mundur": (f"a[t-{periods}]", [before(now, periods)]),
        "tahun_lalu": (f"a[y-{years}]", [before(now, 0, years)]),
        "keduanya": (f"a[t-{periods}][y-{years}]", [before(now, periods, years)]),
        "sampai": ("ytd(a)", from_start_of_year(now)),
        "sampai_mundur": (
            f"ytd(a)[t-{periods}]",
            from_start_of_year(before(now, periods)),
        ),
        "sampai_geser": (
            f"ytd(a[t-{periods}])",
            [before(each, periods) for each in from_start_of_year(now)],
        ),
    }
    engine = sound(engine_of({name: formula for name, (formula, _) in asked.items()}))
    results = engine.compute([now], data={"a": {str(p): figure for p, figure in found.items()}})
    for name, (_, wanted) in asked.items():
        result = results.get(name, now)
        gaps = {period for period in wanted if period not in found}
        assert reasons_of(result) == {f"missing:a@{period}" for period in gaps}
        if not gaps:
            assert result.exact == sum((found[period] for period in wanted), Fraction(0))
