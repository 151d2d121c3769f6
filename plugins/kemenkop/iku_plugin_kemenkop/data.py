"""The package's tables as they lie in `data/`: every figure of a regulation is a row there."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation: its id in the tables, the prefix of its names, and how far it was read."""

    id: str
    prefix: str
    title: str
    reference: str
    status: str
    status_id: str

    @property
    def source(self) -> str:
        """What formulas and scales cite."""
        return f"{self.reference}; {self.status}"


@cache
def rows(table: str) -> tuple[Row, ...]:
    """The rows of `data/TABLE.csv`, in their order."""
    text = (files("iku_plugin_kemenkop") / "data" / f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def regulations() -> Mapping[str, Regulation]:
    """The regulations by id."""
    return {
        row["regulation"]: Regulation(
            row["regulation"],
            row["prefix"],
            row["title"],
            row["reference"],
            row["status"],
            row["status_id"],
        )
        for row in rows("regulations")
    }


@cache
def items() -> Mapping[str, Row]:
    """The items of a balance sheet and the answers of a questionnaire, by id."""
    return {row["item"]: row for row in rows("items")}
