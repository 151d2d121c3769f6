"""Small catalogs for tests of data, without a definition file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from iku_engine.catalog.model import (
    Catalog,
    Dimension,
    FieldKind,
    Member,
    RecordField,
    RecordSet,
    Rollup,
    Source,
    Variable,
)
from iku_engine.diagnostics import Location, text_alone
from iku_engine.quantities import NumberFormat
from iku_engine.scales import Scale
from iku_engine.sources.from_files import read_data
from iku_engine.sources.model import Data


class Options(TypedDict, total=False):
    """What a source may say besides its file."""

    period: str
    numbers: NumberFormat
    dimensions: Mapping[str, str]
    variable: str
    value: str
    delimiter: str
    comment: str
    missing: tuple[str, ...]
    vintage: str
    kind: str
    sheet: str
    header: tuple[int, int]
    encoding: str


class Picking(TypedDict, total=False):
    """What a variable may say besides its column."""

    where: tuple[tuple[str, str], ...]
    rollup: Rollup
    grades: str


HERE = Location("iku.yaml", 1)


def source(folder: Path | str, file: str = "x.csv", **options: Unpack[Options]) -> Source:
    """A source `isian` of one file with the period column `tahun`, in Indonesian figures."""
    settings: Options = {"period": "tahun", "numbers": NumberFormat.ID, **options}
    declared = text_alone(file, "iku.yaml")
    return Source("isian", "Isian", Location("iku.yaml", 3), declared, str(folder), **settings)


def variable(
    name: str, column: str = "", unit: str = "unit", **options: Unpack[Picking]
) -> Variable:
    """A variable of the source `isian`."""
    where = Location("iku.yaml", 5)
    return Variable(name, name, unit, where, "isian", column or name, **options)


def dimension(name: str, *members: Member) -> Dimension:
    return Dimension(name, name, HERE, {member.id: member for member in members})


def member(name: str, parent: str = "", *, total: bool = False) -> Member:
    return Member(name, name, HERE, parent, total=total)


def record_set(key: str = "id", **kinds: FieldKind) -> RecordSet:
    fields = {name: RecordField(name, name, "", HERE, kind) for name, kind in kinds.items()}
    return RecordSet("koperasi", "Koperasi", HERE, "isian", key, fields)


@dataclass
class Folder:
    """A catalog's folder with one data file; every test says only what is particular to it."""

    path: Path
    dimensions: tuple[Dimension, ...] = ()
    records: tuple[RecordSet, ...] = ()
    allowed: tuple[Path, ...] = ()
    scales: tuple[Scale, ...] = ()
    as_of: date | None = None

    def read(self, content: str | bytes, *variables: Variable, **options: Unpack[Options]) -> Data:
        """Write `x.csv` and read it as the source of these variables (by default, `a`)."""
        raw = content if isinstance(content, bytes) else content.encode()
        (self.path / "x.csv").write_bytes(raw)
        return self.read_file("x.csv", *variables, **options)

    def read_file(self, file: str, *variables: Variable, **options: Unpack[Options]) -> Data:
        columns = {one.id: one.id for one in self.dimensions}
        settings: Options = {"dimensions": columns, **options}
        return read_data(
            catalog(
                str(self.path),
                source(self.path, file, **settings),
                *(variables or (variable("a"),)),
                dimensions=self.dimensions,
                records=self.records,
            ),
            allowed=self.allowed,
            scales={scale.name: scale for scale in self.scales},
            as_of=self.as_of,
        )


def catalog(
    folder: str,
    of: Source | None,
    *variables: Variable,
    dimensions: tuple[Dimension, ...] = (),
    records: tuple[RecordSet, ...] = (),
) -> Catalog:
    return Catalog(
        folder,
        sources={of.id: of} if of else {},
        dimensions={one.id: one for one in dimensions},
        variables={one.id: one for one in variables},
        records={one.id: one for one in records},
    )


def codes(data: Data) -> list[str]:
    return [diagnostic.code for diagnostic in data.diagnostics]


def figures(data: Data) -> dict[str, str]:
    """`a@2020` or `a@2020,kecamatan=X` -> the figure as text, `-` for a missing one."""
    return {
        ",".join([f"{name}@{period}", *(f"{one}={at}" for one, at in place)]): "-"
        if found.value is None
        else str(found.value)
        for (name, period, place), found in data.observations.items()
    }
