"""Laws of consolidation: from months, by quarters or at once, in full and to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine import Engine
from iku_engine.evaluation.model import Status
from iku_engine.results.model import Result
from tests.laws import LAW

figures = st.integers(-1_000, 1_000)
years = st.lists(figures, min_size=12, max_size=12)
ways = st.sampled_from(["sum", "last", "mean"])


def engine_of(way: str, on: str = "variable", **indicator: object) -> Engine:
    variable: dict[str, object] = {"label": "X", "unit": "kali"}
    declared: dict[str, object] = {"name": "I", "formula": "x", "unit": "kali", **indicator}
    (variable if on == "variable" else declared)["consolidation"] = way
    return Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "variables": {"x": variable},
            "indicators": {"i": declared},
        },
        discover=False,
    )


def months(values: Mapping[int, int]) -> list[dict[str, object]]:
    return [
        {"variable": "x", "period": f"2024-{month:02d}", "value": value}
        for month, value in values.items()
    ]


def quarters(values: Sequence[Fraction | None]) -> list[dict[str, object]]:
    return [
        {"variable": "x", "period": f"2024-Q{number}", "value": value}
        for number, value in enumerate(values, start=1)
    ]


def asked(
    engine: Engine, period: str, data: list[dict[str, object]], *, to_date: bool = False
) -> Result:
    return engine.compute(period, data=data, to_date=to_date).get("i", period)


def by_hand(way: str, values: Sequence[int]) -> Fraction:
    if way == "last":
        return Fraction(values[-1])
    whole = sum(map(Fraction, values), Fraction(0))
    return whole if way == "sum" else whole / len(values)


@LAW
@given(ways, st.sampled_from(["variable", "indicator"]), years)
def test_months_make_a_year_as_declared(way: str, on: str, values: list[int]) -> None:
    found = asked(engine_of(way, on), "2024", months(dict(enumerate(values, start=1))))
    assert found.exact == by_hand(way, values)


@LAW
@given(ways, years)
def test_quarters_made_of_months_make_the_same_year(way: str, values: list[int]) -> None:
    engine = engine_of(way)
    data = months(dict(enumerate(values, start=1)))
    made = [asked(engine, f"2024-Q{number}", data).exact for number in (1, 2, 3, 4)]
    assert asked(engine, "2024", quarters(made)).exact == asked(engine, "2024", data).exact


@given(ways, years, st.integers(1, 12))
def test_a_missing_month_never_yields_a_figure_of_the_year(
    way: str, values: list[int], lacking: int
) -> None:
    assume(way != "last" or lacking == 12)
    known = dict(enumerate(values, start=1))
    del known[lacking]
    found = asked(engine_of(way), "2024", months(known))
    assert found.status is Status.MISSING
    assert found.exact is None


@given(ways, years, st.sets(st.integers(1, 12), min_size=1, max_size=11))
def test_to_date_the_months_there_are_make_the_year(
    way: str, values: list[int], known: set[int]
) -> None:
    kept = {month: values[month - 1] for month in sorted(known)}
    found = asked(engine_of(way), "2024", months(kept), to_date=True)
    assert found.exact == by_hand(way, list(kept.values()))
    if way == "last" and 12 in known:
        assert found.quality == ()
    else:
        assert found.quality == (f"partial {len(known)}/12",)


@given(ways, years)
def test_to_date_of_a_whole_year_is_the_year(way: str, values: list[int]) -> None:
    data = months(dict(enumerate(values, start=1)))
    engine = engine_of(way)
    assert asked(engine, "2024", data, to_date=True) == asked(engine, "2024", data)


@given(ways, years, st.randoms())
def test_the_order_of_rows_changes_nothing(way: str, values: list[int], random: object) -> None:
    data = months(dict(enumerate(values, start=1)))
    shuffled = sorted(data, key=lambda row: hash((str(random), str(row))))
    engine = engine_of(way)
    assert asked(engine, "2024", shuffled) == asked(engine, "2024", data)


@given(years, figures)
def test_a_figure_of_the_year_itself_wins(values: list[int], annual: int) -> None:
    data = months(dict(enumerate(values, start=1)))
    data.append({"variable": "x", "period": "2024", "value": annual})
    assert asked(engine_of("sum"), "2024", data).exact == annual


positive = st.lists(st.integers(1, 500), min_size=4, max_size=4)


@LAW
@given(positive, positive)
def test_cumulative_and_per_period_targets_give_the_same_year(
    steps: list[int], values: list[int]
) -> None:
    data = quarters([Fraction(value) for value in values])
    names = [f"2024-Q{number}" for number in (1, 2, 3, 4)]
    each = dict(zip(names, steps, strict=True))
    running = dict(zip(names, accumulate(steps), strict=True))
    common = {"polarity": "higher"}
    apart = engine_of("sum", "indicator", phasing="per_period", targets=each, **common)
    summed = engine_of("sum", "indicator", phasing="cumulative", targets=running, **common)
    one, other = asked(apart, "2024", data), asked(summed, "2024", data)
    assert (one.target, one.achievement) == (other.target, other.achievement)
    last = asked(summed, "2024-Q4", data)
    assert last.achievement == one.achievement
    first = asked(summed, "2024-Q1", data)
    assert first.achievement == asked(apart, "2024-Q1", data).achievement


@given(positive, st.integers(1, 3))
def test_to_date_is_measured_against_the_targets_of_the_same_periods(
    steps: list[int], known: int
) -> None:
    names = [f"2024-Q{number}" for number in (1, 2, 3, 4)]
    targets = dict(zip(names, steps, strict=True))
    engine = engine_of("sum", "indicator", polarity="higher", phasing="per_period", targets=targets)
    data = quarters([Fraction(step) for step in steps[:known]])
    found = asked(engine, "2024", data, to_date=True)
    assert found.target == sum(steps[:known])
    assert found.achievement == 100


@given(years, st.lists(st.integers(1, 500), min_size=4, max_size=4), st.integers(1, 4))
def test_months_and_the_quarters_they_make_meet_a_cumulative_target_alike(
    values: list[int], steps: list[int], number: int
) -> None:
    targets = {f"2024-Q{each}": figure for each, figure in enumerate(accumulate(steps), start=1)}
    engine = engine_of("sum", polarity="higher", phasing="cumulative", targets=targets)
    by_month = months(dict(enumerate(values, start=1)))
    by_quarter = quarters([Fraction(sum(values[at : at + 3])) for at in (0, 3, 6, 9)])
    one = asked(engine, f"2024-Q{number}", by_month)
    other = asked(engine, f"2024-Q{number}", by_quarter)
    assert one.reached == other.reached == sum(values[: 3 * number])
    assert (one.exact, one.achievement) == (other.exact, other.achievement)


@given(years, st.lists(st.integers(1, 500), min_size=12, max_size=12), st.integers(1, 3))
def test_to_date_targets_of_months_and_the_quarters_they_make_are_alike(
    values: list[int], promised: list[int], known: int
) -> None:
    data = months(dict(enumerate(values[: 3 * known], start=1)))
    of_months = {f"2024-{each:02d}": figure for each, figure in enumerate(promised, start=1)}
    of_quarters = {f"2024-Q{at + 1}": sum(promised[3 * at : 3 * at + 3]) for at in range(4)}
    found = []
    for targets in (of_months, of_quarters):
        engine = engine_of("sum", "indicator", polarity="higher", targets=targets)
        found.append(asked(engine, "2024", data, to_date=True))
    assert found[0].target == found[1].target == sum(promised[: 3 * known])
    assert found[0].achievement == found[1].achievement


@given(st.lists(st.integers(1, 500), min_size=12, max_size=12), st.integers(1, 3))
def test_to_date_a_ratio_of_months_and_quarters_takes_the_same_part_of_both(
    values: list[int], known: int
) -> None:
    engine = Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "variables": {
                name: {"label": name, "unit": "kali", "consolidation": "sum"} for name in "xy"
            },
            "indicators": {"i": {"name": "I", "formula": "x / y * 100%", "unit": "%"}},
        },
        discover=False,
    )
    data = months(dict(enumerate(values, start=1)))
    data += [
        {"variable": "y", "period": f"2024-Q{at + 1}", "value": sum(values[3 * at : 3 * at + 3])}
        for at in range(known)
    ]
    assert asked(engine, "2024", data, to_date=True).exact == 100
