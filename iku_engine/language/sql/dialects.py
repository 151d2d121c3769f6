"""The databases that statements are printed for, as a table: what differs between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LARGEST_NARROW = (1 << 63) - 1


class Declined(Exception):
    """Something that cannot be said exactly in SQL.

    `cause` is a word for the reason, which reports print as a sentence about the `subject`.
    """

    def __init__(self, cause: str, subject: str = "") -> None:
        super().__init__(f"{cause}:{subject}" if subject else cause)
        self.cause, self.subject = cause, subject


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database: its types of whole numbers and texts, and how texts compare by their signs.

    Whole numbers up to `largest` are computed without a float; `wide` is the type beyond 64 bits,
    empty where there is none. `collation` makes texts compare sign by sign.
    """

    name: str
    text: str
    largest: int
    wide: str = ""
    collation: str = ""
    narrow: str = "BIGINT"
    lower_is_ascii: bool = False
    patterns: bool = False
    nulls_first: bool = False


DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        one.name: one
        for one in (
            # A column may be declared to compare without case or accents.
            Dialect(
                "duckdb",
                "VARCHAR",
                (1 << 127) - 1,
                wide="INT128",
                collation="C",
                patterns=True,
            ),
            # Numerics of PostgreSQL have up to 131,072 digits; far fewer are worth the while.
            Dialect(
                "postgres",
                "TEXT",
                10**400,
                wide="DECIMAL",
                collation="C",
                patterns=True,
            ),
            # Beyond 64 bits SQLite goes on in floats, without a word.
            Dialect(
                "sqlite",
                "TEXT",
                LARGEST_NARROW,
                collation="BINARY",
                lower_is_ascii=True,
                nulls_first=True,
            ),
        )
    }
)
