"""A figure under a changed rule, before it is known whether the print agrees with it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from iku_engine.audit.model import Cause


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that another rule gives: what was changed, and for which child or line."""

    cause: Cause
    subjects: tuple[str, ...]
    figure: Fraction
