"""Which record sets of a source may be reduced where they live, and why others may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

from iku_engine.catalog.model import Catalog, Reduce, Source
from iku_engine.diagnostics import Diagnostics
from iku_engine.language.sql.dialects import Declined
from iku_engine.sources.members import Members
from iku_engine.sources.protocol import Kind, Permitted

if TYPE_CHECKING:
    from iku_engine.sources.survey import Survey


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The record sets of a source that stay where they are, or why all of them are read."""

    surveys: Mapping[str, Survey] = field(default_factory=dict)
    remarks: Diagnostics = ()
    reason: Declined | None = None


def surveyed(
    catalog: Catalog,
    source: Source,
    kind: Kind,
    permitted: Permitted,
    members: Members,
) -> Surveyed:
    """Look a source over, without reading its rows; the members it names are noted."""
    sets = [one for one in catalog.records.values() if one.source == source.id]
    reason = _refused(catalog, source, kind)
    if reason is not None or kind.relate is None:
        return Surveyed(reason=reason)
    from iku_engine.sources.survey import survey  # noqa: PLC0415 - an extra
    from iku_engine.sources.surveyed_frames import surveyed_frames  # noqa: PLC0415

    try:
        relation = kind.relate(source, permitted)
        own = Members(catalog.dimensions)
        with relation.opened() as ask:
            frames = surveyed_frames(relation, source, own, ask)
            found = {one.id: survey(relation, source, one, frames, ask) for one in sets}
    except Declined as why:
        return Surveyed(reason=why)
    for _, place in frames.found.values():
        for dimension, member in place:
            members.name(dimension, member)
    return Surveyed(found, relation.remarks)


def _refused(catalog: Catalog, source: Source, kind: Kind) -> Declined | None:
    """Why a source is not even looked at."""
    if source.reduce is Reduce.NEVER:
        return Declined("never")
    if kind.relate is None or (source.reduce is not Reduce.ALWAYS and not kind.is_database):
        return Declined("kind", kind.name)
    if any(one.source == source.id for one in catalog.variables.values()):
        return Declined("variables")
    if source.variable or source.value:
        return Declined("long")
    if find_spec("sqlglot") is None:
        return Declined("no_extra")
    return None
