"""What the codes, numbers, counts and money of a plan say about its tree, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from iku_engine.catalog.model import Catalog, Level, PlanNode
from iku_engine.catalog.nomenclature import (
    FORM,
    PARTS_OF,
    Parts,
    ReadCode,
    agree,
    example_of,
    read_code,
)
from iku_engine.catalog.plan_numbers import check_numbers
from iku_engine.catalog.plan_printed import check_printed
from iku_engine.diagnostics import Diagnostic, Location, quoted

_FEW = 3
"""So many codes are looked at one by one even if most of them have another form."""


def check_codes(catalog: Catalog) -> Iterator[Diagnostic]:
    """Codes that are malformed, foreign or repeated; numbers, counts and money that do not fit.

    A finding that its node accepts with a reason is left out.
    """
    plan = catalog.plan
    for found in (*_codes(plan), *check_numbers(plan), *check_printed(catalog)):
        node = plan.get(found.subject)
        if node is None or found.code not in node.accepted:
            yield found


class _Coded(NamedTuple):
    """A node and its code as it was probably meant."""

    node: PlanNode
    code: ReadCode

    @property
    def fits(self) -> bool:
        return len(self.code.parts) == PARTS_OF[self.node.level]


def _codes(plan: Mapping[str, PlanNode]) -> Iterator[Diagnostic]:
    coded = [
        _Coded(node, read_code(node.code))
        for node in plan.values()
        if node.code.strip() and node.level in PARTS_OF
    ]
    malformed = [one for one in coded if not one.code.is_well_formed]
    unreadable = [one for one in malformed if not one.code.parts]
    if len(coded) > _FEW and 2 * len(unreadable) > len(coded):
        yield _of_another_form(unreadable, len(coded))
        malformed = []
    yield from map(_malformed, malformed)
    yield from (_of_another_level(one) for one in coded if one.code.is_well_formed and not one.fits)
    fitting = {one.node.id: one for one in coded if one.fits}
    yield from _foreign(plan, fitting)
    yield from _repeated(fitting.values())


def _malformed(one: _Coded) -> Diagnostic:
    node = one.node
    message = f"the code {quoted(node.code)} is not of the form `{FORM}`"
    advice = f"it may be meant as `{one.code.text}`" if one.fits else _as_it_should(node.level)
    return Diagnostic("IKU130", message, _at(node), advice, node.id)


def _of_another_form(unreadable: Sequence[_Coded], of: int) -> Diagnostic:
    """One finding where a document uses codes of another kind altogether."""
    first = unreadable[0].node
    message = f"{len(unreadable)} of {of} codes of the plan are not of the form `{FORM}`"
    advice = f"the first one is {quoted(first.code)}; codes of another kind belong into `note`"
    return Diagnostic("IKU130", message, _at(first), advice, first.id)


def _of_another_level(one: _Coded) -> Diagnostic:
    node, parts = one.node, len(one.code.parts)
    levels = [level for level, count in PARTS_OF.items() if count == parts]
    said = f"that of a {_word(levels[0])}" if levels else "that of no level of a plan"
    message = f"the code {quoted(node.code)} of a {_word(node.level)} is {said}"
    return Diagnostic("IKU131", message, _at(node), _as_it_should(node.level), node.id)


def _as_it_should(level: Level) -> str:
    return f"a {_word(level)} has {PARTS_OF[level]} parts, such as `{example_of(level)}`"


def _word(level: Level) -> str:
    return level.value.replace("_", " ")


def _foreign(plan: Mapping[str, PlanNode], coded: Mapping[str, _Coded]) -> Iterator[Diagnostic]:
    """Codes that do not begin with the code of the nearest node above that has one."""
    below: dict[str, list[_Coded]] = {}
    for one in coded.values():
        above = _above(plan, one, coded)
        if above:
            below.setdefault(above, []).append(one)
    for id_, children in below.items():
        own = coded[id_]
        size = len(own.code.parts)
        beginnings = {child.code.parts[:size] for child in children}
        strange = [one for one in children if not agree(one.code.parts[:size], own.code.parts)]
        if len(strange) == len(children) > 1 and len(beginnings) == 1:
            shared = ".".join(beginnings.pop())
            message = f"the code {quoted(own.node.code)} is not above those of its children"
            advice = f"all of them begin with `{shared}`"
            yield Diagnostic("IKU132", message, _at(own.node), advice, id_)
            continue
        for child in strange:
            message = f"the code {quoted(child.node.code)} is not below that of its parent"
            advice = f"the parent `{id_}` has the code `{own.code.text}`"
            yield Diagnostic("IKU132", message, _at(child.node), advice, child.node.id)


def _above(plan: Mapping[str, PlanNode], one: _Coded, coded: Mapping[str, _Coded]) -> str:
    """The nearest node above with a shorter code; nothing where there is none."""
    node, passed = one.node, {one.node.id}
    while node.parent in plan and node.parent not in passed:
        node = plan[node.parent]
        passed.add(node.id)
        if node.id in coded and len(coded[node.id].code.parts) < len(one.code.parts):
            return node.id
    return ""


def _repeated(coded: Iterable[_Coded]) -> Iterator[Diagnostic]:
    """One code of two nodes, unless one and the same serves two nodes above it."""
    seen: dict[Parts, list[PlanNode]] = {}
    for node, code in coded:
        earlier = seen.setdefault(code.parts, [])
        twin = next((one for one in earlier if not _serves_both(one, node)), None)
        if twin is not None:
            message = f"the code {quoted(node.code)} already stands at `{twin.id}`"
            advice = f"that one is {quoted(twin.name)}"
            yield Diagnostic("IKU133", message, _at(node), advice, node.id)
        earlier.append(node)


def _serves_both(one: PlanNode, other: PlanNode) -> bool:
    """Whether a node is listed again under another parent, its money only once."""
    same = one.name.casefold().split() == other.name.casefold().split()
    return same and one.parent != other.parent and not (one.budget and other.budget)


def _at(node: PlanNode) -> Location:
    return node.locations.get("code", node.location)
