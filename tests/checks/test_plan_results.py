"""What is found in the results of a plan: output far from money, gaps in the narrative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from iku_engine.catalog.model import Catalog, Document, Indicator, Level
from iku_engine.checks.actual_is_achievement import ACTUAL_IS_ACHIEVEMENT
from iku_engine.checks.empty_narrative import EMPTY_NARRATIVE
from iku_engine.checks.far_from_spending import FAR_FROM_SPENDING
from iku_engine.checks.from_catalog import checked_catalog
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.evaluation.model import Status
from iku_engine.periods import Period
from iku_engine.results.model import Result
from iku_engine.results.plan import NodeResult, PlanFigure, PlanResults
from tests.checks.building import HERE, catalog, found_in, indicator, node, years

YEAR = Period.of(2023)
PROGRAM, ACTIVITY = node("p1"), node("k1", Level.KEGIATAN, "p1")
REPORT = Document(location=HERE, form="laporan-capaian")


def figure(value: Fraction | int | None) -> PlanFigure:
    status = Status.OK if value is not None else Status.MISSING
    return PlanFigure(Fraction(value) if value is not None else None, status)


def line(indicator: Indicator, actual: int | None, target: Fraction) -> Result:
    return Result(
        indicator=indicator,
        period=YEAR,
        place=(),
        status=Status.OK,
        exact=Fraction(actual) if actual is not None else None,
        reasons=(),
        target=target,
        achievement=None,
        achievement_status=Status.OK,
        achievement_reasons=(),
        method="ratio",
        rating="",
        quality=(),
    )


def checked(
    held: Catalog,
    outputs: Mapping[str, tuple[int | None, int | None]],
    lines: Mapping[str, tuple[Result, ...]] | None = None,
) -> CheckedCatalog:
    """The view of a plan whose nodes came to these outputs and absorptions."""
    rows = tuple(
        NodeResult(
            node=held.plan[id_],
            period=YEAR,
            depth=0,
            budget=figure(100),
            spent=figure(absorption),
            absorption=figure(absorption),
            output=figure(output),
            average=figure(None),
            lines=(lines or {}).get(id_, ()),
        )
        for id_, (output, absorption) in outputs.items()
    )
    return checked_catalog(held, plan=PlanResults.of(rows, (YEAR,)))


def codes(view: CheckedCatalog, rule: Rule) -> list[tuple[str, str]]:
    return [(one.code, one.subject) for one in found_in(view, rule)]


@pytest.mark.parametrize(
    ("output", "absorption", "is_found"),
    [
        (100, 31, True),
        (120, 49, True),
        (100, 50, False),
        (99, 31, False),
        (49, 90, True),
        (50, 95, False),
        (49, 89, False),
        (None, 31, False),
        (100, None, False),
    ],
)
def test_output_and_money_are_far_apart_beyond_the_thresholds(
    output: int | None, absorption: int | None, is_found: bool
) -> None:
    view = checked(catalog([], [PROGRAM]), {"p1": (output, absorption)})
    assert bool(codes(view, FAR_FROM_SPENDING)) is is_found


def test_a_parent_is_not_blamed_for_its_children() -> None:
    view = checked(catalog([], [PROGRAM, ACTIVITY]), {"p1": (100, 31), "k1": (100, 31)})
    assert codes(view, FAR_FROM_SPENDING) == [("IKU616", "k1")]


def test_a_report_without_narrative_is_asked_for_it_once() -> None:
    held = replace(catalog([], [PROGRAM, ACTIVITY]), document=REPORT)
    view = checked(held, {"p1": (90, 90), "k1": (90, 90)})
    found = found_in(view, EMPTY_NARRATIVE)
    assert [one.message for one in found] == [
        "the report leaves the obstacles empty, and `k1` fell short",
        "the report leaves the follow-up empty, and `k1` fell short",
    ]


def test_a_text_of_the_node_or_above_it_is_enough() -> None:
    told = replace(PROGRAM, obstacles="Data terlambat", follow_up="Dipercepat")
    held = replace(catalog([], [told, ACTIVITY]), document=REPORT)
    assert not codes(checked(held, {"k1": (90, 90)}), EMPTY_NARRATIVE)


@pytest.mark.parametrize(
    ("document", "output", "absorption"),
    [(REPORT, 100, 75), (None, 50, 50), (Document(location=HERE, form="iku"), 50, 50)],
)
def test_narrative_is_not_required_without_cause(
    document: Document | None, output: int, absorption: int
) -> None:
    held = replace(catalog([], [PROGRAM]), document=document)
    assert not codes(checked(held, {"p1": (output, absorption)}), EMPTY_NARRATIVE)


@pytest.mark.parametrize(
    ("actual", "target", "unit", "is_found"),
    [
        (100, "1.90", "%", True),
        (100, "80", "koperasi", True),
        (100, "270", "koperasi", True),
        (100, "270", "%", False),
        (100, "90", "koperasi", False),
        (100, "100", "%", False),
        (60, "1.90", "%", False),
        (None, "1.90", "%", False),
    ],
)
def test_an_actual_that_is_the_output_of_the_children_is_found(
    actual: int | None, target: str, unit: str, is_found: bool
) -> None:
    above = indicator("a", [target], years(1, 2023), node="p1", unit=unit)
    held = catalog([above], [PROGRAM, ACTIVITY])
    results = {"p1": (line(above, actual, Fraction(target)),)}
    view = checked(held, {"p1": (100, 90), "k1": (100, 90)}, results)
    assert bool(codes(view, ACTUAL_IS_ACHIEVEMENT)) is is_found


def test_a_line_of_a_node_without_children_is_its_own_actual() -> None:
    own = indicator("a", ["1.90"], years(1, 2023), node="p1")
    results = {"p1": (line(own, 100, Fraction("1.90")),)}
    view = checked(catalog([own], [PROGRAM]), {"p1": (100, 90)}, results)
    assert not codes(view, ACTUAL_IS_ACHIEVEMENT)
