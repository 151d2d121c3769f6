"""Scales whose labels stand in data: every label must stand for one score (IKU417)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostic, quoted
from iku_engine.scales import Scale
from iku_engine.sources.grades import unscored

_SHOWN = 6


def check_grades(catalog: Catalog, scales: Mapping[str, Scale]) -> Iterator[Diagnostic]:
    """Graded variables that have no figure, because a label of their scale has no score."""
    for name, variable in catalog.variables.items():
        scale = scales.get(variable.grades)
        labels = list(dict.fromkeys(unscored(scale))) if scale else []
        if not labels:
            continue
        shown = ", ".join(quoted(label) for label in labels[:_SHOWN])
        more = " and more" if len(labels) > _SHOWN else ""
        message = (
            f"`{name}` holds labels of the scale `{variable.grades}`, "
            f"which has no one score for {shown}{more}"
        )
        help_ = "give each band a `score`, the same for each band of one label"
        yield Diagnostic("IKU417", message, variable.location, help_, name)
