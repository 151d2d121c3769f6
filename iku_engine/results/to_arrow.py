"""Results -> an Arrow stream of text columns, by way of nanoarrow (the extra `arrow`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iku_engine.errors import UsageError


def arrow_stream(
    columns: Sequence[str], rows: Sequence[Mapping[str, str]], requested: object = None
) -> object:
    """The PyCapsule of an Arrow stream with one text column a name; empty text is null.

    Raises `UsageError` where nanoarrow is not installed.
    """
    try:
        import nanoarrow  # noqa: PLC0415 - an extra, imported when results leave as Arrow
    except ImportError:
        raise UsageError("to hand results over as Arrow, install `iku-engine[arrow]`") from None
    children = [
        nanoarrow.c_array([row[name] or None for row in rows], nanoarrow.string())
        for name in columns
    ]
    schema = nanoarrow.struct({name: nanoarrow.string() for name in columns})
    table = nanoarrow.c_array_from_buffers(schema, len(rows), [None], children=children)
    capsule: object = nanoarrow.c_array_stream(table).__arrow_c_stream__(requested)
    return capsule
