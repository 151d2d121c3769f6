"""Laws of targets and achievement, for targets of every form."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine.catalog.model import PathKind, Phasing, Policies, Spread, TargetRange
from iku_engine.evaluation.targets import Promises
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import Rounding
from tests.evaluation.promises import HERE, Promised, periods_of, targets_of
from tests.laws import LAW

hundredths = st.integers(0, 10**7).map(lambda number: Fraction(number, 100))
positive = st.integers(1, 10**7).map(lambda number: Fraction(number, 100))
frequencies = st.sampled_from([Frequency.QUARTER, Frequency.MONTH])
roundings = st.sampled_from(list(Rounding))
RISING = ("ratio", "range_ratio")
FALLING = ("linear", "inverse_ratio", "saving", "range_linear")


def achieved(
    method: str,
    target: Fraction,
    actual: Fraction,
    floor: Fraction | None = None,
    cap: Fraction | None = None,
) -> Fraction | None:
    policies = Policies(HERE, floor=floor, cap=cap)
    promised = Promised(targets_of({"2020": target}), method=method, policies=policies)
    return promised.result(actual).achievement


@LAW
@given(st.sampled_from(RISING + FALLING), positive, hundredths, hundredths)
def test_achievement_never_falls_where_the_actual_gets_better(
    method: str, target: Fraction, one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    assume(low > 0 or method != "inverse_ratio")
    first, second = achieved(method, target, low), achieved(method, target, high)
    assert first is not None
    assert second is not None
    assert first <= second if method in RISING else first >= second


@given(
    st.sampled_from(["range_ratio", "range_linear"]), positive, hundredths, hundredths, hundredths
)
def test_achievement_of_a_range_never_falls_where_the_actual_gets_better(
    method: str, bound: Fraction, width: Fraction, one: Fraction, other: Fraction
) -> None:
    ends = {Period.of(2020): TargetRange(bound, bound + width)}
    promised = Promised(targets_of(ranges=ends), method=method)
    low, high = (promised.result(actual).achievement for actual in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low <= high if method in RISING else low >= high


@given(st.sampled_from([*RISING, "linear", "range_linear", "range", "stabilise"]), positive)
def test_meeting_the_target_is_100(method: str, target: Fraction) -> None:
    assert achieved(method, target, target) == 100


@given(st.sampled_from(RISING + FALLING), positive, positive, hundredths, hundredths)
def test_floor_and_cap_bound_the_achievement(
    method: str, target: Fraction, actual: Fraction, floor: Fraction, more: Fraction
) -> None:
    free = achieved(method, target, actual)
    bounded = achieved(method, target, actual, floor=floor, cap=floor + more)
    assert free is not None
    assert bounded == min(max(free, floor), floor + more)


@given(
    hundredths,
    frequencies,
    st.one_of(st.none(), st.integers(0, 3)),
    roundings,
    st.lists(st.integers(0, 9), min_size=12, max_size=12),
)
def test_the_parts_of_a_year_sum_to_it(
    annual: Fraction,
    over: Frequency,
    decimals: int | None,
    rounding: Rounding,
    drawn: list[int],
) -> None:
    weights = tuple(map(Fraction, drawn[:over])) if sum(drawn[:over]) else ()
    spread = Spread(periods_of({"2024": annual}), over, weights)
    targets = targets_of(spread=spread, round_to=decimals, rounding=rounding)
    parts = all_of(Promised(targets).run().promises, over)
    assert sum(parts) == annual
    totals = all_of(Promised(targets, phasing=Phasing.CUMULATIVE).run().promises, over)
    assert totals[-1] == annual
    if decimals is None:
        assert totals == running(parts)
        assert parts == [
            after - before for before, after in zip([Fraction(0), *totals], totals, strict=False)
        ]


def all_of(promises: Promises, over: Frequency) -> list[Fraction]:
    first = 2024 * over
    return [
        promises.at("hasil", Period(over, number)).target.number
        for number in range(first, first + over)
    ]


def running(parts: list[Fraction]) -> list[Fraction]:
    totals = [Fraction(0)]
    for part in parts:
        totals.append(totals[-1] + part)
    return totals[1:]


@given(
    st.sampled_from(list(PathKind)),
    positive,
    positive,
    st.integers(1, 40),
    st.integers(0, 3),
    roundings,
)
def test_a_path_keeps_its_ends_and_stays_between_them(
    kind: PathKind, start: Fraction, end: Fraction, years: int, decimals: int, rounding: Rounding
) -> None:
    ends = {"2000": start, str(2000 + years): end}
    made = targets_of(ends, path=kind, round_to=decimals, rounding=rounding)
    figures = Promised(made).figures(*(str(2000 + year) for year in range(years + 1)))
    assert (figures[0], figures[-1]) == (start, end)
    step = Fraction(1, 10**decimals)
    for figure in figures[1:-1]:
        assert figure is not None
        assert (figure * 10**decimals).denominator == 1
        assert min(start, end) - step <= figure <= max(start, end) + step


@given(positive, positive, st.integers(2, 12))
def test_a_compound_path_grows_by_the_same_share_each_year(
    start: Fraction, end: Fraction, years: int
) -> None:
    ends = {"2000": start, str(2000 + years): end}
    figures = Promised(targets_of(ends, path=PathKind.COMPOUND)).figures("2000", "2001")
    assert figures[0] is not None
    assert figures[1] is not None
    grown = start * (figures[1] / figures[0]) ** years
    assert abs(grown - end) <= end / 10**40
