"""The numbers a document prints before its plan nodes, against the tree: `7.1.3` is under `7.1`.

Only numbers in figures are looked at. `1,3` is read as `1.3`; figures with leading zeros are codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from iku_engine.catalog.model import Level, PlanNode
from iku_engine.diagnostics import Diagnostic, Location, quoted

Number: TypeAlias = tuple[int, ...]

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_LONGEST = 40


def check_numbers(plan: Mapping[str, PlanNode]) -> Iterator[Diagnostic]:
    """Numbers that do not begin with their parent's, stand twice among siblings or leave a gap."""
    numbers = {id_: number for id_, node in plan.items() if (number := _read(node.no))}
    yield from _not_under_parents(plan, numbers)
    siblings: dict[tuple[str, Level, Number], list[PlanNode]] = {}
    for id_, number in numbers.items():
        node = plan[id_]
        siblings.setdefault((node.parent, node.level, number[:-1]), []).append(node)
    for nodes in siblings.values():
        yield from _gaps(nodes, numbers)


def _read(printed: str) -> Number:
    text = printed.strip().rstrip(".)")
    if len(text) > _LONGEST or not text.isascii() or not _NUMBER.fullmatch(text):
        return ()
    parts = re.split("[.,]", text)
    return () if any(part != str(int(part)) for part in parts) else tuple(map(int, parts))


def _not_under_parents(
    plan: Mapping[str, PlanNode], numbers: Mapping[str, Number]
) -> Iterator[Diagnostic]:
    """Only numbers in parts: siblings may also be counted from 1 under every parent."""
    below: dict[str, list[str]] = {}
    for id_, number in numbers.items():
        if plan[id_].parent in numbers and len(number) > 1:
            below.setdefault(plan[id_].parent, []).append(id_)
    for id_, children in below.items():
        parent = plan[id_]
        beginnings = {numbers[child][:-1] for child in children}
        strange = [child for child in children if numbers[child][:-1] != numbers[id_]]
        if len(strange) == len(children) > 1 and len(beginnings) == 1:
            shared = ".".join(map(str, beginnings.pop()))
            message = f"the number {quoted(parent.no)} is not above those of its children"
            advice = f"all of them begin with `{shared}`"
            yield Diagnostic("IKU135", message, _at(parent), advice, id_)
            continue
        for child in strange:
            node = plan[child]
            message = f"the number {quoted(node.no)} is not below that of its parent"
            advice = f"the parent `{id_}` has the number {quoted(parent.no)}"
            yield Diagnostic("IKU135", message, _at(node), advice, child)


def _gaps(nodes: Sequence[PlanNode], numbers: Mapping[str, Number]) -> Iterator[Diagnostic]:
    ordered = sorted(nodes, key=lambda node: numbers[node.id][-1])
    for before, node in pairwise(ordered):
        step = numbers[node.id][-1] - numbers[before.id][-1]
        if step == 0:
            message = f"the number {quoted(node.no)} already stands at `{before.id}`"
            yield Diagnostic("IKU138", message, _at(node), "give each its own number", node.id)
        elif step > 1:
            message = f"the number {quoted(before.no)} is followed by {quoted(node.no)}"
            advice = "a row may be missing between them"
            yield Diagnostic("IKU134", message, _at(node), advice, node.id)


def _at(node: PlanNode) -> Location:
    return node.locations.get("no", node.location)
