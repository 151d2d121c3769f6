"""Where an aggregate over records was made, in words, and the statements that made it."""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.evaluation.how import How
from iku_engine.reports.labels import Language, has_label, label

_TITLES = {"duckdb": "DuckDB", "postgres": "PostgreSQL", "sqlite": "SQLite"}


def how_words(how: How, language: Language) -> str:
    """One sentence: the database that reduced the records, or why they were read row by row."""
    if how.engine:
        return label("reduction.in", language, engine=_TITLES.get(how.engine, how.engine))
    key = f"reduction.because.{how.cause}"
    subject = _TITLES.get(how.subject, how.subject)
    why = label(key, language, name=subject or "?") if has_label(key) else how.cause
    return label("reduction.row_by_row", language, why=why)


def statement_lines(how: How, language: Language) -> Iterator[tuple[str, str]]:
    """Each statement under a heading that names its dialect."""
    for number, statement in enumerate(how.statements):
        key = "reduction.statement" if number == 0 else "reduction.statement_of_unknown"
        yield label(key, language, dialect=how.engine), statement
