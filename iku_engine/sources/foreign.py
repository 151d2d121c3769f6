"""Readers of plugins: what they give is looked at before it is used, what they raise is told."""

from __future__ import annotations

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostic, Diagnostics
from iku_engine.sources.protocol import Kind, Permitted, Table

_PARTS = ("name", "path", "sha256", "header", "remarks", "rows", "origin", "location")
_LONGEST = 200


def table_of(kind: Kind, source: Source, permitted: Permitted) -> Table | Diagnostics:
    """What the reader of a kind gives; `TypeError` where that is no table and no diagnostics."""
    found = kind.read(source, permitted)
    if kind.is_built_in:
        return found
    if isinstance(found, tuple):
        if not found or not all(isinstance(one, Diagnostic) for one in found):
            raise TypeError("the reader gave a tuple that holds no diagnostics")
        return found
    if lacking := [part for part in _PARTS if not hasattr(found, part)]:
        given = type(found).__name__
        raise TypeError(f"the reader gave a {given}, which is no table: it has no {lacking[0]}")
    return found


def raised(kind: Kind, source: Source, failure: BaseException) -> Diagnostic:
    """A reader that failed, at the source that asks for it."""
    problem = " ".join(f"{type(failure).__name__}: {failure}".split())[:_LONGEST]
    return Diagnostic(
        "IKU903",
        f"the plugin `{kind.origin}` failed to read the source `{source.id}`: {problem}",
        source.location,
        "the figures of this source are missing; report it to those who maintain the plugin",
        source.id,
    )
