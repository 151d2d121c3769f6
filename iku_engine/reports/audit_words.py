"""The words of an audit: what a cell is called, its verdict, and an explanation as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iku_engine.audit.model import AuditedCell, Column, Explanation, PrintedCell
from iku_engine.catalog.model import Catalog
from iku_engine.quantities import NumberFormat, to_decimal_text, to_grouped_text
from iku_engine.reports.labels import Language, has_label, label
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import sentence
from iku_engine.results.plan import TOTAL


@dataclass(frozen=True, slots=True)
class AuditWords:
    """Writes cells of one catalog's audit in one language."""

    catalog: Catalog
    names: Names
    language: Language

    def place(self, place: str) -> str:
        """The name of a node or indicator as printed, its code or number before it."""
        if place == TOTAL:
            return label("audit.total", self.language)
        node = self.catalog.plan.get(place)
        if node is not None:
            return f"{node.code or node.no} {node.name}".strip()
        indicator = self.catalog.indicators.get(place)
        return indicator.name if indicator else place

    def figure(self, cell: PrintedCell, explanation: Explanation | AuditedCell) -> str:
        """A recomputed figure as the document would print it; `-` where there is none."""
        value = (
            explanation.figure
            if isinstance(explanation, Explanation)
            else explanation.recomputed.value
        )
        if value is None:
            return "-"
        decimals = cell.decimals if cell.value is not None else 2
        return to_grouped_text(to_decimal_text(value, decimals), self.numbers)

    @property
    def numbers(self) -> NumberFormat:
        """How figures are grouped for readers of the language."""
        return self.language.numbers

    def explained(self, audited: AuditedCell) -> list[str]:
        """Each explanation as a sentence; the reasons instead where nothing was computed."""
        sentences = [self.explanation(audited.printed, one) for one in audited.explanations]
        if audited.recomputed.value is None:
            reasons = audited.recomputed.reasons
            return [*(sentence(one, self.names, self.language) for one in reasons), *sentences]
        return sentences

    def explanation(self, cell: PrintedCell, explanation: Explanation) -> str:
        """What may explain a printed figure, in words."""
        subjects = [self._subject(subject) for subject in explanation.subjects]
        parts: Mapping[str, str] = {
            "subject": ", ".join(subjects),
            "figure": self.figure(cell, explanation),
        }
        text = label(f"audit.cause.{explanation.cause.value}", self.language, **parts)
        text = text.replace(" :", ":")  # where nothing is named
        if explanation.and_truncated:
            text = label("audit.and_truncated", self.language, text=text)
        return text

    def _subject(self, subject: str) -> str:
        key = f"audit.subject.{subject}"
        if has_label(key):
            return label(key, self.language)
        if subject in [column.value for column in Column]:
            return label(f"audit.column.{subject}", self.language)
        node = self.catalog.plan.get(subject)
        return (node.no or node.code or node.id) if node else self.place(subject)
