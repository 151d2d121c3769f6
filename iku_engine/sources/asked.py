"""What a catalog asks of a source: the columns that are read, and the one that names records."""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.catalog.model import Catalog, Source


def asked_columns(catalog: Catalog, source: Source) -> tuple[str, ...]:
    """The columns that anything in the catalog reads of a source, each once."""
    return tuple(dict.fromkeys(name for name in _columns(catalog, source) if name))


def record_key(catalog: Catalog, source: Source) -> str:
    """The column that names the records of a source; empty where it holds none."""
    found = (one.key for one in catalog.records.values() if one.source == source.id)
    return next(found, "")


def _columns(catalog: Catalog, source: Source) -> Iterator[str]:
    yield source.period
    yield from source.dimensions.values()
    yield from (source.vintage, source.variable, source.value)
    for variable in catalog.variables.values():
        if variable.source == source.id:
            yield variable.column
            yield from (column for column, _ in variable.where)
    for records in catalog.records.values():
        if records.source == source.id:
            yield records.key
            for field in records.fields.values():
                if field.formula is None:
                    yield field.column or field.id
