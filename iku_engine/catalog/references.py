"""The names a definition uses that other definitions must declare.

They are taken from the tree, not from the form: a definition that cannot be used for another
reason still has its wrong names told.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.catalog.declared import Reference
from iku_engine.catalog.nodes import MappingNode, Node, ScalarNode, SequenceNode

# Section -> the path of a field -> the section that declares what it names.
_FIELDS: dict[str, dict[tuple[str, ...], str]] = {
    "": {("owner",): "owners", ("defaults", "source"): "sources"},
    "owners": {("parent",): "owners"},
    "sources": {("dimensions",): "dimensions"},
    "variables": {("source",): "sources", ("grades",): "scales"},
    "records": {("source",): "sources"},
    "plan": {("owner",): "owners", ("parent",): "plan"},
    "indicators": {
        ("owner",): "owners",
        ("rating", "scale"): "scales",
        ("grades",): "scales",
        ("node",): "plan",
    },
}
_NAMES_SEVERAL = ("dimensions",)


def references_in(section: str, subject: str, node: MappingNode) -> Iterator[Reference]:
    """The references of one definition, or of a file's header (the section is then empty)."""
    for path, declared_in in _FIELDS.get(section, {}).items():
        found: Node | None = node
        for key in path:
            found = found.value(key) if isinstance(found, MappingNode) else None
        names = _names(found) if path == _NAMES_SEVERAL else _name(found)
        for name in names:
            if name.text:
                yield Reference(declared_in, name.text, name.location, subject)


def _name(node: Node | None) -> list[ScalarNode]:
    return [node] if isinstance(node, ScalarNode) else []


def _names(node: Node | None) -> list[ScalarNode]:
    """The names a list or the keys of a mapping hold."""
    if isinstance(node, SequenceNode):
        return [item for item in node.items if isinstance(item, ScalarNode)]
    if isinstance(node, MappingNode):
        return [entry.key for entry in node.entries.values()]
    return []
