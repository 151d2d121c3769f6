"""An explanation names the decree, the rule, what was replaced, and the policies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from iku_engine.catalog.model import Policies, TargetRange
from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat
from iku_engine.reports.explanation_mapping import explanation_mapping
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_csv import to_csv
from iku_engine.reports.to_explanation import to_explanation
from iku_engine.reports.to_table import to_table
from iku_engine.results.explanation import Explanation, explain_result
from iku_engine.results.from_evaluation import compute_results
from iku_engine.results.promises import promised
from tests.evaluation.promises import HERE, Promised, revision_of, targets_of, text_of


def explained(promised_: Promised, actual: object, period: str = "2021") -> Explanation:
    run = promised_.run({"a": {period: actual}})
    result = compute_results(run, ["hasil"], [Period.parse(period)], []).rows[0]
    return explain_result(run, result, {})


FIRST = targets_of({"2020": 10}, rule=text_of("target[t-1] * 1.1"), round_to=0)
LATER = revision_of("PK Perubahan 2021", "2021-09-01", targets_of({"2021": 8}))


def test_a_rule_is_named_with_its_rounding() -> None:
    found = explained(Promised(FIRST), 5)
    assert (found.target_basis, found.target_rule) == ("rule", "target[t-1] * 1.1, round: 0")
    assert "Dasar target   aturan" in to_explanation(found, Names())


def test_the_decree_in_force_and_what_it_replaced_are_named() -> None:
    found = explained(Promised(FIRST, LATER), 5)
    assert found.target_basis == "PK Perubahan 2021"
    assert found.target_since == "2021-09-01"
    assert found.target_replaced == (("rule", "11.00"),)
    text = to_explanation(found, Names(), language=Language.EN)
    assert "PK Perubahan 2021 (2021-09-01)" in text
    assert "11.00 (rule)" in text
    mapping = explanation_mapping(found)
    assert mapping["target_replaced"] == [{"basis": "rule", "target": "11.00"}]


def test_a_range_is_put_into_the_method_with_both_ends() -> None:
    ends = {Period.of(2021): TargetRange(Fraction(7), Fraction("8.5"))}
    found = explained(Promised(targets_of(ranges=ends), method="range"), 10)
    assert "8.5" in found.achievement_figures
    assert "target_low" not in found.achievement_figures
    assert "7,0..8,5" in to_explanation(found, Names())


def test_a_policy_that_applied_is_a_sentence() -> None:
    cap = replace(Policies(HERE), cap=Fraction(120), reference="PermenPANRB 8/2021")
    found = explained(Promised(targets_of({"2021": 10}), policies=cap), 50)
    assert found.policies == "cap: 120, PermenPANRB 8/2021"
    text = to_explanation(found, Names(), language=Language.EN)
    assert "the achievement is capped at 120" in text


def test_promises_of_several_periods_name_what_is_printed_and_made() -> None:
    periods = [Period.of(year) for year in (2019, 2020, 2021)]
    found = promised(Promised(FIRST, LATER).run(), ["hasil"], periods)
    assert [str(one.period) for one in found] == ["2020", "2021"]
    first, second = found
    assert first.in_force is not None
    assert first.in_force.printed is not None
    assert first.in_force.made is None
    assert second.in_force is not None
    assert second.in_force.decree == "PK Perubahan 2021"
    assert [one.basis for one in second.replaced] == ["rule"]


def test_ranges_and_grades_are_written_for_their_readers() -> None:
    ends = {Period.of(2021): TargetRange(Fraction(7), Fraction("8.5"))}
    ranged = Promised(targets_of(ranges=ends), method="range")
    graded = Promised(targets_of(labels={Period.of(2021): "WTP"}), grades="opini_bpk")
    tables, sheets = [], []
    for each in (ranged, graded):
        results = compute_results(each.run(), ["hasil"], [Period.of(2021)], [])
        tables.append(to_table(results, Names()))
        sheets.append(to_csv(results, NumberFormat.ID))
    assert "7,0..8,5" in tables[0]
    assert ";7,0..8,5;" in sheets[0]
    assert "WTP (4,00)" in tables[1]
    assert ";4,00;" in sheets[1]
