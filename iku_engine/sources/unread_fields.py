"""The fields of a source that its kind of data has no use for.

A query that nothing runs, or a sheet of a file that has none, would leave figures that are not the
ones that were meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import quoted
from iku_engine.sources.findings import Refusal

_TEXT = frozenset({"delimiter", "encoding", "header", "comment"})
_DATABASE = frozenset({"connection", "query", "table"})
_READ: Mapping[str, frozenset[str]] = {
    "csv": _TEXT,
    "xlsx": frozenset({"sheet", "header", "comment"}),
    "sqlite": _DATABASE,
    "duckdb": _DATABASE,
    "parquet": _DATABASE,
    "postgresql": _DATABASE,
}
"""What the engine's own kinds read, of the fields that not all of them do."""

_SOME = ("sheet", "header", "encoding", "delimiter", "comment", "connection", "table", "query")


def unread_field(source: Source, kind: str) -> Refusal | None:
    """The refusal of the first field that a kind of the engine itself does not read."""
    read = _READ.get(kind, frozenset())
    declared = [name for name in (*_SOME, "options") if getattr(source, name)]
    unread = next((name for name in declared if name not in read), None)
    if unread is None:
        return None
    return Refusal(
        "IKU431",
        f"the source `{source.id}` has a field `{unread}`, which {quoted(kind)} data do not use",
        "leave it out, or correct `kind` or `file`",
    )
