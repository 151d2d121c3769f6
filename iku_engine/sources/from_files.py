"""A catalog's sources -> data: every declared file read, with all that is wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from iku_engine.catalog.model import Catalog, Source
from iku_engine.diagnostics import Diagnostics, Location, quoted
from iku_engine.scales import Scale
from iku_engine.sources.asked import asked_columns, record_key
from iku_engine.sources.cells import FigureReader
from iku_engine.sources.databases.connections import ConfigurationError
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.foreign import raised, table_of
from iku_engine.sources.frame import frame_of
from iku_engine.sources.grades import grades_of
from iku_engine.sources.kinds import BUILT_IN, kind_of
from iku_engine.sources.members import Members
from iku_engine.sources.model import Data, Key, Observation, Origin, Record
from iku_engine.sources.observations import (
    ObservationReader,
    claimed_texts,
    has_value_columns,
    series_in,
)
from iku_engine.sources.on_demand import RecordsOnDemand
from iku_engine.sources.protocol import Kind, Permitted, Table
from iku_engine.sources.records import RecordReader
from iku_engine.sources.surveys import surveyed
from iku_engine.sources.tables import index_of, refused, rows_of, with_subject
from iku_engine.sources.totals import check_totals

if TYPE_CHECKING:
    from iku_engine.language.sql.dialects import Declined
    from iku_engine.sources.survey import Survey


@dataclass(slots=True)
class _Reading:
    """What is gathered while the sources of a catalog are read one after the other."""

    catalog: Catalog
    findings: Findings
    members: Members
    as_of: date | None
    scales: Mapping[str, Scale]
    observations: dict[Key, Observation] = field(default_factory=dict)
    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    surveys: dict[str, Survey] = field(default_factory=dict)
    waiting: dict[str, Callable[[], tuple[Record, ...]]] = field(default_factory=dict)
    row_by_row: dict[str, Declined] = field(default_factory=dict)
    late: dict[str, Diagnostics] = field(default_factory=dict)


def read_data(
    catalog: Catalog,
    *,
    allowed: Sequence[Path] = (),
    scales: Mapping[str, Scale] = MappingProxyType({}),
    as_of: date | None = None,
    kinds: Sequence[Kind] = BUILT_IN,
    permitted: Permitted | None = None,
) -> Data:
    """Read every source a catalog declares.

    Files must lie in the catalog's folder unless they, or a folder above them, are `allowed`.
    `scales` are those of plugins, beside the catalog's own. Figures published after `as_of` are
    not read; those without a date always are. `kinds` are the kinds of data that are known;
    `permitted` says what else a reader may use, such as connections.
    Nothing in a definition or a file raises: a source, row or cell that cannot be used is left
    out and reported in `Data.diagnostics`.
    """
    reading = _Reading(catalog, Findings(), Members(catalog.dimensions), as_of, scales)
    use = replace(permitted or Permitted(), folder=catalog.folder, allowed=tuple(allowed))
    for source in catalog.sources.values():
        _read_source(reading, source, kinds, use)
    read = {
        record_set: reading.records.get(record_set, ())
        for record_set in catalog.records
        if record_set not in reading.waiting
    }
    return Data(
        reading.observations,
        RecordsOnDemand(read, reading.waiting) if reading.waiting else read,
        reading.members.by_dimension(),
        reading.findings.diagnostics(),
        reading.surveys,
        reading.row_by_row,
        reading.late,
    )


def read_table(
    source: Source, permitted: Permitted, kinds: Sequence[Kind] = BUILT_IN
) -> Table | Diagnostics:
    """The table of a source, by the reader of its kind; diagnostics where there is none.

    Raises what the reader of a plugin raises, `TypeError` where it gives no table.
    """
    kind = kind_of(source, kinds)
    return table_of(kind, source, permitted) if isinstance(kind, Kind) else kind


def _read_source(
    reading: _Reading, source: Source, kinds: Sequence[Kind], permitted: Permitted
) -> None:
    """Read one source; a plugin that raises in it leaves the source out, and is told."""
    columns, key = asked_columns(reading.catalog, source), record_key(reading.catalog, source)
    permitted = replace(permitted, columns=columns, key=key)
    kind = kind_of(source, kinds)
    if not isinstance(kind, Kind):
        for found in kind:
            reading.findings.keep(found)
    elif kind.is_built_in:
        if not _stays(kind, reading, source, permitted):
            _read_with(kind, reading, source, permitted)
    else:
        try:
            _read_with(kind, reading, source, permitted)
        except ConfigurationError as mistake:
            reading.findings.keep(refused(mistake.refusal, source.location, source.id))
        except (Exception, SystemExit) as failure:  # a plugin may raise anything, in any row
            reading.findings.keep(raised(kind, source, failure))


def _stays(kind: Kind, reading: _Reading, source: Source, permitted: Permitted) -> bool:
    """Whether the records of a source stay where they live, and are read only on demand."""
    catalog = reading.catalog
    sets = [one.id for one in catalog.records.values() if one.source == source.id]
    if not sets:
        return False
    found = surveyed(catalog, source, kind, permitted, reading.members)
    if found.reason is not None:
        reading.row_by_row.update(dict.fromkeys(sets, found.reason))
        return False

    said = [with_subject(one, source.id) for one in found.remarks]
    for one in said:
        reading.findings.keep(one)

    def read(name: str) -> tuple[Record, ...]:
        own = _Reading(
            catalog, Findings(), Members(catalog.dimensions), reading.as_of, reading.scales
        )
        _read_with(kind, own, source, permitted)
        late = own.findings.diagnostics()
        reading.late[name] = tuple(one for one in late if one not in said)
        return own.records.get(name, ())

    reading.surveys.update(found.surveys)
    reading.waiting.update({name: partial(read, name) for name in sets})
    return True


def _read_with(kind: Kind, reading: _Reading, source: Source, permitted: Permitted) -> None:
    table = table_of(kind, source, permitted)
    for found in table if isinstance(table, tuple) else table.remarks:
        reading.findings.keep(with_subject(found, source.id))
    if not isinstance(table, tuple):
        _read_rows(reading, source, table)


def _read_rows(reading: _Reading, source: Source, table: Table) -> None:
    catalog, findings = reading.catalog, reading.findings
    frame = frame_of(table, source, reading.members, findings, reading.as_of)
    figures = FigureReader(source.numbers, source.missing)
    variables = [one for one in catalog.variables.values() if one.source == source.id]
    whole = has_value_columns(table, source, findings)
    grades = grades_of(catalog, variables, reading.scales, source.missing)
    series = series_in(table, source, variables, findings, grades) if whole else []
    claimed = claimed_texts(source, variables)
    reader = ObservationReader(table, source, series, claimed, figures, findings)
    record_sets = {
        one.id: RecordReader(table, one, figures, findings)
        for one in catalog.records.values()
        if one.source == source.id
    }
    if frame is None:
        return
    for row in rows_of(table, findings, source.id):
        wanted = reader.series_of(row)
        framed = frame.read(row) if wanted or record_sets else None
        if framed is None:
            continue
        reader.take(row, framed, wanted)
        for record_set in record_sets.values():
            record_set.take(row, framed)
    observations = reader.observations()
    reading.observations.update(observations)
    reading.records.update({name: one.records() for name, one in record_sets.items()})
    _look_over(reading, source, table, figures, observations)


def _look_over(
    reading: _Reading,
    source: Source,
    table: Table,
    figures: FigureReader,
    observations: dict[Key, Observation],
) -> None:
    """What only shows when all rows are read: ambiguous columns, parts that miss their total."""
    findings = reading.findings
    for column in figures.ambiguous_columns():
        findings.add_declared(_ambiguous(table, source, column), source.location, source.id)

    def locate(origin: Origin) -> Location:
        return table.location(origin.row, index_of(table, origin.column) or 0)

    check_totals(reading.catalog, observations, findings, table.path, locate)


def _ambiguous(table: Table, source: Source, column: int) -> Refusal:
    other = "en" if source.numbers == "id" else "id"
    return Refusal(
        "IKU410",
        f"the separators in the column {quoted(table.header[column])} of `{table.name}` "
        f"would all say something else under `numbers: {other}`",
        f"check that the source writes its figures as `numbers: {source.numbers}` says",
    )
