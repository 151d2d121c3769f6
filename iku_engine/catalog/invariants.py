"""What must hold in a catalog beyond the shape of its parts.

Each check returns the catalog with what contradicts itself taken out, and the diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from iku_engine.catalog.model import (
    Catalog,
    DeclaredScale,
    Dimension,
    Member,
    Owner,
    PlanNode,
    Source,
    Variable,
)
from iku_engine.catalog.phasing import check_phasing
from iku_engine.catalog.plan_codes import check_codes
from iku_engine.catalog.plan_tree import in_a_tree
from iku_engine.coverage import (
    changed,
    first_figure,
    gaps_of,
    graded_decimals,
    overlaps_of,
)
from iku_engine.diagnostics import Diagnostic, did_you_mean, quoted
from iku_engine.quantities import to_exact_text
from iku_engine.scales import Band, Graded, Scale, decimals_of

MAX_DECIMALS = 12
"""The most decimals of a displayed figure."""


def checked(catalog: Catalog) -> tuple[Catalog, list[Diagnostic]]:
    """The catalog with every invariant checked."""
    found: list[Diagnostic] = []
    owners, problems = _owners_in_a_tree(catalog.owners)
    found.extend(problems)
    dimensions = {}
    for id_, dimension in catalog.dimensions.items():
        dimensions[id_], problems = _members_in_a_tree(dimension)
        found.extend(problems)
    for declared in catalog.scales.values():
        found.extend(_coverage(declared))
    variables = {}
    for id_, variable in catalog.variables.items():
        problem = _unread(variable, catalog.sources)
        found.extend(problem)
        variables[id_] = replace(variable, source="") if problem else variable
    circles = _in_circles(catalog.plan, lambda node: node.parent)
    plan, problems = in_a_tree(catalog.plan, circles)
    found.extend(problems)
    whole = replace(catalog, owners=owners, dimensions=dimensions, variables=variables, plan=plan)
    found.extend(check_codes(whole))
    found.extend(check_phasing(whole))
    return whole, found


def _owners_in_a_tree(owners: Mapping[str, Owner]) -> tuple[dict[str, Owner], list[Diagnostic]]:
    circles = _in_circles(owners, lambda owner: owner.parent)
    diagnostics = [
        Diagnostic(
            "IKU115",
            f"the owner {quoted(id_)} stands above itself",
            owners[id_].location,
            "remove one `parent` of the circle",
            id_,
        )
        for id_ in circles
    ]
    return {
        id_: replace(owner, parent="") if id_ in circles else owner for id_, owner in owners.items()
    }, diagnostics


def _members_in_a_tree(dimension: Dimension) -> tuple[Dimension, list[Diagnostic]]:
    members = dimension.members
    found: list[Diagnostic] = []
    rooted = set()
    for id_, member in members.items():
        if member.parent and member.parent not in members:
            near = did_you_mean(member.parent, members) or "declare it among the members"
            message = (
                f"the parent {quoted(member.parent)} of {quoted(id_)} is not a member of "
                f"the dimension `{dimension.id}`"
            )
            found.append(Diagnostic("IKU108", message, member.location, near, dimension.id))
            rooted.add(id_)
        elif member.total and member.parent:
            message = f"{quoted(id_)} is the total of `{dimension.id}` and a part of another member"
            advice = "remove `parent` or `total`"
            found.append(Diagnostic("IKU114", message, member.location, advice, dimension.id))
            rooted.add(id_)
    circles = _in_circles(members, lambda member: member.parent)
    for id_ in circles:
        message = f"the member {quoted(id_)} of `{dimension.id}` is a part of itself"
        advice = "remove one `parent` of the circle"
        found.append(Diagnostic("IKU114", message, members[id_].location, advice, dimension.id))
    found.extend(_several_totals(dimension))
    rooted.update(circles)
    kept = {id_: replace(one, parent="") if id_ in rooted else one for id_, one in members.items()}
    return replace(dimension, members=kept), found


def _several_totals(dimension: Dimension) -> Iterator[Diagnostic]:
    totals = [member for member in dimension.members.values() if member.total]
    for member in totals[1:]:
        message = f"the dimension `{dimension.id}` has a second total, {quoted(member.id)}"
        advice = f"the first one is {quoted(totals[0].id)}: a dimension has one total"
        yield Diagnostic("IKU114", message, member.location, advice, dimension.id)


def _in_circles(
    items: Mapping[str, Member] | Mapping[str, Owner] | Mapping[str, PlanNode],
    parent_of: Callable[..., str],
) -> list[str]:
    """The items that are above themselves, in order; those that only lead into a circle not."""
    state: dict[str, int] = {}  # in which walk an item was first seen
    circles: set[str] = set()
    for walk, start in enumerate(items):
        current = start
        while current in items and current not in state:
            state[current] = walk
            current = parent_of(items[current])
        if state.get(current) == walk and current not in circles:
            first = current
            while True:
                circles.add(current)
                current = parent_of(items[current])
                if current == first:
                    break
    return [id_ for id_ in items if id_ in circles]


def _coverage(declared: DeclaredScale) -> Iterator[Diagnostic]:
    """Values between the bands that have no rating, and values that would have two."""
    scale = declared.scale
    places = {id(band): place for band, place in zip(scale.bands, declared.bands, strict=True)}
    decimals = graded_decimals(scale)
    gaps, overlaps = gaps_of(scale.bands, decimals), overlaps_of(scale.bands, decimals)
    if not gaps and not overlaps:
        return
    rewritten = changed(scale.bands, decimals)
    for gap in gaps:
        message = (
            f"no band of the scale `{scale.name}` holds `{gap.interval.range_text()}`, "
            f"between {quoted(gap.below.label)} and {quoted(gap.above.label)}"
        )
        advice = _rewrite((gap.below, gap.above), rewritten) or "move an edge"
        advice += _on_displayed(gap.interval, scale)
        yield Diagnostic("IKU110", message, places[id(gap.above)], advice, scale.name)
    for overlap in overlaps:
        value = overlap.value if decimals is None else first_figure(overlap.interval, decimals)
        message = (
            f"{quoted(overlap.first.label)} and {quoted(overlap.second.label)} of the scale "
            f"`{scale.name}` both hold {to_exact_text(overlap.value if value is None else value)}"
        )
        advice = _rewrite((overlap.first, overlap.second), rewritten)
        advice = advice or "exclude an edge from one of them with `<` or `>`"
        yield Diagnostic("IKU111", message, places[id(overlap.second)], advice, scale.name)


def _rewrite(bands: Iterable[Band], rewritten: Mapping[int, Band]) -> str:
    """What to write for bands so that each ends where the next one begins."""
    found = [rewritten[id(band)] for band in bands if id(band) in rewritten]
    texts = (f"`{band.range_text()}` for {quoted(band.label)}" for band in found)
    return f"write {' and '.join(texts)}" if found else ""


def _on_displayed(gap: Band, scale: Scale) -> str:
    """The other repair, where the bands speak of figures rounded as their edges are written."""
    if scale.on is Graded.DISPLAYED:
        return ""
    edges = [edge for band in scale.bands for edge in (band.low, band.high) if edge is not None]
    decimals = max((decimals_of(edge) or 0 for edge in edges), default=0)
    if decimals > MAX_DECIMALS or first_figure(gap, decimals) is not None:
        return ""
    return f", or `on: displayed` and `decimals: {decimals}` where they speak of rounded figures"


def _unread(variable: Variable, sources: Mapping[str, Source]) -> list[Diagnostic]:
    """Whether the source leaves open which cells a variable is read from."""
    source = sources.get(variable.source)
    if source is None:
        return []
    named = f"the variable `{variable.id}`"
    if not variable.column and not source.value:
        message = f"{named} does not say which `column` of the source `{source.id}` holds it"
        advice = "add `column`; for long data, add `variable` and `value` to the source"
    elif not variable.column and not variable.where and not source.variable:
        message = f"{named} does not say which rows of the source `{source.id}` hold it"
        advice = "add `variable` to the source, or `where` to the variable"
    else:
        return []
    return [Diagnostic("IKU102", message, variable.location, advice, variable.id)]
