"""The reader of formulations: the sentence of a decree -> the formulas it may mean."""

from __future__ import annotations

from iku_engine.language.formulation.labels import Labels
from iku_engine.language.formulation.model import Kind, Reading, Taken, Unknown
from iku_engine.language.formulation.read import MAX_SENTENCE, read_formulation

__all__ = ["MAX_SENTENCE", "Kind", "Labels", "Reading", "Taken", "Unknown", "read_formulation"]
