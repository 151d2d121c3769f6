"""The engine: definitions opened once, computed with any data, from any thread."""

from __future__ import annotations

from iku_engine.engine.bound import BoundCatalog, Plugins
from iku_engine.engine.facade import Engine

__all__ = ["BoundCatalog", "Engine", "Plugins"]
