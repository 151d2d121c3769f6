"""Laws of the audit: what the engine prints it reproduces; a changed digit never goes unseen."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine.audit.model import Column, Verdict
from iku_engine.audit.run import audit
from iku_engine.quantities import Rounding, round_half_away, rounded
from tests.audit.building import (
    YEAR,
    Leaf,
    Plan,
    context_of,
    printed,
    printed_by_the_engine,
    with_cells,
    with_digit,
)
from tests.laws import LAW

lines = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 90)), min_size=1, max_size=3)
leaves = st.builds(
    Leaf,
    st.integers(1, 10**9),
    st.integers(0, 10**9),
    lines.map(tuple),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One to three programs of one to three kegiatan of one to three sub kegiatan."""
    sizes = draw(
        st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=3), min_size=1, max_size=3)
    )
    return {
        f"p{one}": {
            f"k{one}_{two}": tuple(draw(leaves) for _ in range(count))
            for two, count in enumerate(activities)
        }
        for one, activities in enumerate(sizes)
    }


@LAW
@given(plans())
def test_what_the_engine_prints_is_reproduced(plan: Plan) -> None:
    context = context_of(plan)
    cells = printed_by_the_engine(context)
    audited = audit(with_cells(context, cells))
    assert {cell.verdict for cell in audited} == {Verdict.REPRODUCED}
    assert audited.is_reproduced


@LAW
@given(plans(), st.data())
def test_one_changed_digit_of_a_computed_cell_is_found(plan: Plan, data: st.DataObject) -> None:
    context = context_of(plan)
    cells = list(printed_by_the_engine(context))
    at = data.draw(st.integers(0, len(cells) - 1))
    changed = with_digit(cells[at], data.draw(st.integers(0, 5)), data.draw(st.integers(0, 9)))
    assume(changed.value != cells[at].value)
    cells[at] = changed
    audited = audit(with_cells(context, cells))
    found = [cell.printed.key for cell in audited if cell.verdict is Verdict.NOT_REPRODUCED]
    assert found == [changed.key]


@LAW
@given(plans(), st.data())
def test_a_changed_input_is_found_exactly_where_a_displayed_figure_changes(
    plan: Plan, data: st.DataObject
) -> None:
    before = context_of(plan)
    cells = printed_by_the_engine(before)
    program = data.draw(st.sampled_from(sorted(plan)))
    activity = data.draw(st.sampled_from(sorted(plan[program])))
    first, *others = plan[program][activity]
    spent = data.draw(st.integers(0, 10**9))
    changed = Leaf(first.budget, spent, first.lines)
    other: Plan = {
        **plan,
        program: {**plan[program], activity: (changed, *others)},
    }
    after = context_of(other)
    shown = {cell.key: cell.value for cell in printed_by_the_engine(after)}
    different = {cell.key for cell in cells if shown[cell.key] != cell.value}
    audited = audit(with_cells(after, cells))
    found = {cell.printed.key for cell in audited if cell.verdict is Verdict.NOT_REPRODUCED}
    assert found == different


@given(plans(), st.data())
def test_every_explanation_holds_when_it_is_applied(plan: Plan, data: st.DataObject) -> None:
    context = context_of(plan)
    cells = list(printed_by_the_engine(context))
    at = data.draw(st.integers(0, len(cells) - 1))
    cells[at] = with_digit(cells[at], data.draw(st.integers(0, 3)), data.draw(st.integers(0, 9)))
    for cell in audit(with_cells(context, cells)):
        for one in cell.explanations:
            truncated = one.and_truncated or one.cause.value == "truncated"
            way = Rounding.DOWN if truncated else Rounding.HALF_UP
            if one.cause.value == "rounded_up":
                way = Rounding.UP
            assert rounded(one.figure, 2, way) == cell.printed.value


@given(plans())
def test_a_left_out_child_is_among_the_explanations(plan: Plan) -> None:
    context = context_of(plan)
    program = min(plan)
    children = context.children[program]
    assume(len(children) > 1)
    figures = [context.figure(child, Column.OUTPUT, YEAR) for child in children]
    assume(all(figure is not None for figure in figures))
    kept = [figure for figure in figures[1:] if figure is not None]
    mean = round_half_away(sum(kept, Fraction(0)) / len(kept), 2)
    cell = next(
        cell
        for cell in printed_by_the_engine(context)
        if cell.place == program and cell.column is Column.OUTPUT
    )
    assume(mean != cell.value)
    changed = printed(program, Column.OUTPUT, mean)
    (audited,) = audit(with_cells(context, [changed]))
    assert audited.verdict is Verdict.NOT_REPRODUCED
    assert audited.explanations
