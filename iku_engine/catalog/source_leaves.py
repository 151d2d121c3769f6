"""The values of sources: text read into header rows and encodings.

As in `leaves.py`, a reader raises a `PydanticCustomError` whose type is a code of `codes.py`.
"""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from iku_engine.catalog.encodings import ENCODINGS
from iku_engine.catalog.leaves import refuse, text_of
from iku_engine.diagnostics import quoted

_ROWS_PATTERN = r"^\s*[1-9][0-9]{0,5}(\s*\.\.\s*[1-9][0-9]{0,5})?\s*$"
_ROWS = re.compile(_ROWS_PATTERN)
_MOST_HEADER_ROWS = 10


def _header_rows(value: object) -> tuple[int, int]:
    text = text_of(value, kind="a row or a range of rows")
    if not _ROWS.fullmatch(text):
        refuse("IKU103", f"is a row such as `1` or rows such as `1..2`, not {quoted(text)}")
    low, _, high = text.partition("..")
    first, last = int(low), int(high or low)
    if not first <= last < first + _MOST_HEADER_ROWS:
        refuse("IKU103", f"{quoted(text)} is not 1 to {_MOST_HEADER_ROWS} rows, the upper first")
    return first, last


def _encoding(value: object) -> str:
    text = text_of(value, kind="the name of an encoding").strip().casefold()
    if text not in ENCODINGS:
        advice = f"write one of {', '.join(f'`{name}`' for name in ENCODINGS)}"
        refuse("IKU103", f"{quoted(text)} is no encoding known here", advice)
    return text


HeaderRows: TypeAlias = Annotated[
    tuple[int, int],
    PlainValidator(_header_rows),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _ROWS_PATTERN}]}
    ),
]
EncodingWord: TypeAlias = Annotated[
    str, PlainValidator(_encoding), WithJsonSchema({"type": "string", "enum": list(ENCODINGS)})
]
