"""Later decrees -> revisions of targets, each read for itself.

A decree that cannot be used leaves the others in force. Where a target that it sets cannot be
read, the one it replaced is no longer the promise either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from iku_engine.catalog.forms import RevisionForm
from iku_engine.catalog.leaves import period_of
from iku_engine.catalog.model import Revision, Targets
from iku_engine.catalog.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, kind_of
from iku_engine.catalog.shape import Definition, shaped
from iku_engine.catalog.targets import TargetsReader
from iku_engine.diagnostics import quoted
from iku_engine.periods import Period

_NO_TARGET = "-"


class _Read(NamedTuple):
    """One decree: its revision, None where it sets nothing that can be read, and what is lost."""

    since: date
    revision: Revision | None
    unread: frozenset[Period]


def without_revisions(definition: Definition) -> Definition:
    """The definition of an indicator to be shaped without its decrees, which are read here."""
    node = definition.node
    written = node.value("revisions")
    if not isinstance(written, SequenceNode):
        return definition
    empty = replace(written, items=())
    entries = {**node.entries, "revisions": Entry(node.entries["revisions"].key, empty)}
    return replace(definition, node=replace(node, entries=entries))


def revised(
    targets: Targets | None, reader: TargetsReader
) -> tuple[Targets | None, tuple[Revision, ...]]:
    """The targets, and the decrees in order of their days; of one day, in that of the file."""
    node = reader.definition.node.value("revisions")
    kept: list[Revision] = []
    for one in sorted(_decrees(node, reader), key=lambda read: read.since):
        if one.unread:
            targets = None if targets is None else _without(targets, one.unread)
            kept = [replace(it, targets=_without(it.targets, one.unread)) for it in kept]
        if one.revision is not None:
            kept.append(one.revision)
    return targets, tuple(kept)


def _decrees(node: Node | None, reader: TargetsReader) -> Iterator[_Read]:
    items = node.items if isinstance(node, SequenceNode) else ()
    for number, item in enumerate(items, start=1):
        named = f"revision {number} of {reader.definition.what}"
        if not isinstance(item, MappingNode):
            message = f"{named} is {kind_of(item)}, not a mapping"
            reader.add("IKU103", message, item.location, "write `decree`, `since` and `targets`")
            continue
        definition = Definition(named, item, item.location, reader.definition.subject)
        result = shaped(RevisionForm, definition, reader.context.mistakes)
        if result.form is not None:
            whole = "targets" not in result.faulty
            what = reader.definition.what
            yield _decree(result.form, what, replace(reader, definition=definition), whole=whole)


def _decree(form: RevisionForm, what: str, reader: TargetsReader, *, whole: bool) -> _Read:
    item = reader.definition.node
    node = item.value("targets")
    targets = reader.targets(form.targets, node, item.location, whole=whole)
    unread = frozenset(_unread(node, targets))
    if targets is not None:
        return _Read(form.since, Revision(form.decree, form.since, targets, item.location), unread)
    if whole and not unread:
        message = f"the revision {quoted(form.decree)} of {what} sets no target"
        advice = "give the targets that it changed, or remove it"
        reader.add("IKU120", message, item.location, advice)
    return _Read(form.since, None, unread)


def _unread(node: Node | None, targets: Targets | None) -> Iterator[Period]:
    """The periods with a target in the file that could not be read."""
    read = frozenset(targets.periods) if targets is not None else frozenset()
    for key, entry in node.entries.items() if isinstance(node, MappingNode) else ():
        value = entry.value
        if isinstance(value, ScalarNode) and (value.is_empty or value.text == _NO_TARGET):
            continue
        try:
            period = period_of(key)
        except ValueError:
            continue  # a part of a rule, or reported when the form was read
        if period not in read:
            yield period


def _without(targets: Targets, periods: frozenset[Period]) -> Targets:
    """The targets without what is printed for some periods."""
    return replace(
        targets,
        given={when: one for when, one in targets.given.items() if when not in periods},
        ranges={when: one for when, one in targets.ranges.items() if when not in periods},
        labels={when: one for when, one in targets.labels.items() if when not in periods},
    )
