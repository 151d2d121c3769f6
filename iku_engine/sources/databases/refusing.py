"""Why a database cannot be read, and how it ends the reading of its source and of nothing else.

Messages of drivers are never repeated: they hold hosts, paths and names of users.
"""

from __future__ import annotations

from collections.abc import Collection

from iku_engine.diagnostics import Diagnostic, Location
from iku_engine.sources.findings import Refusal

UNREADABLE = (ValueError, RuntimeError)
"""What drivers raise, besides errors of their own, for a text or a name that cannot be one."""


class RefusedDatabaseError(Exception):
    """Ends the reading of one source.

    `where` is the stretch of the definition that is meant; the whole source where it is None.
    """

    def __init__(
        self,
        code: str,
        message: str,
        help_text: str = "",
        near: tuple[str, Collection[str]] | None = None,
        where: Location | None = None,
    ) -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, help_text, near)
        self.where = where


class RefusedFileError(Exception):
    """The file of a source cannot be read; the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
