"""How an aggregate over records was made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class How:
    """Where records were reduced, or why they were read row by row.

    `engine` names the database, whose dialect the `statements` are in. Without one, `cause` is a
    word for the reason, which reports print as a sentence about the `subject`; `in_database` says
    that the records live in a database all the same.
    """

    engine: str = ""
    statements: tuple[str, ...] = ()
    cause: str = ""
    subject: str = ""
    in_database: bool = True
