"""Results -> Arrow, for pandas, polars and DuckDB; needs the extra `arrow` (nanoarrow)."""

from __future__ import annotations

from typing import Protocol, cast

from iku_engine.results.model import Results


class ArrowStream(Protocol):
    """What readers of Arrow ask for (the Arrow PyCapsule interface)."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


def to_arrow(results: Results) -> ArrowStream:
    """The rows of the results as one table of text columns, null where a cell is empty.

    Raises `ImportError` where nanoarrow is not installed.
    """
    import nanoarrow  # noqa: PLC0415 - an optional library

    rows = results.as_rows()
    columns = results.columns()
    text = nanoarrow.string()
    table = nanoarrow.c_array_from_buffers(
        nanoarrow.struct(dict.fromkeys(columns, text)),
        length=len(rows),
        buffers=[None],
        children=[
            nanoarrow.c_array([row[column] or None for row in rows], text) for column in columns
        ],
    )
    return cast("ArrowStream", nanoarrow.Array(table))
