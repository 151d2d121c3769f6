"""The mistakes found in one definition file, up to a number that a person can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from iku_engine.diagnostics import Diagnostic, Location

MOST_MISTAKES = 1_000
"""The most mistakes one file is told of; the rest would only bury the first."""


@dataclass(slots=True)
class Mistakes:
    """Collects the diagnostics of one file."""

    file: str
    found: list[Diagnostic] = field(default_factory=list)
    overflowed: bool = False

    def add(
        self,
        code: str,
        message: str,
        location: Location,
        help: str | Callable[[], str] = "",  # noqa: A002 - the word a diagnostic uses
        subject: str = "",
    ) -> None:
        """Take a mistake; `help` that takes time to find is given as a function."""
        if len(self.found) < MOST_MISTAKES:
            advice = help if isinstance(help, str) else help()
            self.found.append(Diagnostic(code, message, location, advice, subject))
        elif not self.overflowed:
            self.overflowed = True
            message = f"more than {MOST_MISTAKES:,} mistakes in one file: its rest is not read"
            self.found.append(Diagnostic("IKU005", message, Location(self.file, 1)))

    def extend(self, others: Mistakes) -> None:
        """Take what another reading of the same file found."""
        self.found.extend(others.found)
        self.overflowed = self.overflowed or others.overflowed
