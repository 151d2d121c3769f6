"""What can be wrong with a source of the statistics office, as diagnostics of this plugin."""

from __future__ import annotations

from dataclasses import replace

from iku_engine.catalog.model import Source
from iku_engine.codes import Code, Severity
from iku_engine.diagnostics import Diagnostic

CODES: dict[str, Code] = {
    "BPS101": Code(Severity.ERROR, "a source of the statistics office that is declared wrongly"),
    "BPS102": Code(Severity.ERROR, "the service of the statistics office is not configured"),
    "BPS103": Code(Severity.ERROR, "the service of the statistics office gave no answer"),
    "BPS104": Code(Severity.WARNING, "the statistics office has no such figures"),
    "BPS105": Code(Severity.ERROR, "an answer of the statistics office that cannot be used"),
    "BPS106": Code(Severity.WARNING, "figures that belong to nothing the answer lists"),
    "BPS107": Code(Severity.ERROR, "figures that belong to more than one thing the answer lists"),
    "BPS108": Code(Severity.ERROR, "a period of the statistics office that is none here"),
    "BPS109": Code(Severity.HINT, "when the answers of the statistics office were fetched"),
    "BPS110": Code(Severity.WARNING, "a kept answer stands in for one that could not be fetched"),
}
"""Severity and title of each code."""


class ServiceError(Exception):
    """Why there is no answer, or none that can be used; never leaves this package.

    Its text holds neither the address nor the key; where the definition itself holds one
    (`secret`), its line is not shown either.
    """

    def __init__(self, code: str, message: str, help_: str = "", *, secret: bool = False) -> None:
        super().__init__(message)
        self.code, self.message, self.help, self.secret = code, message, help_, secret

    def diagnostic(self, source: Source) -> Diagnostic:
        """The same at the definition of the source."""
        diagnostic = found(source, self.code, self.message, self.help)
        if not self.secret:
            return diagnostic
        return replace(diagnostic, location=replace(source.location, text=""))


def found(source: Source, code: str, message: str, help_: str = "") -> Diagnostic:
    """A diagnostic of this plugin at the definition of a source."""
    return Diagnostic(code, message, source.location, help_, source.id, CODES[code])
