"""Targets in all their forms: printed, ranges, grades, rules, paths, spreads and revisions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from iku_engine.catalog.model import PathKind, Phasing, Policies, Spread, TargetRange
from iku_engine.evaluation.model import Status
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import Rounding
from iku_engine.results.model import row_of
from tests.evaluation.promises import (
    HERE,
    Promised,
    periods_of,
    revision_of,
    targets_of,
    text_of,
)

MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]
QUARTERS = [f"2024-Q{quarter}" for quarter in range(1, 5)]


def spread(annual: object, over: Frequency, *weights: int) -> Spread:
    return Spread(periods_of({"2024": annual}), over, tuple(map(Fraction, weights)))


def test_a_range_has_two_ends_and_no_figure() -> None:
    promised = Promised(
        targets_of(ranges={Period.of(2020): TargetRange(Fraction(7), Fraction(8))}), method="range"
    )
    found = promised.at("2020")
    assert found.is_range
    assert found.low.number == 7
    assert found.high.number == 8
    assert [str(reason) for reason in found.target.reasons] == ["range_target:target@2020"]
    result = promised.result(10)
    assert result.target is None
    assert result.target_low == 7
    assert result.target_high == 8
    assert result.achievement == 75
    row = row_of(result, ())
    assert (row["target"], row["achievement_status"]) == ("7..8", "ok")


@pytest.mark.parametrize(
    ("method", "actual", "expected"),
    [
        ("range", "7.5", 100),
        ("range", "5.6", 80),
        ("range", "10", 75),
        ("range_ratio", "10", 125),
        ("range_linear", "10", 75),
        ("range_linear", "5.6", 120),
    ],
)
def test_outside_a_range_the_nearer_bound_is_the_target(
    method: str, actual: str, expected: int
) -> None:
    ends = {Period.of(2020): TargetRange(Fraction(7), Fraction(8))}
    assert Promised(targets_of(ranges=ends), method=method).result(actual).achievement == expected


def test_a_range_under_a_method_for_one_figure_is_reported_and_undefined() -> None:
    ends = {Period.of(2020): TargetRange(Fraction(7), Fraction(8))}
    promised = Promised(targets_of(ranges=ends), method="ratio")
    assert [found.code for found in promised.diagnostics] == ["IKU322"]
    result = promised.result(9)
    assert result.status is Status.OK
    assert result.achievement_status is Status.UNDEFINED
    assert [str(reason) for reason in result.achievement_reasons] == ["range_target:target@2020"]


def test_the_three_methods_for_less_is_better_part_at_half_the_target() -> None:
    achieved = {
        method: Promised(targets_of({"2020": 10}), method=method).result(5).achievement
        for method in ("linear", "inverse_ratio", "saving")
    }
    assert achieved == {"linear": 150, "inverse_ratio": 200, "saving": 50}


def test_a_grade_is_its_score_and_the_achievement_the_ratio_of_two() -> None:
    graded = targets_of(labels={Period.of(2020): "WTP"})
    promised = Promised(graded, grades="opini_bpk")
    assert promised.diagnostics == ()
    result = promised.result(3)
    assert result.target == 4
    assert result.target_label == "WTP"
    assert result.achievement == 75


def test_a_grade_that_the_scale_lacks_is_an_error_of_its_period_alone() -> None:
    labels = {Period.of(2020): "WTF", Period.of(2021): "WTP"}
    promised = Promised(targets_of(labels=labels), grades="opini_bpk")
    (found,) = promised.diagnostics
    assert (found.code, found.help) == ("IKU320", "did you mean `WTP`?")
    assert promised.result(3).achievement_status is Status.UNDEFINED
    assert promised.result(3, "2021").achievement == 75


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(Rounding.HALF_UP, "822.17"), (Rounding.DOWN, "822.17"), (Rounding.UP, "822.18")],
)
def test_a_rule_rounds_as_declared(rounding: Rounding, expected: str) -> None:
    rule = text_of("target[t-1] * 1.02")
    promised = Promised(targets_of({"2018": "806.05"}, rule=rule, round_to=2, rounding=rounding))
    assert promised.figures("2019") == [Fraction(expected)]


def test_a_linear_path_has_equal_steps_and_keeps_its_ends() -> None:
    promised = Promised(targets_of({"2018": 100, "2022": 140}, path=PathKind.LINEAR))
    figures = promised.figures("2017", "2018", "2019", "2020", "2021", "2022", "2023")
    assert figures == [None, 100, 110, 120, 130, 140, None]
    assert str(promised.at("2019").basis) == "path"
    assert str(promised.at("2022").basis) == "given"


def test_a_path_goes_through_every_printed_figure() -> None:
    promised = Promised(targets_of({"2018": 1, "2020": 2, "2024": 10}, path=PathKind.LINEAR))
    assert promised.figures("2019", "2022") == [Fraction(3, 2), 6]


def test_a_compound_path_is_exact_where_its_root_is() -> None:
    promised = Promised(targets_of({"2018": 100, "2020": 144}, path=PathKind.COMPOUND))
    assert promised.figures("2019") == [120]


def test_a_compound_path_that_is_no_fraction_is_marked_unless_it_is_rounded() -> None:
    ends = {"2018": 100, "2020": 200}
    made = Promised(targets_of(ends, path=PathKind.COMPOUND)).at("2019").target
    assert made.quality.approximate
    assert abs(made.number**2 - 20_000) < Fraction(1, 10**44)
    rounded = Promised(targets_of(ends, path=PathKind.COMPOUND, round_to=2)).at("2019").target
    assert rounded.number == Fraction("141.42")
    assert not rounded.quality.approximate


def test_an_approximate_target_marks_the_achievement_and_not_the_actual() -> None:
    targets = targets_of({"2018": 100, "2020": 200}, path=PathKind.COMPOUND)
    result = Promised(targets).result("1", "2019")
    assert result.quality == ("approximate:achievement",)
    row = row_of(result, ())
    assert row["exact"] == "1"
    assert row["achievement_exact"].startswith("0.707106781")


@pytest.mark.parametrize(
    ("start", "end", "wrong"), [(0, 5, "2018"), (5, 0, "2022"), (-5, 5, "2022")]
)
def test_no_growth_leads_from_or_to_or_through_zero(start: int, end: int, wrong: str) -> None:
    targets = targets_of({"2018": start, "2022": end}, path=PathKind.COMPOUND)
    made = Promised(targets).at("2020").target
    assert made.status is Status.UNDEFINED
    assert [str(reason) for reason in made.reasons] == [f"not_positive:target@{wrong}"]


def test_growth_below_zero_is_growth() -> None:
    targets = targets_of({"2018": -100, "2020": -144}, path=PathKind.COMPOUND)
    assert Promised(targets).figures("2019") == [-120]


def test_a_path_with_one_end_is_reported() -> None:
    promised = Promised(targets_of({"2018": 100}, path=PathKind.LINEAR))
    assert [found.code for found in promised.diagnostics] == ["IKU321"]
    assert promised.figures("2018", "2019") == [100, None]


def test_a_year_is_spread_in_equal_parts_and_the_last_takes_the_rest() -> None:
    targets = targets_of(spread=spread(100, Frequency.QUARTER), round_to=0)
    assert Promised(targets).figures("2024", *QUARTERS) == [100, 25, 25, 25, 25]
    targets = targets_of(spread=spread(100, Frequency.MONTH), round_to=0)
    assert Promised(targets).figures(*MONTHS) == [*[8] * 11, 12]


def test_a_year_is_spread_by_weights() -> None:
    targets = targets_of(spread=spread(120, Frequency.QUARTER, 1, 2, 3, 4))
    assert Promised(targets).figures(*QUARTERS) == [12, 24, 36, 48]


def test_cumulative_parts_are_running_totals() -> None:
    targets = targets_of(spread=spread("77.5", Frequency.MONTH), round_to=2)
    figures = Promised(targets, phasing=Phasing.CUMULATIVE).figures(*MONTHS)
    assert figures[:4] == [Fraction(text) for text in ("6.46", "12.92", "19.38", "25.83")]
    assert figures[-1] == Fraction("77.5")


def test_parts_that_round_to_more_than_the_year_are_reported() -> None:
    promised = Promised(targets_of(spread=spread(6, Frequency.MONTH), round_to=0))
    (found,) = promised.diagnostics
    assert found.code == "IKU323"
    assert promised.figures(*MONTHS) == [*[1] * 11, -5]


def test_a_spread_says_nothing_of_other_years_and_frequencies() -> None:
    targets = targets_of(spread=spread(100, Frequency.QUARTER))
    assert Promised(targets).figures("2023-Q1", "2024-01", "2023") == [None, None, None]


FIRST = targets_of({"2020": 10, "2021": 11, "2022": 12})
LATER = revision_of("PK Perubahan 2021", "2021-09-01", targets_of({"2021": 9}))
LAST = revision_of("PK Perubahan 2022", "2022-09-01", targets_of({"2022": 8}))


def test_the_last_decree_that_names_a_period_is_in_force() -> None:
    promised = Promised(FIRST, LATER, LAST)
    assert promised.figures("2020", "2021", "2022") == [10, 9, 8]
    assert str(promised.at("2020").basis) == "given"
    assert str(promised.at("2021").basis) == "PK Perubahan 2021"
    assert promised.result(9, "2021").target_basis == "PK Perubahan 2021"


def test_a_decree_after_the_day_asked_about_does_not_exist() -> None:
    promised = Promised(FIRST, LATER, LAST)
    assert promised.at("2021", as_of="2021-08-31").target.number == 11
    assert promised.at("2021", as_of="2021-09-01").target.number == 9
    assert promised.at("2022", as_of="2022-01-01").target.number == 12


def test_what_a_decree_replaced_is_kept() -> None:
    history = Promised(FIRST, LATER, LAST).run().promises.history("hasil", Period.of(2021))
    assert [str(each.basis) for each in history] == ["given", "PK Perubahan 2021"]
    assert [each.target.number for each in history] == [11, 9]


def test_a_rule_reads_the_targets_as_its_own_decree_left_them() -> None:
    doubled = targets_of({"2020": 1}, rule=text_of("target[t-1] * 2"))
    later = revision_of("PK Perubahan", "2021-09-01", targets_of({"2021": 100}))
    promised = Promised(doubled, later)
    assert promised.figures("2020", "2021", "2022", "2023") == [1, 100, 4, 8]


def test_a_revision_may_have_a_rule_of_its_own() -> None:
    again = targets_of({"2021": 100}, rule=text_of("target[t-1] + 1"))
    promised = Promised(FIRST, revision_of("PK Perubahan", "2021-09-01", again))
    assert promised.figures("2020", "2021", "2022", "2023") == [10, 100, 101, 102]
    assert str(promised.at("2023").basis) == "PK Perubahan (rule)"


def test_a_rule_of_years_says_nothing_of_quarters() -> None:
    promised = Promised(targets_of({"2020": 1}, rule=text_of("target[t-1] + 1")))
    assert promised.figures("2022-Q1", "2019") == [None, None]


def policies(**declared: int) -> Policies:
    figures = {name: Fraction(figure) for name, figure in declared.items()}
    return replace(Policies(HERE), **figures)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("declared", "target", "actual", "expected", "note"),
    [
        ({"cap": 120}, 10, 20, 120, "cap:120"),
        ({"floor": 0}, 10, -5, 0, "floor:0"),
        ({"zero_target": 100}, 0, 0, 100, "zero_target:100"),
        ({"zero_actual": 100}, 10, 0, 100, "zero_actual:100"),
    ],
)
def test_a_policy_that_applies_is_told(
    declared: dict[str, int], target: int, actual: int, expected: int, note: str
) -> None:
    promised = Promised(targets_of({"2020": target}), policies=policies(**declared))
    result = promised.result(actual)
    assert result.achievement == expected
    assert result.quality == (note,)


def test_a_policy_that_does_not_apply_is_not_told() -> None:
    declared = policies(cap=120, floor=0, zero_target=100, zero_actual=0)
    result = Promised(targets_of({"2020": 10}), policies=declared).result(12)
    assert result.achievement == 120
    assert result.quality == ()


def test_no_policy_makes_a_figure_of_a_missing_actual() -> None:
    declared = policies(zero_target=100, zero_actual=100, floor=0)
    result = Promised(targets_of({"2020": 0}), policies=declared).result(None)
    assert result.achievement is None
    assert result.achievement_status is Status.MISSING


def test_floor_and_cap_bound_what_another_policy_says() -> None:
    declared = policies(zero_target=100, cap=90)
    result = Promised(targets_of({"2020": 0}), policies=declared).result(7)
    assert result.achievement == 90
    assert result.quality == ("zero_target:100", "cap:90")
