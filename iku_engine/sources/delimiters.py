"""What separates the columns of a text file, found out from its header."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Sequence

from iku_engine.catalog.model import Source
from iku_engine.sources.findings import Refusal

_KNOWN = {",": "a comma", ";": "`;`", "\t": "a tab", "|": "`|`"}


def found_delimiter(header: Callable[[str], Sequence[str]], wanted: Collection[str]) -> str:
    """The sign under which the header has most of the columns that are wanted, then most columns.

    `header` gives the names under a sign. A comma is taken where no other sign does better.
    """

    def merit(sign: str) -> tuple[int, int]:
        try:
            names = header(sign)
        except csv.Error:
            return -1, 0
        return len(set(wanted).intersection(names)), len(names)

    return max(_KNOWN, key=merit)


def columns_of(source: Source) -> set[str]:
    """The columns that a source itself names."""
    named = (source.period, source.variable, source.value, source.vintage)
    return {column for column in (*named, *source.dimensions.values()) if column}


def delimiter_remark(name: str, delimiter: str) -> Refusal | None:
    """What has to be said of a sign that was found out; nothing of the comma."""
    if delimiter == ",":
        return None
    written = {"\t": '"\\t"'}.get(delimiter, f'"{delimiter}"')
    return Refusal(
        "IKU420",
        f"the columns of `{name}` are read as separated by {_KNOWN[delimiter]}",
        f"declare `delimiter: {written}` if that is right",
    )
