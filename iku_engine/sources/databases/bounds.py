"""Bounds of what is read from a database, and of how long it may take."""

from __future__ import annotations

from iku_engine.sources.files import MAX_BYTES
from iku_engine.sources.from_csv import MAX_CELL, MAX_COLUMNS, MAX_ROWS

__all__ = [
    "CONNECT_SECONDS",
    "LOCK_SECONDS",
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MEMORY_MB",
    "SECONDS",
    "THREADS",
]

SECONDS = 60
"""The longest that one statement, and the reading of its rows, may take."""

CONNECT_SECONDS = 10
"""The longest that a server may take to answer at all."""

LOCK_SECONDS = 5
"""The longest that is waited for somebody else's lock."""

MEMORY_MB = 512
"""The most memory of an embedded database, in megabytes."""

THREADS = 2
