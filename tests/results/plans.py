"""Plans built from records, for tests that need no definition files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from iku_engine.catalog.model import (
    Catalog,
    Document,
    Indicator,
    Level,
    Measure,
    PlanNode,
    Summary,
    SummaryMethod,
)
from iku_engine.diagnostics import Location, text_alone
from iku_engine.evaluation.model import Status
from iku_engine.periods import Period
from iku_engine.places import WHOLE
from iku_engine.quantities import NumberFormat, parse_figure
from iku_engine.results.model import Result, Results
from iku_engine.results.plan import PlanFigure
from iku_engine.results.plan_rules import Branch, Line, SummaryTree

YEAR = Period.of(2023)
HERE = Location("iku.yaml", 1)
REPORT = Path(__file__).parent / "data" / "capaian_buleleng_2023.csv"
"""The rows of the achievement report of 2023 of the agency for trade, industry and cooperatives
of Kabupaten Buleleng, as printed; `line` is the line of the document's text."""


def node(id_: str, level: Level = Level.SUB_KEGIATAN, /, **fields: object) -> PlanNode:
    return PlanNode(id_, level, name=id_, location=HERE, **fields)  # type: ignore[arg-type]


def money(figure: int | str | None) -> Mapping[Period, Fraction]:
    return {} if figure is None else {YEAR: Fraction(figure)}


def indicator(id_: str, place: str, *, counted: bool = True) -> Indicator:
    return Indicator(id_, id_, "%", "dinas", text_alone("a"), HERE, node=place, counted=counted)


def result(
    line: Indicator, achievement: Fraction | None, status: Status = Status.MISSING
) -> Result:
    status = Status.OK if achievement is not None else status
    known = achievement is not None
    return Result(
        line,
        YEAR,
        WHOLE,
        Status.OK if known else status,
        achievement,
        (),
        Fraction(100),
        achievement,
        status,
        (),
        "ratio",
        "",
        (),
    )


def summary(measure: Measure, method: SummaryMethod, **fields: object) -> Summary:
    return Summary(measure, method, HERE, **fields)  # type: ignore[arg-type]


def catalog(
    nodes: Iterable[PlanNode],
    lines: Iterable[Indicator] = (),
    summaries: Iterable[Summary] = (),
    document: Document | None = None,
) -> Catalog:
    return Catalog(
        "",
        (YEAR,),
        plan={one.id: one for one in nodes},
        indicators={line.id: line for line in lines},
        summaries={one.measure: one for one in summaries},
        document=document,
    )


def results_of(rows: Iterable[Result]) -> Results:
    return Results.of(tuple(rows), (YEAR,), ())


def tree(*branches: Branch) -> SummaryTree:
    return SummaryTree.of("output", YEAR, branches)


def leaf(id_: str, *values: int | Fraction | None, parent: str = "", **fields: object) -> Branch:
    lines = tuple(
        Line(
            f"{id_}_{place}",
            PlanFigure(None, Status.MISSING) if value is None else PlanFigure(Fraction(value)),
        )
        for place, value in enumerate(values, start=1)
    )
    return Branch(id_, parent, lines=lines, **fields)  # type: ignore[arg-type]


def report_rows() -> list[dict[str, str]]:
    with REPORT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(printed: str) -> Fraction | None:
    """A printed figure; `-` and nothing are none, a ditto mark is not read."""
    return None if printed in ("", "-", '"') else parse_figure(printed, NumberFormat.ID)


def report(*summaries: Summary, parents_with_money: bool = False) -> tuple[Catalog, Results]:
    """The plan of the report and the achievements of its lines, actual / target * 100.

    The rows of programs and kegiatan print an achievement where the others print a level, so
    their lines have none here.
    """
    nodes: dict[str, PlanNode] = {}
    lines: list[Indicator] = []
    rows: list[Result] = []
    above: dict[Level, str] = {}
    for row in report_rows():
        if row["level"] == "total":
            continue
        level, id_ = Level(row["level"]), row["code"].replace(".", "_")
        is_leaf = level is Level.SUB_KEGIATAN
        if id_ not in nodes:
            above[level] = id_
            parent = {Level.KEGIATAN: Level.PROGRAM, Level.SUB_KEGIATAN: Level.KEGIATAN}.get(level)
            with_money = is_leaf or parents_with_money
            nodes[id_] = node(
                id_,
                level,
                parent=above[parent] if parent else "",
                code=row["code"],
                no=row["no"],
                budget=money(str(figure(row["budget"]))) if with_money else {},
                spent=money(str(figure(row["spent"]))) if with_money else {},
            )
        if is_leaf:
            line = indicator(f"{id_}_{row['indicator']}", id_)
            target, actual = figure(row["target"]), figure(row["actual"])
            lines.append(line)
            assert target and actual is not None
            rows.append(result(line, actual / target * 100))
    return catalog(nodes.values(), lines, summaries), results_of(rows)
