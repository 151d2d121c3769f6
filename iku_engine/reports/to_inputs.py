"""Inputs that are lacking -> a sheet to fill in, which a long source then reads."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.places import member_in
from iku_engine.reports.csv_text import csv_text, harmless
from iku_engine.results.inputs import NeededInput, NeededRecords

_BEFORE = ("variabel", "label", "satuan", "sumber", "periode")
_VALUE = "nilai"


def to_inputs(needed: Sequence[NeededInput]) -> str:
    """CSV with a row an input: `variabel,label,satuan,sumber,periode,<dimensions>,nilai`.

    The last column is empty. A source reads the filled-in sheet with `variable: variabel`,
    `period: periode` and `value: nilai`.
    """
    dimensions = tuple(dict.fromkeys(name for each in needed for name, _ in each.place))
    rows = [(*_BEFORE, *dimensions, _VALUE), *(_row(each, dimensions) for each in needed)]
    return csv_text(rows)


def to_record_inputs(needed: Sequence[NeededRecords]) -> str:
    """CSV of one record set as its source holds it: a row a record, its key and place filled in.

    Where no records are known from a period before, one row has the period alone.
    """
    columns = needed[0].columns
    rows = [
        [row.get(column, "") for column in columns]
        for each in needed
        for row in each.known or ({each.columns[1]: str(each.period)},)
    ]
    return csv_text([columns, *(tuple(map(harmless, row)) for row in rows)])


def _row(each: NeededInput, dimensions: Sequence[str]) -> tuple[str, ...]:
    words = (each.variable, each.label, each.unit, each.source, str(each.period))
    members = (member_in(each.place, dimension) or "" for dimension in dimensions)
    return (*map(harmless, (*words, *members)), "")
