"""The action plan (rencana aksi): targets of quarters or months over the tree of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from iku_engine.catalog.model import Indicator, Level, PlanNode
from iku_engine.periods import Period
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import EMPTY, Cell, Column, Form, Kind, Row, Section
from iku_engine.reports.forms.words import money_cell, period_heading, target_cell, words

NAME = "rencana-aksi"
_SIDE_BY_SIDE = 4  # periods whose targets stand under each other in one cell
_GROUPS: Mapping[Level, int] = {
    Level.SASARAN: 0,
    Level.PROGRAM: 1,
    Level.KEGIATAN: 2,
    Level.SUB_KEGIATAN: 2,
}


def rencana_aksi(content: Content) -> Form:
    """The plan as a table, and one of the indicators that belong to no node of it."""
    sections = []
    if content.catalog.plan:
        few = len(content.periods) <= _SIDE_BY_SIDE
        sections.append(_side_by_side(content) if few else _below_each_other(content))
    free = [one for one in content.catalog.indicators.values() if not one.node]
    if free:
        sections.append(_without_plan(content, free))
    title = content.title(words(NAME, content.language))
    return Form(NAME, title, content.header(), tuple(sections))


def _side_by_side(content: Content) -> Section:
    """Sasaran, program and kegiatan beside each other, each with its indicator and targets."""
    language = content.language
    columns = [
        Column((words(group, language), words(key, language)), width, number=number)
        for group, start in (("sasaran", 1), ("program", 5), ("kegiatan", 9))
        for key, width, number in (
            ("description", 12, str(start)),
            ("indicator", 12, str(start + 1)),
            ("unit", 9, str(start + 2)),
            ("target", 8, str(start + 3)),
        )
    ]
    columns.append(Column((words("responsible", language),), 12, number="13"))
    return Section(tuple(columns), tuple(_tree_rows(content)))


def _tree_rows(content: Content) -> Iterator[Row]:
    """Rows of the deepest nodes; a higher node stands in the row of the first one below it."""
    waiting: dict[int, tuple[Cell, ...]] = {}
    plan = content.catalog.plan
    nodes = list(plan.values())
    for at, node in enumerate(nodes):
        group, owner = _GROUPS[node.level], _owner(node, content)
        for line in _lines(node, content):
            if group in waiting:  # a second line of the node needs a row of its own
                yield _tree_row(waiting, owner)
                waiting, owner = {}, ""  # it stands beside the first line
            waiting[group] = line
        following = nodes[at + 1] if at + 1 < len(nodes) else None
        if group == 2 or following is None or _GROUPS[following.level] <= group:
            yield _tree_row(waiting, owner)
            waiting = {}


def _tree_row(groups: Mapping[int, tuple[Cell, ...]], owner: str) -> Row:
    cells = [cell for group in range(3) for cell in groups.get(group, (EMPTY,) * 4)]
    return Row((*cells, Cell(owner)))


def _lines(node: PlanNode, content: Content) -> Iterator[tuple[Cell, ...]]:
    """The node with each of its indicators: description, indicator, unit, targets."""
    indicators = _indicators_of(node, content)
    name = Cell(f"{node.no} {node.name}".strip())
    if not indicators:
        yield (name, EMPTY, EMPTY, EMPTY)
    for at, indicator in enumerate(indicators):
        targets = "\n".join(
            f"{period_heading(period, content.language)} = {_target(indicator, period, content)}"
            for period in content.periods
        )
        first = name if at == 0 else EMPTY
        yield (first, Cell(indicator.name), Cell(indicator.unit), Cell(targets))


def _target(indicator: Indicator, period: Period, content: Content) -> str:
    cell = target_cell(content.result(indicator.id, period), content.language)
    return cell.shown(content.language.numbers)


def _below_each_other(content: Content) -> Section:
    """One row a node and indicator, a column a month; budgets where the plan has any."""
    language = content.language
    has_money = any(node.budget for node in content.catalog.plan.values())
    rows = []
    money = {row.place: row.budget for row in content.nodes()}
    for node in content.catalog.plan.values():
        indicators: Sequence[Indicator | None] = _indicators_of(node, content) or [None]
        for at, indicator in enumerate(indicators):
            budget = money_cell(money[node.id]) if at == 0 and node.id in money else EMPTY
            cells = [
                Cell(node.no if at == 0 else ""),
                Cell(node.name if at == 0 else ""),
                *_of_indicator(indicator, content),
                *([budget] if has_money else []),
                Cell(_owner(node, content) if at == 0 else ""),
            ]
            rows.append(Row(tuple(cells), Kind(node.level.value)))
    columns = _month_columns(content, "description", with_budget=has_money)
    return Section(columns, tuple(rows), words("plan", language))


def _without_plan(content: Content, indicators: Iterable[Indicator]) -> Section:
    """The indicators of staff, with the targets of each period and the position."""
    rows = [
        Row(
            (
                Cell(one.no),
                Cell(one.objective),
                *_of_indicator(one, content),
                Cell(content.responsible(one.owner)),
            )
        )
        for one in indicators
        if not content.owners or one.owner in content.owners
    ]
    return Section(_month_columns(content, "objective", with_budget=False), tuple(rows))


def _of_indicator(indicator: Indicator | None, content: Content) -> list[Cell]:
    if indicator is None:
        return [EMPTY] * (2 + len(content.periods))
    targets = [
        target_cell(content.result(indicator.id, period), content.language)
        for period in content.periods
    ]
    return [Cell(indicator.name), Cell(indicator.unit), *targets]


def _month_columns(content: Content, what: str, *, with_budget: bool) -> tuple[Column, ...]:
    language = content.language
    targets = [
        Column((words("target", language), period_heading(period, language)), 4, figures=True)
        for period in content.periods
    ]
    money = [Column((words("budget", language),), 9, figures=True)] if with_budget else []
    return (
        Column((words("no", language),), 3),
        Column((words(what, language),), 16),
        Column((words("indicator", language),), 16),
        Column((words("unit", language),), 6),
        *targets,
        *money,
        Column((words("responsible", language),), 10),
    )


def _indicators_of(node: PlanNode, content: Content) -> list[Indicator]:
    return [one for one in content.catalog.indicators.values() if one.node == node.id]


def _owner(node: PlanNode, content: Content) -> str:
    """Who answers for a node: its owner, else that of its first indicator."""
    named = [node.owner, *(one.owner for one in _indicators_of(node, content))]
    return next((title for name in named if (title := content.responsible(name))), "")
