"""What is found wrong while data are read: refusals, gathered into diagnostics without a flood."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import islice

from iku_engine.codes import CODES
from iku_engine.diagnostics import Diagnostic, Diagnostics, Location, did_you_mean, in_file_order

SHOWN = 20
"""How many diagnostics of one code are shown for one file; the others are counted."""

_COMPARED = 2_000  # names a misspelt one is compared with; more would only be slow


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a piece of data cannot be used, before it is known where it stands.

    `near` is a word and the words it may have meant: the nearest one becomes the help. It is
    looked up only for what is shown, since comparing words is slow.
    """

    code: str
    message: str
    help: str = ""
    near: tuple[str, Collection[str]] | None = None

    def helped(self) -> str:
        """The nearest known word where there is one, else the help that was given."""
        meant = did_you_mean(self.near[0], islice(self.near[1], _COMPARED)) if self.near else ""
        return meant or self.help


class Findings:
    """The diagnostics of one reading; at most twenty of one code in one file are kept."""

    def __init__(self) -> None:
        self._kept: list[Diagnostic] = []
        self._counts: dict[tuple[str, str], int] = {}
        self._first_beyond: dict[tuple[str, str], int] = {}

    def keep(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic as it is, uncounted: there is one for a whole file."""
        self._kept.append(diagnostic)

    def add(
        self,
        refusal: Refusal,
        file: str,
        line: int,
        where: Callable[[], Location] | None = None,
        subject: str = "",
    ) -> None:
        """Report a refusal at a line of a file; `where` gives the exact stretch when shown."""
        kind = (refusal.code, file)
        count = self._counts.get(kind, 0) + 1
        self._counts[kind] = count
        if count > SHOWN:
            self._first_beyond.setdefault(kind, line)
            return
        location = where() if where else Location(file, line)
        self._kept.append(
            Diagnostic(refusal.code, refusal.message, location, refusal.helped(), subject)
        )

    def add_declared(self, refusal: Refusal, location: Location, subject: str = "") -> None:
        """Report a refusal at the definition that asks for what the data do not have."""
        self.add(refusal, location.file, location.line, lambda: location, subject)

    def diagnostics(self) -> Diagnostics:
        """All kept ones in the order of the files, each flood ending in how many more."""
        beyond = [
            Diagnostic(
                code,
                f"`{file}` has {self._counts[code, file] - SHOWN} more like these: "
                f"{CODES[code].title}",
                Location(file, line),
            )
            for (code, file), line in self._first_beyond.items()
        ]
        return in_file_order([*self._kept, *beyond])
