"""Columns handed over as Arrow -> rows, by way of nanoarrow (the extra `arrow`)."""

from __future__ import annotations

from collections.abc import Mapping

from iku_engine.errors import UsageError


def rows_of_arrow(table: object) -> list[Mapping[str, object]]:
    """The rows of anything that exports an Arrow stream: pandas, polars, pyarrow, DuckDB.

    A null in a column other than the figures leaves that column out of the row. Raises
    `UsageError` where nanoarrow is not installed or the object exports no table.
    """
    try:
        import nanoarrow  # noqa: PLC0415 - an extra, imported when Arrow is handed over
    except ImportError:
        raise UsageError("to read Arrow data, install `iku-engine[arrow]`") from None
    try:  # nanoarrow says NotImplementedError of column types it cannot turn into Python
        rows = nanoarrow.Array(table).to_pylist()
    except (TypeError, ValueError, NotImplementedError) as failure:
        raise UsageError(f"this Arrow data cannot be read: {failure}") from None
    if not all(isinstance(row, dict) for row in rows):
        raise UsageError("Arrow data must be a table with named columns")
    return [
        {key: value for key, value in row.items() if value is not None or key == "value"}
        for row in rows
    ]
