"""A plan and its lines: what every node came to, and why where it came to nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iku_engine.catalog.model import (
    CountedLines,
    EmptyChild,
    Level,
    Measure,
    Summary,
    SummaryMethod,
    SummaryWeight,
)
from iku_engine.evaluation.model import Status
from iku_engine.results.plan import TOTAL, NodeResult, PlanResults
from iku_engine.results.plan_summaries import plan_results
from tests.results.plans import (
    YEAR,
    catalog,
    indicator,
    money,
    node,
    result,
    results_of,
    summary,
)

MEANS = summary(Measure.OUTPUT, SummaryMethod.MEAN)


def plan(*summaries: Summary, **achievements: int | None) -> PlanResults:
    """A program of two sub kegiatan, `s1` with two lines and `s2` with one."""
    nodes = [
        node("p", Level.PROGRAM, budget=money(999)),
        node("s1", parent="p", budget=money(300), spent=money(240), weight=Fraction(3)),
        node("s2", parent="p", budget=money(100), spent=money(100), weight=Fraction(1)),
    ]
    given = {"s1_1": 100, "s1_2": 80, "s2_1": 50, **achievements}
    lines = {id_: indicator(id_, id_[:2]) for id_ in given}
    rows = [
        result(lines[id_], None if value is None else Fraction(value))
        for id_, value in given.items()
    ]
    made = catalog(nodes, lines.values(), summaries)
    return plan_results(made, results_of(rows), [YEAR])


def figures(row: NodeResult) -> list[Fraction | None]:
    return [figure.value for figure in row.figures]


def test_money_of_a_parent_is_that_of_its_children_whatever_it_declares() -> None:
    found = plan(MEANS)
    assert figures(found.get("p", "2023")) == [400, 340, 85, 70, Fraction(155, 2)]
    assert figures(found.get(TOTAL, YEAR)) == figures(found.get("p", YEAR))


def test_money_declared_at_a_parent_alone_is_the_parents() -> None:
    nodes = [
        node("p", Level.PROGRAM, budget=money(200), spent=money(50)),
        node("s", parent="p"),
        node("q", Level.PROGRAM, budget=money(300), spent=money(300)),
    ]
    found = plan_results(catalog(nodes), results_of([]), [YEAR])
    assert figures(found.get("p", YEAR))[:3] == [200, 50, 25]
    assert found.get("s", YEAR).budget.status is Status.MISSING
    assert figures(found.get(TOTAL, YEAR))[:3] == [500, 350, 70]


def test_an_output_is_not_summed_up_unless_it_is_declared_how() -> None:
    found = plan()
    assert found.get("s1", YEAR).output.value == 90
    parent = found.get("p", YEAR).output
    assert (parent.value, parent.status) == (None, Status.MISSING)
    assert [str(reason) for reason in parent.reasons] == ["no_summary:output"]
    assert found.get("p", YEAR).absorption.value == 85


@pytest.mark.parametrize(
    ("declared", "output"),
    [
        ({"method": SummaryMethod.MEAN}, "70"),
        ({"method": SummaryMethod.SUM}, "140"),
        ({"method": SummaryMethod.WEIGHTED_MEAN}, "80"),
        ({"method": SummaryMethod.WEIGHTED_MEAN, "weight": SummaryWeight.BUDGET}, "80"),
        ({"method": SummaryMethod.MEAN, "lines": CountedLines.FIRST}, "75"),
    ],
)
def test_output_is_summed_up_as_declared(declared: dict[str, SummaryMethod], output: str) -> None:
    found = plan(summary(Measure.OUTPUT, **declared))
    assert found.get("p", YEAR).output.value == Fraction(output)


def test_lines_that_do_not_count_are_shown_and_left_out() -> None:
    lines = [indicator("a", "s"), indicator("b", "s", counted=False)]
    rows = [result(lines[0], Fraction(40)), result(lines[1], Fraction(100))]
    found = plan_results(catalog([node("s")], lines), results_of(rows), [YEAR]).get("s", YEAR)
    assert found.output.value == 40
    assert found.output.of == 1
    assert [line.indicator.id for line in found.lines] == ["a", "b"]


def test_output_of_a_node_with_lines_and_children_comes_from_the_children() -> None:
    lines = [indicator("a", "p"), indicator("b", "s")]
    rows = [result(lines[0], Fraction(40)), result(lines[1], Fraction(100))]
    nodes = [node("p", Level.PROGRAM), node("s", parent="p")]
    found = plan_results(catalog(nodes, lines, [MEANS]), results_of(rows), [YEAR])
    assert found.get("p", YEAR).output.value == 100
    assert [line.indicator.id for line in found.get("p", YEAR).lines] == ["a"]


def test_a_line_without_an_achievement_is_named() -> None:
    leaf = plan(MEANS, s1_2=None).get("s1", YEAR).output
    assert (leaf.status, leaf.behind, leaf.of) == (Status.MISSING, 1, 2)
    assert [str(reason) for reason in leaf.reasons] == ["missing:s1_2@2023"]
    lenient = summary(Measure.OUTPUT, SummaryMethod.MEAN, empty=EmptyChild.LEAVE_OUT)
    leaf = plan(lenient, s1_2=None).get("s1", YEAR).output
    assert leaf.value == 100
    assert (leaf.behind, leaf.of) == (1, 2)


def lone(budget: str | None, spent: str | None) -> NodeResult:
    nodes = [node("s", budget=money(budget), spent=money(spent))]
    line = indicator("a", "s")
    results = results_of([result(line, Fraction(60))])
    return plan_results(catalog(nodes, [line]), results, [YEAR]).get("s", YEAR)


def test_absorption_of_a_budget_of_0_is_undefined() -> None:
    row = lone("0", "0")
    assert (row.absorption.value, row.absorption.status) == (None, Status.UNDEFINED)
    assert [str(reason) for reason in row.absorption.reasons] == ["zero:budget@2023"]
    assert (row.average.value, row.average.status) == (None, Status.UNDEFINED)


def test_money_not_spent_is_0_and_money_not_told_is_missing() -> None:
    assert lone("100", "0").absorption.value == 0
    untold = lone("100", None)
    assert untold.absorption.status is Status.MISSING
    assert [str(reason) for reason in untold.absorption.reasons] == ["no_spent:s@2023"]


def test_average_is_the_mean_of_absorption_and_output() -> None:
    assert lone("100", "70").average.value == 65


def test_rows_are_text_that_says_why() -> None:
    rows = plan(MEANS, s2_1=None).as_rows()
    assert rows[0] == {
        "place": "p",
        "code": "",
        "level": "program",
        "period": "2023",
        "budget": "400.00",
        "spent": "340.00",
        "absorption": "85.00",
        "output": "",
        "average": "",
        "behind": "1",
        "of": "2",
        "status": "missing",
        "reason": "no_output:s2@2023",
    }
    assert [row["place"] for row in rows] == ["p", "s1", "s2", "total"]
    assert rows[1]["status"] == "ok"
    assert tuple(rows[0]) == plan().columns()


def test_a_catalog_without_a_plan_has_no_rows() -> None:
    found = plan_results(catalog([]), results_of([]), [YEAR, YEAR])
    assert (len(found), found.periods) == (0, (YEAR,))


def test_every_period_has_its_own_rows_and_total() -> None:
    nodes = [node("s", budget={YEAR: Fraction(5), YEAR.shifted(1): Fraction(7)})]
    found = plan_results(catalog(nodes), results_of([]), [YEAR, YEAR.shifted(1)])
    places = [("s", "2023"), (TOTAL, "2023"), ("s", "2024"), (TOTAL, "2024")]
    assert [(row.place, str(row.period)) for row in found] == places
    assert [row.budget.value for row in found] == [5, 5, 7, 7]
