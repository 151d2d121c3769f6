"""A manifest -> JSON: one figure, definition or result a line, so that versions compare well.

The same run gives the same bytes everywhere. `results/from_manifest.py` reads it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from iku_engine.results.manifest import (
    FIGURE_COLUMNS,
    RESULT_COLUMNS,
    SAYS,
    Manifest,
    RecordedFigure,
    RecordedResult,
)

FORM = 1
"""The version of the form; it changes when an older reader would misread it."""


def to_manifest(manifest: Manifest) -> str:
    """The manifest as JSON text, LF at the end of each line."""
    setting = manifest.setting
    asked = setting.options
    parts: Mapping[str, str] = {
        "iku_manifest": _line(FORM),
        "engine": _line(setting.engine),
        "catalog": _line(setting.catalog),
        "options": _line(
            {
                "periods": asked.periods,
                "indicators": asked.indicators,
                "by": asked.by,
                "as_of": asked.as_of,
                "to_date": asked.to_date,
            }
        ),
        "plugins": _lines(
            {"name": p.name, "version": p.version, "contract": p.contract, "sha256": p.sha256}
            for p in setting.plugins
        ),
        "definitions": _lines(
            {"file": one.file, "sha256": one.sha256} for one in setting.definitions
        ),
        "sources": _lines(
            {"source": one.source, "file": one.file, "sha256": one.sha256}
            for one in manifest.sources
        ),
        "meanings": _lines(
            {"kind": m.kind, "name": m.name, "plugin": m.plugin, "says": m.says, "needs": m.needs}
            for m in manifest.meanings
        ),
        "figures": _table(FIGURE_COLUMNS, map(_figure, manifest.figures)),
        "results": _table(RESULT_COLUMNS, map(_result, manifest.results)),
    }
    body = ",\n".join(f"  {_line(name)}: {text}" for name, text in parts.items())
    return f"{{\n{body}\n}}\n"


def _figure(figure: RecordedFigure) -> Sequence[object]:
    key = (figure.name, figure.period, dict(figure.place), figure.record, figure.field)
    return (*key, figure.value, figure.mark, figure.file, figure.cell)


def _result(result: RecordedResult) -> Sequence[object]:
    spans = ",".join(_spans(result.figures))
    says = (result.says[name] for name in SAYS)
    return (result.indicator, result.period, dict(result.place), spans, *says)


def _spans(positions: Sequence[int]) -> Iterator[str]:
    """Sorted positions as `0-3`, `7`."""
    first = 0
    for at, position in enumerate(positions):
        if at + 1 < len(positions) and positions[at + 1] == position + 1:
            continue
        start = positions[first]
        yield str(start) if start == position else f"{start}-{position}"
        first = at + 1


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return f'{{"columns": {_line(columns)}, "rows": {_lines(rows)}}}'


def _lines(rows: Iterable[object]) -> str:
    body = ",\n".join(f"    {_line(row)}" for row in rows)
    return f"[\n{body}\n  ]" if body else "[]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
