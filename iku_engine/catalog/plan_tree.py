"""Plan nodes in a tree: circles opened, levels compared, parents put before their children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iku_engine.catalog.model import Level, PlanNode
from iku_engine.diagnostics import Diagnostic, quoted

_DEPTHS = {level: depth for depth, level in enumerate(Level)}


def in_a_tree(
    plan: Mapping[str, PlanNode], circles: list[str]
) -> tuple[dict[str, PlanNode], list[Diagnostic]]:
    """The nodes depth first, siblings in the order of the file; `circles` become roots."""
    found = [
        Diagnostic(
            "IKU116",
            f"the plan node {quoted(id_)} is a part of itself",
            plan[id_].location,
            "remove one `parent` of the circle",
            id_,
        )
        for id_ in circles
    ]
    nodes = {id_: replace(one, parent="") if id_ in circles else one for id_, one in plan.items()}
    found += [problem for node in nodes.values() for problem in _level(node, nodes)]
    children: dict[str, list[str]] = {}
    for node in nodes.values():
        children.setdefault(node.parent, []).append(node.id)
    ordered: dict[str, PlanNode] = {}
    waiting = children.get("", [])[::-1]
    while waiting:
        id_ = waiting.pop()
        ordered[id_] = nodes[id_]
        waiting.extend(reversed(children.get(id_, [])))
    return ordered, found


def _level(node: PlanNode, nodes: Mapping[str, PlanNode]) -> list[Diagnostic]:
    """A node stands below one of a higher level: sasaran, program, kegiatan, sub kegiatan."""
    parent = nodes.get(node.parent)
    if parent is None or _DEPTHS[node.level] > _DEPTHS[parent.level]:
        return []
    message = (
        f"the {node.level.value} {quoted(node.id)} stands below the "
        f"{parent.level.value} {quoted(parent.id)}"
    )
    where = node.locations.get("level", node.location)
    advice = "the levels are `sasaran`, `program`, `kegiatan`, `sub_kegiatan`, from the top"
    return [Diagnostic("IKU117", message, where, advice, node.id)]
