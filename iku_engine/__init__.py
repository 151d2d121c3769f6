"""iku-engine: performance indicators computed from their definitions, exactly, with reasons."""

from __future__ import annotations

from iku_engine.diagnostics import Diagnostic
from iku_engine.engine import Engine
from iku_engine.errors import IkuError, UsageError
from iku_engine.periods import Period

__all__ = ["Diagnostic", "Engine", "IkuError", "Period", "UsageError"]
