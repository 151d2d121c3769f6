"""Statements asked of one table over one connection, each answered once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from iku_engine.language.sql.dialects import Declined
from iku_engine.sources.relations import Ask, Rows
from iku_engine.sources.survey import Survey

CHANGED = "changed"
"""The cause where a table is no longer what was looked over."""


class Asking:
    """Asks the table of a survey; the connection is made for the first new statement.

    Answers are kept with the survey: runs with more digits ask the same. `ask` raises `Declined`
    where the data are no longer what was looked over, and where there is no answer; what failed
    once is not tried again: the next statement may take as long before it fails.
    """

    def __init__(self, survey: Survey, stack: ExitStack) -> None:
        self._survey, self._stack = survey, stack
        self._opened: Ask | None = None
        self._failed: Declined | None = None

    def ask(self, statement: str) -> Rows:
        known = self._survey.answers.get(statement)
        if known is None:
            known = self._survey.answers[statement] = self._answer(statement)
        return known

    def _answer(self, statement: str) -> Rows:
        connected = self._connected()
        try:
            return connected(statement)
        except Declined as failed:
            self._failed = failed
            raise

    def _connected(self) -> Ask:
        if self._failed is not None:
            raise self._failed
        if self._opened is None:
            try:
                opened = self._stack.enter_context(self._survey.relation.opened())
                self._see_same_data(opened)
            except Declined as failed:
                self._failed = failed
                raise
            self._opened = opened
        return self._opened

    def _see_same_data(self, ask: Ask) -> None:
        if ask.stamp and ask.stamp == self._survey.stamp:
            return
        for statement, before in self._survey.looks:
            if tuple(ask(statement)[0]) != before:
                raise Declined(CHANGED)


@contextmanager
def asking(survey: Survey) -> Iterator[Asking]:
    """One conversation with the table of a survey."""
    with ExitStack() as stack:
        yield Asking(survey, stack)
