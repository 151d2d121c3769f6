"""Results -> JSON: the same text as in the CSV, null where a cell is empty."""

from __future__ import annotations

import json

from iku_engine.results.model import Results


def to_json(results: Results) -> str:
    """`{"periods": [...], "dimensions": [...], "results": [one object a result]}`."""
    columns = results.columns()
    whole = {
        "periods": [str(period) for period in results.periods],
        "dimensions": list(results.dimensions),
        "results": [
            {column: row[column] or None for column in columns} for row in results.as_rows()
        ],
    }
    return json_text(whole)


def json_text(whole: object) -> str:
    """JSON as every report writes it: in its own order, readable, with an LF at the end."""
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
