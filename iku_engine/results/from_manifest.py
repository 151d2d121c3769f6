"""The text of a manifest -> its record. What is damaged is named with its place in the file.

Nothing that a manifest names is opened here, and no path in it is ever followed but the name of
the one definition file of a catalog, which is a bare name beside the manifest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from iku_engine.diagnostics import quoted
from iku_engine.errors import UsageError
from iku_engine.periods import Period
from iku_engine.places import place_of
from iku_engine.results.manifest import (
    FIGURE_COLUMNS,
    RESULT_COLUMNS,
    SAYS,
    Manifest,
    Options,
    RecordedFigure,
    RecordedResult,
    Setting,
    UsedFile,
    UsedPlugin,
)
from iku_engine.results.meanings import Meaning

MAX_BYTES = 64_000_000
"""The largest manifest that is read."""

_SPAN = re.compile(r"(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?", re.ASCII)


def read_manifest(data: bytes | str, name: str = "the manifest") -> Manifest:
    """The manifest in a text; raises `UsageError`, with the place, for one that is damaged."""
    if len(data) > MAX_BYTES:
        raise UsageError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        form = _Form.model_validate_json(data)
        return _manifest(form)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        what = f"{where}: {first['msg']}" if where else first["msg"]
    except ValueError as damaged:
        what = str(damaged)
    raise UsageError(f"{name} is no manifest that can be read: {what}")


_FigureRow: TypeAlias = tuple[
    str, str, dict[str, str], str, str, str | None, str, str, str
]  # FIGURE_COLUMNS
_ResultRow: TypeAlias = tuple[
    str, str, dict[str, str], str, str, str, str, str, str, str, str, str, str, str
]  # RESULT_COLUMNS


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Options(_Strict):
    periods: list[str]
    indicators: list[str]
    by: list[str]
    as_of: str
    to_date: bool


class _Plugin(_Strict):
    name: str
    version: str
    contract: int
    sha256: str


class _File(_Strict):
    file: str
    sha256: str


class _Source(_File):
    source: str


class _Meaning(_Strict):
    kind: str
    name: str
    says: dict[str, str]
    needs: list[str]
    plugin: str


class _Figures(_Strict):
    columns: list[str]
    rows: list[_FigureRow]


class _Results(_Strict):
    columns: list[str]
    rows: list[_ResultRow]


class _Form(_Strict):
    iku_manifest: Literal[1]
    engine: str
    catalog: str
    options: _Options
    plugins: list[_Plugin]
    definitions: list[_File]
    sources: list[_Source]
    meanings: list[_Meaning]
    figures: _Figures
    results: _Results


def _manifest(form: _Form) -> Manifest:
    """The record of a form whose shape is right; `ValueError` for what cannot be meant."""
    for name, found, expected in (
        ("figures", form.figures.columns, FIGURE_COLUMNS),
        ("results", form.results.columns, RESULT_COLUMNS),
    ):
        if tuple(found) != expected:
            raise ValueError(f"{name}.columns: the columns are {', '.join(expected)}")
    return Manifest(
        _setting(form),
        tuple(UsedFile(one.file, one.sha256, one.source) for one in form.sources),
        tuple(
            Meaning(one.kind, one.name, one.says, tuple(one.needs), one.plugin)
            for one in form.meanings
        ),
        tuple(_figure(row) for row in form.figures.rows),
        tuple(
            _result(row, len(form.figures.rows), f"results.rows.{at}")
            for at, row in enumerate(form.results.rows)
        ),
    )


def _setting(form: _Form) -> Setting:
    if form.catalog and not _is_bare(form.catalog):
        raise ValueError(f"catalog: {quoted(form.catalog)} is not the name of a file")
    for at, text in enumerate(form.options.periods):
        _check_period(text, f"options.periods.{at}")
    asked = form.options
    periods, indicators, by = map(tuple, (asked.periods, asked.indicators, asked.by))
    return Setting(
        form.engine,
        Options(periods, indicators, by, asked.as_of, asked.to_date),
        form.catalog,
        tuple(UsedPlugin(p.name, p.version, p.contract, p.sha256) for p in form.plugins),
        tuple(UsedFile(one.file, one.sha256) for one in form.definitions),
    )


def _figure(row: _FigureRow) -> RecordedFigure:
    name, period, place, record, field, value, mark, file, cell = row
    return RecordedFigure(name, period, place_of(place), record, field, value, mark, file, cell)


def _result(row: _ResultRow, figures: int, where: str) -> RecordedResult:
    indicator, period, place, spans, *texts = row
    says: Mapping[str, str] = dict(zip(SAYS, texts, strict=True))
    positions = _positions(spans, figures, where)
    return RecordedResult(indicator, period, place_of(place), says, positions)


def _positions(spans: str, count: int, where: str) -> tuple[int, ...]:
    """The positions that `0-3,7` stands for, each that of a figure."""
    found: list[int] = []
    for span in spans.split(",") if spans else ():
        match = _SPAN.fullmatch(span)
        last = int(match["last"] or match["first"]) if match else count
        if match is None or last >= count or len(found) > count:
            raise ValueError(f"{where}: {quoted(span)} names no figures of the manifest")
        found += range(int(match["first"]), last + 1)
    return tuple(found)


def _check_period(text: str, where: str) -> None:
    try:
        Period.parse(text)
    except ValueError as mistake:
        raise ValueError(f"{where}: {quoted(text)} is no period: {mistake}") from None


def _is_bare(name: str) -> bool:
    """A file name and nothing else, on any system."""
    return PurePosixPath(name).name == name == PureWindowsPath(name).name and name != ".."
